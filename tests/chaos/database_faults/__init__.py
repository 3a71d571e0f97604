"""Faults of the database: cut, killed, silent, full, locked and read-only, each for a while."""
