"""What ``log touchpoint`` and ``touchpoint set`` share: what a contact is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli import naming

if TYPE_CHECKING:
    from tui.composition import Book

ABOUT = ("verbatim", "topic", "link", "minutes", "goal", "about_action", "case")


def about_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of what a contact is about."""
    options = [
        click.option("--verbatim", metavar="TEXT", help=_("Their own words.")),
        click.option("--topic", metavar="TEXT"),
        click.option("--link", metavar="TEXT", help=_("Where more of it lies.")),
        click.option("--minutes", metavar="N", help=_("How long it took.")),
        click.option("--goal", metavar="WORDS|ID", help=_("The objective that it is about.")),
        click.option(
            "--action", "about_action", metavar="WORDS|ID", help=_("The action that it is about.")
        ),
        click.option(
            "--complaint", "case", metavar="NUMBER", help=_("The complaint that it is about.")
        ),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def about(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    """The fields of what a contact is about, of the options that were used.

    An empty text empties its field. Raises ``NotFound``, ``Ambiguous``, ``Refused``.
    """
    given = naming.given(**{name: options[name] for name in ABOUT})
    fields: dict[str, Any] = {
        name: given[name] for name in ("verbatim", "topic", "link") if name in given
    }
    if "minutes" in given:
        fields["minutes"] = None if given["minutes"] is None else _minutes(given["minutes"])
    finders: tuple[tuple[str, str, Callable[[str], int]], ...] = (
        ("goal", "objective_id", lambda text: _goal(book, account_id, text)),
        ("about_action", "action_id", lambda text: book.queries().names.action(text, account_id)),
        ("case", "complaint_id", lambda text: book.queries().names.complaint(text)),
    )
    for option, field, find in finders:
        if option in given:
            fields[field] = None if given[option] is None else find(given[option])
    return fields


def row_id(text: str, words: str) -> int:
    """An id as it is written. Raises ``click.UsageError`` with ``words`` for what is none."""
    if not (text.isascii() and text.isdigit()):
        raise click.UsageError(words)
    return int(text[:19])


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise click.UsageError(_("--minutes takes a whole number."))
    return int(text)


def _goal(book: Book, account_id: int, text: str) -> int:
    goals = [(one.id, one.objective) for one in book.queries().account.objectives(account_id)]
    return naming.one_meant(
        goals,
        text,
        _("There is no goal {goal} at this account.").format(goal=repr(text[:60])),
        _("Several goals answer to {goal}.").format(goal=repr(text[:60])),
    )
