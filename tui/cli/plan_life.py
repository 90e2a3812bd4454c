"""``plan review|sign|unsign|signatures|versions|compare|restore``: the life of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import FUNCTIONS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session
from tui.cli.output import Column, identity, local_moment, screen_width, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.plan_history import PlanHistory, SignOffState
    from planner.plan_versions import PlanVersion
    from planner.ports import Done
    from tui.composition import Book

VERSION = click.IntRange(min=1, max=10**9)


@command("review")
@click.argument("account")
@click.option("--done", "ended", is_flag=True, help=_("The review is over: active again."))
@click.option("--next-review", metavar="DATE", help=_("With --done: when the next review is."))
@pass_session
def review(session: Session, account: str, ended: bool, next_review: str | None) -> None:
    """Put an active plan under review, or end the review."""
    from planner.use_cases.plan_life import end_review, review_plan

    if next_review is not None and not ended:
        raise click.UsageError(_("--next-review goes with --done."))
    with session.writing() as book:
        account_id = book.queries().names.account(account)
        if ended:
            day = naming.coming_day(book, next_review) or None
            _show(session, book, book.run(end_review, account_id, day))
        else:
            _show(session, book, book.run(review_plan, account_id))


_for_function = click.option(
    "--function", metavar=naming.listed(FUNCTIONS), help=_("For which function. Default: mine.")
)


@command("sign")
@click.argument("account")
@_for_function
@pass_session
def sign(session: Session, account: str, function: str | None) -> None:
    """Sign the plan: its goals, its renewal and its risks. When they change it is asked again."""
    from planner.use_cases.plan_life import sign_plan

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        _show(session, book, book.run(sign_plan, account_id, naming.choice(function)))


@command("unsign")
@click.argument("account")
@_for_function
@pass_session
def unsign(session: Session, account: str, function: str | None) -> None:
    """Take a signature off the plan."""
    from planner.use_cases.plan_life import unsign_plan

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        _show(session, book, book.run(unsign_plan, account_id, naming.choice(function)))


def _show(session: Session, book: Book, done: Done) -> None:
    naming.show_named(session, book, done, owners=("colleague",))


@command("signatures")
@click.argument("account")
@pass_session
def signatures(session: Session, account: str) -> None:
    """List who signed the plan, function by function, and who is asked again since when."""
    from planner.plan_history import sign_off_words
    from planner.vocabulary_words import function_name

    with session.reading() as book:
        queries = book.queries()
        found = queries.versions.history(queries.names.account(account)).sign_offs
    session.show(
        [signature_document(one) for one in found],
        lambda: table(
            (Column(_("Function")), Column(_("Signature"), cut=True)),
            [(function_name(one.function), sign_off_words(one)) for one in found],
            empty="",
            width=screen_width(),
        ),
    )


def signature_document(one: SignOffState) -> dict[str, Any]:
    """How a function stands to the plan, as JSON."""
    from planner.plan_history import sign_off_words

    return {**one._asdict(), "words": sign_off_words(one)}


# -- versions -----------------------------------------------------------------------------------


@command("versions")
@click.argument("account")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help=_("At most N versions."))
@pass_session
def versions(session: Session, account: str, limit: int | None) -> None:
    """List the versions of the plan, the newest first: every save of what it holds is one."""
    from planner.plan_sections import section_name

    with session.reading() as book:
        zone, history = book.settings.zone, _history(book, account)
    found = history.versions[::-1][:limit]
    session.show(
        [version_document(one, zone) for one in found],
        lambda: table(
            (Column(_("No"), right=True), Column(_("When")), Column(_("Who"), cut=True),
             Column(_("What"), cut=True), Column(_("Sections"), cut=True)),
            [
                (one.number, (local_moment(one.at, zone) or "")[:16].replace("T", " "), one.actor,
                 one.summary, ", ".join(section_name(section) for section in one.sections))
                for one in found
            ],
            empty=_("This plan has no version on record."),
            width=screen_width(),
        ),
    )  # fmt: skip


def version_document(one: PlanVersion, zone: Any) -> dict[str, Any]:
    """A version as JSON."""
    return {
        "number": one.number,
        "change_id": identity(one.change_id),
        "at": local_moment(one.at, zone),
        "actor": one.actor,
        "summary": one.summary,
        "sections": list(one.sections),
    }


@command("compare")
@click.argument("account")
@click.argument("old", required=False, type=VERSION, metavar="[A]")
@click.argument("new", required=False, type=VERSION, metavar="[B]")
@pass_session
def compare(session: Session, account: str, old: int | None, new: int | None) -> None:
    """Compare two versions field by field: A with B, A with the newest, or the last two."""
    from tui.cli.plan_changes import change_documents, change_lines

    with session.reading() as book:
        zone, currency = book.settings.zone, book.settings.currency
        history = _history(book, account)
        name = naming.account_name(book, history.account_id)
    first, second = history.pair(old, new)
    changes = history.compare(first, second)
    ends = [history.version(number) for number in (first, second)]

    def lines() -> Iterator[str]:
        when = [(local_moment(one.at, zone) or "")[:16].replace("T", " ") for one in ends]
        yield _("from version {old} ({old_day}) to version {new} ({new_day})").format(
            old=first, old_day=when[0], new=second, new_day=when[1]
        )
        yield from change_lines(changes, history, currency)

    session.show(
        {
            "account": name,
            "from": version_document(ends[0], zone),
            "to": version_document(ends[1], zone),
            "changes": change_documents(changes, history, currency),
        },
        lines,
    )


@command("restore")
@click.argument("account")
@click.argument("number", type=VERSION, metavar="VERSION")
@pass_session
def restore(session: Session, account: str, number: int) -> None:
    """Bring the plan's records back to a version, in one step that undo takes back.

    What is done or measured stays, and so do people, team and the contract's own terms.
    """
    from planner.text import visible
    from planner.use_cases.plan_life import restore_plan
    from tui.composition import plan_moves

    with session.writing(make=False) as book:
        queries = book.queries()
        account_id = queries.names.account(account)
        moves = plan_moves(queries, account_id, number)
        done = book.run(restore_plan, account_id, number, moves)
        name = naming.account_name(book, account_id)
    session.show(
        {
            "account": name,
            "version": number,
            "records": done.result,
            "change_id": identity(done.change_id),
            "summary": done.summary,
        },
        lambda: [visible(done.summary)],
    )
    for words in done.merged:
        session.note(words)


def _history(book: Book, account: str) -> PlanHistory:
    queries = book.queries()
    return queries.versions.history(queries.names.account(account))
