"""Turns the addresses of services (DATABASE_URL, EMAIL_URL) into Django's settings for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from config.env import WrongSetting

SQLITE_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    # FULL survives a power cut; NORMAL survives only the end of the process.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA mmap_size=268435456",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA journal_size_limit=67108864",
)
POSTGRES_LIMITS: Final = (
    "-c lock_timeout=5s -c statement_timeout=30s "
    "-c idle_in_transaction_session_timeout=30s -c jit=off"
)
# A server that vanishes without a word (a cut cable, a dead host, a firewall that forgets) is
# noticed within half a minute: libpq by itself waits for hours, with everything behind it.
POSTGRES_LINE: Final = {
    # A host that accepts and then says nothing must not hold up whoever has another chance.
    "connect_timeout": "5",
    # Who waits for an answer, or for a wake-up, has nothing to send: ask if the line is up.
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    # While something we have sent is not acknowledged (milliseconds; Linux only).
    "tcp_user_timeout": "20000",
}
DATABASE_EXAMPLES: Final = (
    "Write sqlite:///path/to/file or postgres://user:password@host:5432/name."
)


def database(url: str, *, base: Path) -> dict[str, Any]:
    """Give Django's settings of one database; a relative SQLite path starts at `base`.

    Errors name what is wrong and never repeat the address, which may hold a password.
    """
    parts = _split("DATABASE_URL", url)
    match parts.scheme:
        case "sqlite" | "sqlite3":
            return _sqlite(parts, base)
        case "postgres" | "postgresql":
            return _postgres(parts)
        case "":
            raise WrongSetting(f"DATABASE_URL has no scheme. {DATABASE_EXAMPLES}")
        case scheme:
            raise WrongSetting(
                f"DATABASE_URL has an unknown scheme, {scheme!r}. {DATABASE_EXAMPLES}"
            )


def sqlite(path: Path) -> dict[str, Any]:
    """Give Django's settings of the SQLite database in this file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": ";".join(SQLITE_PRAGMAS),
        },
    }


def mailer(url: str) -> dict[str, Any]:
    """Give the backend and its options for console:, smtp:// (plain), smtp+tls:// and smtps://."""
    parts = _split("EMAIL_URL", url)
    if parts.scheme == "console":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise WrongSetting(
            "EMAIL_URL is not understood. Write console: or smtp+tls://user:password@host:587."
        )
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 10,
        },
    }


def mailer_before_6_1(mailer: dict[str, Any]) -> dict[str, Any]:
    """Give the same as the settings of Django 5.2 and 6.0, which know a single mailer."""
    names = {"username": "EMAIL_HOST_USER", "password": "EMAIL_HOST_PASSWORD"}
    options = mailer.get("OPTIONS", {}).items()
    return {"EMAIL_BACKEND": mailer["BACKEND"]} | {
        names.get(option, f"EMAIL_{option.upper()}"): value for option, value in options
    }


def _split(name: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port, parts.hostname
    except ValueError:
        raise WrongSetting(
            f"{name} is not a valid address: its host or port cannot be read. Percent-encode "
            "special characters (@ : / # ? [ ]) in the user name and the password."
        ) from None
    return parts


def _sqlite(parts: SplitResult, base: Path) -> dict[str, Any]:
    path = unquote(parts.path).removeprefix("/")
    if parts.netloc:
        raise WrongSetting(
            "DATABASE_URL has a host, which SQLite has not: write sqlite:/// with three slashes."
        )
    if not path or path == ":memory:":
        raise WrongSetting(
            "DATABASE_URL names no file: the web server and the worker share the database, so "
            "write sqlite:///path/to/file."
        )
    if parts.query or parts.fragment:
        raise WrongSetting("DATABASE_URL: an SQLite address takes no options after the file name.")
    if not (base / path).parent.is_dir():
        raise WrongSetting(f"DATABASE_URL: the folder {(base / path).parent} does not exist.")
    return sqlite(base / path)


def _postgres(parts: SplitResult) -> dict[str, Any]:
    # Here, because a site on SQLite should not wait for libpq at every start.
    from psycopg.pq import Conninfo

    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    name = unquote(parts.path).removeprefix("/")
    if not name:
        raise WrongSetting("DATABASE_URL names no database: write it after the host, as in /name.")
    if parts.fragment:
        raise WrongSetting("DATABASE_URL has a '#': write it as %23 in the user name or password.")
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    if unknown := sorted(options.keys() - known):
        raise WrongSetting(f"DATABASE_URL has an unknown option, {unknown[0]!r}.")
    # A unix socket's folder cannot stand in the place of the host unless it is percent-encoded.
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # What the address says comes last, so that it wins over these limits.
        "OPTIONS": {
            **POSTGRES_LINE,
            **options,
            "options": f"{POSTGRES_LIMITS} {options.get('options', '')}".strip(),
        },
    }
