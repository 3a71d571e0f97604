"""The version of Signoff, for the foot of the admin's pages."""

from __future__ import annotations

from django import template

from workflows.version import VERSION

register = template.Library()


@register.simple_tag
def signoff_version() -> str:
    """Name the version alone, so that the words around it can be translated."""
    return VERSION
