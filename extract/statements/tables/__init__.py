"""Tables that a web page flattened into lines: found in the text, cut into cells, and read as statements.

Belongs here: tables. Does not belong here: prose and lists (the modules beside this package).
"""

from extract.statements.tables.cells import TableReader
from extract.statements.tables.find import find_tables, page_with_tables, without_tables
from extract.statements.tables.whose import Owner

__all__ = ["Owner", "TableReader", "find_tables", "page_with_tables", "without_tables"]
