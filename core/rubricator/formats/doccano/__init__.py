"""doccano: `format.py` is the format."""
