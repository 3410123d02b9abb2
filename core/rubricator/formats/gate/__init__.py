"""GATE, as XML (`xml.py`) and as BDoc (`bdoc.py`)."""
