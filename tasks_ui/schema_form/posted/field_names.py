"""How the fields of a form are named: what a field says, and the way to the value it speaks of.

The way is a JSON Pointer, but for the keys of rows in the place of their numbers: a row keeps its
names, and so its ids, wherever it is moved.
"""

from __future__ import annotations

import re
from typing import Final

from workflows.schemas.pointers import child

VALUE: Final = "d"
UNSEEN: Final = "s"
"""A value that is never shown again, whatever becomes of its field."""
FILE: Final = "u"
"""A new file for a field, which goes before what the field itself says it keeps."""
ROWS: Final = "r"
"""The keys of an array's rows, in order; what is posted first says that the array was there."""
KEY: Final = "k"
"""The name under which somebody files a value in an object that takes any name."""
VARIANT: Final = "v"
PRESENT: Final = "p"
"""Whether an optional object has been added."""
BEGAN: Final = "b"
"""What a field showed as its default, where another answer may bring another one."""
CARRIED: Final = "c"
"""Names of what a form carries along for other answers, without showing it."""
JUDGED: Final = "j"
"""Whether the form has been submitted before, so that what is wrong is shown."""
OPERATION: Final = "x"
FORMER: Final = "w/"
"""Before the name of a field that the form no longer has, with what was written into it."""
ZONE: Final = "z"
"""The time zone in which the form's moments are shown and typed."""
ANEW: Final = "again"
"""Whether the form was kept and is shown anew, in the zone that the person is in now."""

WAS_THERE: Final = "="
PAIR: Final = "~+"
"""Before the key of a row that has a name of its own; in a pointer no name begins like this."""

_LOST: Final = re.compile(r"[\x00-\x1f\x7f]")


def inside(way: str, name: str) -> str:
    """Give the way to a property; characters that browsers change on the way are written out."""
    return child(way, name) if name.isprintable() else _LOST.sub(_written_out, child(way, name))


def _written_out(match: re.Match[str]) -> str:
    # No name in a pointer has a tilde before anything but 0 and 1.
    return f"~x{ord(match[0]):02X}"
