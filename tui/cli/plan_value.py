"""``plan measure|progress|proof|close-risk``: figures over time, value delivered, risks closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, command, pass_session

if TYPE_CHECKING:
    from planner.ports import Done
    from planner.views.account import ObjectiveRow
    from planner.views.plan import MeasurementRow, ObjectiveMore
    from tui.composition import Book


@command("measure")
@click.argument("account")
@click.option("--objective", metavar="TEXT|ID", help=_("Which one, where the plan has several."))
@click.option("--actual", metavar="N", help=_("What its metric reads."))
@click.option("--on", metavar="DATE", help=_("Default: today."))
@click.option("--note", metavar="TEXT")
@click.option("--confirmed-by", metavar="PERSON", help=_("Who of theirs confirmed it."))
@click.option("--confirmed-on", metavar="DATE", help=_("Default: today."))
@pass_session
def measure(
    session: Session,
    account: str,
    objective: str | None,
    actual: str | None,
    on: str | None,
    note: str | None,
    confirmed_by: str | None,
    confirmed_on: str | None,
) -> None:
    """Say what an objective's metric reads; without --actual its newest figure is confirmed."""
    from planner.use_cases.objectives import confirm_measurement
    from planner.use_cases.objectives import measure as use_case

    if actual is None and not confirmed_by:
        raise click.UsageError(_("Give --actual, or --confirmed-by for the newest figure."))
    with session.writing() as book:
        account_id = book.queries().names.account(account)
        objective_id = _objective(book, account_id, objective)
        person = naming.person(book, confirmed_by, account_id) if confirmed_by else None
        day = naming.past_day(book, confirmed_on) or None
        if actual is None:
            newest = _newest(book, account_id, objective_id)
            done = book.run(confirm_measurement, newest, person, day)
        else:
            done = book.run(
                use_case,
                objective_id,
                naming.number(actual),
                naming.past_day(book, on) or None,
                note=note or None,
                confirmed_by_id=person,
                confirmed_on=day,
            )
        _show(session, book, done)


@command("progress")
@click.argument("account")
@pass_session
def progress(session: Session, account: str) -> None:
    """Show how far each objective is, with its figures over time, under the north star."""
    from planner.objectives import north_star

    with session.reading() as book:
        queries = book.queries()
        account_id = queries.names.account(account)
        goals = queries.account.objectives(account_id)
        more, figures = queries.plan.some(account_id, "objectives", "measurements")
        star = north_star(queries.settings())
    extra = {one.id: one for one in more}
    session.show(
        [_document(goal, extra.get(goal.id), figures) for goal in goals],
        lambda: _progress_lines(goals, extra, figures, star),
    )


def _document(
    goal: ObjectiveRow, more: ObjectiveMore | None, figures: tuple[MeasurementRow, ...]
) -> dict[str, Any]:
    from planner.objectives import attainment, is_rising
    from tui.cli.output import identity

    return {
        "id": identity(goal.id),
        "objective": goal.objective,
        "function": more.function if more else None,
        "metric": goal.metric,
        "unit": goal.unit,
        "baseline": goal.baseline,
        "target": goal.target,
        "actual": goal.actual,
        "attainment": attainment(goal.baseline, goal.target, goal.actual),
        "rising": is_rising(goal.baseline, goal.target),
        "status": goal.status,
        "status_by": None if more is None else "criterion" if more.criterion_id else "hand",
        "due": goal.due_on,
        "measured": [
            {
                "id": identity(one.id),
                "on": one.measured_on,
                "actual": one.actual,
                "confirmed_on": one.confirmed_on,
                "confirmed_by": one.confirmed_by,
            }
            for one in figures
            if one.objective_id == goal.id
        ],
    }


def _progress_lines(
    goals: tuple[ObjectiveRow, ...],
    extra: dict[int, ObjectiveMore],
    figures: tuple[MeasurementRow, ...],
    star: str,
) -> list[str]:
    from planner.objectives import by_function
    from planner.text import visible
    from planner.vocabulary_words import value_words
    from tui.cli.output import Column, screen_width, table

    columns = (
        Column(_("Function")), Column(_("Objective"), cut=True), Column(_("From"), right=True),
        Column(_("Target"), right=True), Column(_("Now"), right=True), Column(_("Over time")),
        Column(_("So far"), right=True), Column(_("Status")),
    )  # fmt: skip
    cells = [
        (
            _words(extra[goal.id].function) if goal.id in extra else None, goal.objective,
            _number(goal.baseline), _number(goal.target), _number(goal.actual),
            _over_time(goal.id, figures), _percent(goal), value_words(goal.status),
        )
        for goal in goals
    ]  # fmt: skip
    lines = [_("North star: {kpi}").format(kpi=visible(star))]
    lines += table(columns, cells, empty=_("There are no objectives yet."), width=screen_width())
    gaps = [value_words(name) for name, found in by_function(extra.values()).items() if not found]
    if goals and gaps:
        lines.append(_("No objective yet of: {functions}").format(functions=", ".join(gaps)))
    return lines


def _words(function: str | None) -> str | None:
    from planner.vocabulary_words import value_words

    return None if function is None else value_words(function)


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.6g}"


def _percent(goal: ObjectiveRow) -> str:
    from planner.objectives import attainment

    part = attainment(goal.baseline, goal.target, goal.actual)
    return _("unknown") if part is None else f"{100.0 * part:.0f} %"


def _over_time(objective_id: int, figures: tuple[MeasurementRow, ...]) -> str:
    from datetime import date

    from planner.objectives import Point, sparkline
    from tui.cli.output import takes_unicode

    points = [
        Point(date.fromisoformat(one.measured_on), one.actual)
        for one in figures
        if one.objective_id == objective_id
    ]
    return sparkline(points, blocks=takes_unicode())


@command("proof")
@click.argument("account")
@click.option("--proof", metavar="TEXT", help=_("What they gained, in a sentence."))
@click.option("--which", metavar="TEXT|ID", help=_("Change or confirm this one."))
@click.option("--on", metavar="DATE", help=_("Default: today."))
@click.option("--figure", metavar="N")
@click.option("--unit", metavar="TEXT")
@click.option("--objective", metavar="TEXT|ID", help=_("The objective that it serves."))
@click.option("--confirmed-by", metavar="PERSON", help=_("Who of theirs confirmed it."))
@click.option("--confirmed-on", metavar="DATE", help=_("Default: today."))
@click.option("--shared/--internal", default=None, help=_("The customer may see it."))
@click.option("--remove", is_flag=True, help=_("Take the one of --which out of the plan."))
@pass_session
def proof(session: Session, account: str, which: str | None, remove: bool, **options: Any) -> None:
    """Add value delivered to the plan, or change, confirm or remove the one of --which."""
    from planner.use_cases.value import add_proof, change_proof, withdraw_proof

    if which is None and (remove or not options["proof"]):
        raise click.UsageError(_("Give --proof for a new one, or --which for one that is there."))
    with session.writing() as book:
        account_id = book.queries().names.account(account)
        chosen = None
        if which is not None:
            (proofs,) = book.queries().plan.some(account_id, "proofs")
            chosen = naming.one_meant(
                [(one.id, one.proof) for one in proofs],
                which,
                _("The plan of {account} has no such value delivered.").format(account=account),
                _("Several fit; name one by its id."),
            )
        use_cases = (add_proof, change_proof, withdraw_proof)
        done = naming.run_on_one(
            book, account_id, use_cases, chosen, remove,
            lambda: _proof_fields(book, account_id, options),
        )  # fmt: skip
        _show(session, book, done)


def _proof_fields(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    objective, person = options["objective"], options["confirmed_by"]
    fields = naming.given(
        proof=options["proof"],
        on_date=naming.past_day(book, options["on"]),
        figure=naming.number(options["figure"]),
        unit=options["unit"],
        confirmed_on=naming.past_day(book, options["confirmed_on"]),
        shared=options["shared"],
    )
    if objective is not None:
        fields["objective_id"] = _objective(book, account_id, objective) if objective else None
    if person is not None:
        fields["confirmed_by_id"] = naming.person(book, person, account_id) if person else None
    return fields


@command("close-risk")
@click.argument("account")
@click.option("--risk", metavar="TEXT|ID", help=_("Which one, where the plan has several."))
@click.option("--exit", metavar="TEXT", help=_("When it is over, where that is not written yet."))
@click.option("--evidence", metavar="TEXT", help=_("How one can tell that this is so now."))
@click.option("--on", metavar="DATE", help=_("Default: today."))
@pass_session
def close_risk(
    session: Session, account: str, risk: str | None, on: str | None, **said: str | None
) -> None:
    """Close a risk whose exit criteria are met."""
    from planner.use_cases.risks import close_risk as use_case

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        risk_id = naming.one_meant(
            [(one.id, one.risk) for one in book.queries().account.risks(account_id)],
            risk,
            _("The plan of {account} has no such open risk.").format(account=account),
            _("Several risks fit; name one with --risk."),
        )
        day = naming.past_day(book, on) or None
        fields = naming.filled(exit=said["exit"], met=said["evidence"])
        _show(session, book, book.run(use_case, risk_id, on=day, **fields))


def _objective(book: Book, account_id: int, text: str | None) -> int:
    """The id of an objective of the live plan: by id, by words, else the only one."""
    name = naming.account_name(book, account_id)
    return naming.one_meant(
        [(one.id, one.objective) for one in book.queries().account.objectives(account_id)],
        text,
        _("The plan of {account} has no such objective.").format(account=name),
        _("Several objectives fit; name one with --objective."),
    )


def _newest(book: Book, account_id: int, objective_id: int) -> int:
    from planner.errors import NotFound

    (figures,) = book.queries().plan.some(account_id, "measurements")
    found = [one.id for one in figures if one.objective_id == objective_id]
    if not found:
        raise NotFound(_("It was not measured yet; give --actual."))
    return int(found[-1])


def _show(session: Session, book: Book, done: Done) -> None:
    naming.show_named(session, book, done, "objective", "confirmed_by")
