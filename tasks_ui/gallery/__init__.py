"""Forms to look at and to try: the page by which authors of workflows learn what they can ask.

In: an example, or a schema that somebody has written. Out: its form, and what becomes of a post.
"""

from __future__ import annotations

from tasks_ui.gallery.examples import Example, examples

__all__ = ["Example", "examples"]
