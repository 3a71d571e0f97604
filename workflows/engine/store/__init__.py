"""How rows come from the database and go back: fast reads, one statement per table, the clock.

In: models. Out: SQL that is alike on SQLite and PostgreSQL.
"""
