"""The assets, in the order of the data: articles, rows, what is missing, the published warehouse, the release.

Belongs here: what is materialised, on what it depends, what it reports about itself. The dbt models are in ``dbt``.
"""
