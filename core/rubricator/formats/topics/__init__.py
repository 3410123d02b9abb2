"""Topics of whole articles: a table (`csv.py`) and fastText (`fasttext.py`)."""
