"""The gallery of forms: who sees it, what it shows, what comes of what is filled in."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tasks_ui.gallery import examples
from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.conftest import SignIn
from tests.tasks_ui.schema_form.browser import untouched
from workflows.schemas import check_schema, validate

PAGES = ["/forms/", "/forms/own/", "/forms/payment/"]
PREVIEWS = ["/forms/own/form/", "/forms/payment/form/"]
PREVIEW = {"HX-Request": "true", "HX-Request-Type": "partial"}
FILLED: dict[str, Any] = {
    "r/items": ["=", "n1"],
    "d/purpose": "Fair",
    "d/items/n1/what": "Train",
    "d/items/n1/category": "",
}


@pytest.fixture
def browser(admin: User, sign_in: SignIn) -> Client:
    """Give the browser of somebody on the staff."""
    return sign_in(admin)


@pytest.mark.parametrize("url", [*PAGES, *PREVIEWS])
def test_it_is_not_there_for_people_who_are_no_staff(ana: User, sign_in: SignIn, url: str) -> None:
    assert sign_in(ana).get(url).status_code == 404
    assert sign_in(ana).post(url, {"schema": "{}"}).status_code == 404


@pytest.mark.parametrize("url", PAGES)
def test_everybody_sees_it_on_a_site_that_is_being_developed(
    ana: User, sign_in: SignIn, settings: Any, url: str
) -> None:
    settings.DEBUG = True

    assert sign_in(ana).get(url).status_code == 200


@pytest.mark.parametrize("url", PREVIEWS)
def test_the_address_of_a_preview_leads_back_to_the_page(browser: Client, url: str) -> None:
    assert browser.get(url).headers["Location"] == url.removesuffix("form/")


@pytest.mark.parametrize("url", ["/forms/nothing/", "/forms/nothing/form/"])
def test_there_is_no_page_for_what_is_no_example(browser: Client, url: str) -> None:
    assert browser.get(url).status_code == 404


def test_it_lists_every_example_or_those_that_use_a_keyword(browser: Client) -> None:
    every = browser.get("/forms/").content.decode()
    some = browser.get("/forms/", {"keyword": "discriminator"}).content.decode()
    none = browser.get("/forms/", {"keyword": "frobnicate"}).content.decode()

    assert all(f"/forms/{name}/" in every for name in examples())
    assert "/forms/pet-insurance/" in some
    assert "/forms/expense-claim/" not in some
    assert "No example uses this keyword" in none


@pytest.mark.parametrize("name", examples())
def test_an_example_may_be_used_and_can_be_sent_untouched(name: str) -> None:
    shown = examples()[name]

    assert check_schema(shown.schema) == []
    form = SchemaForm(shown.schema, shown.ui_schema, stored=shown.data)
    posted = SchemaForm(shown.schema, shown.ui_schema, stored=shown.data, post=untouched(form))
    if shown.data is not None:
        assert validate(shown.schema, shown.data) == {}
        assert (posted.data, posted.errors) == (shown.data, {})


@pytest.mark.parametrize("name", examples())
def test_the_page_of_an_example_shows_its_schema(browser: Client, name: str) -> None:
    page = browser.get(f"/forms/{name}/").content.decode()

    assert json.dumps(examples()[name].schema, indent=2, ensure_ascii=False) in unescape(page)


def test_what_fits_comes_out_as_typed_data(browser: Client) -> None:
    answer = browser.post("/forms/expense-claim/", FILLED | {"d/items/n1/amount": "119.90"})

    assert answer.status_code == 200
    # What was stored and not in the form is still there.
    assert json.loads(answer.context["result"]) == {
        **examples()["expense-claim"].data,
        "purpose": "Fair",
        "items": [{"what": "Train", "amount": 119.9}],
    }


def test_what_does_not_fit_is_told_by_pointer(browser: Client) -> None:
    answer = browser.post("/forms/expense-claim/", FILLED | {"d/items/n1/amount": "0.001"})

    assert answer.status_code == 422
    assert "<code>/items/0/amount</code>" in answer.content.decode()
    assert answer.context["result"] == ""


def test_a_preview_shows_the_form_as_it_would_be_and_no_errors(browser: Client) -> None:
    answer = browser.post("/forms/expense-claim/form/", FILLED | {"x": "add r/items"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="d/items/n2/what"' in page
    assert 'value="Fair"' in page
    assert "Nothing has been sent yet" not in page
    assert answer.context["result"] == ""


def test_a_preview_gives_htmx_the_fields_only_and_says_where_they_belong(browser: Client) -> None:
    url = "/forms/expense-claim/form/"
    answer = browser.post(url, FILLED, headers=PREVIEW)

    assert answer.headers["HX-Retarget"] == f'[data-asked="{url}"]'
    assert answer.headers["HX-Push-Url"] == "false"
    assert answer.content.decode().strip().startswith('<div class="asked"')
    assert b"<nav" not in answer.content


def test_a_pasted_schema_becomes_a_form_and_its_data(browser: Client) -> None:
    texts = {"schema": '{"properties": {"n": {"type": "integer"}}}', "stored": '{"n": 3}'}
    shown = browser.post("/forms/own/", texts)
    previewed = browser.post("/forms/own/form/", texts | {"filled": "1", "d/n": "no number"})
    refused = browser.post("/forms/own/", texts | {"filled": "1", "d/n": "no number"})
    taken = browser.post("/forms/own/", texts | {"filled": "1", "d/n": "4"})

    assert 'name="d/n" value="3"' in shown.content.decode()
    assert (previewed.status_code, refused.status_code, taken.status_code) == (200, 422, 200)
    assert json.loads(taken.context["result"]) == {"n": 4}


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("", "This field is required."),
        ('{"type": object}', "This is not JSON: look at line 1, column 10."),
        ("[" * 100_000, "This is not JSON that can be read."),
        ('{"minimum": NaN}', "This is not JSON that can be read."),
        ('{"properties": {"a": {"type": "nothing"}}}', "/properties/a/type"),
        ('{"$ref": "https://example.org/schema"}', "/$ref"),
    ],
)
def test_why_a_schema_may_not_be_used_is_said(browser: Client, schema: str, said: str) -> None:
    answer = browser.post("/forms/own/", {"schema": schema})

    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())


def test_staff_are_led_to_it(browser: Client, ana: User, sign_in: SignIn) -> None:
    assert 'href="/forms/"' in browser.get("/requests/").content.decode()
    assert 'href="/forms/"' not in sign_in(ana).get("/requests/").content.decode()
