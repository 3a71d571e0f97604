"""Old and new code at once on one database: whatever is recorded is what the person saw."""
