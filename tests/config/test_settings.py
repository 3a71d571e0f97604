"""The site starts safely from its environment alone, or says in one line why it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

PRODUCTION = {
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "signoff.example.org",
}
# Whatever database the tests have, the processes that are started here have another, or none.
ALONE = pytest.mark.only_on("sqlite")
READ_HERE = ("DATABASE_URL", "DEBUG", "DEMO", "DJANGO_SETTINGS_MODULE", "HTTPS", "SECRET_KEY")


def manage(*arguments: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` as it runs on a machine with this environment and no other."""
    inherited = {name: value for name, value in os.environ.items() if name not in READ_HERE}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**inherited, "DATA_DIR": str(data), **environment},
        check=False,
        capture_output=True,
        text=True,
    )


@ALONE
@pytest.mark.slow
def test_a_production_environment_leaves_nothing_to_warn_about(tmp_path: Path) -> None:
    checked = manage("check", "--deploy", "--fail-level", "WARNING", data=tmp_path, **PRODUCTION)

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@ALONE
@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"SECRET_KEY": ""}, "Error: SECRET_KEY is not set."),
        ({"DATABASE_URL": "postgres://ana:hidden@db"}, "Error: DATABASE_URL names no database"),
        ({"PORT": "front"}, "Error: PORT must be a whole number, not 'front'."),
    ],
)
@pytest.mark.parametrize("command", ["check", "migrate"])
def test_a_wrong_environment_is_one_line(
    tmp_path: Path, command: str, environment: dict[str, str], line: str
) -> None:
    refused = manage(command, data=tmp_path, **{**PRODUCTION, **environment})

    assert refused.returncode == 1
    assert refused.stderr.startswith(line)
    assert refused.stderr.count("\n") == 1
    assert "hidden" not in refused.stderr
    assert refused.stdout == ""


@ALONE
@pytest.mark.slow
def test_a_database_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    nobody_listens = f"postgres://ana:hidden@/signoff?host={tmp_path}"

    refused = manage("migrate", data=tmp_path, **PRODUCTION, DATABASE_URL=nobody_listens)

    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: the database of DATABASE_URL cannot be reached: ")
    assert refused.stderr.count("\n") == 1
    assert "hidden" not in refused.stderr


@ALONE
@pytest.mark.slow
def test_development_keeps_a_secret_key_of_its_own(tmp_path: Path) -> None:
    show = "from django.conf import settings; print(settings.SECRET_KEY)"

    first = manage("shell", "--no-imports", "-c", show, data=tmp_path, DEBUG="1")
    second = manage("shell", "--no-imports", "-c", show, data=tmp_path, DEBUG="1")

    assert first.stdout == second.stdout
    assert first.stdout == (tmp_path / "secret-key").read_text() + "\n"


@ALONE
@pytest.mark.slow
def test_static_files_of_a_production_site_are_hashed(tmp_path: Path) -> None:
    collected = manage("collectstatic", "--noinput", data=tmp_path, **PRODUCTION)

    assert collected.returncode == 0, collected.stderr
    [htmx] = (tmp_path / "static" / "vendor" / "htmx").glob("htmx-4.0.1.min.*.js")
    assert htmx.with_name(f"{htmx.name}.gz").exists()


@pytest.mark.django_db
def test_pages_allow_only_scripts_and_styles_of_the_site_itself(client: Client) -> None:
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]

    assert sorted(policy.split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
    ]
