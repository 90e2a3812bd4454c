"""Reaching a server: options of the line, encryption, passwords, and refusals in words."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from db.address import Address
from db.engine import Mode
from db.postgres import SCHEMA, PostgresConnection
from planner.errors import BookUnavailable, Offline
from planner.language import gettext as _

AskPassword = Callable[[str, bool], str | None]
"""Gives the password of an address, or None; the second argument: the last one was wrong."""
OLDEST = 150000
"""Version 15, as the server writes it."""
LINE: dict[str, str] = {
    "connect_timeout": "3",
    "tcp_user_timeout": "5000",
    "keepalives": "1",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "application_name": "trustplan",
}
"""What notices a cut line within seconds; the driver's own values hang for minutes."""
SERVER_SIDE: dict[str, str] = {
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "2",
    "tcp_user_timeout": "5000",
}
"""The same for the server, which by itself notices after hours."""
IDLE_WRITER = "60s"
"""How long a writer may leave its transaction alone: until it ends, all others wait for it."""
PRIVATE_MODES = frozenset({"verify-full"})
TRIES = 3


def no_password(_address: str, _wrong: bool) -> str | None:
    """Asks nobody."""
    return None


def connect(
    address: Address, mode: Mode = "write", ask: AskPassword = no_password
) -> PostgresConnection:
    """A connection to a server's database, book or not.

    Raises ``Offline`` when the server cannot be reached, ``BookUnavailable`` for the rest.
    """
    options = line_options(address.url)
    session = ["-c", f"search_path={SCHEMA}", "-c", "jit=off", "-c", "TimeZone=UTC",
               "-c", "client_min_messages=warning"]  # fmt: skip
    own = {"default_transaction_read_only": "on"} if mode == "read" else {
        "idle_in_transaction_session_timeout": IDLE_WRITER
    }  # fmt: skip
    for name, value in {**SERVER_SIDE, **own}.items():
        session += ["-c", f"{name}={value}"]
    raw = _open({**options, "options": " ".join(session)}, address, ask)
    if raw.info.server_version < OLDEST:
        version = raw.info.server_version // 10000
        raw.close()
        raise BookUnavailable(
            _("The server runs PostgreSQL {version}; trustplan needs 15 or newer.").format(
                version=version
            )
        )
    return PostgresConnection(raw, read_only=mode == "read")


def line_options(url: str) -> dict[str, Any]:
    """The driver's options for an address: encrypted and checked unless the host is this machine.

    Raises ``BookUnavailable`` for an address that nobody understands or that asks for less.
    """
    try:
        given: dict[str, Any] = conninfo_to_dict(url)
    except psycopg.Error as error:
        raise BookUnavailable(
            _("The address of the server cannot be read: {why}.").format(why=_one_line(error))
        ) from error
    options = {**LINE, **given}
    if stays_here(given):
        return options
    if given.get("sslmode", "verify-full") not in PRIVATE_MODES:
        raise BookUnavailable(
            _(
                "The address asks for sslmode={mode}. A server on another machine is reached with "
                "a checked certificate only (verify-full)."
            ).format(mode=given["sslmode"])
        )
    options["sslmode"] = "verify-full"
    named = "sslrootcert" in given or "PGSSLROOTCERT" in os.environ
    if not named and not (Path.home() / ".postgresql" / "root.crt").exists():
        options["sslrootcert"] = "system"
    return options


def stays_here(given: Mapping[str, Any]) -> bool:
    """Whether a line ends on this machine: its host's name, and the number it is reached by.

    What an address leaves open, the driver takes from the environment or from a service file.
    """
    host = str(given.get("host") or os.environ.get("PGHOST") or "")
    number = str(given.get("hostaddr") or os.environ.get("PGHOSTADDR") or "")
    if not host and (given.get("service") or "PGSERVICE" in os.environ):
        return False
    return is_this_machine(host) and is_this_machine(number)


def is_this_machine(host: str) -> bool:
    """Whether a host is the loopback: a socket's folder, localhost, 127.x or ::1."""
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _open(options: dict[str, Any], address: Address, ask: AskPassword) -> psycopg.Connection[Any]:
    """The line; the password is asked for when the server wants one, ``TRIES`` times at most."""
    asked = 0
    while True:
        try:
            return psycopg.connect(**options, autocommit=True)
        except psycopg.Error as error:
            rejected = _password_rejected(error)
            if not (rejected or _password_missing(error)):
                raise _sentence(error, address) from error
            secret = None if asked == TRIES else ask(str(address), rejected)
            if secret is None:
                raise _sentence(error, address) from error
            asked += 1
            options = {**options, "password": secret}


def _password_missing(error: psycopg.Error) -> bool:
    return bool(error.pgconn is not None and error.pgconn.needs_password)


def _password_rejected(error: psycopg.Error) -> bool:
    return bool(
        error.pgconn is not None
        and error.pgconn.used_password
        and "authentication failed" in str(error)
    )


def _sentence(error: psycopg.Error, address: Address) -> BookUnavailable:
    text = _one_line(error)
    host = urlsplit(address.url).hostname or _("this machine")
    if _password_missing(error):
        return BookUnavailable(
            _(
                "The server asks for a password and none was given. Keep it in the passfile or the "
                "keyring (trustplan share join), or open the book in a terminal."
            )
        )
    if "authentication failed" in text:
        return BookUnavailable(
            _("The server refused the name or the password of {address}.").format(address=address)
        )
    if "does not exist" in text and "database" in text:
        return BookUnavailable(
            _("There is no database of this name at {address}.").format(address=address)
        )
    if "does not match host name" in text:
        return BookUnavailable(
            _(
                "The server {host} cannot be trusted, so nothing was sent: {why}. Write the name "
                "that its certificate is made for."
            ).format(host=host, why=text)
        )
    if "certificate" in text or "SSL" in text:
        return BookUnavailable(
            _(
                "The server {host} cannot be trusted, so nothing was sent: {why}. Give the "
                "certificate of its authority as ~/.postgresql/root.crt, or with "
                "sslrootcert=FILE in the address."
            ).format(host=host, why=text)
        )
    if "FATAL" in text:
        return BookUnavailable(_("The server refused: {why}.").format(why=text))
    return Offline(_("The server {host} cannot be reached: {why}.").format(host=host, why=text))


def _one_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return "; ".join(lines).rstrip(".?")
