"""What to tell a person about each rule that their data breaks, in Django's words if possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows.schemas.evaluation import Broken
from workflows.schemas.formats.addresses import is_uri_reference
from workflows.schemas.formats.mapping import MAPPED, Unmappable, uri_of
from workflows.schemas.numbers import nearest_multiples, number_text
from workflows.schemas.own_words import own_words

MAX_QUOTED: Final = 60
"""How much is shown of a value that the author has fixed."""
MAX_NAMES: Final = 3
MAX_DIGITS: Final = 30


def message_of(broken: Broken, otherwise: str = "") -> str:
    """Give the message for a broken rule.

    An author's own text goes before; without one it is what is to be said `otherwise`, or else
    the message of the keyword.
    """
    own = own_words(broken) or otherwise
    if own:
        return own
    maker = MESSAGES.get(broken.keyword)
    return maker(broken.limit, broken.value) if maker else _of_structure(broken)


def required() -> str:
    """Say that something has to be filled in."""
    return _("This field is required.")


def more_than_one() -> str:
    """Say that of alternatives, one and no other should have fitted."""
    return _("This fits more than one of the allowed forms.")


def _of_structure(broken: Broken) -> str:
    """Give the message for a rule about what is inside of the value."""
    match broken.keyword:
        case "propertyNames":
            reasons = [message_of(inner) for inner in broken.told[0][:1]]
            message = " ".join([_("This name does not fit here."), *reasons])
        case "items":
            message = _most(len(broken.schema.get("prefixItems", ())), None)
        case "additionalProperties" | "unevaluatedProperties":
            message = _not_allowed(broken.names)
        case "not":
            message = _forbidden(broken.limit)
        case "":
            message = _("This does not belong here.")
        case _:
            message = _("Enter a valid value.")
    return message


def _type(limit: Any, _value: Any) -> str:
    every = [limit] if isinstance(limit, str) else limit
    names = [name for name in every if name != "null"]
    texts = {
        "integer": _("Enter a whole number."),
        "number": _("Enter a number."),
        "string": _("Enter a text."),
        "boolean": _("Choose yes or no."),
        "array": _("Enter a list of values."),
        "object": _("Enter a group of values."),
    }
    if not names:
        return _("Leave this empty.")
    return texts[names[0]] if len(names) == 1 else _type_of_several(names)


def _type_of_several(names: list[str]) -> str:
    kinds = {
        "integer": _("a whole number"),
        "number": _("a number"),
        "string": _("a text"),
        "boolean": _("yes or no"),
        "array": _("a list of values"),
        "object": _("a group of values"),
    }
    text = _("Enter one of these: %(kinds)s.")
    return text % {"kinds": ", ".join(kinds[name] for name in dict.fromkeys(names))}


def _choice(_limit: Any, _value: Any) -> str:
    return _("Select a valid choice. That choice is not one of the available choices.")


def _enum(limit: Any, value: Any) -> str:
    return _const(limit[0], value) if len(limit) == 1 else _choice(limit, value)


def _const(limit: Any, value: Any) -> str:
    # A box that must be ticked, and is not, is simply missing.
    if limit is True:
        return required()
    shown = limit if isinstance(limit, str) else ""
    if isinstance(limit, int | float) and not isinstance(limit, bool):
        shown = number_text(limit)
    if not 0 < len(shown) <= MAX_QUOTED:
        return _choice(limit, value)
    return _("The only value allowed here is %(value)s.") % {"value": shown}


def _forbidden(limit: Any) -> str:
    names = limit.get("required") if isinstance(limit, dict) and len(limit) == 1 else None
    together = forbidden_together(names) if isinstance(names, list) else ""
    return together or _("This value is not allowed.")


def forbidden_together(names: Sequence[str]) -> str:
    """Say that fields exclude each other, by what they are called; empty for fewer than two."""
    if len(names) < 2:
        return ""
    return _("These must not be filled in together: %(names)s.") % {"names": ", ".join(names)}


def _at_least(limit: Any, _value: Any) -> str:
    text = _("Ensure this value is greater than or equal to %(limit_value)s.")
    return text % {"limit_value": number_text(limit)}


def _at_most(limit: Any, _value: Any) -> str:
    text = _("Ensure this value is less than or equal to %(limit_value)s.")
    return text % {"limit_value": number_text(limit)}


def _more_than(limit: Any, _value: Any) -> str:
    return _("Ensure this value is greater than %(limit_value)s.") % {
        "limit_value": number_text(limit)
    }


def _less_than(limit: Any, _value: Any) -> str:
    return _("Ensure this value is less than %(limit_value)s.") % {
        "limit_value": number_text(limit)
    }


def _multiple(step: Any, value: Any) -> str:
    below, above = nearest_multiples(value, step)
    text = _("Ensure this value is a multiple of step size %(limit_value)s.")
    text %= {"limit_value": number_text(step)}
    if len(above) > MAX_DIGITS:
        return text
    nearest = _("The nearest are %(below)s and %(above)s.")
    return f"{text} {nearest % {'below': below, 'above': above}}"


def _shortest(limit: int, value: str) -> str:
    return ngettext(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        int(limit),
    ) % {"limit_value": limit, "show_value": len(value)}


def _longest(limit: int, value: str) -> str:
    return ngettext(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        int(limit),
    ) % {"limit_value": limit, "show_value": len(value)}


def _fewest(limit: int, _value: Any) -> str:
    text = ngettext("Give at least %(count)d value.", "Give at least %(count)d values.", int(limit))
    return text % {"count": limit}


def _most(limit: int, _value: Any) -> str:
    text = ngettext("Give at most %(count)d value.", "Give at most %(count)d values.", int(limit))
    return text % {"count": limit}


def _format(name: Any, value: Any) -> str:
    if name in MAPPED and isinstance(value, str) and not value.isascii():
        return _address(value)
    # Whatever has an @ or a scheme is called as the fields for it are.
    texts = {
        "date": _("Enter a valid date."),
        "time": _("Enter a valid time."),
        "date-time": _("Enter a valid date/time."),
        "duration": _("Enter a valid duration."),
        "email": _("Enter a valid email address."),
        "uri": _("Enter a valid URL."),
        "uuid": _("Enter a valid UUID."),
        "hostname": _("Enter a valid domain name."),
        "ipv4": _("Enter a valid %(protocol)s address.") % {"protocol": _("IPv4")},
        "ipv6": _("Enter a valid %(protocol)s address.") % {"protocol": _("IPv6")},
        "regex": _("Enter a valid pattern."),
        "color": _("Enter a valid color, such as #a0b1c2."),
        "data-url": _("Enter a valid data URL, or choose a file."),
        "phone": _("Enter a valid phone number."),
    }
    return texts.get(SAME_WORDS.get(name, name), _("Enter a valid value."))


def _address(value: str) -> str:
    """Say how an address is written in ASCII, or why it cannot be."""
    try:
        mapped = uri_of(value)
    except Unmappable as problem:
        return str(problem)
    text = _("Enter a valid URL. In ASCII, this one is %(address)s.")
    return text % {"address": mapped} if is_uri_reference(mapped) else _("Enter a valid URL.")


def _not_allowed(names: list[str]) -> str:
    """Name some of the fields, so that a program's author finds them."""
    told = [name[:MAX_QUOTED] for name in names[:MAX_NAMES]]
    told += ["…"] if len(names) > MAX_NAMES else []
    return _("These fields do not belong here: %(names)s.") % {"names": ", ".join(told)}


def _repeated(_limit: Any, _value: Any) -> str:
    return _("Give each value only once.")


def _no_more_items(_limit: Any, _value: Any) -> str:
    return _("There are more values than belong here.")


def _none_fits(_limit: Any, _value: Any) -> str:
    return _("None of these values is as at least one has to be.")


def _few_fit(limit: int, _value: Any) -> str:
    text = _("At least %(count)d of these values have to be as asked for, and fewer are.")
    return text % {"count": limit}


def _many_fit(limit: int, _value: Any) -> str:
    text = _("At most %(count)d of these values may be as asked for, and more are.")
    return text % {"count": limit}


def _no_alternative(_limit: Any, _value: Any) -> str:
    return _("This does not fit any of the allowed forms.")


SAME_WORDS: Final = {
    "idn-email": "email",
    "url": "uri",
    "iri": "uri",
    "idn-hostname": "hostname",
    "data-uri": "data-url",
    "tel": "phone",
}
"""Formats whose message is that of another one."""

MESSAGES: Final[dict[str, Callable[[Any, Any], str]]] = {
    "required": lambda limit, value: required(),
    "dependentRequired": lambda limit, value: required(),
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _at_least,
    "maximum": _at_most,
    "exclusiveMinimum": _more_than,
    "exclusiveMaximum": _less_than,
    "multipleOf": _multiple,
    "minLength": _shortest,
    "maxLength": _longest,
    "minItems": _fewest,
    "maxItems": _most,
    "minProperties": _fewest,
    "maxProperties": _most,
    "format": _format,
    "uniqueItems": _repeated,
    "unevaluatedItems": _no_more_items,
    "contains": _none_fits,
    "minContains": _few_fit,
    "maxContains": _many_fit,
    "anyOf": _no_alternative,
    "oneOf": _no_alternative,
}
