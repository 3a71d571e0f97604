"""One hostile post: what a browser would send, and then what somebody has done to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from random import Random
from typing import Final

from django.conf import settings

from tasks_ui.schema_form import SchemaForm
from tests.fuzz import hostile
from tests.fuzz.schemas import Target
from tests.tasks_ui.schema_form.browser import Browser

Post = dict[str, list[str]]

MOST_CHANGES: Final = 8
MOST_CHARACTERS: Final = 2_500_000


@lru_cache(maxsize=1_000)
def _shown(target: Target, *, stored: bool) -> Browser:
    """Give the form as a browser sees it."""
    data = target.stored if stored else None
    return Browser(SchemaForm(target.schema, target.ui_schema, stored=data).render())


def hostile_post(target: Target, random: Random) -> Post:
    """Give a post, always the same one for the same seed."""
    shown = _shown(target, stored=random.random() < 0.5)
    post = {name: list(texts) for name, texts in shown.post.items()}
    if random.random() < 0.1:
        post = {}
    if shown.buttons and random.random() < 0.3:
        name, value = random.choice(shown.buttons)
        post[name] = [value]
    for _change in range(random.randint(1, MOST_CHANGES)):
        random.choice(CHANGES)(post, random)
    return _as_large_as_is_let_in(post)


def _as_large_as_is_let_in(post: Post) -> Post:
    """Give as many of the texts as a body can have before it is refused unread."""
    left = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or MOST_CHARACTERS
    kept: Post = {}
    for name, texts in post.items():
        kept[name] = []
        for text in texts:
            left -= len(text) + len(name) + 2
            kept[name] += [text] if left > 0 else []
    return kept


def _drop(post: Post, random: Random) -> None:
    if post:
        del post[random.choice(list(post))]


def _double(post: Post, random: Random) -> None:
    if post:
        post[random.choice(list(post))] *= 2


def _overwrite(post: Post, random: Random) -> None:
    if post:
        post[random.choice(list(post))] = hostile.texts(random)


def _invent(post: Post, random: Random) -> None:
    post[hostile.name(random, list(post))] = hostile.texts(random)


def _swap(post: Post, random: Random) -> None:
    if post:
        first, second = (random.choice(list(post)) for _name in range(2))
        post[first], post[second] = post[second], post[first]


def _rows(post: Post, random: Random) -> None:
    known = [name for name in post if name.startswith("r")]
    invented = f"r{hostile.way(random, list(post))}"
    name = random.choice([*known, invented])
    keys = post[name] = hostile.row_keys(random)
    for key in keys[:5]:
        part = random.choice(["", "/sku", "/name", "/n", "/children", "/0", "/value"])
        for letter in random.sample(("d", "k", "r", "v", "p"), 2):
            mark = random.choice(["", "~+"])
            post[f"{letter}{name[1:]}/{mark}{key}{part}"] = hostile.texts(random)


def _choose(post: Post, random: Random) -> None:
    known = [name for name in post if name.startswith("v")]
    name = random.choice([*known, f"v{hostile.way(random, list(post))}"])
    sign = random.choice([text for other in known for text in post[other]] or [""])
    places = ["0", "1", "2", "99", "-1", "", " 1", "1.0", "\u00b2", "9" * 5_000]
    post[name] = [random.choice([*places, sign, sign[:8], f"{sign}-2", f"{sign[:9]}\x00"])]


def _add(post: Post, random: Random) -> None:
    post[f"p{hostile.way(random, list(post))}"] = [random.choice(["1", "0", "", "x"])]


def _press(post: Post, random: Random) -> None:
    post["x"] = [hostile.operation(random, list(post)) for _time in range(random.choice([1, 1, 2]))]


def _judge(post: Post, random: Random) -> None:
    post["j"] = [hostile.text(random)]


CHANGES: Final[list[Callable[[Post, Random], None]]] = [
    *(_drop, _double, _overwrite, _overwrite, _overwrite, _invent, _invent, _swap),
    *(_rows, _rows, _choose, _add, _press, _judge),
]
