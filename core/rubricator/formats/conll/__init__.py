"""CoNLL columns (`format.py`), and coreference columns (`coref.py`)."""
