"""Buttons that change a form and submit nothing: written here, as long lists have thousands."""

from __future__ import annotations

from html import escape

from django import template
from django.utils.safestring import SafeString

from tasks_ui.schema_form.render.context import Button
from tasks_ui.templatetags.icons import icon

register = template.Library()


@register.simple_tag
def change(button: Button | None, icon_name: str, *, is_small: bool = False) -> SafeString:
    """Give the button, or nothing where there is none; a small one has no words in sight."""
    if button is None:
        return SafeString("")
    attributes = {
        "id": button.id,
        "class": "button button--plain button--icon" if is_small else "button button--plain",
        "value": button.value,
        "formaction": button.url,
        "aria-label": button.label if is_small or button.words else "",
        "title": button.label if is_small else "",
    }
    written = "".join(f' {name}="{escape(text)}"' for name, text in attributes.items() if text)
    words = "" if is_small else escape(button.words or button.label)
    return SafeString(
        f'<button type="submit" name="x" formnovalidate{written}>{icon(icon_name)}{words}</button>'
    )
