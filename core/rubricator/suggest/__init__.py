"""Suggestions: from a text, its annotations and what was decided before to offers; nothing is stored here."""
