"""The forms of the site itself; the forms of steps are made in tasks_ui.schema_form."""

from __future__ import annotations

import unicodedata
import zoneinfo
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tasks_ui.lists.saved_views import LONGEST_NAME
from tasks_ui.models import Theme, UserSettings
from tasks_ui.shortcuts import ACTS, clashes, differences, fault

Choices = list[tuple[str, str]]
LONGEST_KEY: Final = 20
"""Characters: more than any key has, so that people are told rather than cut off."""


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

    def save(self, commit: bool = True) -> UserSettings:
        """Keep what this form asks, and nothing that another may be changing."""
        preferences: UserSettings = self.instance
        if commit:
            preferences.keep(**self.cleaned_data)
        return preferences


class KeysForm(forms.Form):
    """Which key does what; an act without a key is done with the pointer only."""

    def __init__(self, preferences: UserSettings, data: Any = None) -> None:
        super().__init__(data, initial=preferences.keys, prefix="key")
        self.preferences = preferences
        for act in ACTS:
            widget = forms.TextInput(
                attrs={"size": 3, "maxlength": LONGEST_KEY, "autocapitalize": "none"}
                | {"autocomplete": "off", "spellcheck": "false"}
            )
            self.fields[act.name] = forms.CharField(
                label=str(act.label), required=False, widget=widget
            )

    def clean(self) -> dict[str, str]:
        """Refuse what no key can be, and what stands for two acts; letters are kept small."""
        given: dict[str, str] = super().clean() or {}
        chosen = {act: unicodedata.normalize("NFC", key.lower()) for act, key in given.items()}
        twice = clashes(chosen)
        for act, key in chosen.items():
            wrong = fault(key) or (twice.get(act, "") if act in self.changed_data else "")
            if wrong:
                self.add_error(act, wrong)
        return chosen

    def save(self) -> None:
        """Keep the keys that were chosen, as far as they are not the standard."""
        self.preferences.keep(own_keys=differences(self.cleaned_data))


class ViewNameForm(forms.Form):
    """How a list is called."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
