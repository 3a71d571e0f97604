"""DATABASE_URL and EMAIL_URL alone say where the database and the mail server are."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import addresses
from config.env import WrongSetting

SECRET = "s3cret-word"


def test_sqlite_paths_are_relative_with_three_slashes_and_absolute_with_four(
    tmp_path: Path,
) -> None:
    relative = addresses.database("sqlite:///site.sqlite3", base=tmp_path)
    absolute = addresses.database(f"sqlite:///{tmp_path}/other.sqlite3", base=Path("/nowhere"))

    assert relative["NAME"] == tmp_path / "site.sqlite3"
    assert absolute["NAME"] == tmp_path / "other.sqlite3"


def test_sqlite_is_durable_and_takes_its_lock_at_once(tmp_path: Path) -> None:
    options = addresses.sqlite(tmp_path / "site.sqlite3")["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]


def test_a_postgres_address_may_hold_encoded_characters() -> None:
    database = addresses.database("postgres://ana:p%40ss%2Fword@db:6432/signoff", base=Path())

    assert (database["USER"], database["PASSWORD"]) == ("ana", "p@ss/word")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db", "6432", "signoff")


@pytest.mark.parametrize(
    "url",
    [
        "postgres:///signoff?host=/var/run/postgresql",
        "postgres://%2Fvar%2Frun%2Fpostgresql/signoff",
        "postgresql://ignored/signoff?host=%2Fvar%2Frun%2Fpostgresql",
    ],
)
def test_a_postgres_address_may_name_the_folder_of_a_socket(url: str) -> None:
    assert addresses.database(url, base=Path())["HOST"] == "/var/run/postgresql"


def test_a_server_that_vanishes_is_noticed_within_half_a_minute() -> None:
    options = addresses.database("postgres://db/signoff", base=Path())["OPTIONS"]

    asks = int(options["keepalives_interval"]) * int(options["keepalives_count"])
    assert int(options["keepalives_idle"]) + asks <= 30
    assert int(options["tcp_user_timeout"]) <= 30_000
    assert int(options["connect_timeout"]) <= 5


def test_options_of_the_address_are_passed_on_and_win_over_the_limits() -> None:
    url = "postgres://db/signoff?sslmode=require&options=-c%20lock_timeout%3D9s&connect_timeout=9"

    options = addresses.database(url, base=Path())["OPTIONS"]

    assert options["sslmode"] == "require"
    assert options["connect_timeout"] == "9"
    assert options["options"].startswith("-c lock_timeout=5s")
    assert options["options"].endswith("-c lock_timeout=9s")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("signoff.sqlite3", "no scheme"),
        (f"mysql://ana:{SECRET}@db/signoff", "unknown scheme, 'mysql'"),
        (f"postgres://ana:{SECRET}@db", "names no database"),
        (f"postgres://ana:{SECRET}@db:port/signoff", "host or port cannot be read"),
        (f"postgres://ana:{SECRET}@[db/signoff", "host or port cannot be read"),
        (f"postgres://ana:{SECRET}@db/signoff#part", "has a '#'"),
        (f"postgres://ana:{SECRET}@db/signoff?colour=red", "unknown option, 'colour'"),
        (f"sqlite://ana:{SECRET}@db/signoff", "SQLite has not"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///no/such/folder/site.sqlite3", "the folder /no/such/folder does not exist"),
        ("sqlite:///site.sqlite3?mode=ro", "takes no options"),
    ],
)
def test_a_wrong_database_address_is_explained_without_its_password(url: str, message: str) -> None:
    with pytest.raises(WrongSetting) as refused:
        addresses.database(url, base=Path("/"))

    assert str(refused.value).startswith("DATABASE_URL")
    assert message in str(refused.value)
    assert SECRET not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_mail_goes_to_the_console_or_to_a_server() -> None:
    console = addresses.mailer("console:")
    server = addresses.mailer(f"smtp+tls://ana:{SECRET}@mail.example.org")

    assert console["BACKEND"].endswith("console.EmailBackend")
    assert server["OPTIONS"]["port"] == 587
    assert server["OPTIONS"]["use_tls"]
    assert not server["OPTIONS"]["use_ssl"]


def test_django_5_2_gets_the_same_mail_settings_under_their_old_names() -> None:
    server = addresses.mailer(f"smtps://ana:{SECRET}@mail.example.org:4650")

    settings = addresses.mailer_before_6_1(server)

    assert settings["EMAIL_HOST"] == "mail.example.org"
    assert settings["EMAIL_PORT"] == 4650
    assert settings["EMAIL_HOST_USER"] == "ana"
    assert settings["EMAIL_HOST_PASSWORD"] == SECRET
    assert settings["EMAIL_USE_SSL"] is True


def test_a_wrong_mail_address_is_explained_without_its_password() -> None:
    with pytest.raises(WrongSetting, match=r"^EMAIL_URL is not understood") as refused:
        addresses.mailer(f"imap://ana:{SECRET}@mail.example.org")

    assert SECRET not in str(refused.value)
