"""The cable to the server is pulled in mid-save: two network namespaces, TLS, no proxy between.

The save is held on the server by a lock of the test's own, so that the cut comes where it should.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from db.address import Address
from db.book import create_book
from planner.use_cases.accounts import add_account
from planner.use_cases.team import add_colleague
from tests import pg_server
from tests.cable import Cable, NoCable, cable
from tests.db.servers import Databases
from tests.e2e.screen import TODAY, Screen, running
from tests.fakes import FakeClock
from tests.guarded_server import HOST, make_certificates, need_tls
from tests.makers import TODAY as DAY
from tests.makers import opened

OFFLINE_SECONDS = 8.0
"""What the design asks for."""
HELD = 4711
"""The lock that holds a save up."""
HOLD_AT_COMMIT = (
    "CREATE FUNCTION trustplan.held() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$BEGIN PERFORM pg_advisory_xact_lock({HELD}); RETURN NULL; END$$",
    "CREATE CONSTRAINT TRIGGER held AFTER INSERT OR UPDATE ON trustplan.{table}"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trustplan.held()",
)
"""A save of the table waits for the lock when it is committed, not before."""
WAITING = (
    "SELECT COUNT(*) FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid"
    " WHERE l.locktype = 'advisory' AND NOT l.granted AND a.datname = current_database()"
)


@dataclass
class Place:
    """A book on a server at this end of a cable, and Ann's home at the other."""

    straight: Address
    far: str
    wire: Cable
    home: Path

    @contextmanager
    def app(self) -> Iterator[Screen]:
        """Ann's app at the other end, at the account, with a copy of the book there."""
        environ = {"HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home),
                   "XDG_STATE_HOME": str(self.home)}  # fmt: skip
        words = ("--book", self.far, "--today", TODAY)
        with running(*words, environ=environ, prefix=self.wire.prefix) as app:
            app.wait("TODAY", "LIVE")
            app.press("/", "nordic")
            app.wait("FIND", "Nordic Foods")
            app.press("enter")
            app.wait("OVERVIEW", "Nordic Foods")
            app.wait_for(
                lambda: bool(list((self.home / "trustplan").glob("copy-*.db"))),
                "a copy of the book",
            )
            app.settle()
            yield app

    @contextmanager
    def by_hand(self) -> Iterator[psycopg.Connection[tuple[int]]]:
        """A line to the book's database from this end, as its superuser."""
        with psycopg.connect(self.straight.url, autocommit=True) as raw:
            yield raw

    def hold_commits(self, table: str) -> None:
        """From now on a save of the table waits at its commit while the lock is held."""
        with self.by_hand() as raw:
            for statement in HOLD_AT_COMMIT:
                raw.execute(statement.replace("{table}", table).encode())

    @contextmanager
    def held(self, key: int) -> Iterator[psycopg.Connection[tuple[int]]]:
        """Hold a lock for the length of a block."""
        with self.by_hand() as raw:
            raw.execute("SELECT pg_advisory_lock(%s)", (key,))
            yield raw

    def column(self, sql: str) -> list[str]:
        """A column of the book."""
        with self.by_hand() as raw:
            return [str(row[0]) for row in raw.execute(sql.encode())]

    def notes(self) -> list[str]:
        """The notes of all touchpoints."""
        return self.column("SELECT note FROM trustplan.touchpoint ORDER BY id")

    def audit_of(self, table: str) -> list[str]:
        """What the audit says of a table."""
        return self.column(
            f"SELECT op FROM trustplan.audit_entry WHERE table_name = '{table}' ORDER BY id"
        )


@pytest.fixture
def wire() -> Iterator[Cable]:
    try:
        with cable() as made:
            yield made
    except NoCable as error:
        pytest.skip(f"no network namespaces here, a proxy has to do: {error}")


@pytest.fixture
def place(wire: Cable, tmp_path: Path) -> Iterator[Place]:
    need_tls()
    with tempfile.TemporaryDirectory(prefix="trustplan-cable-") as name:
        folder = Path(name)
        certificates = folder / "certificates"
        make_certificates(certificates)
        server = pg_server.start(
            folder / "pg",
            {
                "listen_addresses": f"127.0.0.1,{wire.here}",
                "ssl": "on",
                "ssl_cert_file": str(certificates / "server.crt"),
                "ssl_key_file": str(certificates / "server.key"),
            },
            access=f"host all all 127.0.0.1/32 trust\nhostssl all all {wire.there}/32 trust\n",
        )
        try:
            yield filled(server, wire, tmp_path / "ann", certificates / "authority.crt")
        finally:
            pg_server.stop(server)


def filled(server: pg_server.Server, wire: Cable, home: Path, authority: Path) -> Place:
    straight = Databases(server).new()
    create_book(straight, name="Shared", today=DAY)
    made = opened(straight, FakeClock())
    made.run(add_colleague, name="Ann", function="success")
    made.run(add_account, name="Nordic Foods", owner_id=made.know_actor().colleague_id, tier=1)
    made.close()
    (home / "trustplan").mkdir(parents=True)
    (home / "trustplan" / "config.toml").write_text('[me]\nname = "Ann"\n')
    trusted = home / "authority.crt"
    trusted.write_bytes(authority.read_bytes())
    database = straight.url.rpartition("/")[2]
    far = (
        f"postgresql://postgres@{HOST}:{server.port}/{database}?hostaddr={wire.here}"
        f"&sslrootcert={trusted}"
    )
    return Place(straight, far, wire, home)


def pull_while_it_waits(app: Screen, place: Place, raw: psycopg.Connection[tuple[int]]) -> None:
    """Pull the cable as soon as the app's save waits on the server; OFFLINE comes in time."""

    def waits() -> bool:
        row = raw.execute(WAITING).fetchone()
        return row is not None and row[0] > 0

    app.wait_for(waits, "a save that waits")
    place.wire.pull()
    cut = time.monotonic()
    app.wait("OFFLINE")
    took = time.monotonic() - cut
    assert took < OFFLINE_SECONDS or os.getloadavg()[0] > (os.cpu_count() or 1)


def log(app: Screen, note: str) -> None:
    app.press("t")
    app.wait("LOG A TOUCHPOINT", "Mood")
    app.settle()
    app.press(note)
    app.wait(note)
    app.press("f9")


def leave(app: Screen) -> None:
    app.press("q")
    app.wait("TODAY", "NOW")
    app.press("q")
    assert app.end() == 0


def test_a_talk_whose_commit_was_cut_off_is_kept_and_saved_exactly_once(place: Place) -> None:
    place.hold_commits("touchpoint")
    with place.app() as app:
        with place.held(HELD) as raw:
            log(app, "first note")
            pull_while_it_waits(app, place, raw)
            app.wait("OFFLINE 1 queued", without=["Mood"])
        app.wait_for(lambda: place.notes() == ["first note"], "the commit")
        log(app, "second note")
        app.wait("OFFLINE 2 queued", without=["Mood"])
        place.wire.plug_in()
        app.wait("LIVE", without=["OFFLINE"])
        app.wait_for(lambda: len(place.notes()) == 2, "both notes")
        leave(app)
    assert place.notes() == ["first note", "second note"]
    assert place.audit_of("touchpoint") == ["insert", "insert"]


def test_an_edit_whose_commit_was_cut_off_stays_in_its_form_and_its_fate_is_told(
    place: Place,
) -> None:
    place.hold_commits("account")
    with place.app() as app:
        app.press("E")
        app.wait("ACCOUNT  Nordic Foods", "Keep")
        app.settle()
        app.press("end", " North")
        app.wait("Nordic Foods North")
        with place.held(HELD) as raw:
            app.press("f9")
            pull_while_it_waits(app, place, raw)
            app.wait("Whether it was is known", "Nordic Foods North")
            assert place.audit_of("account") == ["insert"]
        app.wait_for(lambda: place.audit_of("account") == ["insert", "update"], "the commit")
        place.wire.plug_in()
        app.wait("is saved:")
        app.wait("LIVE")
        app.press("escape")
        leave(app)
    assert place.column("SELECT name FROM trustplan.account") == ["Nordic Foods North"]
    assert place.audit_of("account") == ["insert", "update"]


def test_a_writer_at_the_end_of_a_pulled_cable_gives_the_turn_to_the_others(place: Place) -> None:
    from db.postgres import WRITE_LOCK

    with place.app() as app:
        with place.held(WRITE_LOCK) as raw:
            log(app, "from afar")
            pull_while_it_waits(app, place, raw)
            app.wait("OFFLINE 1 queued")
        near = opened(place.straight, FakeClock())
        near.run(add_account, name="Atlas Dental")
        near.close()
        assert place.notes() == []
        place.wire.plug_in()
        app.wait("LIVE", without=["OFFLINE"])
        app.wait_for(lambda: place.notes() == ["from afar"], "what waited")
        leave(app)
    assert place.audit_of("touchpoint") == ["insert"]
