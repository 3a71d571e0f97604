"""A form changes while somebody has it open: what they saw is recorded, or nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.contrib.auth.models import User

from tests.people import PASSWORD
from tests.upgrade.pages import OpenForm, Tab, words
from tests.workflows.asking import Ask
from tests.workflows.definitions import deployed, gone, sequence
from workflows import Outcome, Outcomes, WorkflowDefinition, engine
from workflows.models import Draft, HumanTask, StoredDefinition, WorkflowInstance
from workflows.testing import drain, registered

CHANGED: Final = "The form has changed since you opened it"
WORDS: Final = "Words that took me a while"


def asking(*decisions: str, **fields: Any) -> dict[str, Any]:
    """Give the schema of a form with these buttons and fields."""
    properties = {"decision": {"type": "string", "enum": [*decisions]}, **fields}
    return {"type": "object", "properties": properties, "required": ["decision"]}


TEXT: Final = {"type": "string"}
FIRST: Final = asking("approve", "reject", comment=TEXT)


def release(schema: dict[str, Any] | None, **more: Any) -> WorkflowDefinition:
    """Give a release of the workflow: the same graph and version, with this form."""
    start = more.pop("start_schema", {"type": "object", "properties": {"title": TEXT}})
    step = Ask("ben", form_schema=schema, **more)
    return sequence(step, name="changing", start_schema=start)


OLD: Final = release(FIRST)


@pytest.fixture(autouse=True)
def old() -> Iterator[None]:
    """Have the release that pages are opened in."""
    with registered(OLD):
        yield


@pytest.fixture
def task(ana: User, ben: User) -> HumanTask:
    """Give a task of Ben's."""
    engine.start_workflow("changing", user=ana, initial_data={"title": "Train"})
    drain()
    return HumanTask.objects.get()


@pytest.fixture
def ben_tab(ben: User) -> Tab:
    """Give Ben's browser."""
    tab = Tab("ben")
    tab.client.force_login(ben)
    return tab


def opened(tab: Tab, task: HumanTask, verb: str = "decide", html: str = "") -> OpenForm:
    """Give the form of a task as it stands in a page."""
    page = f"/t/{task.pk}/"
    return tab.open(f"{page}override/" if verb == "override" else page, f"{page}{verb}/", html=html)


def data_of(task: HumanTask) -> dict[str, Any]:
    """Give what was recorded, after the workflow has gone on."""
    drain()
    instance = WorkflowInstance.objects.get(pk=task.instance_id)
    return {name: value for name, value in instance.data.items() if name != "title"}


def is_open(task: HumanTask) -> bool:
    """Whether nothing has been decided."""
    return HumanTask.objects.get(pk=task.pk).is_open


NEW: Final = {
    "reordered": asking("reject", "approve", comment=TEXT),
    "more buttons": asking("ask", "approve", "reject", comment=TEXT),
    "fewer buttons": asking("reject", comment=TEXT),
    "a field added": asking("approve", "reject", comment=TEXT, amount={"type": "integer"}),
    "a title": asking("approve", "reject", comment={"type": "string", "title": "Why not?"}),
}


@pytest.mark.parametrize("case", NEW)
def test_a_button_pressed_in_another_form_decides_nothing_and_keeps_the_words(
    ben: User, ben_tab: Tab, task: HumanTask, case: str
) -> None:
    form = opened(ben_tab, task)

    with deployed(release(NEW[case]), OLD):
        answer = ben_tab.send(form, "Approve", d__comment=WORDS)
        page = answer.content.decode()

        assert answer.status_code == 409
        assert CHANGED in page
        assert "Nothing has been decided." in page
        assert WORDS in page
        assert is_open(task)
        assert Draft.objects.get(user=ben).fields["d/comment"] == [WORDS]

        again = ben_tab.send(opened(ben_tab, task, html=page), "Reject")
        assert again.status_code == 302
        assert data_of(task) == {"decision": "reject", "comment": WORDS}
        assert not Draft.objects.exists()


def test_other_labels_are_another_form_and_values_are_never_positions(
    ben_tab: Tab, task: HumanTask
) -> None:
    form = opened(ben_tab, task)
    swapped = Outcomes(
        "decision", (Outcome("reject", "Approve", "good"), Outcome("approve", "Reject", "bad"))
    )

    with deployed(release(FIRST, outcomes=swapped), OLD):
        assert form["buttons"]["Approve"] == ("outcome", '"approve"')
        answer = ben_tab.send(form, "Approve")
        assert answer.status_code == 409
        now = opened(ben_tab, task, html=answer.content.decode())
        assert ben_tab.send(now, "Approve").status_code == 302

    assert HumanTask.objects.get().outcome == "reject"


def test_values_that_look_alike_have_buttons_of_their_own(ben_tab: Tab, task: HumanTask) -> None:
    values = [1, "1", True, None]
    named = tuple(Outcome(value, f"{type(value).__name__}") for value in values)
    schema = {"type": "object", "properties": {"it": {"enum": values}}, "required": ["it"]}

    with deployed(release(schema, outcomes=Outcomes("it", named)), OLD):
        form = opened(ben_tab, task)
        assert [value for _name, value in form["buttons"].values()] == ["1", '"1"', "true", "null"]
        ben_tab.send(form, "bool")
        recorded = HumanTask.objects.get().execution.result
        assert recorded == {"it": True}
        assert recorded["it"] is True


def test_a_page_of_the_release_before_is_another_form_too(ben_tab: Tab, task: HumanTask) -> None:
    form = opened(ben_tab, task)
    del form["fields"]["fingerprint"]
    form["fields"] |= {"outcome": ["0"], "d/comment": [WORDS]}

    answer = ben_tab.send(form)

    assert answer.status_code == 409
    assert WORDS in answer.content.decode()
    assert is_open(task)


def test_fields_of_one_form_beside_buttons_of_another_are_neither(
    ben_tab: Tab, task: HumanTask
) -> None:
    form = opened(ben_tab, task)
    mine = form["fields"]["fingerprint"]
    assert len(mine) == 2, "Fields are replaced alone: they say themselves which form it is."

    with deployed(release(NEW["a title"]), OLD):
        fields = ben_tab.client.post(
            f"/t/{task.pk}/form/?view=mine",
            form["fields"],
            headers={"HX-Request": "true", "HX-Request-Type": "partial"},
        ).content.decode()
    other = fields.split('name="fingerprint" value="')[1][:16]
    assert other not in mine

    form["fields"]["fingerprint"] = [mine[0], other]
    assert ben_tab.send(form, "Approve").status_code == 409
    assert is_open(task)


def test_words_whose_field_is_gone_are_shown_and_stay_until_they_are_sent(
    ben: User, ben_tab: Tab, task: HumanTask
) -> None:
    form = opened(ben_tab, task)
    new = release(asking("approve", "reject", note=TEXT))

    with deployed(new, OLD):
        answer = ben_tab.send(form, "Approve", d__comment=WORDS)
        assert "You had also written: Comment Words that took me a while" in shown(answer)

        # Whatever is done next with the page, and in whichever tab, they are there.
        page = opened(ben_tab, task, html=answer.content.decode())
        ben_tab.send({**page, "action": f"/t/{task.pk}/draft/"}, d__note="More")
        assert Draft.objects.get(user=ben).fields["w/d/comment"] == [WORDS]
        read = words(ben_tab.read(f"/t/{task.pk}/"))
        assert f"Comment {WORDS}" in read

    # The other process still has the field.
    assert opened(ben_tab, task)["fields"]["d/comment"] == [WORDS]

    with deployed(new, OLD):
        again = opened(ben_tab, task)
        assert again["fields"]["d/note"] == ["More"]
        assert ben_tab.send(again, "Approve").status_code == 302
        assert data_of(task) == {"decision": "approve", "note": "More"}
        assert not Draft.objects.exists()


def shown(answer: Any) -> str:
    """Give the text of a page in one line."""
    return words(answer.content.decode())


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ({"type": "integer"}, "as many as it takes"),
        ({"type": "string", "format": "date"}, "next week"),
        ({"type": "object", "properties": {"inside": TEXT}, "required": ["inside"]}, WORDS),
        ({"type": "boolean", "title": "Sure?"}, WORDS),
        ({"type": "array", "items": TEXT}, WORDS),
    ],
)
def test_words_whose_field_has_become_another_are_shown_too(
    ben_tab: Tab, task: HumanTask, kind: dict[str, Any], typed: str
) -> None:
    form = opened(ben_tab, task)
    new = release(asking("approve", "reject", comment=kind))

    with deployed(new, OLD):
        answer = ben_tab.send(form, "Approve", d__comment=typed)
        assert answer.status_code == 409
        assert f"You had also written: Comment {typed}" in shown(answer)


def test_a_form_with_a_new_required_field_can_be_filled_in_although_none_was_started(
    ben_tab: Tab, task: HumanTask
) -> None:
    stored = StoredDefinition.objects.get().content
    new = asking("approve", "reject", why=TEXT)
    new["required"] = ["decision", "why"]

    with deployed(release(new), OLD):
        form = opened(ben_tab, task)
        assert "d/comment" not in form["fields"]
        assert ben_tab.send(form, "Approve", d__why="So").status_code == 302
        assert data_of(task) == {"decision": "approve", "why": "So"}
    assert StoredDefinition.objects.get().content == stored


def test_without_code_the_stored_form_is_shown_and_nothing_decided(
    ben_tab: Tab, task: HumanTask
) -> None:
    form = opened(ben_tab, task)

    with gone(OLD):
        here = opened(ben_tab, task)
        assert here["fields"]["fingerprint"] == form["fields"]["fingerprint"]
        answer = ben_tab.send(form, "Approve", d__comment=WORDS)

    assert answer.status_code == 503
    assert WORDS in answer.content.decode()
    assert ben_tab.send(here, "Approve").status_code == 302


def test_an_acknowledgement_that_has_become_a_form_is_not_given_unseen(
    ben_tab: Tab, task: HumanTask
) -> None:
    with deployed(release(None), OLD):
        form = opened(ben_tab, task)
        assert [*form["buttons"]] == ["Done"]
    assert ben_tab.send(form, "Done").status_code == 409

    with deployed(release(None), OLD):
        back = ben_tab.send(
            opened(ben_tab, task) | {"fields": {**form["fields"], "fingerprint": ["0"]}}
        )
        assert (back.status_code, CHANGED in back.content.decode()) == (409, True)
        assert ben_tab.send(form, "Done").status_code == 302


def test_an_override_in_another_form_decides_nothing(admin: User, task: HumanTask) -> None:
    tab = Tab(admin.username)
    tab.client.force_login(admin)
    form = opened(tab, task, "override")

    with deployed(release(NEW["reordered"]), OLD):
        answer = tab.send(form, "Approve", d__comment=WORDS, reason="They are away.")
        page = answer.content.decode()
        assert (answer.status_code, CHANGED in page) == (409, True)
        assert WORDS in page
        assert "They are away." in page
        assert is_open(task)
        assert tab.send(opened(tab, task, "override", page), "Reject").status_code == 302
        assert data_of(task) == {"decision": "reject", "comment": WORDS}


def test_a_start_form_that_has_changed_starts_nothing(ana: User) -> None:
    tab = Tab("ana")
    tab.client.force_login(ana)
    form = tab.open("/start/changing/", "/start/changing/")
    schema = {"type": "object", "properties": {"name": TEXT}, "required": ["name"]}

    with deployed(release(FIRST, start_schema=schema), OLD):
        answer = tab.send(form, d__title=WORDS)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Nothing has been started." in page
        assert f"You had also written: Title {WORDS}" in words(page)
        assert not WorkflowInstance.objects.exists()
        again = tab.open("/start/changing/", "/start/changing/", html=page)
        assert tab.send(again, d__name="Whole").status_code == 302
        assert WorkflowInstance.objects.get().data == {"name": "Whole"}
        # What was sent is sent, in whichever form it is sent again.
        assert tab.send(again, d__name="Whole").status_code == 302

    repeated = tab.send(again, d__name="Whole")
    assert repeated.status_code == 409
    assert "This form was sent before" in words(repeated.content.decode())
    assert WorkflowInstance.objects.count() == 1


def test_what_a_start_form_has_no_field_for_is_refused_by_name(ana: User) -> None:
    tab = Tab("ana")
    tab.client.force_login(ana)

    answer = tab.send(tab.open("/start/changing/", "/start/changing/"), d__amount=WORDS)

    assert answer.status_code == 422
    assert "this form has no field for d/amount." in words(answer.content.decode())
    assert WORDS in answer.content.decode()
    assert not WorkflowInstance.objects.exists()


def test_of_many_tasks_those_whose_forms_have_changed_are_left_alone(
    ben_tab: Tab, task: HumanTask
) -> None:
    chosen = ben_tab.send(ben_tab.open("/inbox/mine/?pick=all", "/bulk/"), "Decide")
    form = ben_tab.open("/bulk/", "/bulk/", html=chosen.content.decode(), having="confirmed")

    with deployed(release(NEW["reordered"]), OLD):
        result = ben_tab.client.get(ben_tab.send(form, "Approve").headers["Location"])
        assert "Changed meanwhile. The form has changed since you opened it." in shown(result)
        assert is_open(task)

        chosen = ben_tab.send(ben_tab.open("/inbox/mine/?pick=all", "/bulk/"), "Decide")
        form = ben_tab.open("/bulk/", "/bulk/", html=chosen.content.decode(), having="confirmed")
        ben_tab.send(form, "Approve")
    assert HumanTask.objects.get().outcome == "approve"


def test_a_form_that_was_sent_and_has_changed_since_is_not_said_to_have_decided_nothing(
    ben_tab: Tab, task: HumanTask
) -> None:
    form = opened(ben_tab, task)
    ben_tab.send(form, "Approve", d__comment="Fine.")

    with deployed(release(NEW["reordered"]), OLD):
        assert ben_tab.send(form, "Approve", d__comment="Fine.").status_code == 302
        other = ben_tab.send(form, "Reject", d__comment="Fine.")
    with deployed(release(asking("approve", "reject")), OLD):
        fewer = ben_tab.send(form, "Approve", d__comment="Fine.")

    for answer in (other, fewer):
        assert answer.status_code == 409
        assert "This form was already sent: Approve." in shown(answer)
        assert "Nothing has been decided" not in shown(answer)


def test_a_draft_of_the_release_before_was_typed_into_another_form(
    ben: User, ben_tab: Tab, task: HumanTask
) -> None:
    kept = {"d/comment": [WORDS], "d/amount": ["12"], "submission": ["0" * 32]}
    engine.save_draft(task, user=ben, fields=kept, form="ef0123456789abcd")

    page = ben_tab.read(f"/t/{task.pk}/")

    assert "The form has changed since you began to fill it in" in page
    assert "You had also written: Amount 12" in words(page)
    form = opened(ben_tab, task, html=page)
    assert form["fields"]["d/comment"] == [WORDS]
    assert ben_tab.send(form, "Approve").status_code == 302
    assert data_of(task) == {"decision": "approve", "comment": WORDS}


def test_what_is_sent_while_signed_out_keeps_the_form_that_it_was_written_in(
    ben: User, ben_tab: Tab, task: HumanTask
) -> None:
    form = opened(ben_tab, task)
    ben_tab.client.session.flush()
    ben_tab.send(form, "Approve", d__comment=WORDS)
    ben_tab.sign_in(PASSWORD)

    page = ben_tab.read(f"/t/{task.pk}/")

    assert WORDS in page
    assert "has changed since" not in page
    with deployed(release(NEW["reordered"]), OLD):
        assert "has changed since you began" in ben_tab.read(f"/t/{task.pk}/")
