"""The one place where the parts are put together: settings, clock, store. The only import of db."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.address import Address as Address
from db.address import parse_address
from db.book import Book as Book
from db.book import create_book, open_book
from planner.errors import Offline, Refused
from planner.language import gettext as _
from tui import paths
from tui.clock import SystemClock
from tui.passwords import Passwords
from tui.person import Me, load_me, named_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from db.away import Away as Away
    from db.copying import Copied as Copied
    from db.doctor import Check as Check
    from db.drafts import Draft as Draft
    from db.drafts import DraftStore as DraftStore
    from db.engine import Mode
    from db.feed import Feed as Feed
    from db.queries.book_queries import BookQueries as BookQueries
    from db.roles import Member as Member
    from db.share import Here as Here
    from db.share import Made as Made
    from planner.views.live import ChangeNote, Place

TODAY_VARIABLE = "TRUSTPLAN_TODAY"
NEW_BOOK_CURRENCY = "EUR"


@dataclass(frozen=True, slots=True)
class Launch:
    """What a start of the program was asked for.

    ``named`` is whether somebody named the book, by option, variable or setting.
    """

    address: Address
    named: bool
    clock: SystemClock
    me: Me
    machine_zone: str
    passwords: Passwords = field(default_factory=Passwords, repr=False, compare=False)

    def exists(self) -> bool:
        """Whether the book is there, or something that opening it will say more of."""
        if self.address.on_server:
            return True
        try:
            return self.address.path.exists()
        except OSError:
            return True

    def open(
        self, *, for_writing: bool, make: bool = False, reached: Callable[[Any], None] | None = None
    ) -> Book:
        """Open the book; ``make`` makes a missing one first. Raises ``BookUnavailable``.

        ``reached`` hears of the connection to a server before it is asked anything.
        """
        if make and not self.exists():
            self.create()
        mode: Mode = "write" if for_writing else "read"
        ask = self.passwords.ask
        return self._mine(open_book(self.address, self.clock, self.me.name, mode, ask, reached))

    def away(self) -> Away:
        """What this machine keeps for when the book's server is away."""
        from db.away import Away

        return Away(paths.state_folder(), self.place())

    def open_copy(self, kept: Away, actor: str) -> Book:
        """The copy of a server's book, to be read without it. Raises ``BookUnavailable``."""
        return self._mine(kept.copy.open(self.clock, actor))

    def _mine(self, book: Book) -> Book:
        book.clock = self.clock.in_zone(book.settings.zone)
        if book.actor.colleague_id is None and self.me.function is not None:
            from planner.ports import Actor

            book.actor = Actor(book.actor.name, None, self.me.function)
        return book

    def before_app(self) -> None:
        """Ask for a server's password while the terminal is still free, then never again.

        Raises ``BookUnavailable``; a server out of reach is left to the app.
        """
        if self.address.on_server:
            try:
                self.open(for_writing=False).close()
            except Offline:
                return
            finally:
                self.passwords.be_quiet()

    def drafts(self) -> DraftStore:
        """What was typed into forms of this book and not saved, in the state folder."""
        from db.drafts import DraftStore

        return DraftStore(paths.state_folder(), self.place())

    def place(self) -> str:
        """What this machine's own files about the book are named after."""
        address = self.address
        return str(address if address.on_server else address.path.absolute())

    def create(self, *, currency: str = NEW_BOOK_CURRENCY, name: str | None = None) -> None:
        """Make an empty book in this machine's zone."""
        create_book(
            self.address,
            name=name or self.address.path.stem,
            zone=self.machine_zone,
            currency=currency,
            today=self.clock.now().date(),
        )


def launch(book: str | None = None, today: str | None = None) -> Launch:
    """Put a start together from options, environment and config.toml, in this order.

    Raises ``Refused`` for a wrong date, ``BookUnavailable`` for an address that is none.
    """
    named = named_book(book)
    address = parse_address(named) if named else Address("sqlite", paths.default_book())
    zone = machine_zone()
    return Launch(
        address=address,
        named=named is not None,
        clock=SystemClock(_given_day(today or os.environ.get(TODAY_VARIABLE)), _zone(zone)),
        me=load_me(getpass_user()),
        machine_zone=zone,
    )


def sample_launch(today: str | None = None) -> Launch:
    """A start on the sample book, as the person it was made for."""
    zone = machine_zone()
    return Launch(
        address=Address("sqlite", paths.sample_book()),
        named=True,
        clock=SystemClock(_given_day(today or os.environ.get(TODAY_VARIABLE)), _zone(zone)),
        me=Me("Aylin Kaya", "success"),
        machine_zone=zone,
    )


FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years of ``planner.dates``, which is not loaded at the start for two numbers."""
SAMPLE_ACCOUNTS = 60
SAMPLE_SEED = 1


def make_sample_book(start: Launch, progress: Callable[[str, int, int], None]) -> None:
    """Make the sample book of a start; ``progress`` hears what, how many done, of how many.

    Raises ``BookUnavailable`` where a file stands already or none can be made.
    """
    from db.sample_writer import make_sample

    start.address.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    make_sample(
        start.address,
        today=start.clock.now().date(),
        accounts=SAMPLE_ACCOUNTS,
        touchpoints=None,
        complaints=None,
        seed=SAMPLE_SEED,
        progress=progress,
    )


def feed_of(connection: Any, since: Place | None) -> Feed:
    """The changes committed since a place or from now on, as one thread hears of them."""
    from db.feed import feed_of as feed

    return feed(connection, since)


def place_of(connection: Any) -> Place:
    """Where the changes of a book are now."""
    from db.feed import place_of as place

    return place(connection)


def notes_of(connection: Any, ids: list[int]) -> list[ChangeNote]:
    """What changes were."""
    from db.feed import notes_of as notes

    return notes(connection, ids)


def undo(uow: Any, batch: int | None = None) -> str:
    """Take back my newest change, or the one named; run through ``Book.run``."""
    from db.undo import undo as take_back

    return take_back(uow, batch)


def redo(uow: Any) -> str:
    """Repeat what I undid last; run through ``Book.run``."""
    from db.undo import redo as repeat

    return repeat(uow)


def plan_moves(queries: BookQueries, account_id: int, number: int) -> list[tuple[Any, Any]]:
    """What brings the plan of an account back to a version, for ``restore_plan``.

    Raises ``NotFound`` for a version that there is none of, ``Refused`` without a plan.
    """
    from db.queries.plan_versions import restoring_moves

    return restoring_moves(queries.versions.history(account_id).moves(number))


def make_sample(
    start: Launch,
    *,
    accounts: int,
    touchpoints: int | None = None,
    complaints: int | None = None,
    seed: int,
    progress: Callable[[str, int, int], None],
) -> dict[str, int]:
    """Make a sample book at the address of a start; returns the number of rows by table.

    Its history ends on the start's day. Raises ``Refused`` for a number that no sample can have,
    ``BookUnavailable`` where a file stands already.
    """
    from db.sample_writer import make_sample as write

    return write(
        start.address,
        today=start.clock.now().date(),
        accounts=accounts,
        touchpoints=touchpoints,
        complaints=complaints,
        seed=seed,
        progress=progress,
    )


def sample_is_fresh(start: Launch) -> bool:
    """Whether the sample book is there, of this version, and its history ended a day ago or less.

    Raises ``BookUnavailable`` when something else stands in its place.
    """
    from db.demo import sample_day

    if not start.exists():
        return False
    made = sample_day(start.address.path)
    today = start.clock.now().date()
    return made is not None and 0 <= (today - made).days <= 1


def remake_sample(
    start: Launch, *, accounts: int, seed: int, progress: Callable[[str, int, int], None]
) -> None:
    """Make the sample book anew beside the old one and put it in its place."""
    from db.demo import replace_sample

    def make(address: Address) -> None:
        made = replace(start, address=address)
        make_sample(made, accounts=accounts, seed=seed, progress=progress)

    replace_sample(start.address, make)


def back_up(book: Book, to: Path | None = None) -> Path:
    """Copy an open book beside itself, or to a path where nothing stands; returns the path.

    Raises ``BookUnavailable`` when the copy cannot be made or does not pass its check.
    """
    from db import backup

    return backup.back_up_book(book, to)


def restore(start: Launch, file: Path) -> Path | None:
    """Put a backup in the place of the book; returns where the present one is kept."""
    from db import backup

    return backup.restore(file, start.address.path)


def move_book(
    start: Launch, to: str, progress: Callable[[str, int, int], None]
) -> tuple[Address, list[Copied]]:
    """Copy the book of a start to another address; returns that and the tables with digests.

    Raises ``Refused`` or ``BookUnavailable``; the target is then as it was.
    """
    from db import move

    target = parse_address(to)
    book = start.open(for_writing=False)
    try:
        return target, move.move_book(
            book.connection, book.address, target, progress, start.passwords.ask
        )
    finally:
        book.close()


def share_init(start: Launch, *, name: str | None, zone: str | None, currency: str) -> Made:
    """Make or mend the team's book at the address of a start, as its owner.

    Raises ``Refused`` or ``BookUnavailable``.
    """
    from urllib.parse import unquote, urlsplit

    answer: Made = _share().init(
        start.address,
        name=name or unquote(urlsplit(start.address.url).path.strip("/")),
        zone=zone or start.machine_zone,
        currency=currency,
        today=start.clock.now().date(),
        ask=start.passwords.ask,
    )
    return answer


def add_member(uow: Any, name: str, **fields: Any) -> Member:
    """Give a person a role of their own; run through ``Book.run``."""
    answer: Member = _share().add_member(uow, name, **fields)
    return answer


def set_member(uow: Any, login: str, **fields: Any) -> Member:
    """Change what a member may do; run through ``Book.run``."""
    answer: Member = _share().set_member(uow, login, **fields)
    return answer


def remove_member(uow: Any, login: str) -> Member:
    """Take a member's login away; run through ``Book.run``."""
    answer: Member = _share().remove_member(uow, login)
    return answer


def who_is_here(book: Book) -> Here:
    """Who has opened a book on a server, over what line, and who belongs to it."""
    answer: Here = _share().status(book.connection)
    return answer


def place_in_passfile(book: Book) -> tuple[str, str, str, str]:
    """Host, port, database and login under which a passfile keeps the password of a book."""
    answer: tuple[str, str, str, str] = _share().place_of(book.connection)
    return answer


def _share() -> Any:
    from db.team_extra import need_driver

    need_driver()
    from db import share

    return share


def examine(book: Book) -> Iterator[Check]:
    """The check-up of an open book, one check after the other."""
    from db import doctor

    return doctor.examine(book)


def getpass_user() -> str:
    """The machine's name for who is here."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def machine_zone() -> str:
    """The IANA zone of this machine; UTC when it does not say."""
    named = os.environ.get("TZ", "").lstrip(":")
    if named and _known_zone(named):
        return named
    try:
        target = str(Path("/etc/localtime").resolve())
    except OSError:
        return "UTC"
    _before, found, zone = target.partition("zoneinfo/")
    return zone if found and _known_zone(zone) else "UTC"


def _known_zone(name: str) -> bool:
    try:
        _zone(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _zone(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _given_day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(
            _("--today {text} is no date such as 2026-11-22.").format(text=repr(text))
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(
            _("--today {text} lies outside the years {first} to {last}.").format(
                text=repr(text), first=FIRST_YEAR, last=LAST_YEAR
            )
        )
    return day
