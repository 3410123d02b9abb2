"""W3C Web Annotation: `format.py` is the format."""
