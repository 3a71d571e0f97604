"""The command of the examples."""
