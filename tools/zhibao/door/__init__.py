"""Ways in: how an item comes into the repository."""
