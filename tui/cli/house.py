"""The house: where things lie, sample books, backups, the check-up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, in_terminal, pass_session
from tui.cli.output import print_lines

if TYPE_CHECKING:
    from tui.composition import Launch

NOT_WELL = 1
DEMO_ACCOUNTS = 60
DEMO_SEED = 7


@command()
@pass_session
def paths(session: Session) -> None:
    """Print where the book, the settings, drafts and the error log lie.

    For a book on a server also the copy for reading without it, and what waits to be saved there.
    """
    from planner.errors import BookUnavailable
    from planner.text import visible
    from tui import paths as places
    from tui.passwords import scrub
    from tui.person import named_book

    try:
        book = scrub(named_book(session.book) or str(places.default_book()))
    except BookUnavailable as error:  # where the settings lie is asked most when they are broken
        book = str(error)
    document = {
        "book": book,
        "sample": str(places.sample_book()),
        "config": str(places.config_file()),
        "state": str(places.state_folder()),
        "log": str(places.state_folder() / "error.log"),
    }
    document |= _kept_for(book)
    width = max(len(name) for name in document)
    session.show(
        document,
        lambda: [f"{name:<{width}}  {visible(path)}" for name, path in document.items()],
    )


def _kept_for(book: str) -> dict[str, str]:
    """Where this machine keeps what it needs when a server is away; nothing for a file."""
    from planner.errors import BookUnavailable

    if "://" not in book:
        return {}
    from tui.composition import launch

    try:
        kept = launch(book).away()
    except BookUnavailable:
        return {}
    return {"copy": str(kept.copy.path), "outbox": str(kept.outbox.path)}


@command()
@click.argument("address")
@click.option("--accounts", type=int, required=True, metavar="N", help=_("How many accounts."))
@click.option("--touchpoints", type=int, metavar="N", help=_("How many touchpoints."))
@click.option("--complaints", type=int, metavar="N", help=_("How many complaints."))
@click.option("--seed", type=int, default=1, metavar="N", help=_("Another seed, another book."))
@pass_session
def sample(
    session: Session,
    address: str,
    accounts: int,
    touchpoints: int | None,
    complaints: int | None,
    seed: int,
) -> None:
    """Make a sample book at ADDRESS, where nothing stands yet.

    The same numbers, seed and --today make the same book.
    """
    from planner.text import visible
    from tui.composition import launch, make_sample

    start = launch(address, session.today)
    with session.progress(_("accounts")) as tell:
        made = make_sample(
            start,
            accounts=accounts,
            touchpoints=touchpoints,
            complaints=complaints,
            seed=seed,
            progress=lambda what, done, of: tell(done, of, what),
        )
    session.show(
        {"address": str(start.address), "as_of": start.clock.now().date().isoformat(), **made},
        lambda: [
            _("Made a sample book with {count} accounts at {path}").format(
                count=made["account"], path=visible(str(start.address))
            )
        ],
    )


@command()
@pass_session
def demo(session: Session) -> int:
    """Open the sample book, kept apart from yours and marked SAMPLE.

    It is made anew when its history ended more than a day ago. Without a terminal it prints Today
    and the accounts.
    """
    from tui.composition import sample_is_fresh, sample_launch

    start = sample_launch(session.today)
    if not sample_is_fresh(start):
        _make_demo(session, start)
    if in_terminal() and not session.json:
        from tui.cli.main import open_app

        return open_app(start)
    _print_demo(start)
    return 0


def _make_demo(session: Session, start: Launch) -> None:
    from tui.composition import remake_sample

    with session.progress(_("sample book: accounts")) as tell:
        remake_sample(
            start,
            accounts=DEMO_ACCOUNTS,
            seed=DEMO_SEED,
            progress=lambda what, done, of: tell(done, of, what),
        )


def _print_demo(start: Launch) -> None:
    from tui.cli.accounts import account_table
    from tui.cli.today import read_today, today_lines

    book = start.open(for_writing=False)
    try:
        page, day = read_today(book), book.today
        rows = book.queries().accounts.page(sort="health")
    finally:
        book.close()
    print_lines(
        [_("SAMPLE"), *today_lines(page, day), "", _("ACCOUNTS"), *account_table(rows, day)]
    )
    print_lines(
        ["", _("This is the sample book. In a terminal the same command opens the app on it.")]
    )


@command()
@click.option("--to", metavar="FILE", help=_("Where to, if not beside the book."))
@pass_session
def backup(session: Session, to: str | None) -> None:
    """Copy the book while others may use it; the copy is checked before it gets its name."""
    from planner.text import visible
    from tui.composition import back_up

    with session.reading() as book:
        path = back_up(book, None if to is None else Path(to).expanduser())
    session.show(
        {"backup": str(path)},
        lambda: [_("Backed up to {path}").format(path=visible(str(path)))],
    )


@command()
@click.argument("file")
@pass_session
def restore(session: Session, file: str) -> None:
    """Put a backup in the place of the book; the present book is kept as a backup first."""
    from planner.text import visible
    from tui.composition import restore as put_back

    kept = put_back(session.launch, Path(file).expanduser())
    book = str(session.launch.address)
    lines = [_("Restored {file} to {book}").format(file=visible(file), book=visible(book))]
    if kept is not None:
        lines.append(_("What stood there is kept at {path}").format(path=visible(str(kept))))
    session.show(
        {"book": book, "restored": file, "kept": None if kept is None else str(kept)},
        lambda: lines,
    )


@command()
@pass_session
def doctor(session: Session) -> int:
    """Check the book: file, references, scores, search, the disk. Changes nothing.

    Ends with 1 when something is not well.
    """
    from planner.text import visible
    from tui.composition import examine

    with session.reading() as book:
        checks = list(examine(book))
    well = all(check.ok for check in checks)
    document: dict[str, Any] = {
        "ok": well,
        "checks": [{"id": one.id, "ok": one.ok, "detail": one.detail} for one in checks],
    }
    width = max(len(one.id) for one in checks)
    session.show(
        document,
        lambda: [
            f"{_('ok') if one.ok else _('!!'):<3} {one.id:<{width}}  {visible(one.detail)}"
            for one in checks
        ],
    )
    return 0 if well else NOT_WELL
