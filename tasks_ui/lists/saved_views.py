"""Lists that a person has given a name: the address is the view, the name finds it again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tasks_ui.lists.list_state import NARROWING, VIEWS, Place
from tasks_ui.models import UserSettings

MOST: Final = 20
LONGEST_NAME: Final = 60


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """A list with its order and what it is narrowed to, under a name."""

    id: str
    name: str
    view: str
    sort: str
    narrowed: Mapping[str, str]

    @property
    def place(self) -> Place:
        """Give the place that it stands for."""
        return Place(view=self.view, sort=self.sort, narrowed=self.narrowed)

    @property
    def url(self) -> str:
        """Give its address, which can be given to others: they see there what they may see."""
        return self.place.first_page


def views_of(preferences: UserSettings) -> list[SavedView]:
    """Give the saved views of a person, in the order in which they were saved."""
    return [_read(kept) for kept in preferences.saved_views if kept["view"] in VIEWS]


def view_at(preferences: UserSettings, place: Place) -> SavedView | None:
    """Give the saved view that this place belongs to, on whichever of its pages it is."""
    address = place.first_page
    return next((view for view in views_of(preferences) if view.url == address), None)


def save_view(user: User, place: Place, name: str) -> None:
    """Keep the place under a name; raises ValidationError where that cannot be."""
    with _changing(user) as views:
        _must_be_free(name, views)
        if len(views) >= MOST:
            raise ValidationError(
                _("You have %(most)d saved views already. Delete one that you no longer need.")
                % {"most": MOST}
            )
        views.append(
            SavedView(
                id=secrets.token_hex(6),
                name=name,
                view=place.view,
                sort=place.sort,
                narrowed=place.narrowed,
            )
        )


def rename_view(user: User, view: SavedView, name: str) -> None:
    """Give a saved view another name; raises ValidationError where another has it."""
    with _changing(user) as views:
        _must_be_free(name, [other for other in views if other.id != view.id])
        views[:] = [replace(one, name=name) if one.id == view.id else one for one in views]


def delete_view(user: User, view: SavedView) -> None:
    """Forget a saved view; its address goes on leading to the same list."""
    with _changing(user) as views:
        views[:] = [one for one in views if one.id != view.id]


@contextmanager
def _changing(user: User) -> Iterator[list[SavedView]]:
    """Give the views to change, and keep them; nobody else changes them meanwhile."""
    with transaction.atomic():
        kept, _is_new = UserSettings.objects.select_for_update().get_or_create(user=user)
        views = views_of(kept)
        yield views
        kept.saved_views = [asdict(view) for view in views]
        kept.save(update_fields=["saved_views"])


def _must_be_free(name: str, views: Sequence[SavedView]) -> None:
    if name.casefold() in {view.name.casefold() for view in views}:
        raise ValidationError(_("Another of your views has this name."))


def _read(kept: Mapping[str, Any]) -> SavedView:
    narrowed = {name: kept["narrowed"][name] for name in NARROWING if name in kept["narrowed"]}
    return SavedView(
        id=kept["id"],
        name=kept["name"],
        view=kept["view"],
        sort=kept["sort"],
        narrowed=narrowed,
    )
