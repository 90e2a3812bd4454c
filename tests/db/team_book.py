"""A team's book on a guarded server, and lines to it: through the program and by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from db import share
from db.address import Address
from db.book import Book, open_book
from tests.db.servers import Databases
from tests.fakes import FakeClock
from tests.guarded_server import OWNER, SECRETS, Guarded, answer
from tests.makers import TODAY, World, fill

PEOPLE = {
    "ann": ("Ann Lee", "lead", "north"),
    "bob": ("Bob Ek", "account_manager", "south"),
    "ada": ("Ada Oz", "admin", None),
    "rosa": ("Rosa Ruiz", "read_only", None),
}


def make_owner(databases: Databases) -> None:
    """The role that owns books, made once a server."""
    with psycopg.connect(databases.server.url("postgres"), autocommit=True) as raw:
        if not raw.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (OWNER,)).fetchone():
            verifier = raw.pgconn.encrypt_password(
                SECRETS[OWNER].encode(), OWNER.encode(), b"scram-sha-256"
            ).decode()
            made = f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD '{verifier}'"
            raw.execute(made.encode())


def init(address: Address) -> share.Made:
    """``share init`` as the command does it."""
    return share.init(address, name="Team", zone="UTC", currency="EUR", today=TODAY, ask=answer)


def as_(guarded: Guarded, database: str, login: str) -> Book:
    """The book, opened by somebody with their password."""
    return open_book(guarded.address(database, login), FakeClock(), "nobody", ask=answer)


@contextmanager
def sql(guarded: Guarded, database: str, login: str) -> Iterator[psycopg.Connection[Any]]:
    """A hand-made line to the book's tables."""
    with psycopg.connect(
        guarded.server.url(database, login),
        password=SECRETS.get(login),
        options="-c search_path=trustplan",
        autocommit=True,
    ) as raw:
        yield raw


def make_team(guarded: Guarded, name: str) -> World:
    """A database with a team's book: Ann leads north and filled it; the ids in it."""
    databases = Databases(guarded.server)
    make_owner(databases)
    databases.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
    init(guarded.address(name))
    owned = as_(guarded, name, OWNER)
    for login, (person, kind, team) in PEOPLE.items():
        owned.run(
            share.add_member, person, login=login, kind=kind, team=team, password=SECRETS[login]
        )
    owned.close()
    ann = as_(guarded, name, "ann")
    world = fill(ann)
    ann.close()
    return world


def refused(raw: psycopg.Connection[Any], statement: str) -> None:
    """The server refuses a statement for want of a right."""
    with pytest.raises(InsufficientPrivilege):
        raw.execute(statement.encode())
