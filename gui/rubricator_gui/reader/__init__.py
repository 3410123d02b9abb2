"""The reader: the article with its annotations, drawn over a read-only text view."""
