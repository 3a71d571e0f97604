"""Whatever fits a schema comes back from its form as it was, and no post can break one."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, untouched
from tests.tasks_ui.schema_form.fields import FIELDS, NAMES, TEXT, forms
from workflows.schemas import check_schema, validate

patient = settings(deadline=None, max_examples=600, suppress_health_check=list(HealthCheck))


@patient
@given(case=forms(), language=st.sampled_from(["en", "de", "fr"]))
def test_what_nobody_touches_comes_back_as_it_was(
    case: tuple[dict[str, Any], dict[str, Any]], language: str
) -> None:
    schema, data = case
    assert (check_schema(schema), validate(schema, data)) == ([], {})

    with translation.override(language), timezone.override("America/New_York"):
        form = SchemaForm(schema, stored=data, post=untouched(SchemaForm(schema, stored=data)))

        assert form.errors == {}
    assert text(form.data) == text(data)


def text(data: Any) -> str:
    """Give data in a way that tells 1 from 1.0 and from true."""
    return json.dumps(data, sort_keys=True)


HOSTILE = st.text(max_size=30) | st.sampled_from(
    [
        "\x00",
        "\ud800",
        "9" * 5_000,
        "1e999",
        "[" * 5_000,
        "{}",
        "null",
        "NaN",
        "true",
        "-",
        "\u0663",
    ]
)
WHOLE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        **{str(number): part for number, (part, _values) in enumerate(FIELDS)},
        "group": {
            "type": "object",
            "properties": {"a/b": {"type": "integer"}},
            "required": ["a/b"],
        },
    },
}
ASKED = sorted(untouched(SchemaForm(WHOLE_SCHEMA)))
POSTED = st.dictionaries(
    st.sampled_from(ASKED) | NAMES.map("d/{}".format) | st.text(max_size=8),
    st.lists(HOSTILE | TEXT, max_size=3),
    max_size=12,
)


@patient
@given(post=POSTED)
def test_no_post_breaks_a_form(post: dict[str, list[str]]) -> None:
    form = SchemaForm(WHOLE_SCHEMA, post=post)

    assert set(form.data) <= set(WHOLE_SCHEMA["properties"])
    assert form.render().encode()
    assert len(form.error_summary) >= len(form.errors)
    if form.is_valid():
        assert validate(WHOLE_SCHEMA, form.data) == {}


@patient
@given(post=POSTED)
def test_everything_that_was_typed_into_a_line_is_shown_again(post: dict[str, list[str]]) -> None:
    typed = {name: texts[-1] for name, texts in post.items() if name in LINES and texts}
    shown = Browser(SchemaForm(WHOLE_SCHEMA, post=post).render()).post

    for name, words in typed.items():
        if words.isprintable():
            assert shown[name] == [words]


LINES = frozenset(
    f"d/{number}"
    for number, (part, _values) in enumerate(FIELDS)
    if part.get("type") in ("string", "integer", "number")
    and not {"enum", "readOnly"} & part.keys()
)
