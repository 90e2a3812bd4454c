"""``log mail [ACCOUNT] < FILE``: a message that was saved or pasted, logged once."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import DIRECTIONS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session

if TYPE_CHECKING:
    from planner.dates import When
    from planner.known_addresses import AccountChoice, KnownAddresses
    from planner.mail_reading import Address, Mail
    from tui.composition import Book

MOST_NAMED = 5


@command("mail")
@click.argument("account", required=False)
@click.option("--account", "named", metavar="ACCOUNT", help=_("Which account it is of."))
@click.option("--file", metavar="FILE", help=_("The message. Default: standard input."))
@click.option("--direction", metavar=naming.listed(DIRECTIONS), help=_("Default: by the sender."))
@click.option("--two-way/--one-way", default=None, help=_("Default: by the sender."))
@click.option("--at", metavar="WHEN", help=_("Default: the message's own date."))
@pass_session
def mail(
    session: Session,
    account: str | None,
    named: str | None,
    file: str | None,
    direction: str | None,
    two_way: bool | None,
    at: str | None,
) -> None:
    """Log a message that was saved with its headers, or copied with From, To and Subject.

    The account is that of the people in its head, unless it is named. The same message is logged
    once. Attachments are named and not kept.
    """
    from planner.mail_logging import direction_of, mail_fields
    from planner.mail_reading import read_mail
    from planner.use_cases.mails import log_mail

    if account and named:
        raise click.UsageError(_("The account is named twice."))
    data = _source(file)
    with session.writing(make=False) as book:
        read = read_mail(data, now=book.clock.now(), zone=book.settings.zone)
        queries = book.queries()
        known = queries.addresses.known([one.email for one in read.addresses])
        logged = queries.addresses.logged(read.message_id)
        if logged is not None:
            account_id = logged[1]
        else:
            account_id = _account(book, read, known, account or named, file)
        colleagues = [one.name for one in queries.colleagues()]
        way = naming.choice(direction) or direction_of(read, known, colleagues)
        fields = mail_fields(read, known, account_id, way)
        if two_way is not None:
            fields["two_way"] = two_way
        done = book.run(log_mail, account_id, when=_when(session, book, read, at), **fields)
        for words in read.said:
            session.note(words)
        if not done.result.known:
            _say_unknown(session, read, known, naming.account_name(book, account_id), colleagues)
        people = known.people_of(account_id, [one.email for one in read.addresses])
        session.show_record(
            book,
            done.result.touchpoint,
            done,
            account=naming.account_name(book, account_id),
            people=[one.label for one in people.values()],
            known=done.result.known,
        )
        if done.result.known:
            session.note(_("This message was logged already; nothing was changed."))


def _source(file: str | None) -> bytes:
    from tui.cli.importing import bytes_of

    if file is not None and file != "-":
        return bytes_of(Path(file))
    if sys.stdin is None or sys.stdin.isatty():
        raise click.UsageError(_("Give the message with --file FILE or on standard input."))
    return sys.stdin.buffer.read()


def _when(session: Session, book: Book, read: Mail, at: str | None) -> When:
    from planner.dates import When

    if at is not None or read.sent_at is None:
        if at is None:
            session.note(_("The message has no date that is understood; now was taken."))
        return naming.moment(book, at)
    on = read.sent_at.astimezone(book.settings.zone).date()
    return When(on, read.sent_at, False)


def _account(
    book: Book, read: Mail, known: KnownAddresses, named: str | None, file: str | None
) -> int:
    """The account that was named, else the one of the people. Raises ``Refused``."""
    if named is not None:
        return book.queries().names.account(named)
    choice = known.account([one.email for one in read.addresses])
    if choice.sure is not None:
        return choice.sure
    raise _unsure(read, known, choice, file)


def _unsure(read: Mail, known: KnownAddresses, choice: AccountChoice, file: str | None) -> Any:
    from planner.errors import Ambiguous, Refused

    names = [known.names[one] for one in choice.maybe[:MOST_NAMED]]
    if known.people:
        return Ambiguous(
            _("The people of this message belong to several accounts; name one."), names
        )
    likely = names[0] if names else _("ACCOUNT")
    sender = read.sender.email or read.sender.name
    words = _("Nobody in this message is known here ({sender}).").format(sender=sender)
    if names:
        words += " " + _("It may be of {names}: people there have addresses like it.").format(
            names=", ".join(names)
        )
    rest = f" --file {shlex.quote(file)}" if file else " < FILE"
    return Refused(
        words
        + " "
        + _("Name the account: {log}; or add the person first: {add}").format(
            log=f"trustplan log mail {_word(likely)}{rest}", add=_adding(read.sender, likely)
        )
    )


def _say_unknown(
    session: Session, read: Mail, known: KnownAddresses, account: str, colleagues: list[str]
) -> None:
    """Say who is not known yet, each with the command that adds them; those of us are known."""
    from planner.mail_logging import strangers

    for one in strangers(read, known, colleagues)[:MOST_NAMED]:
        session.note(
            _("{email} is nobody known; add them: {command}").format(
                email=one.email, command=_adding(one, account)
            )
        )


def _adding(person: Address, account: str) -> str:
    name = person.name or person.email
    mail = f" --email {shlex.quote(person.email)}" if person.email else ""
    return f"trustplan person add {_word(name)} --account {_word(account)}{mail}"


def _word(text: str) -> str:
    return shlex.quote(text) if text != _("ACCOUNT") else text
