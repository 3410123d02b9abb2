"""Rubricator's core: articles, spans, journal, formats. It knows no screen; every function works from a shell."""

__version__ = "0.1.0"
