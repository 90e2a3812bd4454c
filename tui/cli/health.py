"""The health score of an account in layers: number, causes, what would help, all measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, pass_session, words
from tui.cli.health_validate import validate
from tui.cli.output import Column, screen_width, table

if TYPE_CHECKING:
    from planner.health.explain import Explanation
    from planner.health.score import HealthScore
    from tui.composition import Book

TOP = 3
LEAST_SHOWN = 0.05
"""A rounding that prints as 0.0 is left out."""


@words(default="of")
def health() -> None:
    """Explain an account's score: trustplan health ACCOUNT.

    An account that is called like a command is named with --account.
    """


health.add_command(validate)


@health.command("of", hidden=True)
@click.argument("name", metavar="ACCOUNT", required=False)
@click.option("--account", "named", metavar="ACCOUNT", help=_("The account, whatever its name."))
@click.option("--since", metavar="DATE", help=_("What changed since the score stored by this day."))
@pass_session
def health_of(session: Session, name: str | None, named: str | None, since: str | None) -> None:
    """Explain an account's score."""
    account = named or name
    if account is None:
        raise click.UsageError(_("Say which account: trustplan health ACCOUNT."))
    with session.reading() as book:
        queries = book.queries()
        account_id = queries.names.account(account)
        label = queries.account.head(account_id).name
        score, inputs = queries.scores.explained(account_id)
        before = None if since is None else _before(book, account_id, since)
    from planner.health.explain import as_json, explain

    document = as_json(score, label)
    if before is not None:
        document["since"] = _since_document(before, score)
    session.show(
        document,
        lambda: _lines(label, score, explain(score, inputs), document.get("since")),
    )


@health.command("recompute")
@pass_session
def recompute(session: Session) -> None:
    """Compute the scores of all accounts anew, as of today."""
    with session.writing(make=False) as book:
        count = _rescore(session, book)
        day = book.today.isoformat()
    session.show(
        {"recomputed": count, "as_of": day},
        lambda: [_("Recomputed {count} scores as of {day}.").format(count=count, day=day)],
    )


@health.command("snapshot")
@pass_session
def snapshot(session: Session) -> None:
    """Bring all scores to today and keep them as today's; lost accounts get none."""
    with session.writing(make=False) as book:
        _rescore(session, book)
        day = book.today
        count = book.queries().scores.stored_on(day)
    session.show(
        {"snapshots": count, "as_of": day.isoformat()},
        lambda: [_("{count} scores of {day} are kept.").format(count=count, day=day.isoformat())],
    )


def _rescore(session: Session, book: Book) -> int:
    if book.read_only:
        from planner.errors import BookUnavailable

        raise BookUnavailable(_("The book is read-only, so nothing was saved."))
    done = 0
    with session.progress(_("scores")) as tell:
        for done in book.rescore(stale_only=False):
            tell(done)
    book.thin_history()
    return done


def _before(book: Book, account_id: int, since: str) -> HealthScore:
    from planner.dates import parse_day

    day = parse_day(since, book.today, past=True)
    found: HealthScore = book.queries().scores.stored(account_id, day)
    return found


def _since_document(before: HealthScore, now: HealthScore) -> dict[str, Any]:
    from planner.health.explain import changed

    return {
        "date": before.as_of.isoformat(),
        "raw": before.raw,
        "changes": [
            {"id": one.id, "delta": one.delta, "before": one.before, "after": one.after}
            for one in changed(before, now)
        ],
    }


def _lines(
    label: str, score: HealthScore, said: Explanation, since: dict[str, Any] | None
) -> Iterator[str]:
    from planner.text import visible

    yield visible(label) + "   " + _("as of {day}").format(day=score.as_of.isoformat())
    yield "  " + headline(score)
    if said.note:
        yield f"  {said.note}"
    for cap in said.caps:
        yield "  " + visible(
            _("held at {max} at most: {why}; clears: {clears}").format(
                max=cap.max, why=cap.why, clears=cap.clears
            )
        )
    yield from _causes(said)
    yield from ("", _("All measures"))
    yield from _measures(score)
    if since is not None:
        yield from _changes(since)


def _causes(said: Explanation) -> Iterator[str]:
    from planner.text import visible

    if said.lines:
        yield from ("", _("What it loses"))
        for line in said.lines:
            if line.id == "rounding" and abs(line.lost) < LEAST_SHOWN:
                continue
            yield visible(f"  {line.lost:5.1f}  {line.name}: {line.why}")
    if said.fixes:
        yield from ("", _("What would help fastest"))
        for fix in said.fixes[:TOP]:
            worth = _("lifts the cap") if fix.lifts_cap else _("up to {points} points")
            yield visible(f"  {fix.text} ({worth.format(points=f'{fix.points:.1f}')})")
    if said.unknowns:
        yield from ("", _("Not known, and how to fill it"))
        for gap in said.top_unknowns:
            yield visible(f"  {gap.text}")
        if len(said.unknowns) > len(said.top_unknowns):
            yield "  " + _("and {names}").format(
                names=", ".join(gap.name for gap in said.unknowns[len(said.top_unknowns) :])
            )


def headline(score: HealthScore) -> str:
    """The number, the band and how much is known, in a line."""
    from tui.cli.faces import band_sign

    known = _("we know {share} %").format(share=round(score.coverage * 100))
    if score.shown is None:
        return _("? no score   {known}").format(known=known)
    mark = "?" if score.uncertain else ""
    raw = ""
    if score.raw is not None and score.final is not None and score.raw > score.final:
        raw = "   " + _("before caps {raw}").format(raw=f"{score.raw:.1f}")
    return f"{band_sign(score.band)} {score.shown}{mark}   {known}{raw}"


def _measures(score: HealthScore) -> list[str]:
    from planner.health.wording import dimension_name, measure_name

    rows = [
        (
            dimension_name(measure.dim), f"{measure.id} {measure_name(measure.id)}",
            None if measure.score is None else f"{measure.score:.0f}",
            f"{measure.share:.1f} %", f"{measure.lost:.1f}", measure.why,
        )
        for measure in score.measures
    ]  # fmt: skip
    columns = (
        Column(_("Part")), Column(_("Measure")), Column(_("Score"), right=True),
        Column(_("Weight"), right=True), Column(_("Lost"), right=True), Column(_("Why"), cut=True),
    )  # fmt: skip
    return table(columns, rows, empty="", width=screen_width())


def _changes(since: dict[str, Any]) -> Iterator[str]:
    from planner.health.wording import measure_name

    yield from ("", _("What changed since {day}").format(day=since["date"]))
    if not since["changes"]:
        yield "  " + _("nothing")
    for one in since["changes"]:
        was, now = _figure(one["before"]), _figure(one["after"])
        yield f"  {one['delta']:+6.1f}  {measure_name(one['id'])}: {was} → {now}"


def _figure(score: float | None) -> str:
    return _("unknown") if score is None else f"{score:.0f}"
