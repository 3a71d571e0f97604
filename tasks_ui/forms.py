"""The forms of the site itself; the forms of steps are made in tasks_ui.schema_form."""

from __future__ import annotations

import zoneinfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tasks_ui.models import Theme, UserSettings

Choices = list[tuple[str, str]]


def time_zone_choices() -> Choices:
    """Give every zone that has a place in its name, and the site's own first."""
    zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone)
    named = [(zone, zone.replace("_", " ")) for zone in zones if not zone.startswith("Etc/")]
    site = str(_("As the site (%(zone)s)") % {"zone": settings.TIME_ZONE})
    return [("", site), ("UTC", "UTC"), *named]


def language_choices() -> Choices:
    """Give the languages of the site, and the browser's wish first."""
    return [
        ("", str(_("As my browser"))),
        *((code, str(name)) for code, name in settings.LANGUAGES),
    ]


class SettingsForm(forms.ModelForm):
    """How a person wants the site to be."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zone_choices,
        required=False,
        help_text=_("Due dates and history are shown in this zone."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    theme = forms.ChoiceField(
        label=_("Appearance"), choices=Theme.choices, widget=forms.RadioSelect
    )
    single_key_shortcuts = forms.BooleanField(
        label=_("Single-key shortcuts"),
        required=False,
        help_text=_(
            "Keys like J, K and A act while no field has the focus. Switch them off when you "
            "use speech input or a screen reader that needs these keys."
        ),
    )

    class Meta:
        model = UserSettings
        fields = ("time_zone", "language", "theme", "single_key_shortcuts")
