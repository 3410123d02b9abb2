"""Several layers of one article side by side: what they differ in, and what is made of it. Values in, values out."""
