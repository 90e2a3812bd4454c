"""A server elsewhere is reached over an encrypted line to the right server, or not at all.

The address names another machine (``book.example``) and ends on this one by its ``hostaddr``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from db import server as line
from db import share
from db.address import Address
from planner.errors import BookUnavailable, Offline
from tests import pg_server
from tests.db.servers import Databases
from tests.db.team_book import init, make_owner
from tests.guarded_server import HOST, OWNER, SECRETS, Guarded, answer, need_tls

DATABASE = "tlsbook"


@pytest.fixture(scope="module")
def place(guarded: Guarded) -> Iterator[str]:
    """A database that is reached over TLS only."""
    need_tls()
    databases = Databases(guarded.server)
    make_owner(databases)
    databases.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    yield DATABASE
    databases.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def trusting(guarded: Guarded, authority: Path, host: str = HOST, more: str = "") -> Address:
    """The database elsewhere, for who trusts an authority."""
    more = f"&sslrootcert={authority}{more}"
    return Address("postgres", guarded.elsewhere(DATABASE, host=host, more=more))


class Asked:
    """Answers with the password, and knows whether it was asked."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, address: str, wrong: bool) -> str | None:
        self.count += 1
        return answer(address, wrong)


def test_the_right_server_is_reached_over_an_encrypted_line(guarded: Guarded, place: str) -> None:
    address = trusting(guarded, guarded.authority)
    init(address)
    connection = line.connect(address, "write", answer)
    assert connection.raw.pgconn.ssl_in_use
    assert share.status(connection).encrypted
    assert conninfo_to_dict(connection.raw.info.dsn)["sslmode"] == "verify-full"
    assert place == share.place_of(connection)[2]
    assert share.place_of(connection)[0] == HOST
    connection.close()


def test_a_wrong_authority_is_refused_before_a_password_is_asked_for_and_the_check_bites(
    guarded: Guarded, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = trusting(guarded, guarded.other_authority)
    asked = Asked()
    with pytest.raises(BookUnavailable, match="cannot be trusted") as refused:
        line.connect(address, "write", asked)
    assert not isinstance(refused.value, Offline)
    assert refused.value.exit_code == 3
    assert asked.count == 0
    monkeypatch.setattr(
        line, "line_options", lambda url: {**conninfo_to_dict(url), "sslmode": "require",
                                           "sslrootcert": "/nowhere"},
    )  # fmt: skip
    line.connect(address, "write", asked).close()
    assert (asked.count, place) == (1, DATABASE)


def test_an_authority_that_nobody_named_is_the_systems_and_does_not_know_the_server(
    guarded: Guarded, place: str
) -> None:
    with pytest.raises(BookUnavailable, match="cannot be trusted"):
        line.connect(Address("postgres", guarded.elsewhere(place)), "write", answer)


def test_an_authority_in_its_usual_file_is_trusted(guarded: Guarded, place: str) -> None:
    folder = Path.home() / ".postgresql"
    folder.mkdir()
    (folder / "root.crt").write_bytes(guarded.authority.read_bytes())
    connection = line.connect(Address("postgres", guarded.elsewhere(place)), "write", answer)
    assert connection.raw.pgconn.ssl_in_use
    connection.close()


def test_a_certificate_of_another_name_is_refused(guarded: Guarded, place: str) -> None:
    address = trusting(guarded, guarded.authority, host="other.example")
    with pytest.raises(BookUnavailable, match="Write the name that its certificate"):
        line.connect(address, "write", answer)
    assert place == DATABASE


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_an_address_that_asks_for_less_is_refused_without_a_line(
    guarded: Guarded, mode: str
) -> None:
    address = guarded.elsewhere("nowhere", more=f"&sslmode={mode}")
    with pytest.raises(BookUnavailable, match=f"asks for sslmode={mode}"):
        line.connect(Address("postgres", address), "write", answer)


def test_less_asked_for_in_the_environment_changes_nothing(
    guarded: Guarded, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSSLMODE", "disable")
    connection = line.connect(trusting(guarded, guarded.authority), "write", answer)
    assert connection.raw.pgconn.ssl_in_use
    connection.close()
    monkeypatch.setenv("PGSSLROOTCERT", str(guarded.other_authority))
    with pytest.raises(BookUnavailable, match="cannot be trusted"):
        line.connect(Address("postgres", guarded.elsewhere(place)), "write", answer)


def test_a_server_that_speaks_plain_text_is_refused(server: pg_server.Server) -> None:
    address = f"postgresql://postgres@{HOST}:{server.port}/postgres?hostaddr=127.0.0.1"
    with pytest.raises(BookUnavailable, match="cannot be trusted"):
        line.connect(Address("postgres", address), "write", answer)
    psycopg.connect(address, sslmode="prefer").close()


def test_the_server_refuses_plain_text_too(guarded: Guarded, place: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(
            guarded.server.url(place, OWNER), sslmode="disable", password=SECRETS[OWNER]
        )


@pytest.mark.parametrize(
    ("url", "environment", "here"),
    [
        ("postgresql://a@127.0.0.1/b", {}, True),
        ("postgresql://a@127.9.9.9/b", {}, True),
        ("postgresql://a@[::1]/b", {}, True),
        ("postgresql://a@localhost/b", {}, True),
        ("postgresql:///b", {}, True),
        ("postgresql:///b?host=/run/postgresql", {}, True),
        ("postgresql://a@book.example/b", {}, False),
        ("postgresql://a@10.0.0.5/b", {}, False),
        ("postgresql://a@localhost.example/b", {}, False),
        ("postgresql://a@book.example/b?hostaddr=127.0.0.1", {}, False),
        ("postgresql://a@localhost/b?hostaddr=10.0.0.5", {}, False),
        ("postgresql:///b?hostaddr=10.0.0.5", {}, False),
        ("postgresql:///b", {"PGHOST": "book.example"}, False),
        ("postgresql://a@localhost/b", {"PGHOSTADDR": "10.0.0.5"}, False),
        ("postgresql://a@localhost/b", {"PGHOST": "book.example"}, True),
        ("postgresql:///b?service=work", {}, False),
        ("postgresql:///b", {"PGSERVICE": "work"}, False),
    ],
)
def test_only_a_line_that_stays_on_this_machine_may_be_plain(
    url: str, environment: dict[str, str], here: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert line.stays_here(conninfo_to_dict(url)) is here
    options = line.line_options(url)
    assert ("sslmode" in options) is not here
    if not here:
        assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "system")
