"""Label Studio: `format.py` is the format."""
