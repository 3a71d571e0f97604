"""What to tell a person about each rule that their data breaks, in Django's words if possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows.schemas.numbers import nearest_multiples, number_text

REQUIRED: Final = "required"


def message_of(
    keyword: str | None, limit: Any, value: Any, schema: Any, otherwise: str = ""
) -> str:
    """Give the message for `value`, which breaks the rule `keyword: limit` of `schema`.

    An author's own text, `x-error` of the schema, goes before: one for all, or one per keyword.
    Without one it is the keyword's, or what is to be said `otherwise`.
    """
    own = schema.get("x-error") if isinstance(schema, dict) else None
    if isinstance(own, dict):
        own = own.get(keyword)
    if isinstance(own, str) and own:
        return own
    if otherwise:
        return otherwise
    maker = MESSAGES.get(keyword or "")
    return maker(limit, value) if maker else _("Enter a valid value.")


def required() -> str:
    """Say that something has to be filled in."""
    return _("This field is required.")


def more_than_one() -> str:
    """Say that of alternatives, one and no other should have fitted."""
    return _("This fits more than one of the allowed forms.")


def _type(limit: Any, _value: Any) -> str:
    names = [limit] if isinstance(limit, str) else [name for name in limit if name != "null"]
    texts = {
        "integer": _("Enter a whole number."),
        "number": _("Enter a number."),
        "string": _("Enter a text."),
        "boolean": _("Choose yes or no."),
        "array": _("Enter a list of values."),
        "object": _("Enter a group of values."),
        "null": _("Leave this empty."),
    }
    return texts.get(names[0] if len(names) == 1 else "", _("Enter a valid value."))


def _choice(_limit: Any, _value: Any) -> str:
    return _("Select a valid choice. That choice is not one of the available choices.")


def _const(limit: Any, value: Any) -> str:
    # A box that must be ticked, and is not, is simply missing.
    return required() if limit is True else _choice(limit, value)


def _at_least(limit: Any, _value: Any) -> str:
    text = _("Ensure this value is greater than or equal to %(limit_value)s.")
    return text % {"limit_value": number_text(limit)}


def _at_most(limit: Any, _value: Any) -> str:
    text = _("Ensure this value is less than or equal to %(limit_value)s.")
    return text % {"limit_value": number_text(limit)}


def _more_than(limit: Any, _value: Any) -> str:
    # The oldest draft has no number here, but a remark to the other keyword.
    if isinstance(limit, bool):
        return _("Enter a valid value.")
    return _("Ensure this value is greater than %(limit_value)s.") % {
        "limit_value": number_text(limit)
    }


def _less_than(limit: Any, _value: Any) -> str:
    if isinstance(limit, bool):
        return _("Enter a valid value.")
    return _("Ensure this value is less than %(limit_value)s.") % {
        "limit_value": number_text(limit)
    }


def _multiple(step: Any, value: Any) -> str:
    below, above = nearest_multiples(value, step)
    text = _("Ensure this value is a multiple of step size %(limit_value)s.")
    nearest = _("The nearest are %(below)s and %(above)s.")
    return (
        f"{text % {'limit_value': number_text(step)}} {nearest % {'below': below, 'above': above}}"
    )


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


def _format(name: Any, _value: Any) -> str:
    texts = {
        "date": _("Enter a valid date."),
        "time": _("Enter a valid time."),
        "date-time": _("Enter a valid date/time."),
        "email": _("Enter a valid email address."),
        "idn-email": _("Enter a valid email address."),
        "uri": _("Enter a valid URL."),
        "url": _("Enter a valid URL."),
        "iri": _("Enter a valid URL."),
        "uuid": _("Enter a valid UUID."),
        "ipv4": _("Enter a valid %(protocol)s address.") % {"protocol": _("IPv4")},
        "ipv6": _("Enter a valid %(protocol)s address.") % {"protocol": _("IPv6")},
    }
    return texts.get(name, _("Enter a valid value."))


def _repeated(_limit: Any, _value: Any) -> str:
    return _("Give each value only once.")


def _not_allowed(_limit: Any, _value: Any) -> str:
    return _("There are fields here that do not belong.")


def _no_alternative(_limit: Any, _value: Any) -> str:
    return _("This does not fit any of the allowed forms.")


MESSAGES: Final[dict[str, Callable[[Any, Any], str]]] = {
    REQUIRED: lambda limit, value: required(),
    "dependentRequired": lambda limit, value: required(),
    "dependencies": lambda limit, value: required(),
    "type": _type,
    "enum": lambda limit, value: _const(limit[0] if len(limit) == 1 else None, value),
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
    "additionalProperties": _not_allowed,
    "unevaluatedProperties": _not_allowed,
    "propertyNames": _not_allowed,
    "additionalItems": _not_allowed,
    "unevaluatedItems": _not_allowed,
    "anyOf": _no_alternative,
    "oneOf": _no_alternative,
}
