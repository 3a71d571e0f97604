"""Viewflow's site as a process: `python -m benchmarks.viewflow_site.program FILE`, asked by lines.

It makes its database, fills it with what the file holds, and says that it is ready. For every line
of JSON that names a person, an address and a number of rounds it answers with one line of what the
page has cost. It ends when nobody can ask it anything more.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.viewflow_site.settings"
django.setup()

from django.contrib.auth.models import User  # noqa: E402 - Django has to be set up before
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.harness import page_costs  # noqa: E402
from benchmarks.viewflow_site.filling import fill  # noqa: E402


def main() -> None:
    """Answer until nobody asks."""
    call_command("migrate", verbosity=0)
    fill(json.loads(Path(sys.argv[1]).read_text()))
    say({"django": django.get_version()})
    clients: dict[str, Client] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        client = clients.setdefault(asked["person"], Client())
        if not client.session.get("_auth_user_id"):
            client.force_login(User.objects.get(username=asked["person"]))
        say(answer(client, asked))


def answer(client: Client, asked: dict[str, Any]) -> dict[str, Any]:
    """Give what a page weighs, where no rounds are asked for, or what it costs."""
    if asked["rounds"]:
        found = page_costs.cost(client, asked["url"], asked["rounds"])
        return {"clock": found.clock, "cpu": found.cpu}
    content = client.get(asked["url"]).content.decode()
    weight = page_costs.weight(client, asked["url"], asked["row"])
    return {**vars(weight), "content": content}


def say(what: dict[str, Any]) -> None:
    """Write one line."""
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
