"""BioC, as XML and as JSON: what both say, how it is read, what is written."""
