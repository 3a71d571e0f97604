"""Hostile posts against the forms: `python -m tests.fuzz --posts 200000 --seed N`."""
