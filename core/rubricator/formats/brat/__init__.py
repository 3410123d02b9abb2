"""brat standoff: `format.py` is the format."""
