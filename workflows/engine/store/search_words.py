"""Words as a search finds them: folded to small ASCII letters and digits, the same everywhere.

Both databases then compare them alike, whatever collation they were made with, and the index serves
every beginning of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from workflows.models.tasks import HumanTask
from workflows.models.words import LONGEST_WORD, TaskWord

LAST: Final = "z" * LONGEST_WORD
MOST_WORDS: Final = 60
"""So many words of a task are kept: its title, summary and reference rarely have twenty."""

MOST_WANTED: Final = 6
"""So many words of a search are looked for; the rest would hardly narrow it."""

_SPELT: Final = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"})
_WORD: Final = re.compile(r"[^\W_]+")
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[.,'’](?=\d)")


def words_in(text: str) -> list[str]:
    """Give the words of a text in their order, folded, each once.

    Accents go; a letter of another script becomes its number, so that beginnings stay beginnings.
    A number is one word, however it is grouped: 4,200.00 begins with 4200.
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_SPELT)
    unmarked = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = _WORD.findall(_BETWEEN_DIGITS.sub("", unmarked))
    return list(dict.fromkeys("".join(map(_in_ascii, word))[:LONGEST_WORD] for word in found))


def wanted_words(text: str) -> list[str]:
    """Give the beginnings of words that a search asks for."""
    return words_in(text)[:MOST_WANTED]


def between(beginning: str) -> tuple[str, str]:
    """Give the first and the last word that can start like this."""
    return beginning, (beginning + LAST)[:LONGEST_WORD]


def index_words(task: HumanTask) -> None:
    """Store the words by which a new task is found."""
    instance = task.instance
    TaskWord.objects.bulk_create(
        rows_of(task.pk, (task.title, task.summary, instance.summary, instance.reference)),
        ignore_conflicts=True,
    )


def rows_of(task_id: UUID, texts: Iterable[str]) -> list[TaskWord]:
    """Give the rows for a task with these texts, not yet stored."""
    return [TaskWord(task_id=task_id, word=word) for word in words_in(" ".join(texts))[:MOST_WORDS]]


def _in_ascii(letter: str) -> str:
    return letter if letter.isascii() else f"z{ord(letter):05x}"
