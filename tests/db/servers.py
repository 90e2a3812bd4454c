"""Databases on the tests' own server: made from templates, dropped after each test."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

import psycopg

from db.address import Address
from tests.pg_server import Server


@dataclass
class Databases:
    """Makes and drops databases of one server."""

    server: Server
    made: list[str] = field(default_factory=list)

    def new(self, template: str = "template0") -> Address:
        """The address of a new database: empty, or a copy of another."""
        name = f"t{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        self.made.append(name)
        return self.address(name)

    def address(self, name: str) -> Address:
        """The address of a database as its owner."""
        return Address("postgres", self.server.url(name))

    def drop_all(self) -> None:
        """Drop what was made, whoever is connected."""
        while self.made:
            self.execute(f"DROP DATABASE IF EXISTS {self.made.pop()} WITH (FORCE)")

    def execute(self, statement: str, database: str = "postgres") -> list[Any]:
        """One statement as the superuser; its rows, if it gives any."""
        with psycopg.connect(self.server.url(database), autocommit=True) as raw:
            cursor = raw.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


def name_of(address: Address) -> str:
    """The database of an address."""
    return address.url.rpartition("/")[2]
