"""The project's own cases go through every check of schemas; `make test-cases` walks the others."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from tests.cases import __main__ as command
from tests.cases import check_listed, check_mutilated, check_refusals, check_verdicts, findings
from tests.cases.findings import Finding, judge
from tests.cases.mutations import mutated, skeleton
from tests.cases.reading import own_cases

pytestmark = pytest.mark.thorough

CHECKS = [check_refusals, check_listed, check_verdicts, check_mutilated]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("check", CHECKS)
def test_the_projects_own_cases_pass(check: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_verdicts, "MUTATIONS", 1_000)
    monkeypatch.setattr(check_mutilated, "MUTILATIONS", 100)

    result = check.run(own_cases())

    assert result.findings == []
    assert result.looked >= len(own_cases())


def test_a_verdict_that_differs_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_verdicts, "validate", lambda schema, data: {})
    monkeypatch.setattr(check_verdicts, "MUTATIONS", 10)

    found = check_verdicts.run([case for case in own_cases() if case.name == "own/rows"]).findings

    assert found
    assert all("accepted here, not there" in finding.message for finding in found)


def test_a_wrong_place_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_listed, "validate", lambda schema, data: {"/wrong": ["Wrong."]})
    rows = [case for case in own_cases() if case.name == "own/rows"]

    assert len(check_listed.run(rows).findings) == len(rows[0].valid) + len(rows[0].invalid)


def test_what_is_allowed_is_counted_and_what_is_allowed_for_nothing_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "list.toml").write_text('"a" = "Known."\n"b" = "Known."\n"c" = "Not here."\n')
    monkeypatch.setattr(findings, "LISTS", tmp_path)

    result = judge(10, [Finding("a", "x"), Finding("d", "y")], {"a", "b", "d"}, "list.toml", 2)

    assert [finding.case for finding in result.findings] == ["d", "b", "list.toml"]
    assert (result.passed, result.allowed) == (7, 1)


def test_mutations_are_the_same_for_the_same_seed() -> None:
    def draw() -> list[str]:
        random = Random(7)  # noqa: S311 - the same each time is what is wanted
        return [json.dumps(mutated({"a": [1, {"b": "c"}]}, random)) for _n in range(50)]

    first = draw()

    assert first == draw()
    assert len(set(first)) > 40


def test_data_is_made_for_every_schema() -> None:
    case = next(case for case in own_cases() if case.name == "own/trees")

    assert skeleton(case.schema, case.schema)["name"] == "abc"
    assert skeleton({"enum": ["x"]}, {}) == "x"
    assert skeleton(True, {}) is None


def test_a_clone_without_the_collection_says_so_and_walks_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["cases", "refusals", "--cases", str(tmp_path / "none")])

    assert command.main() == 0

    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("NO CASES IN")
    assert printed[-1] == f"{len(own_cases())} passed, 0 failed"


def test_a_finding_makes_the_walk_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.json").write_text(json.dumps({"schema": {"type": "dict"}}))
    monkeypatch.setattr("sys.argv", ["cases", "refusals", "--cases", str(tmp_path)])

    assert command.main() == 1
    assert "bad: /type: There is no type “dict”" in capsys.readouterr().out
