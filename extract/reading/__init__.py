"""Where articles come from: files, dumps, archives, feeds, sites. In: a place. Out: articles, or reasons against them.

Belongs here: opening, decoding, dating and judging articles. Does not belong here: what their figures mean, and when
reading is done (that is orchestration's).
"""

from extract.reading.folder import read_any, read_folder, read_jsonl
from extract.reading.records import ArticleRecord, Page, Quarantined, admit

__all__ = ["ArticleRecord", "Page", "Quarantined", "admit", "read_any", "read_folder", "read_jsonl"]
