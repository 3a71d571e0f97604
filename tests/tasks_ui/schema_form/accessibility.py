"""What is wrong with a piece of HTML for those who hear it read, and for the security policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from tests.tasks_ui.schema_form.elements import Element

REFERENCES: Final = (
    *("for", "list", "form", "headers", "popovertarget"),
    *("aria-activedescendant", "aria-controls", "aria-describedby", "aria-details"),
    *("aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns"),
)
CONTROLS: Final = frozenset({"input", "select", "textarea"})
INTERACTIVE: Final = frozenset({"a", "button", "label", "summary", *CONTROLS})
STATES: Final = frozenset(
    {
        *("aria-atomic", "aria-autocomplete", "aria-busy", "aria-checked", "aria-current"),
        *("aria-disabled", "aria-expanded", "aria-haspopup", "aria-hidden", "aria-invalid"),
        *("aria-label", "aria-level", "aria-live", "aria-modal", "aria-multiselectable"),
        *("aria-orientation", "aria-posinset", "aria-pressed", "aria-readonly", "aria-relevant"),
        *("aria-required", "aria-roledescription", "aria-selected", "aria-setsize"),
    }
)
# What has to be said with a role, so that it means something.
ROLES: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("alert", "img", "list", "listitem", "note", "none", "presentation", "region", "status"),
        (),
    ),
    "group": ("a name",),
    "radiogroup": ("a name",),
    "combobox": ("aria-expanded", "aria-controls"),
    "listbox": ("a name",),
    "option": (),
    "switch": (),
}
# Elements that mean something only right inside these.
HOMES: Final = {
    "dd": frozenset({"dl", "div"}),
    "dt": frozenset({"dl", "div"}),
    "legend": frozenset({"fieldset"}),
    "li": frozenset({"ul", "ol", "menu"}),
    "optgroup": frozenset({"select"}),
    "option": frozenset({"select", "datalist", "optgroup"}),
    "summary": frozenset({"details"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
}


def problems_of(root: Element) -> list[str]:
    """Give a sentence for each problem, in the order of the page."""
    ids = _ids(root)
    return [
        *_wrong_ids(root),
        *(
            f"{element} {problem}"
            for element in root.walk()
            for check in CHECKS
            for problem in check(element, ids)
        ),
    ]


Ids = dict[str, Element]


def _ids(root: Element) -> Ids:
    return {element.get("id"): element for element in root.walk() if "id" in element.attributes}


def _wrong_ids(root: Element) -> Iterator[str]:
    counted = Counter(element.get("id") for element in root.walk() if "id" in element.attributes)
    for name, count in counted.items():
        if count > 1:
            yield f"{name} is there {count} times"
        if not name or len(name.split()) != 1:
            yield f"{name!r} is no id"


def _references(element: Element, ids: Ids) -> Iterator[str]:
    for attribute in REFERENCES:
        if attribute in element.attributes:
            wanted = element.get(attribute).split()
            if not wanted:
                yield f"has an empty {attribute}"
            yield from (
                f"leads to {name}, which is not there" for name in wanted if name not in ids
            )
    target = element.get("href")
    if target.startswith("#") and target[1:] not in ids:
        yield f"links to {target}, which is not there"
    suggested = ids.get(element.get("list"))
    if suggested is not None and suggested.tag != "datalist":
        yield f"suggests {suggested}, which is no list"
    labelled = ids.get(element.get("for")) if element.tag == "label" else None
    if labelled is not None and labelled.tag not in {*CONTROLS, "button", "output"}:
        yield f"is for {labelled}, which cannot be labelled"


def _names(element: Element, ids: Ids) -> Iterator[str]:
    if element.tag in CONTROLS and element.get("type") != "hidden":
        if not (named(element, ids) or _label_of(element)):
            yield "has no label"
        if not element.get("id") and not element.is_in("label"):
            yield "has no id"
    if element.tag in {"a", "button", "label", "legend", "summary"}:
        drawn = any(image.get("alt") or image.get("aria-label") for image in element.find("img"))
        if not (named(element, ids) or element.text.strip() or drawn):
            yield "says nothing"
    if element.tag == "img" and "alt" not in element.attributes:
        yield "has no alt"


def named(element: Element, ids: Ids) -> str:
    """Give the name that ARIA says an element has."""
    pointed = (ids.get(name) for name in element.get("aria-labelledby").split())
    texts = [element.get("aria-label"), *(other.text for other in pointed if other is not None)]
    return " ".join(" ".join(texts).split())


def _label_of(element: Element) -> str:
    """Give the text of the labels around an element, or made for it."""
    *_between, top = around = [*element.above]
    return " ".join(
        label.text.strip()
        for label in top.labels
        if label in around or (element.get("id") and label.get("for") == element.get("id"))
    )


def _groups(element: Element, ids: Ids) -> Iterator[str]:
    if element.tag == "fieldset":
        first = next(iter(element.children), None)
        if not (first and first.tag == "legend" and first.text.strip()):
            yield "does not begin with a legend"
    if element.tag == "input" and element.get("type") == "radio":
        grouped = (above.get("role") == "radiogroup" for above in element.above)
        if not element.is_in("fieldset") and not any(grouped):
            yield "is a choice without a question"


def _roles(element: Element, ids: Ids) -> Iterator[str]:
    role = element.get("role")
    if "role" in element.attributes and role not in ROLES:
        yield f"has the role {role!r}"
    for wanted in ROLES.get(role, ()):
        if not (named(element, ids) if wanted == "a name" else wanted in element.attributes):
            yield f"is a {role} without {wanted}"
    for attribute in element.attributes:
        if attribute.startswith("aria-") and attribute not in {*STATES, *REFERENCES}:
            yield f"has {attribute}"
    if element.get("aria-hidden") == "true" and any(_can_be_reached(e) for e in element.walk()):
        yield "is hidden from readers and can be reached by key"
    if element.get("tabindex", "0") not in {"0", "-1"}:
        yield "is out of order"


def _can_be_reached(element: Element) -> bool:
    is_control = element.tag in {"button", *CONTROLS} or (
        element.tag == "a" and element.get("href")
    )
    out_of_reach = element.get("tabindex") == "-1" or element.get("type") == "hidden"
    return bool(is_control) and not out_of_reach


def _mistakes(element: Element, ids: Ids) -> Iterator[str]:
    """Yield what is said to be wrong without a word about what."""
    if element.get("aria-invalid") == "true":
        around = [element, *(above for above in element.above if above.tag == "fieldset")]
        told = (name for part in around for name in part.get("aria-describedby").split())
        if not any(name in ids and name.endswith("_error") for name in told):
            yield "is invalid and does not say why"


def _nesting(element: Element, ids: Ids) -> Iterator[str]:
    homes = HOMES.get(element.tag)
    if homes and element.parent and element.parent.tag not in homes:
        yield f"is in {element.parent}"
    if element.tag == "div" and element.is_in("p", "span", "label", "legend", "button"):
        yield "is in a line of text"
    if element.tag in INTERACTIVE and element.get("type") != "hidden":
        allowed = {"label"} if element.tag in CONTROLS else set()
        if element.is_in(*({"a", "button", "label"} - allowed)):
            yield "is inside what is pressed itself"
    if element.tag == "form" and element.is_in("form"):
        yield "is a form in a form"


def _policy(element: Element, ids: Ids) -> Iterator[str]:
    if element.tag in {"script", "style", "iframe", "object", "embed", "base"}:
        yield "has no place in a form"
    for attribute in element.attributes:
        if attribute == "style" or attribute.startswith(("on", "hx-on")):
            yield f"has {attribute}"


CHECKS: Final[tuple[Callable[[Element, Ids], Iterator[str]], ...]] = (
    *(_references, _names, _groups, _roles, _mistakes, _nesting, _policy),
)
