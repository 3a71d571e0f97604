"""How the fields of a form are named: what a field says, and the way to the value it speaks of.

The way is a JSON Pointer, but for the keys of rows in the place of their numbers: a row keeps its
names, and so its ids, wherever it is moved.
"""

from __future__ import annotations

from typing import Final

VALUE: Final = "d"
UNSEEN: Final = "s"
"""A value that is never shown again, whatever becomes of its field."""
ROWS: Final = "r"
"""The keys of an array's rows, in order; what is posted first says that the array was there."""
KEY: Final = "k"
"""The name under which somebody files a value in an object that takes any name."""
VARIANT: Final = "v"
PRESENT: Final = "p"
"""Whether an optional object has been added."""
JUDGED: Final = "j"
"""Whether the form has been submitted before, so that what is wrong is shown."""
OPERATION: Final = "x"

WAS_THERE: Final = "="
PAIR: Final = "~+"
"""Before the key of a row that has a name of its own; in a pointer no name begins like this."""
