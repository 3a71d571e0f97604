"""Workflows to read and copy; they import only `workflows`."""
