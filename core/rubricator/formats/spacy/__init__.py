"""spaCy's binary corpus: `format.py` is the format."""
