"""The words of the field as data (YAML, CSV) and the checked loader. No words in code, no code in the words."""
