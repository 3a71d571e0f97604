"""The form of one schema: shown, read, judged, and shown again with everything that was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls import Moment, is_typed_moment
from tasks_ui.schema_form.controls.files import Uploads
from tasks_ui.schema_form.nodes.node import Leaf, Node
from tasks_ui.schema_form.nodes.unions import Chooser, choosers_of
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.field_names import CARRIED, PAIR, VALUE
from tasks_ui.schema_form.posted.reader import Reading
from tasks_ui.schema_form.posted.which_form import is_made_with, with_former
from tasks_ui.schema_form.render.context import paint
from tasks_ui.schema_form.render.left_over import LeftOver, all_left_over
from tasks_ui.schema_form.render.zone import Zone, name_of
from tasks_ui.schema_form.schema.possible import can_have
from tasks_ui.schema_form.schema.undecided import may_be_about, rules_without
from tasks_ui.schema_form.tree.gone import gone
from tasks_ui.schema_form.tree.inputs import Given
from tasks_ui.schema_form.tree.lookup import Places
from tasks_ui.schema_form.tree.settle import settle
from workflows.schemas import Place, document, validate


class SchemaForm:
    """The form for data that fits `schema`.

    Args:
        schema: JSON Schema; one that `check_schema` refuses raises UnusableSchema.
        ui_schema: hints about the look (`ui:widget` and so on), per property.
        stored: what was stored before; without it the form begins with the schema's defaults.
        post: what was posted (a QueryDict, or a dict of texts and lists of texts); None shows the
            form for the first time.
        exclude: top-level properties that are left out, such as the one that the submit button
            decides. Rules that may depend on them are left to whoever gets the whole data.
        decided: what is known of these properties: the button that was pressed.
        preview: whether what was posted is only to be looked at, and not submitted.
        uploads: what parks the files that come with the post, and knows those that came before;
            without it no files can be sent.
        preview_url: where buttons post to that add, move and remove parts; empty for the
            address of the page itself.
        fingerprint: what tells this form from any other, and is posted with it. What was posted
            with another one is only shown. Empty for forms that nobody changes.

    Attributes:
        data: the typed JSON that was posted, over what was stored.
        is_other: whether what was posted was filled in in another form.
        is_refused: whether that was meant to be sent.
    """

    def __init__(
        self,
        schema: Mapping[str, Any] | bool,
        ui_schema: Mapping[str, Any] | None = None,
        *,
        stored: Any = None,
        post: Mapping[str, Any] | None = None,
        exclude: frozenset[str] = frozenset(),
        decided: Mapping[str, Any] | None = None,
        preview: bool = False,
        preview_url: str = "",
        uploads: Uploads | None = None,
        fingerprint: str = "",
    ) -> None:
        self._document = document(schema)
        self._exclude = exclude
        self._stored = ABSENT if stored is None else stored
        self._added: dict[str, list[str]] = {}
        self.preview_url = preview_url
        self.fingerprint = fingerprint
        self._uploads = uploads
        self._zone = Zone.of(post)
        self.is_other = False
        if fingerprint and post is not None and not is_made_with(post, fingerprint):
            self.is_other, post = True, with_former(post)
        self.is_refused = self.is_other and not preview
        with timezone.override(self._zone.typed_in):
            self._round = settle(
                Given(
                    document=self._document,
                    ui_schema=ui_schema,
                    stored=self._stored,
                    post=uploads.with_files(post) if uploads and post is not None else post,
                    exclude=exclude,
                    decided=decided or {},
                    is_preview=preview or self.is_other,
                    uploads=uploads,
                )
            )
        self.data = self._whole()

    @property
    def is_bound(self) -> bool:
        """Whether something was posted."""
        return self._reading is not None

    @property
    def is_preview(self) -> bool:
        """Whether what was posted only asks to see the form as it would be."""
        return self.is_bound and not self._round.is_submitted

    @property
    def is_live(self) -> bool:
        """Whether what is asked for depends on what is filled in, or something is searched."""
        return self._round.is_live or any(
            isinstance(node, Leaf) and node.control.is_searched for node in self._root.walk()
        )

    @property
    def is_changeable(self) -> bool:
        """Whether it may look otherwise after an answer, or after a button that adds something."""
        return self.is_live or self._round.can_grow

    @property
    def is_multipart(self) -> bool:
        """Whether the form has fields for files, or may get some: only its fields are replaced."""
        return self.is_changeable or any(
            isinstance(node, Leaf) and node.control.is_file for node in self._root.walk()
        )

    def is_valid(self) -> bool:
        """Whether it was submitted, every question was asked, and nothing is known to be wrong."""
        is_settled = not (self.is_preview or self.revealed or self.gone)
        return self.is_bound and is_settled and not self.errors

    @cached_property
    def revealed(self) -> list[Node]:
        """Give the fields that are there because of what was posted, and were not before."""
        reading = self._reading
        if reading is None:
            return []
        return [node for node in self._root.walk() if _is_unseen(node, reading)]

    @cached_property
    def unknown(self) -> list[str]:
        """Give the names that were posted and that no field of this form can have, ever."""
        return [name for name, _texts in self._unknown]

    @cached_property
    def left_over(self) -> list[LeftOver]:
        """Give what was written into fields that the form does not have, now or before."""
        reading = self._reading
        if reading is None or not self.fingerprint:
            return []
        found = [*reading.former(), *self._unknown]
        if self.is_other:
            unread = reading.errors.keys() & reading.typed.keys()
            found += [(name, reading.typed[name]) for name in sorted(unread)]
        return all_left_over(found, self._uploads)

    @cached_property
    def gone(self) -> list[str]:
        """Give the names of fields that somebody saw filled in, and that other answers leave out.

        They are no part of the data, and so the form is shown without them before it is sent.
        """
        reading = self._reading
        return gone(self._root, reading) if reading and not self.is_preview else []

    @property
    def errors(self) -> dict[str, list[str]]:
        """Give the messages per JSON Pointer: what could not be read goes before broken rules."""
        found = {pointer: list(texts) for pointer, texts in self._faults.items()}
        for pointer, texts in self._added.items():
            known = found.setdefault(pointer, [])
            known += [text for text in texts if text not in known]
        return found

    def add_errors(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Show these messages too, each at its pointer or at what contains it."""
        for pointer, texts in errors.items():
            self._added.setdefault(pointer, []).extend(texts)

    @property
    def error_summary(self) -> list[tuple[str, str, str]]:
        """Give label, message and id of the control for each error, in the order of the form."""
        placed = self._places.sort(self.errors)
        return [
            (self._places.label(node), text, node.focus_id if node.pointer else "")
            for node in self._root.walk()
            for text in placed.pop(node.name, ())
        ]

    @property
    def unread(self) -> list[tuple[str, str]]:
        """Give label and name of each field whose text is no value: it is not in the data."""
        unread = self._reading.errors if self._reading else {}
        nodes = [node for node in self._root.walk() if node.name in unread]
        return [(self._places.label(node), node.name) for node in nodes]

    def render(self) -> SafeString:
        """Give the fields as HTML, without the `<form>` around them and without buttons."""
        errors = self._places.sort(self.errors)
        revealed = {node.name for node in self.revealed}
        zone = self._shown_in
        with timezone.override(zone):
            context = {
                "part": paint(self._round, errors, revealed, self.preview_url),
                "is_judged": self._shows_errors and self.is_changeable,
                "carried": [*self._carried, *self._begun],
                "fingerprint": self.fingerprint,
                "zone": name_of(zone) if self._zone.is_posted or self._moments else "",
            }
            return render_to_string("forms/form.html", context)

    def __str__(self) -> str:
        return self.render()

    __html__ = __str__

    @property
    def _moments(self) -> list[Node]:
        return [
            node
            for node in self._root.walk()
            if isinstance(node, Leaf) and isinstance(node.control, Moment)
        ]

    @property
    def _shown_in(self) -> tzinfo:
        """Give the zone to show moments in: that of the reader if all of them can be told there.

        What cannot be read, and what the form does not show now, stays as it was typed, and where.
        """
        reading, zone = self._reading, self._zone
        if reading is None or zone.shown_in == zone.typed_in:
            return zone.shown_in
        is_unread = any(node.name in reading.errors for node in self._moments)
        is_hidden = any(is_typed_moment(text) for _name, text in self._carried)
        return zone.typed_in if is_unread or is_hidden else zone.shown_in

    @property
    def _carried(self) -> list[tuple[str, str]]:
        """Give the fields that are not shown now, and may be shown again after another answer."""
        reading = self._reading
        if reading is None or not self.is_changeable:
            return []
        carried = list(reading.carried())
        return [
            *((CARRIED, name) for name in dict.fromkeys(name for name, _text in carried)),
            *carried,
        ]

    @cached_property
    def _unknown(self) -> list[tuple[str, list[str]]]:
        """Give what no field has asked for and none will; of another form also what is not seen."""
        reading, root = self._reading, self._document.root
        if reading is None:
            return []
        return [
            (name, texts)
            for name, texts in reading.unasked()
            if not can_have(root, name, self._exclude)
            or (self.is_other and (not self.is_changeable or reading.is_shown_otherwise(name)))
        ]

    @property
    def _begun(self) -> list[tuple[str, str]]:
        """Give what fields began with that another answer may bring another default for."""
        leaves = (node for node in self._root.walk() if isinstance(node, Leaf))
        return [(leaf.began_name, leaf.began) for leaf in leaves if leaf.is_contested]

    @property
    def _reading(self) -> Reading | None:
        return self._round.reading

    @property
    def _root(self) -> Node:
        return self._round.root

    @cached_property
    def _places(self) -> Places:
        return Places(self._root)

    def _whole(self) -> Any:
        if self._reading is None:
            return {} if self._stored is ABSENT else self._stored
        value = self._round.value
        return ({} if self._wants_object else None) if value is ABSENT else value

    @property
    def _wants_object(self) -> bool:
        """Whether the whole is an object: it is, unless the schema says what else it is."""
        return self._root.outlook.kind in {"", "object"}

    @property
    def _shows_errors(self) -> bool:
        """Whether it was submitted now or before: nobody is told of errors while they fill in."""
        reading = self._reading
        return reading is not None and (reading.is_judged or not self.is_preview)

    @cached_property
    def _faults(self) -> dict[str, list[str]]:
        if self._reading is None or not self._shows_errors:
            return {}
        if self._wants_object and not isinstance(self.data, dict):
            return {"": [_("Enter a group of values.")]}
        unread = self._unread(self._reading)
        if self._zone.is_unknown:
            said = _(
                "The time zone of this form is not known. Look at its times, and send it again."
            )
            unread.setdefault("", []).append(said)
        clean = {node.pointer for node in self.revealed}
        broken = {
            pointer: texts
            for pointer, texts in self._broken.items()
            if pointer not in clean
            and not any(pointer == place or pointer.startswith(f"{place}/") for place in unread)
        }
        return unread | broken

    @property
    def _broken(self) -> dict[str, list[str]]:
        return validate(self._rules, self.data, self._chosen, self._label_at, self._meant)

    def _label_at(self, pointer: str) -> str:
        """Give what the place of a value is called; empty where the form does not have it."""
        node = self._places.at(pointer)
        return node.label if node else ""

    def _unread(self, reading: Reading) -> dict[str, list[str]]:
        places = {node.name: node.pointer for node in self._root.walk()}
        found: dict[str, list[str]] = {}
        for name, text in reading.errors.items():
            found.setdefault(places.get(name, places.get(_place(name), "")), []).append(text)
        return found

    @property
    def _chosen(self) -> dict[str, list[tuple[Any, int | str]]]:
        """Give, per pointer, the alternatives that were chosen from and which one it was."""
        chosen: dict[str, list[tuple[Any, int | str]]] = {}
        for node in self._root.walk():
            made: list[tuple[Any, int | str]] = list(node.outlook.decided)
            made += [one.made for one in choosers_of(node)]
            if made:
                chosen.setdefault(node.pointer, []).extend(made)
        return chosen

    @property
    def _meant(self) -> list[tuple[tuple[str | int, ...], Place, Any]]:
        """Give the alternatives that were chosen, with what there is at the places of each."""
        known = self._reading.values if self._reading else {}
        return [
            (node.steps, one.union.parts[one.number], known[node.way])
            for node in self._root.walk()
            for one in choosers_of(node)
            if one.number is not None
            and known.get(node.way, ABSENT) is not ABSENT
            and not (self._exclude and not node.steps and self._may_depend(one))
        ]

    def _may_depend(self, chooser: Chooser) -> bool:
        part = None if chooser.number is None else chooser.union.parts[chooser.number].schema
        return may_be_about(part, self._exclude)

    @property
    def _rules(self) -> Any:
        schema = self._document.schema
        if not self._exclude or not isinstance(schema, dict):
            return self._document
        return rules_without(schema, self._exclude)


def _is_unseen(node: Node, reading: Reading) -> bool:
    """Whether it is in the form because of what was posted, and nobody has seen it before."""
    if not isinstance(node, Leaf):
        return not node.is_hidden and any(one.is_revealed for one in choosers_of(node))
    return not reading.was_seen(node.name) if reading.has(node.name) else node.is_revealed


def _place(name: str) -> str:
    """Give the name of the value for which somebody gives a name of its own."""
    way, _slash, key = name[1:].rpartition("/")
    return f"{VALUE}{way}/{PAIR}{key}"
