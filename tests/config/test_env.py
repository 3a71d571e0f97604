"""The environment is read with care, and what is wrong in it is said in one sentence."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from config import env


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("TRUE", True), (" on ", True), ("0", False), ("No", False), ("", True)],
)
def test_a_flag_is_read_in_any_spelling(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: bool
) -> None:
    monkeypatch.setenv("DEBUG", value)

    assert env.flag("DEBUG", default=True) is expected


def test_a_flag_that_is_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "perhaps")

    with pytest.raises(env.WrongSetting, match=r"^DEBUG must be 1 or 0, not 'perhaps'.$"):
        env.flag("DEBUG", default=False)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("http", "PORT must be a whole number, not 'http'."),
        ("0", "PORT must be from 1 to 65535, not 0."),
        ("65536", "PORT must be from 1 to 65535, not 65536."),
    ],
)
def test_a_number_outside_its_limits_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str, message: str
) -> None:
    monkeypatch.setenv("PORT", value)

    with pytest.raises(env.WrongSetting) as refused:
        env.number("PORT", default=8000, at_least=1, at_most=65535)

    assert str(refused.value) == message


def test_items_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", " a.example.org, b.example.org,")

    assert env.items("ALLOWED_HOSTS", default=[]) == ["a.example.org", "b.example.org"]


def test_a_choice_outside_the_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "loud")

    with pytest.raises(env.WrongSetting, match="must be one of DEBUG, INFO, not 'LOUD'"):
        env.choice("LOG_LEVEL", ("DEBUG", "INFO"), default="INFO")


@pytest.mark.parametrize("value", ["Europe/Atlantis", "Europe", "../UTC", "/etc/passwd"])
def test_an_unknown_time_zone_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TIME_ZONE", value)

    with pytest.raises(env.WrongSetting, match="TIME_ZONE must be a time zone"):
        env.time_zone("TIME_ZONE", default="UTC")


def test_a_secret_is_never_made_up_where_none_may_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)

    with pytest.raises(env.WrongSetting, match=r"^SECRET_KEY is not set"):
        env.secret("SECRET_KEY", kept_in=None)


def test_a_kept_secret_stays_the_same_and_is_closed_to_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    kept_in = tmp_path / "secret-key"

    first = env.secret("SECRET_KEY", kept_in=kept_in)

    assert len(first) >= 50
    assert env.secret("SECRET_KEY", kept_in=kept_in) == first
    assert stat.S_IMODE(kept_in.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [kept_in]


def test_a_folder_that_cannot_be_made_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "data"))

    with pytest.raises(env.WrongSetting, match=r"DATA_DIR: the folder .* cannot be made"):
        env.folder("DATA_DIR", default=tmp_path)
