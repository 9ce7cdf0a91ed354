"""Which district an article, and each of its sentences, speaks of.

Belongs here: the dated gazetteer, finding place names in text, and deciding on one unit. Does not belong here: figures,
indicators, or sets of articles.
"""
