"""``plan stakeholders``: who is who at a customer, as text, as a drawing, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planner.stakeholders import Stakeholder

FORMS = ("text", "mermaid", "dot", "json")
PLAIN_WIDTH = 100


@command("stakeholders")
@click.argument("account")
@click.option("--format", "form", type=click.Choice(FORMS), default="text",
              help=_("Plain text, a drawing for Mermaid or Graphviz (DOT), or JSON."))  # fmt: skip
@click.option("--to", metavar="FILE", help=_("Write to a file that does not exist yet."))
@pass_session
def stakeholders(session: Session, account: str, form: str, to: str | None) -> None:
    """Print the stakeholder map: who reports to whom, influence by stance, which roles are covered.

    Relationships that nobody of ours owns, and how many people we really talk with, stand below.
    """
    from planner.plan_rows import stakeholders as from_rows
    from tui.cli.output import json_text, print_lines
    from tui.document_files import write_new

    with session.reading() as book:
        queries = book.queries()
        account_id = queries.names.account(account)
        name = queries.account.head(account_id).name
        people = from_rows(queries.people.of_account(account_id))
        today = book.today
    if session.json or form == "json":
        text = json_text(map_document(account_id, name, people, today))
    else:
        text = "\n".join(_lines(form, name, people, today, to is not None))
    if to is None:
        print_lines([text])
    else:
        write_new(to, text + "\n")


def _lines(
    form: str, account: str, people: Sequence[Stakeholder], today: date, to_file: bool
) -> list[str]:
    from planner.stakeholder_export import dot, mermaid
    from planner.stakeholder_text import LEAST_WIDTH, stakeholder_map_lines
    from tui.cli.output import screen_width

    if form != "text":
        draw = mermaid if form == "mermaid" else dot
        return draw(people, today).splitlines()
    width = None if to_file else screen_width()
    return stakeholder_map_lines(account, people, max(LEAST_WIDTH, width or PLAIN_WIDTH), today)


def map_document(
    account_id: int, account: str, people: Sequence[Stakeholder], today: date
) -> dict[str, Any]:
    """The stakeholder map as JSON; people in the order of the org tree."""
    from planner.stakeholders import (
        influence_by_stance,
        org_tree,
        role_coverage,
        threads,
        without_owner,
    )
    from tui.cli.output import identity

    return {
        "account_id": identity(account_id),
        "account": account,
        "as_of": today.isoformat(),
        "people": [
            {
                "id": identity(one.person.id),
                "name": one.person.name,
                "title": one.person.title or None,
                "department": one.person.department or None,
                "roles": list(one.person.roles),
                "influence": one.person.influence,
                "stance": one.person.stance,
                "reports_to_id": identity(one.person.reports_to_id),
                "reports_to": one.person.reports_to_name or None,
                "depth": one.depth,
                "relationship_owner": one.person.relationship_owner or None,
                "left_on": _iso(one.person.left_on),
                "last_two_way_on": _iso(one.person.last_two_way_on),
            }
            for one in org_tree(people)
        ],
        "influence_by_stance": [
            {"influence": influence, "stance": stance, "people": [identity(p.id) for p in found]}
            for (influence, stance), found in influence_by_stance(people, today).items()
        ],
        "roles": [
            {
                "role": state.role,
                "people": [identity(p.id) for p in state.people],
                "covered": state.covered,
                "limit_days": state.limit,
                "days_since": state.days_since,
                "overdue_days": state.overdue_days,
            }
            for state in role_coverage(people, today)
        ],
        "without_owner": [identity(p.id) for p in without_owner(people, today)],
        "threads": threads(people, today),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
