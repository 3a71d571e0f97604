"""The commands of `manage.py` for workflows."""
