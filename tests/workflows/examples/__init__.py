"""The example workflows do what their first line says."""
