"""All faults of databases; each says by itself where it can strike."""

from __future__ import annotations

from tests.chaos.database_faults import postgresql, sqlite
from tests.chaos.faults import Arena, Fault


def database_faults(arena: Arena) -> list[Fault]:
    """Give the faults for a database of this kind, before the site starts."""
    if arena.vendor == "sqlite":
        return [sqlite.Locked(), sqlite.Full(), sqlite.ReadOnly()]
    line = postgresql.Line()
    return [
        postgresql.CutLines(),
        postgresql.CutListeners(),
        postgresql.CutOneLine(),
        postgresql.KillServer(),
        postgresql.ReadOnly(),
        postgresql.Silence(line),
        postgresql.Oblivion(line),
    ]
