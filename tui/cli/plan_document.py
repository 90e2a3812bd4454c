"""The plan of an account as a document: JSON, text or Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.text import visible
from tui.cli.faces import due_text
from tui.cli.output import Column, identity, money_document, money_text, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.views.account import (
        AccountPage,
        ActionRow,
        ContractRow,
        ObjectiveRow,
        PersonRow,
        RiskRow,
    )

_MARKDOWN_SIGNS = str.maketrans({sign: "\\" + sign for sign in "\\`*_{}[]()<>#+|!~"})


def plan_document(page: AccountPage, today: date, currency: str) -> dict[str, Any]:
    """The whole plan with the records that it is made of."""
    return {
        "account": {"id": identity(page.head.id), "name": page.head.name},
        "as_of": today.isoformat(),
        "plan": _header(page),
        "objectives": [_objective(row) for row in page.objectives],
        "people": [_person(row) for row in _key_people(page)],
        "team": {seat.function: seat.colleague for seat in page.team},
        "contracts": [_contract(row) for row in page.contracts],
        "risks": [_risk(row, currency) for row in page.risks],
        "actions": [_action(row) for row in page.actions],
    }


def _header(page: AccountPage) -> dict[str, Any] | None:
    plan = page.plan
    if plan is None:
        return None
    names = ("size", "status", "period_start", "period_end", "north_star", "north_star_target",
             "next_review_on", "started_on", "activated_on", "readiness")  # fmt: skip
    return {"id": identity(plan.id), **{name: getattr(plan, name) for name in names}}


def _key_people(page: AccountPage) -> list[PersonRow]:
    return [row for row in page.people if row.roles and row.left_on is None]


def _objective(row: ObjectiveRow) -> dict[str, Any]:
    names = ("objective", "metric", "unit", "baseline", "target", "actual", "priority", "status",
             "due_on", "owner", "their_owner")  # fmt: skip
    return {"id": identity(row.id), **{name: getattr(row, name) for name in names}}


def _person(row: PersonRow) -> dict[str, Any]:
    return {
        "id": identity(row.id),
        "name": row.name,
        "title": row.title,
        "roles": list(row.roles),
        "influence": row.influence,
        "stance": row.stance,
        "last_two_way": row.last_two_way_on,
    }


def _contract(row: ContractRow) -> dict[str, Any]:
    names = ("name", "start_on", "end_on", "notice_on", "auto_renew", "status", "forecast",
             "decided_on")  # fmt: skip
    return {
        "id": identity(row.id),
        **{name: getattr(row, name) for name in names},
        "arr": money_document(row.arr_minor, row.currency),
    }


def _risk(row: RiskRow, currency: str) -> dict[str, Any]:
    names = ("risk", "likelihood", "owner", "early_sign", "exit", "next_check_on")
    return {
        "id": identity(row.id),
        **{name: getattr(row, name) for name in names},
        "impact": money_document(row.impact_minor, currency),
    }


def _action(row: ActionRow) -> dict[str, Any]:
    names = ("action", "side", "owner", "their_owner", "due_on", "done_means", "promised",
             "shared", "status", "origin")  # fmt: skip
    return {"id": identity(row.id), **{name: getattr(row, name) for name in names}}


class _Section:
    """One section: its title, its table's head and rows, and what is said when it is empty."""

    def __init__(
        self, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]], empty: str
    ) -> None:
        self.title = title
        self.head = head
        self.rows = [[_shown(cell) for cell in row] for row in rows]
        self.empty = empty


def plan_lines(page: AccountPage, today: date) -> Iterator[str]:
    """The plan as plain text."""
    yield visible(page.head.name)
    yield visible(_state(page, today))
    for section in _sections(page, today):
        yield ""
        yield section.title
        for line in table(
            [Column(title) for title in section.head], section.rows, empty=section.empty
        ):
            yield f"  {line}"


def plan_markdown(page: AccountPage, today: date) -> Iterator[str]:
    """The plan as Markdown; what people wrote cannot act as a mark-up."""
    yield f"# {_escaped(page.head.name)}"
    yield ""
    yield _escaped(_state(page, today))
    for section in _sections(page, today):
        yield ""
        yield f"## {section.title}"
        yield ""
        if not section.rows:
            yield section.empty
            continue
        yield f"| {' | '.join(section.head)} |"
        yield f"|{' --- |' * len(section.head)}"
        for row in section.rows:
            yield f"| {' | '.join(map(_escaped, row))} |"


def _state(page: AccountPage, today: date) -> str:
    plan = page.plan
    if plan is None:
        return _("no plan yet; as of {day}").format(day=today.isoformat())
    words = _("{size} plan, {status}; as of {day}").format(
        size=plan.size, status=plan.status, day=today.isoformat()
    )
    if plan.readiness is not None:
        words += "; " + _("{percent} % ready").format(percent=round(plan.readiness))
    if plan.north_star:
        words += "; " + f"{plan.north_star}: {plan.north_star_target or '-'}"
    return words


def _sections(page: AccountPage, today: date) -> Iterator[_Section]:
    yield _Section(
        _("Goals"),
        (_("Goal"), _("Metric"), _("From"), _("To"), _("By"), _("Status"), _("Owner"), _("Theirs")),
        (
            (o.objective, o.metric, o.baseline, o.target, o.due_on, o.status, o.owner,
             o.their_owner)
            for o in page.objectives
        ),
        _("no goals yet"),
    )  # fmt: skip
    yield _Section(
        _("Key people"),
        (_("Name"), _("Roles"), _("Influence"), _("Stance"), _("Last two-way")),
        (
            (p.name or p.email or p.phone, ", ".join(p.roles), p.influence, p.stance,
             p.last_two_way_on)
            for p in _key_people(page)
        ),
        _("nobody has a role yet"),
    )  # fmt: skip
    yield _Section(
        _("Our team"),
        (_("Function"), _("Name")),
        ((seat.function, seat.colleague) for seat in page.team),
        _("nobody is named yet"),
    )
    yield _Section(
        _("Renewal"),
        (_("Contract"), _("A year"), _("Ends"), _("Notice by"), _("Renews itself"), _("Forecast")),
        (
            (c.name, money_text(c.arr_minor, c.currency), c.end_on, c.notice_on, c.auto_renew,
             c.forecast)
            for c in page.contracts
        ),
        _("no contract yet"),
    )  # fmt: skip
    yield _Section(
        _("Risks"),
        (_("Risk"), _("Likelihood"), _("Owner"), _("Over when")),
        ((r.risk, r.likelihood, r.owner, r.exit) for r in page.risks),
        _("no risks yet"),
    )
    yield _Section(
        _("Next actions"),
        (_("Action"), _("Owner"), _("Theirs"), _("Due"), "", _("Done means")),
        (
            (a.action, a.owner, a.their_owner, a.due_on, due_text(a.due_on, today), a.done_means)
            for a in page.actions
        ),
        _("no actions yet"),
    )


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    return str(value)


def _escaped(text: str) -> str:
    return visible(text).translate(_MARKDOWN_SIGNS)
