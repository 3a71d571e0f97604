"""A short run of the chaos suite; `make chaos` has the long one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest

from tests.chaos.clients import Clients, make_reviewers
from tests.chaos.conftest import MakeSite
from tests.chaos.database_faults.all_faults import database_faults
from tests.chaos.doors import Verbs
from tests.chaos.hosts import Host
from tests.chaos.process_faults import process_faults
from tests.chaos.run import Run

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

FAULTS = 10
AT_ONCE = 12


def test_ten_faults_break_no_invariant(make_site: MakeSite, tmp_path: Path) -> None:
    seed = int(os.environ.get("CHAOS_SEED", secrets.randbelow(10**6)))
    two = [Host("one", ["qcluster"]), Host("two", ["work"])]
    site = make_site(*two, seed=seed)
    make_reviewers()
    clients = Clients(seed, Verbs(), tmp_path, at_once=AT_ONCE)

    faults = [*process_faults(site), *database_faults(site)]
    summary = Run(site, clients, faults, seed=seed).run(FAULTS)

    assert summary.broken == [], f"{summary}\n" + "\n".join(summary.broken)
    assert summary.faults.total() == FAULTS
    assert summary.executions > summary.instances > AT_ONCE
