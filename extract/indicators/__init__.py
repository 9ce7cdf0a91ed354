"""Indicators: the lexicon of codes and the finding of their names in text."""
