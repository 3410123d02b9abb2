"""Rubricator JSONL, version 1: `format.py` is the format."""
