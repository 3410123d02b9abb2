"""What a person can do: each file one kind of act, on the desk before it, in one step that undo takes back."""
