"""Reading indicators from Vietnamese text: an article goes in, rows and reasons come out.

Belongs here: everything that knows text, words, figures, names of places. Does not belong here: when something
runs (``orchestration/``), what sets of rows mean together (``dbt_project/``). Nothing below this package imports
Dagster, dbt or DuckDB, so that it can be used from a notebook, a command line or any worker alike.
"""

from extract import compiled as _compiled

_compiled.check()
