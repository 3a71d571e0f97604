"""Lets people use the planted site, and records what their browsers have open when it stops."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core import mail

from tests.people import PASSWORD
from tests.upgrade.pages import OpenForm, Tab, asked_by, filled_in, paper
from tests.upgrade.rows import Site, address_of
from tests.workflows.files import PDF

WORDS = "Words that took me a while"
START = "/start/upgrade_approval/"
MIGRATE = "/admin/workflows/workflowinstance/migrate/"


@dataclass
class Open:
    """What browsers have open: forms by name, and addresses that they or others know."""

    forms: dict[str, OpenForm] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    tabs: dict[str, Tab] = field(default_factory=dict)


def use(site: Site) -> Open:
    """Sign everybody in, do what only pages do, and open what is to be found open."""
    names = (*site.people, "stranger")
    seen = Open(tabs={name: Tab(name) for name in names})
    for name in site.people:
        assert seen.tabs[name].sign_in(PASSWORD).status_code == 302
    _prefer(seen)
    _send_half(site, seen)
    _choose_many(site, seen)
    _open_tasks(site, seen)
    _open_others(site, seen)
    _lose_session(site, seen)
    return seen


def ask_last(site: Site, seen: Open) -> None:
    """Let messages wait in two browsers, and open what asks by itself: nothing may follow."""
    emil, ben, ada = (seen.tabs[name] for name in ("emil", "ben", "ada"))
    address = f"/t/{site.task('to reopen').pk}/reopen/"
    seen.forms["reopen"] = ada.open(address, address)
    emil.send(emil.open("/settings/", "/settings/"), language="en")
    task = f"/t/{site.task('alone').pk}/"
    form = filled_in(ben.open(task, f"{task}decide/"), "Approve", d__comment=WORDS)
    seen.forms["decide sent before"] = form
    assert ben.send(form).status_code == 302
    dana = seen.tabs["dana"]
    page = dana.read("/inbox/team/")
    seen.addresses["list news"] = re.findall(r'<section [^>]*data-news="([^"]+)"', page)[0]
    seen.addresses["counts"] = asked_by(page, "counts")
    page = dana.read(f"/t/{site.task('polled').pk}/?view=team")
    seen.addresses["task news"] = re.findall(r'<article [^>]*data-news="([^"]+)"', page)[0]
    for name in ("list news", "task news"):
        seen.addresses[name] = seen.addresses[name].replace("&amp;", "&")
        assert dana.client.get(seen.addresses[name]).status_code == 204


def _prefer(seen: Open) -> None:
    """Change settings and keys, and keep a view."""
    ben = seen.tabs["ben"]
    ben.send(ben.open("/settings/", "/settings/"), theme="dark", time_zone="Europe/Rome")
    keys = ben.open("/settings/", "/settings/keys/")
    ben.send(keys, **{name: "y" for name in keys["fields"] if name.endswith("claim")})
    page = "/views/save/?view=team&find=pick"
    assert ben.send(ben.open(page, "/views/save/"), name="Picks").status_code == 302
    address = re.findall(r'href="(/views/[^"]+)"', ben.read("/inbox/team/?find=pick"))[0]
    seen.forms["saved view"] = ben.open(address, "/views/")
    seen.forms["another view"] = ben.open("/views/save/?view=team&find=ready", "/views/save/")
    seen.forms["settings"] = ben.open("/settings/", "/settings/")
    seen.forms["keys"] = ben.open("/settings/", "/settings/keys/")


def _send_half(site: Site, seen: Open) -> None:
    """Keep drafts, and send forms that come back because of a mistake, with their file."""
    ana, ben = seen.tabs["ana"], seen.tabs["ben"]
    for case, sent in (("with a draft", {}), ("with a file", {"u__signed": paper(PDF)})):
        task = f"/t/{site.task(case).pk}/"
        form = ben.open(task, f"{task}decide/")
        if sent:
            # A rejection needs its reason.
            back = ben.send(form, "Reject", **sent)
            assert back.status_code == 422
            seen.forms[case] = ben.open(task, f"{task}decide/", html=back.content.decode())
        else:
            draft = {**form, "action": f"{task}draft/"}
            assert ben.send(draft, d__comment=WORDS).status_code == 302  # type: ignore[arg-type]
            seen.forms[case] = ben.open(task, f"{task}decide/")
    back = ana.send(ana.open(START, START), u__papers=paper(PDF + b"%ana"))
    assert back.status_code == 422
    form = seen.forms["start with a file"] = ana.open(START, START, html=back.content.decode())
    assert ana.send({**form, "action": f"{START}draft/"}).status_code == 302
    sent = ben.send(ben.open(START, START), d__title="from a page", u__papers=paper(PDF + b"%ben"))
    assert sent.status_code == 302
    form = filled_in(ben.open(START, START), d__title="sent before")
    seen.forms["start sent before"] = form
    assert ben.send(form).status_code == 302
    seen.forms["start"] = ben.open(START, START)
    expense = "/start/expense_approval/"
    seen.forms["start of an example"] = ana.open(expense, expense)


def _picked(case: str, act: str) -> str:
    return f"/inbox/team/?{urlencode({'find': case, 'pick': act})}"


def _choose_many(site: Site, seen: Open) -> None:
    """Decide some tasks at once, and open the pages before that, between, and after."""
    ben = seen.tabs["ben"]
    seen.forms["picks"] = ben.open(_picked("pick", "all"), "/bulk/")
    for case in ("batch", "confirm"):
        asked = ben.send(ben.open(_picked(case, "all"), "/bulk/"), "Decide")
        assert asked.status_code == 200
        page = asked.content.decode()
        seen.forms[case] = ben.open("/bulk/?view=team", "/bulk/", html=page, having="confirmed")
    seen.forms["batch sent before"] = filled_in(seen.forms.pop("batch"), "Approve")
    done = ben.send(seen.forms["batch sent before"])
    assert done.status_code == 302
    result = done.headers["Location"]
    seen.forms["batch undo"] = ben.open(result, result.replace("/?", "/undo/?"))


VERBS = (
    *(("ben", "claimed", "hand-over"), ("ben", "ready", "ask"), ("ana", "asked", "answer")),
    *(("ben", "polled", "snooze"), ("dana", "claimed", "take-over"), ("ada", "next", "override")),
)
"""Who has the page of which verb open for the task of which request."""

BUTTONS = (
    *(("ben", "ready", "claim"), ("ben", "claimed", "release"), ("ben", "decided", "undo")),
    *(("ben", "asked", "recall"), ("ben", "snoozed", "wake"), ("ben", "mentioned", "noted")),
    *(("ben", "ready", "comment"), ("ben", "ready", "decide"), ("ben", "compared", "decide")),
)
"""Who has the page of the task of which request open, with the form of what."""


def _open_tasks(site: Site, seen: Open) -> None:
    for who, case, verb in VERBS:
        address = f"/t/{site.task(case).pk}/{verb}/"
        seen.forms[verb] = seen.tabs[who].open(address, address)
    for who, case, verb in BUTTONS:
        page = f"/t/{site.task(case).pk}/"
        name = verb if verb not in seen.forms else f"{verb} {case}"
        seen.forms[name] = seen.tabs[who].open(page, f"{page}{verb}/")


def _open_others(site: Site, seen: Open) -> None:
    """Open what is about requests, about the site, and what needs nobody to be signed in."""
    ada, ana, ben, stranger = (seen.tabs[name] for name in ("ada", "ana", "ben", "stranger"))
    request = f"/r/{site.requests['to withdraw'].pk}/"
    seen.forms["withdraw"] = ana.open(request, f"{request}withdraw/")
    chosen = f"{MIGRATE}?chosen={site.requests['to move'].pk}"
    form = ada.open(chosen, MIGRATE)
    shown = ada.send(form, to_version="2", mapping="look = seen")
    assert shown.status_code == 422
    seen.forms["migrate"] = ada.open(chosen, MIGRATE, html=shown.content.decode())
    for verb, case in (("resume", "suspended"), ("retry", "failed")):
        address = f"/admin/workflows/workflowinstance/{verb}/"
        seen.forms[verb] = ada.open(f"{address}?chosen={site.requests[case].pk}", address)
    seen.forms["sign out"] = ben.open("/requests/", "/sign-out/")
    seen.forms["sign in"] = stranger.open("/sign-in/?next=/requests/", "/sign-in/")
    mail.outbox.clear()
    stranger.send(stranger.open("/password/", "/password/"), email="cleo@example.org")
    (letter,) = mail.outbox
    seen.addresses["new password"] = re.findall(r"/password/\S+/\S+/", str(letter.body))[0]
    seen.addresses["payment"] = address_of(site, "waits for payment")
    seen.addresses["early payment"] = address_of(site, "called early")
    # Nothing is stored of this one: all that it is for stands in the address itself.
    seen.addresses["later payment"] = address_of(site, "not called yet")


def _lose_session(site: Site, seen: Open) -> None:
    """Let Dana's other browser send a comment and a draft after its session has ended."""
    lost = seen.tabs["signed out"] = Tab("dana")
    lost.sign_in(PASSWORD)
    page = f"/t/{site.task('signed out').pk}/"
    forms = [lost.open(page, f"{page}{verb}/") for verb in ("comment", "decide")]
    lost.client.session.flush()
    for form, name in zip(forms, ("comment", "d__comment"), strict=True):
        answer = lost.send(form, **{name: f"{WORDS} {name}"})
        assert answer.headers["Location"].startswith("/sign-in/")
    seen.forms["sign in again"] = lost.open(f"/sign-in/?next={page}", "/sign-in/")


def recorded(site: Site, seen: Open) -> dict[str, Any]:
    """Give all of it as it is kept."""
    return {
        "cookies": {name: tab.cookies for name, tab in seen.tabs.items()},
        "forms": seen.forms,
        "addresses": seen.addresses,
        "requests": {case: str(row.pk) for case, row in site.requests.items()},
    }


SIGNED = (
    *("'sessionid'", "'csrftoken'", "'messages'", "'csrfmiddlewaretoken'", "'receipt'", "'seen'"),
    *(":data:application/pdf;", "/poll/inbox/", "/poll/t/", "/poll/counts/"),
    *("/workflows/hooks/", "/password/"),
)
"""What is found beside a value that the site has signed or made of its secret, one of each kind."""


def assert_all_is_signed(seen: Open) -> None:
    """Look for a value of each kind among what is open."""
    everything = f"{seen.forms} {seen.addresses} {[tab.cookies for tab in seen.tabs.values()]}"
    assert [mark for mark in SIGNED if mark not in everything] == []
