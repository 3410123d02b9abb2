"""ninjs: `format.py` is the format."""
