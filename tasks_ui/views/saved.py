"""Giving a list a name, another name, and taking it away."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tasks_ui.forms import ViewNameForm
from tasks_ui.lists.list_state import Place
from tasks_ui.lists.menu import ListMenu
from tasks_ui.lists.page import task_list
from tasks_ui.lists.saved_views import (
    LONGEST_NAME,
    SavedView,
    delete_view,
    rename_view,
    save_view,
    views_of,
)
from tasks_ui.models import UserSettings
from tasks_ui.request import NothingHere, SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: SignedInRequest) -> HttpResponse:
    """Ask for a name for the list that the address speaks of, and keep it."""
    place = Place.of(request)
    menu = ListMenu(place=place)
    told = ", ".join(chip.label for chip in menu.chips) or f"{menu.title}, {menu.order}"
    form = ViewNameForm(request.POST or None, initial={"name": told[:LONGEST_NAME]})
    if _is_kept(form, lambda name: save_view(request.user, place, name)):
        said = _("“%(name)s” stands in the navigation now.") % form.cleaned_data
        return _back_to(request, place, said)
    return _page(request, form, place, place.url("save_view"))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, view_id: str) -> HttpResponse:
    """Give a saved view another name, or delete it."""
    found = _find(request, view_id)
    form = ViewNameForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and "delete" in request.POST:
        delete_view(request.user, found)
        return _back_to(request, found.place, _("“%(name)s” is deleted.") % {"name": found.name})
    if _is_kept(form, lambda name: rename_view(request.user, found, name)):
        said = _("The view is called “%(name)s” now.") % form.cleaned_data
        return _back_to(request, found.place, said)
    action = reverse("saved_view", args=[found.id])
    return _page(request, form, found.place, action, saved=found)


def _find(request: SignedInRequest, view_id: str) -> SavedView:
    for view in views_of(UserSettings.of(request.user)):
        if view.id == view_id:
            return view
    raise NothingHere(_("You have no such view: you may have deleted it."))


def _is_kept(form: ViewNameForm, keep: Callable[[str], None]) -> bool:
    """Whether the form was sent and its name is kept now; the form says why where it is not."""
    if not form.is_valid():
        return False
    try:
        keep(form.cleaned_data["name"])
    except ValidationError as error:
        form.add_error("name", error)
    return not form.errors


def _back_to(request: SignedInRequest, place: Place, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(place.first_page)


def _page(
    request: SignedInRequest,
    form: ViewNameForm,
    place: Place,
    action: str,
    *,
    saved: SavedView | None = None,
) -> HttpResponse:
    context = {
        "list": task_list(request.user, place),
        "place": place.view,
        "form": form,
        "action": action,
        "saved": saved,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "tasks_ui/saved_view.html", context, status=status)
