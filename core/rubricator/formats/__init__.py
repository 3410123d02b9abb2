"""Formats: base.py says what one is; FORMATS is the explicit tuple of all."""
