"""WebAnno TSV 3: `format.py` is the format."""
