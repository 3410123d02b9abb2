"""The editor of the project's scheme, and what has to be asked around it."""
