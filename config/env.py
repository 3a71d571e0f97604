"""Reads what differs between machines from the environment, and says what is wrong there."""

from __future__ import annotations

import os
import secrets
import tempfile
import zoneinfo
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

YES: Final = frozenset({"1", "true", "yes", "on"})
NO: Final = frozenset({"0", "false", "no", "off"})


class WrongSetting(ImproperlyConfigured):
    """A variable of the environment cannot be used; the message names it and the remedy."""


def text(name: str, *, default: str) -> str:
    """Give the variable's text; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Give true for 1, true, yes and on, false for 0, false, no and off, in any case."""
    value = text(name, default="").lower()
    if value and value not in YES | NO:
        raise WrongSetting(f"{name} must be 1 or 0, not {value!r}.")
    return value in YES if value else default


def number(name: str, *, default: int, at_least: int = 0, at_most: int | None = None) -> int:
    """Give the variable as a whole number within its limits."""
    value = text(name, default=str(default))
    try:
        result = int(value)
    except ValueError:
        raise WrongSetting(f"{name} must be a whole number, not {value!r}.") from None
    if result < at_least or (at_most is not None and result > at_most):
        limits = f"at least {at_least}" if at_most is None else f"from {at_least} to {at_most}"
        raise WrongSetting(f"{name} must be {limits}, not {result}.")
    return result


def items(name: str, *, default: list[str]) -> list[str]:
    """Give the variable's comma-separated items without the blanks around them."""
    value = text(name, default="")
    return [item.strip() for item in value.split(",") if item.strip()] if value else default


def choice(name: str, choices: tuple[str, ...], *, default: str) -> str:
    """Give the variable's text, which is one of the choices, in upper case."""
    value = text(name, default=default).upper()
    if value not in choices:
        raise WrongSetting(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def time_zone(name: str, *, default: str) -> str:
    """Give the name of a time zone that this machine knows."""
    value = text(name, default=default)
    try:
        return zoneinfo.ZoneInfo(value).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise WrongSetting(f"{name} must be a time zone like Europe/Rome, not {value!r}.") from None


def folder(name: str, *, default: Path) -> Path:
    """Give the folder, made if need be, then closed to others; a leading ~ is the home folder."""
    path = Path(text(name, default=str(default))).expanduser().absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(f"{name}: the folder {path} cannot be made: {error.strerror}.") from None
    return path


def secret(name: str, *, kept_in: Path | None) -> str:
    """Give the secret, or else the one that was generated once and is kept in a file.

    Without `kept_in` nothing is made up: a secret that is not set is an error.
    """
    value = text(name, default="")
    if not value and kept_in is None:
        raise WrongSetting(
            f"{name} is not set. Set it to a long random text, for example what this prints: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return value or _kept_secret(name, Path(kept_in or ""))


def _kept_secret(name: str, path: Path) -> str:
    try:
        if not path.exists():
            _make_secret(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise WrongSetting(
            f"{name} is not set and cannot be kept in {path}: {error.strerror}. "
            "Set it, or make DATA_DIR a folder that can be written."
        ) from None


def _make_secret(path: Path) -> None:
    # The web server and the worker start together: both write a file of their own (mode 0600), and
    # link() lets exactly one of the two become the secret, never half written.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
        file.flush()
        try:
            os.link(file.name, path)
        except FileExistsError:
            return
