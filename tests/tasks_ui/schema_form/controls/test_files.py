"""Fields for files: chosen, kept over what is wrong elsewhere, replaced, removed, refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils.datastructures import MultiValueDict

from tasks_ui.schema_form import SchemaForm
from tasks_ui.submissions.uploads import Files, Uploads
from tests.tasks_ui.schema_form.browser import Browser
from tests.tasks_ui.schema_form.elements import Element
from tests.workflows.files import PDF, PNG, upload
from workflows import engine
from workflows.models import Attachment
from workflows.schemas import validate
from workflows.values.data_urls import FileReference

FILE = {"type": "string", "format": "data-url"}
SCHEMA = {
    "type": "object",
    "properties": {"scan": FILE, "amount": {"type": "integer"}},
    "required": ["amount"],
}
INLINE = "data:text/csv;name=old.csv;base64,YTti"
NOT_THERE = ["The file did not arrive. Choose it again."]


def uploads(user: User, form: str = "form", **files: Any) -> Uploads:
    """Give what a post with these files has, per name of a property."""
    sent: Files = MultiValueDict({f"u/{name}": [file] for name, file in files.items()})
    return Uploads(user, form, sent, lambda id_: f"/files/{id_}/")


def posted(
    user: User, post: dict[str, Any], *, schema: Any = SCHEMA, stored: Any = None, **files: Any
) -> SchemaForm:
    return SchemaForm(schema, post=post, stored=stored, uploads=uploads(user, **files))


def texts_of(form: SchemaForm) -> dict[str, list[str]]:
    """Give what a browser sends of the form as it is shown now."""
    return Browser(form.render()).post


def fields_of(form: SchemaForm) -> list[Element]:
    """Give the fields to choose files with."""
    inputs = Browser(form.render()).root.find("input")
    return [element for element in inputs if element.get("type") == "file"]


def test_a_chosen_file_is_parked_and_its_reference_is_the_data(ana: User) -> None:
    form = posted(ana, {"d/scan": [""], "d/amount": ["5"]}, scan=upload())

    row = Attachment.objects.get()
    assert form.is_valid(), form.errors
    assert form.data == {"scan": row.reference.text, "amount": 5}
    assert (row.uploaded_by, row.form_token, row.name) == (ana, "form", "contract.pdf")
    assert validate(SCHEMA, form.data) == {}


def test_a_form_says_that_it_sends_files() -> None:
    form = SchemaForm(SCHEMA)

    assert form.is_multipart
    assert not SchemaForm({"properties": {"amount": {"type": "integer"}}}).is_multipart
    html = form.render()
    assert 'type="file"' in html
    assert "Up to 10.0\xa0MB." in html
    assert Browser(html).problems == []
    assert Browser(html).post["d/scan"] == [""]


def test_a_form_that_may_get_fields_for_files_is_ready_for_them() -> None:
    files = {"type": "object", "properties": {"pages": {"type": "array", "items": FILE}}}

    # What a button adds takes the place of the fields, and not of the form around them.
    assert SchemaForm(files).is_multipart


def test_an_empty_field_for_another_file_keeps_what_is_there(ana: User) -> None:
    texts = texts_of(posted(ana, {"d/scan": [""]}, scan=upload()))

    # What browsers send for a field in which no file was chosen.
    form = posted(ana, texts | {"u/scan": [""], "d/amount": ["5"]})

    assert form.is_valid()
    assert FileReference.of(form.data["scan"]) == Attachment.objects.get().reference


def test_nothing_chosen_is_nothing(ana: User) -> None:
    form = posted(ana, {"d/scan": [""], "d/amount": ["5"]})

    assert form.data == {"amount": 5}
    needed = {**SCHEMA, "required": ["scan"]}
    assert posted(ana, {"d/scan": [""]}, schema=needed).errors == {
        "/scan": ["This field is required."]
    }


def test_a_file_is_kept_over_what_is_wrong_elsewhere(ana: User) -> None:
    refused = posted(ana, {"d/scan": [""], "d/amount": ["much"]}, scan=upload())
    html = refused.render()
    row = Attachment.objects.get()

    assert set(refused.errors) == {"/amount"}
    assert f'href="/files/{row.pk}/"' in html
    assert "contract.pdf" in html
    assert Browser(html).problems == []
    again = posted(ana, texts_of(refused) | {"d/amount": ["5"]})
    assert again.is_valid(), again.errors
    assert again.data == {"scan": row.reference.text, "amount": 5}


def test_a_kept_file_can_be_replaced_and_removed(ana: User) -> None:
    texts = texts_of(posted(ana, {"d/scan": [""]}, scan=upload()))

    replaced = posted(ana, texts, scan=upload(PNG, "photo.png"))
    found = FileReference.of(replaced.data["scan"])
    assert found is not None
    assert found.name == "photo.png"
    removed = posted(ana, texts | {"d/scan": [*texts["d/scan"], ""]})
    assert "scan" not in removed.data
    assert "contract.pdf" not in removed.render()


def test_the_field_for_another_file_is_a_new_one(ana: User) -> None:
    nothing = SchemaForm(SCHEMA)
    first = posted(ana, {"d/scan": [""]}, scan=upload())
    other = posted(ana, {"d/scan": [""]}, scan=upload(PNG, "photo.png"))

    found = [fields_of(form)[0].get("id") for form in (nothing, first, other)]

    # A browser that changes the page in place would else send the same file again and again.
    assert len(set(found)) == 3


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "empty.pdf", "The file is empty."),
        (PDF + bytes(1_000), "large.pdf", "The file is too large: it may have up to 100\xa0bytes."),
        (b"MZ\x90\x00\x03", "contract.pdf", "Choose a file of another kind: PDF."),
        (PDF, "contract.exe", "Choose a file of another kind: PDF."),
    ],
)
def test_what_is_refused_is_told_at_the_field_and_leaves_what_was_there(
    ana: User, settings: Any, content: bytes, name: str, message: str
) -> None:
    settings.ATTACHMENT_MAX_BYTES = 100
    schema = {"properties": {"scan": {**FILE, "ui:options": {"accept": ".pdf"}}}}
    texts = texts_of(posted(ana, {"d/scan": [""]}, schema=schema, scan=upload()))

    refused = posted(ana, texts, schema=schema, scan=upload(content, name))

    assert refused.errors == {"/scan": [message]}
    assert "contract.pdf" in refused.render()
    assert posted(ana, texts_of(refused), schema=schema).is_valid()


def test_a_reference_is_worth_nothing_in_other_hands(ana: User, ben: User) -> None:
    text = texts_of(posted(ana, {"d/scan": [""]}, scan=upload()))["d/scan"]
    bare = Attachment.objects.get().reference.text

    stolen = posted(ben, {"d/scan": text})
    elsewhere = SchemaForm(SCHEMA, post={"d/scan": text}, uploads=uploads(ana, "other form"))
    unsigned = posted(ana, {"d/scan": [bare]})
    changed = posted(ana, {"d/scan": [text[0].replace("contract", "c0ntract")]})

    for form in (stolen, elsewhere, unsigned, changed):
        assert form.errors["/scan"] == NOT_THERE
        assert "contract.pdf" not in form.render()


@pytest.mark.parametrize(
    "text", ["refused:0", "refused:x", "refused:9999999999", "contract.pdf", "a:b", ":", "data:,ü"]
)
def test_what_is_made_up_is_no_file(ana: User, text: str) -> None:
    assert posted(ana, {"d/scan": [text]}).errors["/scan"] == NOT_THERE


def test_a_file_for_a_field_of_another_kind_is_no_answer(ana: User) -> None:
    form = posted(ana, {"d/amount": ["5"]}, other=upload(), amount=upload())

    assert form.errors == {"/amount": ["Enter a whole number."]}
    assert form.data == {}
    assert Browser(form.render()).problems == []


def test_what_is_stored_stays(ana: User) -> None:
    kept = engine.park(ana, "earlier", upload()).reference.text
    long = f"data:text/plain;base64,{'YTti' * 10_000}"

    for value in (kept, INLINE, long):
        stored = {"scan": value, "amount": 5}
        shown = SchemaForm(SCHEMA, stored=stored, uploads=uploads(ana))
        html = shown.render()
        assert Browser(html).problems == []
        assert len(html) < 25_000
        untouched = posted(ana, Browser(html).post, stored=stored)
        assert untouched.data == stored, untouched.errors
        again = posted(ana, texts_of(untouched), stored=stored)
        assert again.data == stored


def test_what_is_written_out_is_taken_and_named(ana: User) -> None:
    form = posted(ana, {"d/scan": [INLINE], "d/amount": ["5"]})

    assert form.data["scan"] == INLINE
    assert "old.csv" in form.render()


def test_a_file_that_nobody_may_see_is_kept_and_not_shown(ana: User) -> None:
    schema = {"properties": {"scan": {**FILE, "writeOnly": True}}}
    stored = {"scan": engine.park(ana, "earlier", upload(name="secret.pdf")).reference.text}
    html = SchemaForm(schema, stored=stored, uploads=uploads(ana)).render()

    assert "secret.pdf" not in html
    assert "Leave this empty to keep what is there." in html
    assert posted(ana, Browser(html).post, schema=schema, stored=stored).data == stored


def test_every_row_of_files_is_one(ana: User) -> None:
    schema = {"properties": {"pages": {"type": "array", "items": FILE}}}
    post = {"r/pages": ["=", "n1", "n2"], "d/pages/n1": [""], "d/pages/n2": [""]}
    files = {"pages/n1": upload(name="1.pdf"), "pages/n2": upload(name="2.pdf")}

    form = posted(ana, post, schema=schema, **files)

    rows = Attachment.objects.order_by("name")
    assert form.data == {"pages": [row.reference.text for row in rows]}
    again = posted(ana, texts_of(form) | {"r/pages": ["=", "n2", "n1"]}, schema=schema)
    assert again.data == {"pages": [row.reference.text for row in reversed(rows)]}


def test_a_preview_keeps_files_too(ana: User) -> None:
    schema = {"properties": {"scan": FILE, "tags": {"type": "array", "items": {"type": "string"}}}}
    post = {"d/scan": [""], "r/tags": ["="], "x": ["add r/tags"]}

    form = posted(ana, post, schema=schema, scan=upload())

    assert form.is_preview
    assert "contract.pdf" in form.render()


def test_a_preview_says_why_a_file_is_not_there(ana: User) -> None:
    form = posted(ana, {"d/scan": [""], "x": ["look"]}, scan=upload(b""))

    assert form.errors == {}
    assert form.render().count("The file is empty.") == 1
    judged = posted(ana, {"d/scan": [""], "d/amount": ["1"]}, scan=upload(b""))
    assert judged.render().count("The file is empty.") == 1


def test_without_anybody_to_park_them_no_files_are_taken() -> None:
    form = SchemaForm(SCHEMA, post={"d/scan": ["x:data:,"]})

    assert form.errors["/scan"] == ["Files cannot be sent here."]


@pytest.mark.parametrize(
    ("schema", "accept"),
    [
        ({"format": "data-url"}, ()),
        ({"format": "binary", "contentMediaType": "image/png"}, ("image/png",)),
        ({"contentEncoding": "base64", "contentMediaType": "image/png"}, ("image/png",)),
        ({"contentMediaType": "application/pdf"}, ("application/pdf",)),
        ({"media": {"binaryEncoding": "base64", "type": "image/png"}}, ("image/png",)),
        ({"ui:widget": "file", "ui:options": {"accept": ".pdf, image/*"}}, (".pdf", "image/*")),
        ({"format": "data-url", "ui:options": {"accept": [".csv", 7]}}, (".csv",)),
    ],
)
def test_which_texts_are_files(schema: dict[str, Any], accept: tuple[str, ...]) -> None:
    form = SchemaForm({"properties": {"it": {"type": "string", **schema}}})

    assert [field.get("accept") for field in fields_of(form)] == [",".join(accept)]


@pytest.mark.parametrize(
    "schema",
    [
        {"format": "data-url", "ui:widget": "textarea"},
        {"contentEncoding": "quoted-printable"},
        {"contentMediaType": "text/markdown"},
        {"contentMediaType": "application/json"},
        {"format": "uri"},
    ],
)
def test_which_texts_are_written(schema: dict[str, Any]) -> None:
    assert not SchemaForm({"properties": {"it": {"type": "string", **schema}}}).is_multipart
