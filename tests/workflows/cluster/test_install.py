"""The parts of django-q2's cluster that are replaced, and what happens when one is not there."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands
from django_q import cluster as theirs

from workflows.cluster import install, ipc


def test_a_cluster_is_made_of_parts_that_survive_a_kill(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in install.PARTS:
        # So that the rest of the run has django-q2's own again.
        monkeypatch.setattr(theirs, name, getattr(theirs, name))

    install.install()

    assert theirs.Event is ipc.PipeEvent
    assert theirs.Queue is ipc.KillproofQueue
    assert theirs.Value is ipc.value


def test_a_django_q2_without_one_of_the_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "PARTS", {"Mailbox": ipc.PipeEvent})

    with pytest.raises(ImproperlyConfigured, match="has no Mailbox in"):
        install.install()


def test_the_command_qcluster_is_this_project_s() -> None:
    assert get_commands()["qcluster"] == "workflows"
