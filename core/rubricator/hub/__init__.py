"""How projects travel: packets to one annotator and back. All of it moves journal rows."""
