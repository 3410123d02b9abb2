"""The panels around the article; each shows a part of the session and changes it through the session only."""
