"""UIMA CAS, as XMI (`xmi.py`) and as JSON (`json.py`); WebAnno TSV 3 shares `layers.py` and `plan.py`."""
