"""Articles from the web: asking politely, keeping what came, and never asking twice.

Belongs here: HTTP, robots.txt, feeds, sitemaps, index pages, and the memory of a crawl. Does not belong here: what a
page says (``html``) or how it is stored (``archive``).
"""
