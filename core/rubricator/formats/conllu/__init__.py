"""CoNLL-U: `format.py` is the format."""
