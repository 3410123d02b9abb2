"""Dialogs: each asks and returns a value; none changes a project by itself."""
