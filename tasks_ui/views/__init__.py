"""One module per page or action."""
