"""The widgets of fields, written out directly: forms may be long, and lists in them longer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Widget
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


class Input(Widget):
    """An input of one line."""

    def __init__(self, kind: str, attributes: dict[str, Any]) -> None:
        super().__init__(attributes)
        self.input_type = kind

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Give the input; what cannot be seen is not in the page either."""
        attributes = self.build_attrs(self.attrs, attrs)
        if not value or self.input_type == "password":
            return format_html(
                '<input type="{}" name="{}"{}>', self.input_type, name, flatatt(attributes)
            )
        return format_html(
            '<input type="{}" name="{}" value="{}"{}>',
            *(self.input_type, name, value, flatatt(attributes)),
        )


class TextArea(Widget):
    """An input of several lines."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Give the area; browsers leave out the line end that it begins with."""
        attributes = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<textarea name="{}"{}>\n{}</textarea>', name, attributes, value or "")


class Box(Widget):
    """A box that posts `true`, whether it begins ticked or not."""

    input_type = "checkbox"

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Give the box."""
        mark = {"checked": value == "true"}
        attributes = flatatt({**self.build_attrs(self.attrs, attrs), **mark})
        return format_html('<input type="checkbox" name="{}" value="true"{}>', name, attributes)


@dataclass(frozen=True)
class Offer:
    """One line to choose: how it is posted, what it says, and whether it can be chosen."""

    wire: str
    label: str
    is_disabled: bool = False


class Offers(Widget):
    """A widget with lines to choose from."""

    def __init__(self, attributes: dict[str, Any], offers: Iterable[Offer]) -> None:
        super().__init__(attributes)
        self.offers = list(offers)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Give the HTML."""
        chosen = set(value) if isinstance(value, list) else {value}
        return self.written(name, chosen, self.build_attrs(self.attrs, attrs))

    def written(self, name: str, chosen: Collection[str], attributes: dict[str, Any]) -> SafeString:
        """Give the HTML with these lines chosen."""
        raise NotImplementedError


class OpeningList(Offers):
    """A list that opens, for one line."""

    def written(self, name: str, chosen: Collection[str], attributes: dict[str, Any]) -> SafeString:
        """Give the list."""
        marks = (_marks(offer, chosen, "selected") for offer in self.offers)
        lines = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (offer.wire, mark, offer.label)
                for offer, mark in zip(self.offers, marks, strict=True)
            ),
        )
        return format_html("<select{}>{}</select>", flatatt({"name": name, **attributes}), lines)


class Ticks(Offers):
    """All lines in sight: of type `radio` for one of them, `checkbox` for as many as one likes."""

    use_fieldset = True

    def __init__(self, attributes: dict[str, Any], offers: Iterable[Offer], kind: str) -> None:
        super().__init__(attributes, offers)
        self.kind = kind

    def written(self, name: str, chosen: Collection[str], attributes: dict[str, Any]) -> SafeString:
        """Give a label around each control."""
        first = attributes.pop("id", "")
        shared = flatatt({"type": self.kind, "name": name, **attributes})
        return format_html_join(
            "",
            '<label for="{}_{}"><input{} value="{}" id="{}_{}"{}> <bdi>{}</bdi></label>',
            (
                (first, at, shared, offer.wire, first, at, mark, offer.label)
                for at, offer in enumerate(self.offers)
                for mark in (_marks(offer, chosen, "checked"),)
            ),
        )


@dataclass(frozen=True)
class Found:
    """What fits a search: a sentence about it, and the first lines."""

    message: str
    offers: tuple[Offer, ...]


class Search(Widget):
    """A field of text for what has too many options to list, and those that fit the text."""

    def __init__(self, attributes: dict[str, Any], found: Found | None, kind: str) -> None:
        super().__init__(attributes)
        self.found = found
        self.kind = kind

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Give the field, a button that shows what fits, and what fits."""
        attributes = self.build_attrs(self.attrs, attrs)
        given = {"type": "text", "name": name, "value": value or None, "autocomplete": "off"}
        listed = f"{attributes['id']}_found"
        return format_html(
            '<div class="search"><input{} data-search>'
            '<button type="submit" class="button" name="x" value="look" formnovalidate>{}</button>'
            '<div class="search__found" id="{}"><p role="status">{}</p>{}</div></div>',
            flatatt({**given, **attributes}),
            _("Search"),
            listed,
            self.found.message if self.found else "",
            self._offered(name, listed),
        )

    def _offered(self, name: str, listed: str) -> SafeString | str:
        """Give the lines that fit: what is chosen there is posted after the text, and so counts."""
        if not self.found or not self.found.offers:
            return ""
        ticks = Ticks({"id": listed}, self.found.offers, self.kind).render(name, None)
        role = "radiogroup" if self.kind == "radio" else "group"
        return format_html(
            '<div class="choices choices--listed" role="{}" aria-label="{}">{}</div>',
            *(role, _("What fits"), ticks),
        )


class Searches(Offers):
    """A box for each chosen line, and a search for more."""

    use_fieldset = True

    def __init__(
        self, attributes: dict[str, Any], chosen: Iterable[Offer], found: Found | None, typed: str
    ) -> None:
        super().__init__(attributes, chosen)
        self.found = found
        self.typed = typed

    def written(self, name: str, chosen: Collection[str], attributes: dict[str, Any]) -> SafeString:
        """Give the boxes, all ticked, and then the search."""
        boxes = Ticks({}, self.offers, "checkbox").render(
            name, [offer.wire for offer in self.offers], dict(attributes)
        )
        field = f"{attributes.pop('id')}_find"
        given = {"id": field, "placeholder": _("Search"), **attributes}
        search = Search(given, self.found, "checkbox")
        return format_html(
            '{}<label class="visually-hidden" for="{}">{}</label>{}',
            *(boxes, field, _("Search"), search.render(name, self.typed)),
        )


class Picker(Widget):
    """A picker of colours, and a box to tick for none: pickers always have a colour."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Give the picker, then the box: what is posted last counts."""
        attributes = self.build_attrs(self.attrs, attrs)
        none = f"{attributes['id']}_none"
        shared = flatatt({"type": "color", "name": name, "value": value, **attributes})
        return format_html(
            '<span class="picker"><input{}> <label for="{}">'
            '<input type="checkbox" name="{}" value="" id="{}"> {}</label></span>',
            *(shared, none, name, none, _("No colour")),
        )


class TwoHours(Widget):
    """A picker for a moment, and which of two hours it is in that are called alike."""

    def __init__(self, picker: Widget, hours: Mapping[str, str], chosen: str) -> None:
        super().__init__(picker.attrs)
        self.picker = picker
        self.hours = hours
        self.chosen = chosen

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Give the picker, then the choice: which is posted after it."""
        text = str(value).rpartition(" ")[0] if str(value).endswith(f" {self.chosen}") else value
        labels = {"first": _("the first (%s)"), "second": _("the second (%s)")}
        offers = [Offer(which, labels[which] % zone) for which, zone in self.hours.items()]
        first = f"{self.build_attrs(self.attrs, attrs).get('id', name)}_hour"
        return format_html(
            '{}<div class="choices choices--inline" role="radiogroup" aria-label="{}">{}</div>',
            self.picker.render(name, text, attrs),
            _("Which of the two hours"),
            Ticks({"id": first}, offers, "radio").render(name, self.chosen),
        )


def _marks(offer: Offer, chosen: Collection[str], mark: str) -> SafeString | str:
    """Give the attributes of a line; a chosen one can always be kept."""
    if offer.wire in chosen:
        return mark_safe(f" {mark}")  # noqa: S308 – one of two words of our own
    return mark_safe(" disabled") if offer.is_disabled else ""
