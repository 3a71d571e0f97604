"""Hostile posts to the real pages: the one that starts a workflow and the one of a task."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any, Final
from urllib.parse import quote_plus

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.urls import reverse

from tasks_ui.gallery import Example, examples
from tests.fuzz import hostile
from tests.fuzz.hostile_files import body_with_files
from tests.fuzz.posts import Post, hostile_post
from tests.fuzz.running import told
from tests.fuzz.schemas import FILES, OWN, Target
from tests.fuzz.trying import Problem, smallest, trouble_with
from workflows import BaseHumanStep, WorkflowContext, WorkflowDefinition, engine
from workflows.definition.registry import registry
from workflows.engine import queries
from workflows.models import HumanTask
from workflows.testing import drain

ASKED: Final = [target for target in OWN if target.schema.get("type") == "object"]
START_WITH: Final = {"whole": 1, "agreed": True, "odd": 1}
"""What the workflows begin with whose form has nothing stored."""
WHO: Final = "mallory"
FORM: Final = "application/x-www-form-urlencoded"
RAW: Final = 0.2
"""How many of the posts are no forms that any browser would send."""
MANY_FIELDS: Final = 60_000


class Fill(BaseHumanStep):
    """Asks for one of the schemas."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.form_schema = schema

    def get_assignee(self, context: WorkflowContext) -> str:
        """Give the person who posts."""
        return WHO


@dataclass(frozen=True)
class Attack:
    """A form, an address that takes its posts, and the fingerprint that it asks for."""

    target: Target
    path: str
    form: str = ""


@contextmanager
def attacks() -> Iterator[list[Attack]]:
    """Give what can be attacked by the person who is made for it."""
    user = User.objects.create_user(WHO, is_staff=True)
    with ExitStack() as stack:
        found = [attack for one in examples().values() for attack in _at_gallery(one)]
        for number, target in enumerate(ASKED):
            definition = WorkflowDefinition(
                name=f"fuzz_{number}",
                version="1.0.0",
                steps={"fill": Fill(target.schema)},
                edges=[],
                initial_step="fill",
                terminal_steps={"fill"},
                start_schema=target.schema,
            )
            registry.register(definition)
            stack.callback(registry.unregister, definition)
            data = target.stored or START_WITH
            instance = engine.start_workflow(definition.name, initial_data=data, user=user)
            drain()
            task = HumanTask.objects.get(instance=instance)
            found += _at_workflow(target, definition.name, task)
        yield found


def _at_workflow(target: Target, workflow: str, task: HumanTask) -> list[Attack]:
    start = queries.start_form_fingerprint(queries.get_definition(workflow))
    decide = queries.task_form(queries.find_task(task)).fingerprint
    forms = {"start": start, "start_preview": start, "decide": decide, "task_preview": decide}
    of = {"start": workflow, "start_preview": workflow}
    return [
        Attack(target, reverse(view, args=[of.get(view, task.pk)]), form)
        for view, form in forms.items()
    ]


def _at_gallery(example: Example) -> list[Attack]:
    target = Target(example.name, example.schema, example.ui_schema, example.data)
    views = ("example_form", "example_preview")
    return [Attack(target, reverse(view, args=[example.name])) for view in views]


def failures_of(seed: int, numbers: range) -> Iterator[str]:
    """Yield a report for each post that a page does not answer as it should."""
    client = Client()
    with attacks() as found:
        client.force_login(User.objects.get(username=WHO))
        for number in numbers:
            random = Random(f"{seed} page {number}")  # noqa: S311 - the same posts every time
            attack = random.choice(found)
            broken = _broken_by(client, attack, random)
            if broken:
                yield f"seed {seed}, page {number}, {attack.target.name} at {attack.path}: {broken}"


def _broken_by(client: Client, attack: Attack, random: Random) -> str:
    """Say what one post has broken, and what it was."""
    post = {**hostile_post(attack.target, random), "outcome": ["done"]}
    post |= _of_some_form(random, attack.form, post)
    if attack.target.schema is FILES or random.random() < RAW:
        body, kind = random.choice([_raw_body, body_with_files])(random, post)
        problem = trouble_with(lambda: _answer(client, attack.path, body, kind))
        return problem and f"{problem}\n  {kind}: {body[:400]!r}"

    def trouble(post: Post) -> Problem:
        return trouble_with(lambda: _answer(client, attack.path, _encoded(post), FORM))

    problem = trouble(post)
    return problem and f"{problem}\n  {told(smallest(post, lambda less: bool(trouble(less))))}"


def _of_some_form(random: Random, form: str, post: Post) -> Post:
    """Say mostly that it was filled in in the present form, and carry words of another one."""
    known = [[form]] * 6
    former = {f"w/{name}": texts for name, texts in post.items() if random.random() < 0.1}
    return {"fingerprint": random.choice([*known, [], ["0" * 16], [form, ""]]), **former}


def _answer(client: Client, path: str, body: bytes, kind: str) -> Problem:
    """Say what is wrong with the answer; nothing that the post has done stays."""
    with transaction.atomic():
        response = client.generic("POST", path, body, content_type=kind)
        transaction.set_rollback(True)
    return _fault(response)


def _fault(response: HttpResponseBase) -> Problem:
    if response.status_code >= 500:
        return f"It answers {response.status_code}."
    content = response.content if isinstance(response, HttpResponse) else b""
    return "There is a null character in the page." if b"\x00" in content else ""


def _encoded(post: Post) -> bytes:
    """Give the post as a browser writes it; what Unicode has no bytes for stays odd."""
    pairs = (f"{_quoted(name)}={_quoted(text)}" for name, texts in post.items() for text in texts)
    return "&".join(pairs).encode()


def _quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))


def _raw_body(random: Random, post: Post) -> tuple[bytes, str]:
    """Give a body that is broken, and what it claims to be."""
    body = _encoded(post)
    cut = random.randrange(len(body) + 1)
    boundary = "multipart/form-data; boundary=b"
    part = b'--b\r\nContent-Disposition: form-data; name="d/slow"'
    bodies: list[tuple[bytes, str]] = [
        (body[:cut], FORM),
        (body[:cut] + random.randbytes(20) + body[cut:], FORM),
        (body.replace(b"%", b"%%"), FORM),
        (body, f"{FORM}; charset={random.choice(['utf-16', 'nonsense', 'utf-8', 'latin-1'])}"),
        (b"&".join(b"d/x%d=1" % number for number in range(MANY_FIELDS)), FORM),
        (b"d/slow=" + b"a" * 3_000_000, FORM),
        (b"=&=&&;=%", FORM),
        (hostile.text(random).encode("utf-8", "surrogatepass"), "application/json"),
        (random.randbytes(60), "multipart/form-data"),
        (part, boundary),
        (part + b'; filename="\x00../a"\r\n\r\nx\r\n--b--\r\n', boundary),
        (part + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n####\r\n--b--", boundary),
        (part + b"\r\n\r\n" + random.randbytes(40) + b"\r\n--b--\r\n", boundary),
        (part * 3_000, boundary),
    ]
    return random.choice(bodies)


def run(seed: int, count: int, say: Callable[[str], None]) -> int:
    """Send the posts to a site of its own, say what broke, and give how many did."""
    databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    failed = 0
    try:
        for failure in failures_of(seed, range(count)):
            say(failure)
            failed += 1
    finally:
        teardown_databases(databases, verbosity=0)
    return failed
