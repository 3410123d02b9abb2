"""Hugging Face datasets: the rows, and the files that they stand in."""
