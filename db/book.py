"""A book: one address opened, its settings, and the two ways in: ``run`` and ``read``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

from db import sqlite
from db.address import Address
from db.engine import Connection, Mode, transaction
from db.frame import Frame, count_stale
from planner.acting import Actor, Done
from planner.errors import BookUnavailable, TrustplanError
from planner.language import gettext as _
from planner.text import fold

if TYPE_CHECKING:
    from db.postgres import PostgresConnection
    from db.queries.book_queries import BookQueries
    from db.server import AskPassword
    from planner.health.profiles import HealthConfig
    from planner.ids import TimeOrderedIds
    from planner.ports import Clock

DEFAULT_CURRENCY = "EUR"
DEFAULT_ZONE = "UTC"
Reached: TypeAlias = Callable[[Connection], None] | None


@dataclass(frozen=True, slots=True)
class BookSettings:
    """What a book says of itself. ``sample`` marks a book that the generator made."""

    name: str
    zone: ZoneInfo
    currency: str
    sample: bool


class Book:
    """One connection to one book. Bound to the thread that uses it first, but for interrupt."""

    def __init__(
        self,
        connection: Connection,
        address: Address,
        settings: BookSettings,
        clock: Clock,
        actor: Actor,
    ) -> None:
        self.connection = connection
        self.address = address
        self.settings = settings
        self.clock = clock
        self.actor = actor

    @cached_property
    def config(self) -> HealthConfig:
        """The rules of the score."""
        from planner.health.profiles import default_config

        return default_config()

    @cached_property
    def new_id(self) -> TimeOrderedIds:
        """Gives the ids of what this connection adds."""
        from random import randint

        from planner.ids import MAX_WRITER, TimeOrderedIds

        return TimeOrderedIds(
            lambda: int(self.clock.real_now().timestamp() * 1000), randint(0, MAX_WRITER)
        )

    @property
    def read_only(self) -> bool:
        """Whether nothing can be saved through this connection."""
        return self.connection.read_only

    @property
    def writable(self) -> bool:
        """Whether this person may write the book behind this connection, reading or not."""
        if self.address.on_server:
            return self.connection.may_write()
        return sqlite.writable(self.address.path)

    def schema_number(self) -> int:
        """The number of the newest migration that the book has."""
        return self.connection.schema_number()

    @property
    def today(self) -> date:
        """The local date of now in the book's zone."""
        return self.clock.now().astimezone(self.settings.zone).date()

    def frame(self) -> Frame:
        """When and in what terms rollups are made now."""
        return Frame(
            self.today,
            self.clock.now(),
            self.settings.zone,
            self.settings.currency,
            lambda: self.config,
        )

    def know_actor(self) -> Actor:
        """Who acts; somebody the book did not know is looked up again, they may be in it by now."""
        if self.actor.colleague_id is None:
            found = find_actor(self.connection, self.actor.name)
            if found.colleague_id is not None:
                self.actor = found
        return self.actor

    def run(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Done:
        """Run one use case in one transaction; keeps everything or nothing.

        ``use_case`` takes a unit of work and the arguments. Raises what it raises, ``Conflict``,
        and ``BookUnavailable`` when the book cannot be written.
        """
        return self.run_once(None, use_case, *args, **kwargs)

    def run_once(
        self, op_id: str | None, use_case: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> Done:
        """``run`` under the name of an operation; one that was saved already is not done again.

        Of an operation that was saved before, the result is None and the rest is what it was.
        """
        from db.unit_of_work import SqlUnitOfWork

        if self.read_only:
            raise BookUnavailable(_("The book is read-only, so nothing was saved."))
        self.connection.begin()
        try:
            saved = self.saved_operation(op_id)
            if saved is not None:
                self.connection.rollback()
                return saved
            self._order_ids()
            uow = SqlUnitOfWork(
                self.connection,
                clock=self.clock,
                new_id=self.new_id,
                actor=self.actor,
                zone=self.settings.zone,
                currency=self.settings.currency,
                config=self.config,
                use_case=use_case.__name__,
                op_id=op_id,
            )
            result = use_case(uow, *args, **kwargs)
            change_id = uow.finish()
            self.connection.commit()
        except BaseException:
            with suppress(TrustplanError):
                self.connection.rollback()
            raise
        return Done(result, change_id, uow.log.summary, tuple(uow.merged))

    def saved_operation(self, op_id: str | None) -> Done | None:
        """What the operation of this name did, if it was saved; None if it was not."""
        if op_id is None:
            return None
        row = self.connection.one(
            "SELECT id, summary FROM change WHERE op_id = :op_id", {"op_id": op_id}
        )
        return Done(None, int(row[0]), str(row[1])) if row else None

    def _order_ids(self) -> None:
        """Make every id of this transaction greater than those of the transactions before it.

        The change is the last id that a transaction makes; undo reads the order of changes.
        """
        newest = self.connection.one("SELECT MAX(id) FROM change")
        if newest and newest[0]:
            self.new_id.keep_above(newest[0])

    def queries(self) -> BookQueries:
        """The read-only queries for lists and pages."""
        from db.queries.book_queries import BookQueries

        return BookQueries(self.connection, self.frame(), self.actor)

    def stale_count(self) -> int:
        """How many accounts have a score of another day."""
        return count_stale(self.connection, self.today)

    def fresh_for_reading(self, account_id: int | None = None) -> int:
        """Let this connection read scores of today; the book itself is not written.

        Returns how many were recomputed: those of another day, or the one account asked for.
        Write nothing through this connection afterwards.
        """
        if account_id is None and not self.stale_count():
            return 0
        from db.fresh import shadow_stale

        return shadow_stale(self.connection, self.frame(), account_id)

    def rescore(self, *, stale_only: bool = True) -> Iterator[int]:
        """Bring the scores to today, one transaction a slice; yields the number done."""
        from db import sweep

        frame = self.frame()
        slices = sweep.refresh_all(self.connection, frame, stale_only=stale_only)
        while True:
            with transaction(self.connection):
                done = next(slices, None)
            if done is None:
                return
            yield done

    def bring_slice(self, after: int) -> tuple[int, int]:
        """Bring the next slice of stale scores after an account to today, in one transaction.

        Returns how many there were and the last account of them; (0, 0) at the end.
        """
        from db import sweep

        with transaction(self.connection):
            ids = sweep.stale_ids(self.connection, self.today, after, sweep.SLICE)
            if ids:
                sweep.bring(self.connection, ids, self.frame())
        return (len(ids), ids[-1]) if ids else (0, 0)

    def clocks_slice(self, after: int) -> int:
        """Store the clocks of the next open complaints anew where they moved, in one transaction.

        Returns the last complaint looked at, 0 at the end.
        """
        from db.clock_days import SLICE, give_up_scores, open_ids, restore_clocks

        ids = [one for one in open_ids(self.connection) if one > after][:SLICE]
        if ids:
            with transaction(self.connection):
                zone = self.settings.zone
                moved = restore_clocks(self.connection, ids, zone, self.today, self.new_id)
                give_up_scores(self.connection, moved)
        return ids[-1] if ids else 0

    def thin_slice(self, after: int) -> int:
        """Drop stored scores that are kept no longer, of the next accounts, in one transaction.

        Returns the last account looked at, 0 at the end.
        """
        from db.thin_history import thin

        with transaction(self.connection):
            return thin(self.connection, self.today, after)

    def thin_history(self) -> None:
        """Drop all stored scores that are kept no longer, slice by slice."""
        after = 0
        while after := self.thin_slice(after):
            pass

    def interrupt(self) -> None:
        """Stop the statement that runs now; callable from another thread."""
        self.connection.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def open_book(
    address: Address,
    clock: Clock,
    actor_name: str,
    mode: Mode = "write",
    ask: AskPassword | None = None,
    reached: Reached = None,
) -> Book:
    """Open an existing book, brought up to date first.

    ``ask`` gives a server's password; ``reached`` hears of the connection to a server before it is
    asked anything. Raises ``BookUnavailable``, of which ``Offline`` is one.
    """
    connection = _reach(address, mode, ask, reached)
    try:
        settings = read_settings(connection)
        actor = find_actor(connection, connection.member_name() or actor_name)
    except BaseException:
        connection.close()
        raise
    return Book(connection, address, settings, clock, actor)


def _reach(address: Address, mode: Mode, ask: AskPassword | None, reached: Reached) -> Connection:
    """A connection to a book of the newest schema."""
    if address.on_server:
        return _reach_server(address, mode, ask, reached)
    from db.schema_number import HEAD, check_version

    connection = sqlite.connect(address.path, mode)
    try:
        number = sqlite.schema_number(connection.raw)
        check_version(number)
    except BaseException:
        connection.close()
        raise
    if number < HEAD:
        connection.close()
        from db import migrations

        migrations.upgrade(address.path)
        connection = sqlite.connect(address.path, mode)
    return connection


def _reach_server(
    address: Address, mode: Mode, ask: AskPassword | None, reached: Reached
) -> PostgresConnection:
    from db.team_extra import need_driver

    need_driver()
    from db import postgres, server
    from db.schema_number import HEAD, check_version

    connection = server.connect(address, mode, ask or server.no_password)
    try:
        if reached is not None:
            reached(connection)
        number = postgres.schema_number(connection)
        check_version(number)
        if number == 0:
            raise BookUnavailable(_no_book_there(connection, address))
        if number < HEAD:
            from db import migrations

            with connection.aside():
                migrations.upgrade_on_server(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _no_book_there(connection: PostgresConnection, address: Address) -> str:
    from db.postgres import foreign_tables

    if foreign_tables(connection):
        return _("{address} is a database of another program. It was not changed.").format(
            address=address
        )
    return _(
        "There is no book at {address} yet, or this role may not see it. Its owner makes one "
        "with: trustplan share init"
    ).format(address=address)


def create_book(
    address: Address,
    *,
    name: str,
    zone: str = DEFAULT_ZONE,
    currency: str = DEFAULT_CURRENCY,
    sample: bool = False,
    today: date,
    ask: AskPassword | None = None,
) -> None:
    """Make a new, empty book.

    Raises ``BookUnavailable`` where a file stands already, ``Refused`` for a name, a zone or a
    currency that no book can have.
    """
    from planner.book_settings import check_setting

    values = {
        "name": check_setting("name", name),
        "zone": check_setting("zone", zone),
        "base_currency": check_setting("base_currency", currency),
        "kind": "sample" if sample else "own",
    }

    def fill(connection: Connection) -> None:
        connection.run_many(
            "INSERT INTO setting(id, version, touched_on, key, value)"
            " VALUES (:id, 1, :today, :key, :value)",
            [
                {"id": number, "today": today.isoformat(), "key": key, "value": value}
                for number, (key, value) in enumerate(values.items(), start=1)
            ],
        )

    make_at(address, fill, ask)


def make_at(
    address: Address, fill: Callable[[Connection], None], ask: AskPassword | None = None
) -> None:
    """Make a book where none stands, in a file or on a server; ``fill`` writes its rows."""
    from db import migrations

    if not address.on_server:
        migrations.create(address.path, fill)
        return
    from db.team_extra import need_driver

    need_driver()
    from db import server

    connection = server.connect(address, "write", ask or server.no_password)
    try:
        migrations.create_on_server(connection, fill)
    finally:
        connection.close()


def read_settings(connection: Connection) -> BookSettings:
    """The book's settings. Raises ``BookUnavailable`` when the zone is none."""
    rows = connection.rows("SELECT key, value FROM setting WHERE archived_at IS NULL")
    values: dict[str, str] = {str(key): str(value) for key, value in rows}
    zone = values.get("zone", DEFAULT_ZONE)
    try:
        zone_info = ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise BookUnavailable(
            _("The book's time zone, {zone}, is not known on this machine.").format(zone=zone)
        ) from error
    return BookSettings(
        values.get("name", "book"),
        zone_info,
        values.get("base_currency", DEFAULT_CURRENCY),
        values.get("kind") == "sample",
    )


def find_actor(connection: Connection, name: str) -> Actor:
    """Who acts under this name: the colleague of the book, if it has one."""
    row = connection.one(
        "SELECT id, name, function FROM colleague WHERE archived_at IS NULL AND retired_on IS NULL"
        " AND name_key = :key ORDER BY id LIMIT 1",
        {"key": fold(name) or name},
    )
    return Actor(row[1], row[0], row[2]) if row else Actor(name)
