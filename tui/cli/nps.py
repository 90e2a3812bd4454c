"""``nps``: what customers say in surveys, plain and weighted by revenue, each with its sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, command, pass_session

if TYPE_CHECKING:
    from planner.survey_report import Reported
    from planner.views.survey_figures import FigureGroup, SurveyFacts
    from tui.composition import Book

GROUPINGS = ("tier", "owner", "stage", "month")
MOST_DAYS = 36_500
IN_GROUPS = ("nps", "weighted_nps", "csat", "meh", "ces", "response_rate", "coverage")


@command()
@click.option("--from", "first", metavar="DATE", help=_("Answers from this day on. Default: all."))
@click.option("--to", "last", metavar="DATE", help=_("Answers up to this day. Default: today."))
@click.option("--days", type=click.IntRange(1, MOST_DAYS), metavar="N",
              help=_("Answers of the last N days."))  # fmt: skip
@click.option("--account", metavar="NAME", help=_("Of one account."))
@click.option("--by", type=click.Choice(GROUPINGS), help=_("Also by tier, owner, stage, or month."))
@pass_session
def nps(
    session: Session,
    first: str | None,
    last: str | None,
    days: int | None,
    account: str | None,
    by: str | None,
) -> None:
    """Show NPS plain and by revenue, CSAT, CES, meh share, response rate and revenue coverage.

    A person's latest answer of the window counts, anonymous ones count each. What nobody answered
    is unknown, shown as --.
    """
    from planner.survey_report import document, grouped, report, voice_of

    if days is not None and first is not None:
        raise click.UsageError(_("Give one of --from and --days."))
    with session.reading() as book:
        book.fresh_for_reading()
        end = _day(book, last) or book.today
        begin = _day(book, first)
        if days is not None:
            begin = end - timedelta(days=days - 1)
        naming.check_order(begin, end)
        queries = book.queries()
        account_id = None if account is None else queries.names.account(account)
        name = None if account_id is None else naming.account_name(book, account_id)
        facts = queries.survey_figures.facts(first=begin, last=end, account_id=account_id)
        currency, today = book.settings.currency, book.today
    made = voice_of(facts)
    groups = [] if by is None else [one for one, _part in grouped(facts, by)]
    shown: dict[str, Any] = {
        "as_of": today.isoformat(),
        "from": facts.first,
        "to": facts.last,
        "account": name,
        **document(made, currency),
    }
    if by is not None:
        shown |= {
            "by": by,
            "groups": [{"group": one.group, **document(one.voice, currency)} for one in groups],
        }
    session.show(shown, lambda: _lines(facts, report(made), by, groups, name))


def _day(book: Book, text: str | None) -> date | None:
    found = naming.past_day(book, text)
    return found if isinstance(found, date) else None


def _lines(
    facts: SurveyFacts,
    rows: list[Reported],
    by: str | None,
    groups: list[FigureGroup],
    account: str | None,
) -> Iterator[str]:
    from planner.survey_report import left_out, voice_of
    from tui.cli.output import Column, screen_width, table

    yield _window(facts, account)
    yield ""
    yield from table(
        (
            Column(_("Figure")), Column(_("Value"), right=True), Column(_("Of"), cut=True),
            Column(_("How"), cut=True),
        ),
        [(one.name, one.value or "--", one.sample, one.method) for one in rows],
        empty="",
        width=screen_width(),
    )  # fmt: skip
    out = left_out(voice_of(facts))
    if out:
        yield out
    if by is not None:
        yield ""
        yield from _group_lines(by, groups)


def _window(facts: SurveyFacts, account: str | None) -> str:
    from planner.text import visible

    days = (
        _("all answers up to {last}").format(last=facts.last)
        if facts.first is None
        else _("answers from {first} to {last}").format(first=facts.first, last=facts.last)
    )
    return days if account is None else f"{visible(account)}: {days}"


def _group_lines(by: str, groups: list[FigureGroup]) -> Iterator[str]:
    from planner.survey_report import figure_name, shown_value
    from planner.vocabulary_words import value_words
    from tui.cli.output import Column, screen_width, table

    titles = {"tier": _("Tier"), "owner": _("Owner"), "stage": _("Stage"), "month": _("Month")}
    title = titles[by]
    columns = [Column(title, cut=True), Column(_("n"), right=True)]
    columns += [Column(figure_name(key), right=True) for key in IN_GROUPS]
    rows = []
    for one in groups:
        name = one.group if by != "stage" or one.group is None else value_words(one.group)
        values = [shown_value(key, getattr(one.voice, key).value) or "--" for key in IN_GROUPS]
        rows.append((name or _("none"), str(one.voice.nps.n), *values))
    yield from table(columns, rows, empty=_("Nobody answered."), width=screen_width())
