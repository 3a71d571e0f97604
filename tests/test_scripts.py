"""The commands behind the Makefile notice what they are there for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts import check_locks, draw_rooms, lint_templates, run_matrix, run_tests

SCRIPTS = Path(check_locks.__file__).parent


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ('<p style="color: red"></p>', "no style attribute"),
        ("<style>p {}</style>", "no inline style"),
        ("<script>start()</script>", "no inline script"),
        ('<a onclick="go()"></a>', "no onclick"),
        ('<a hx-on:click="go()"></a>', "no hx-on:click"),
        ("<a hx-vals='js:{}'></a>", "no code in hx-vals"),
        ('<p hx-trigger="every 2s [open]"></p>', "no filter in hx-trigger"),
        ('<p hx-disabled-elt="this"></p>', "does nothing in htmx 4"),
        ("<button></button>", "a button needs its type"),
        ('<img src="x.png">', "an image needs alt"),
        ("<p>{{ text|safe }}</p>", "no unescaped output"),
        ('<form method="post"></form>', "needs {% csrf_token %}"),
        ("<p>Approve</p>", "'Approve' is not in {% translate %}"),
        ('<a aria-label="Next"></a>', "aria-label is not in {% translate %}"),
    ],
)
def test_a_fault_of_a_template_is_found_on_its_line(template: str, fault: str) -> None:
    [(line, text)] = lint_templates.faults(f"{{# one\n#}}\n{template}")

    assert line == 3
    assert fault in text


@pytest.mark.parametrize(
    "template",
    [
        '<form method="post">{% csrf_token %}<button type="submit">{{ label }}</button></form>',
        '{% translate "Approve" %}, {% blocktranslate %}by {{ name }}{% endblocktranslate %}',
        "<script src=\"{% static 'js/app.js' %}\"></script><kbd>Enter</kbd> Signoff 2 › j",
        '<p hx-trigger="every 20s" {% if a > b %}hidden{% endif %}>{# a comment #}</p>',
        '<img src="x.png" alt=""><script type="application/json">{"words": 1}</script>',
    ],
)
def test_what_is_right_in_a_template_is_left_alone(template: str) -> None:
    assert lint_templates.faults(template) == []


def write_lock(folder: Path, asked: str, locked: str) -> None:
    """Write the two files of one lock."""
    (folder / "run.in").write_text(asked)
    (folder / "run.txt").write_text(locked)


@pytest.mark.parametrize(
    ("asked", "locked", "fault"),
    [
        ("django>=5.2", "", "does not hold django"),
        ("django>=6", "django==5.2 \\\n    --hash=sha256:00", "does not hold django>=6"),
        ("django>=5.2", "django==5.2", "django has no hash"),
        ("a", "a==1 \\\n    --hash=sha256:00\nb @ https://b.example", "holds an address"),
        ("a", "a==1 \\\n    --hash=sha256:00\nb>=2", "'b>=2' is no pinned package"),
    ],
)
def test_a_fault_of_a_lock_is_found(tmp_path: Path, asked: str, locked: str, fault: str) -> None:
    write_lock(tmp_path, asked, locked)

    assert any(fault in found for found in check_locks.faults_of("run", tmp_path))


REPORT = '<testsuites><testsuite tests="9" failures="2" errors="1" skipped="1"/></testsuites>'


def test_errors_count_as_failed_and_nothing_skipped_is_hidden(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)

    assert str(run_tests.count(report, exit_code=1)) == "5 passed, 3 failed, 1 skipped"


def test_a_run_that_breaks_off_is_a_failure(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    assert str(run_tests.count(report, exit_code=3)) == "0 passed, 1 failed"

    report.write_text(REPORT.replace("2", "0").replace('errors="1"', 'errors="0"'))
    assert str(run_tests.count(report, exit_code=3)) == "8 passed, 1 failed, 1 skipped"


def test_an_interpreter_that_is_missing_is_said_and_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run_matrix, "OWN", "3.13")
    monkeypatch.setattr(run_matrix, "is_here", lambda version: version != "3.11")
    monkeypatch.setattr(run_matrix, "tested_on", lambda version: run_tests.Count(passed=5))

    with pytest.raises(SystemExit) as ended:
        run_matrix.main()

    first, second, last_but_one, last = capsys.readouterr().out.splitlines()
    assert first == "NOT TESTED: Python 3.11 is not on this machine."
    assert second == "Python 3.13 is the one of `make test`, which runs these and more."
    assert last_but_one == "NOT TESTED for want of an interpreter: 3.11."
    assert last == "5 passed, 0 failed, 1 skipped"
    assert ended.value.code == 0


def test_an_environment_that_cannot_be_made_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run_matrix, "ENVIRONMENTS", tmp_path)
    monkeypatch.setattr(run_matrix, "install", lambda environment, version: False)

    assert run_matrix.tested_on("3.12") == run_tests.Count(failed=1)


def test_the_map_is_as_the_contracts_and_docstrings_say() -> None:
    drawn = draw_rooms.wanted()

    assert {
        path.name: path.read_text(encoding="utf-8") == text for path, text in drawn.items()
    } == {
        "rooms.svg": True,
        "architecture.md": True,
    }, "Run python -m scripts.draw_rooms."


def test_a_map_that_differs_is_refused_and_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = tmp_path / "rooms.svg"
    old.write_text("old")
    monkeypatch.setattr(draw_rooms, "ROOT", tmp_path)
    monkeypatch.setattr(draw_rooms, "wanted", lambda: {old: "new"})
    monkeypatch.setattr(sys, "argv", ["draw_rooms", "--check"])

    with pytest.raises(SystemExit) as refused:
        draw_rooms.main()

    assert "rooms.svg differs" in str(refused.value)
    assert old.read_text() == "old"


def test_layers_are_read_with_both_ways_to_stand_beside_each_other() -> None:
    settings = """
        [[tool.importlinter.contracts]]
        type = "layers"
        layers = ["a", "b | c : d"]
        [[tool.importlinter.contracts]]
        type = "layers"
        containers = ["a"]
        layers = ["e"]
        [[tool.importlinter.contracts]]
        type = "forbidden"
    """

    assert draw_rooms.read_layers(settings) == {"": [["a"], ["b", "c", "d"]], "a": [["e"]]}


def test_every_room_of_the_map_says_its_name_and_what_it_is_for() -> None:
    layers = draw_rooms.read_layers((draw_rooms.ROOT / "pyproject.toml").read_text())
    svg = ElementTree.fromstring(draw_rooms.picture(layers))  # noqa: S314 - it is ours
    space = {"svg": "http://www.w3.org/2000/svg"}
    rooms = {
        title.text.partition(": ")[0]: title.text.partition(": ")[2]
        for title in svg.iterfind(".//svg:g/svg:title", space)
        if title.text
    }

    names = {
        f"{container}.{name}" if container else name
        for container, rows in layers.items()
        for row in rows
        for name in row
    }
    assert rooms.keys() == names
    assert all(rooms.values())


def find_python(
    home: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the search for an interpreter on a machine that has only what is in `home`."""
    return subprocess.run(
        ["/bin/sh", SCRIPTS / "find-python", *arguments],
        env={
            "HOME": str(home),
            "HOMEBREW_PREFIX": str(home),
            "PATH": str(home / "bin"),
            **environment,
        },
        check=False,
        capture_output=True,
        text=True,
    )


def put_program(path: Path, script: str) -> None:
    """Write a program that stands for an interpreter."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_chosen_interpreter_is_taken_or_refused_but_never_replaced(tmp_path: Path) -> None:
    put_program(tmp_path / "good", "exit 0")
    put_program(tmp_path / "bad", "exit 1")

    assert find_python(tmp_path, PYTHON=str(tmp_path / "good")).stdout == f"{tmp_path / 'good'}\n"
    refused = find_python(tmp_path, PYTHON=str(tmp_path / "bad"))
    assert refused.returncode == 1
    assert f"PYTHON={tmp_path / 'bad'} is no Python from 3.11 on" in refused.stderr


def test_a_shim_that_leads_nowhere_is_passed_over(tmp_path: Path) -> None:
    put_program(tmp_path / "bin" / "python3.14", "exit 127")
    real = tmp_path / ".pyenv" / "versions" / "3.14.2" / "bin" / "python3.14"
    put_program(real, "exit 0")

    assert find_python(tmp_path).stdout == f"{real}\n"


def test_a_version_that_is_asked_for_is_found_or_missed_but_never_replaced(tmp_path: Path) -> None:
    put_program(tmp_path / "bin" / "python3.13", "exit 0")
    put_program(tmp_path / "bin" / "python3.12", "exit 0")

    assert find_python(tmp_path, "3.12", PYTHON="python3.13").stdout == "python3.12\n"
    missed = find_python(tmp_path, "3.11")
    assert missed.returncode == 1
    assert "there is no Python 3.11 here" in missed.stderr


def test_a_python_without_venv_is_answered_with_the_remedy(tmp_path: Path) -> None:
    put_program(tmp_path / "bin" / "python3.14", 'case "$2" in *ensurepip*) exit 1;; esac')
    put_program(tmp_path / "bin" / "apt-get", "exit 0")

    found = find_python(tmp_path)

    assert found.returncode == 1
    assert "sudo apt-get install python3-venv" in found.stderr
    assert found.stderr.count("\n") == 1
