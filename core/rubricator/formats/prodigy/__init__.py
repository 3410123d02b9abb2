"""Prodigy: `format.py` is the format."""
