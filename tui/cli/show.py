"""One account on one page, for a terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.text import visible, visible_lines
from tui.cli.context import Session, command, pass_session
from tui.cli.output import identity, money_document, money_text, print_lines

if TYPE_CHECKING:
    from planner.views.account import AccountPage

MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|~"})


@command()
@click.argument("name", metavar="ACCOUNT")
@click.option("--format", "shape", type=click.Choice(["text", "md"]), default="text",
              help=_("Plain text, or Markdown."))  # fmt: skip
@click.option("--to", metavar="FILE", help=_("Write to a file that does not exist yet."))
@pass_session
def show(session: Session, name: str, shape: str, to: str | None) -> None:
    """Print one account on one page: health, money, goals, people, what is next, what was last."""
    with session.reading() as book:
        account_id = book.queries().names.account(name)
        book.fresh_for_reading(account_id)
        page = book.queries().account.page(account_id)
        day = book.today
    if session.json:
        session.show(page_document(page, day), list)
        return
    writer = Markdown() if shape == "md" else Plain()
    lines = [line for title, rows in parts(page, day) for line in writer.part(title, rows)]
    whole = [*writer.title(page.head.name, subtitle(page, day)), *lines]
    if to is None:
        print_lines(whole)
    else:
        write_new(to, whole)


class Plain:
    """A page as plain text."""

    def title(self, name: str, line: str) -> list[str]:
        """The page's head."""
        return [visible(name), f"  {visible(line)}"]

    def part(self, title: str, rows: list[str]) -> list[str]:
        """A titled part; an empty one is left out."""
        if not rows:
            return []
        return ["", title.upper(), *(f"  {line}" for row in rows for line in _split(row))]


class Markdown:
    """A page as Markdown in which nothing that somebody wrote is a sign of Markdown."""

    def title(self, name: str, line: str) -> list[str]:
        """The page's head."""
        return [f"# {escaped(visible(name))}", "", escaped(visible(line))]

    def part(self, title: str, rows: list[str]) -> list[str]:
        """A titled part; an empty one is left out."""
        if not rows:
            return []
        return [
            "",
            f"## {title}",
            "",
            *("- " + "\n  ".join(map(escaped, _split(row))) for row in rows),
        ]


def escaped(text: str) -> str:
    """Text in which Markdown sees no sign of its own."""
    return text.translate(MARKDOWN_SIGNS)


def _split(row: str) -> list[str]:
    return visible_lines(row).split("\n")


def write_new(name: str, lines: list[str]) -> None:
    """Write lines to a file that does not exist yet. Raises ``Refused``."""
    from pathlib import Path

    from planner.errors import Refused

    if not name:
        raise Refused(_("Name a file to write to."))
    try:
        with Path(name).open("x", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError as error:
        raise Refused(
            _("{path} cannot be written: {why}.").format(
                path=name, why=error.strerror or str(error)
            )
        ) from error


def subtitle(page: AccountPage, day: date) -> str:
    """What kind of account it is, in a line."""
    head = page.head
    known = (
        None if head.tier is None else _("tier {tier}").format(tier=head.tier),
        head.sector, head.country, head.stage, head.keep_class,
        None if head.owner is None else _("owner {name}").format(name=head.owner),
        _("as of {day}").format(day=day.isoformat()),
    )  # fmt: skip
    return " · ".join(part for part in known if part)


def parts(page: AccountPage, day: date) -> Iterator[tuple[str, list[str]]]:
    """The titled parts of the page, each with its lines; empty ones have none."""
    yield _("Health"), _health(page)
    yield _("Money"), _money(page, day)
    yield _("Goals"), [_goal(row) for row in page.objectives]
    yield _("People"), _people(page, day)
    yield _("Our team"), [f"{seat.function}  {seat.colleague}" for seat in page.team]
    yield _("Risks"), [_risk(row) for row in page.risks]
    yield _("Next"), [_action(row, day) for row in page.actions]
    yield (
        _("Complaints"),
        [
            f"{row.number}  {row.severity}  {row.stage}  {row.clock}  {row.title}"
            for row in page.complaints
            if row.resolved_on is None
        ],
    )
    yield (
        _("Last"),
        [f"{row.occurred_on}  {row.what}  {row.people or '-'}: {row.text}" for row in page.last],
    )
    yield _("Note"), [page.head.note] if page.head.note else []


def _health(page: AccountPage) -> list[str]:
    if page.health is None or page.inputs is None:
        return [_("archived: no score")]
    from planner.health.explain import explain
    from tui.cli.health import headline

    said = explain(page.health, page.inputs)
    rows = [headline(page.health)]
    if said.note:
        rows.append(said.note)
    rows += [_("held at {max}: {why}").format(max=cap.max, why=cap.why) for cap in said.caps]
    if said.causes:
        lost = ", ".join(f"{line.name} {line.lost:.0f}" for line in said.causes)
        rows.append(_("lost  {causes}").format(causes=lost))
    if said.fixes:
        rows.append(_("fix  {what}").format(what=said.fixes[0].text))
    return rows


def _money(page: AccountPage, day: date) -> list[str]:
    rows = []
    for row in page.contracts:
        ends = ""
        if row.end_on is not None:
            ahead = (date.fromisoformat(row.end_on) - day).days
            ends = _(", ends {day} ({count}d)").format(day=row.end_on, count=ahead)
        if row.notice_on is not None:
            ends += _(", notice {day}").format(day=row.notice_on)
        amount = money_text(row.arr_minor, row.currency)
        rows.append(
            _("{name}: {amount} a year{ends}, forecast {forecast}").format(
                name=row.name, amount=amount, ends=ends, forecast=row.forecast
            )
        )
    return rows


def _goal(row: Any) -> str:
    figures = ""
    if row.target is not None:
        now = "-" if row.actual is None else f"{row.actual:g}"
        base = "-" if row.baseline is None else f"{row.baseline:g}"
        figures = _("  from {base}, now {now}, goal {target:g}").format(
            base=base, now=now, target=row.target
        )
    due = _(", by {day}").format(day=row.due_on) if row.due_on else ""
    return f"{row.objective}{figures}{due}  ({row.status.replace('_', ' ')})"


def _people(page: AccountPage, day: date) -> list[str]:
    rows = []
    for row in page.people:
        if row.left_on is not None and row.left_on <= day.isoformat():
            continue
        since = "-"
        if row.last_two_way_on is not None:
            since = f"{(day - date.fromisoformat(row.last_two_way_on)).days}d"
        roles = ", ".join(role.replace("_", " ") for role in row.roles) or "-"
        rows.append(f"{row.name}  {roles}  {row.stance or '?'}  {since}")
    return rows


def _risk(row: Any) -> str:
    out = _("  out when: {exit}").format(exit=row.exit) if row.exit else ""
    return _("{risk}  likely {likelihood} of 3{out}").format(
        risk=row.risk, likelihood=row.likelihood, out=out
    )


def _action(row: Any, day: date) -> str:
    from tui.cli.faces import due_text

    who = row.owner if row.side == "we" else row.their_owner
    promised = " " + _("(promised)") if row.promised else ""
    return f"{due_text(row.due_on, day) or '-'}  {row.action}{promised}  {who or '-'}"


def page_document(page: AccountPage, day: date) -> dict[str, Any]:
    """The page as JSON."""
    from tui.cli.accounts import account_document
    from tui.cli.lists import action_document, person_document

    head = page.head
    return {
        "id": identity(head.id),
        "as_of": day.isoformat(),
        "account": None if page.row is None else account_document(page.row, day),
        "sector": head.sector,
        "country": head.country,
        "keep_class": head.keep_class,
        "keep_reason": head.keep_reason,
        "parent": head.parent,
        "tags": list(head.tags),
        "note": head.note,
        "archived": head.archived,
        "team": {seat.function: seat.colleague for seat in page.team},
        "people": [person_document(row) for row in page.people],
        "contracts": [
            {
                "id": identity(row.id), "name": row.name,
                "arr": money_document(row.arr_minor, row.currency), "start": row.start_on,
                "end": row.end_on, "notice": row.notice_on, "auto_renew": row.auto_renew,
                "status": row.status, "forecast": row.forecast,
            }
            for row in page.contracts
        ],
        "plan": None if page.plan is None else {
            "id": identity(page.plan.id), "size": page.plan.size, "status": page.plan.status,
            "north_star": page.plan.north_star, "readiness": page.plan.readiness,
        },
        "objectives": [
            {
                "id": identity(row.id), "objective": row.objective, "metric": row.metric,
                "baseline": row.baseline, "target": row.target, "actual": row.actual,
                "status": row.status, "due": row.due_on, "owner": row.owner,
                "their_owner": row.their_owner,
            }
            for row in page.objectives
        ],
        "actions": [action_document(row) for row in page.actions],
        "complaints": [
            {
                "id": identity(row.id), "number": row.number, "title": row.title,
                "severity": row.severity, "stage": row.stage, "clock": row.clock,
            }
            for row in page.complaints
        ],
    }  # fmt: skip
