"""``sections``, and ``plan still-true|add-section|take-out|offer|accept|decline``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, command, pass_session
from tui.cli.output import (
    Column,
    identity,
    json_lines,
    print_lines,
    screen_width,
    table_blocks,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from planner.ports import Done
    from planner.views.plan_sections import PlanSections, SectionLine
    from tui.composition import Book

Row: TypeAlias = "tuple[PlanSections, SectionLine]"
BLOCK = 200
"""So many rows say how wide the columns of a long list are."""


class Wanted(NamedTuple):
    """Which sections a list shows."""

    mine: bool
    offered: bool
    stale: bool
    gaps: bool
    hidden: bool

    def rows(self, plans: Iterable[PlanSections], today: date) -> Iterator[Row]:
        """The sections of plans that are wanted, each with its plan."""
        from planner.plan_sections import state_code

        for plan in plans:
            for line in plan.lines if self.hidden else plan.shown:
                if (
                    (not self.mine or line.mine or line.offered_to_me)
                    and (not self.offered or line.offered_to_id is not None)
                    and (not self.stale or state_code(line.state, today) == "stale")
                    and (not self.gaps or line.gap)
                ):
                    yield plan, line


@command("sections")
@click.argument("account", required=False)
@click.option("--mine", is_flag=True, help=_("Those that I keep, and those offered to me."))
@click.option("--offered", is_flag=True, help=_("Those that were offered and not answered yet."))
@click.option("--stale", is_flag=True, help=_("Those past their limit only."))
@click.option("--gaps", is_flag=True, help=_("Those that nobody keeps though somebody should."))
@click.option("--all", "hidden", is_flag=True, help=_("Also those that a plan does not show."))
@pass_session
def sections(session: Session, account: str | None, **wanted: bool) -> None:
    """List the sections of the plans, of one account or of all: whose, how full, how fresh."""
    which = Wanted(**wanted)
    with session.reading() as book:
        queries = book.queries()
        if which.mine and book.actor.colleague_id is None:
            session.note(_("This book does not know you; say who you are: trustplan me NAME."))
        plans: Iterable[PlanSections]
        if account is None:
            plans = queries.plan_states.everywhere(mine=which.mine, offered=which.offered)
        else:
            found = queries.plan_states.of_account(queries.names.account(account))
            plans = [] if found is None else [found]
        _print(session, which.rows(plans, book.today), book.today, several=account is None)


def _print(session: Session, rows: Iterator[Row], today: date, *, several: bool) -> None:
    """Print rows while they are read: of a large book the first are there at once."""
    from itertools import islice

    if session.json:
        print_lines(json_lines(section_document(plan, line, today) for plan, line in rows))
        return
    first = list(islice(rows, BLOCK))
    many = len(first) == BLOCK
    offered = many or any(line.offered_to_id is not None for _plan, line in first)

    def blocks() -> Iterator[list[list[str | None]]]:
        block = first
        while block:
            yield [_cells(plan, line, today, several, offered) for plan, line in block]
            block = list(islice(rows, BLOCK))

    print_lines(
        table_blocks(
            _columns(several, offered), blocks(), empty=_("No sections are listed."),
            width=screen_width(),
        )
    )  # fmt: skip


def _columns(several: bool, offered: bool) -> list[Column]:
    columns = [Column(_("Section"), cut=True), Column(_("Owner"), cut=True),
               Column(_("Filled"), right=True), Column(_("Age"))]  # fmt: skip
    if several:
        columns.insert(0, Column(_("Account"), cut=True))
    return [*columns, Column(_("Offered to"))] if offered else columns


def _cells(
    plan: PlanSections, line: SectionLine, today: date, several: bool, offered: bool
) -> list[str | None]:
    from planner.plan_sections import age_words, section_name, state_code
    from planner.readiness import completeness

    code = state_code(line.state, today)
    filled = {"auto": _("itself"), "empty": _("empty")}.get(
        code, f"{completeness(line.state):.0%}".replace("%", " %")
    )
    cells: list[str | None] = [
        section_name(line.section), line.owner, filled, age_words(line.state, today) or None,
    ]  # fmt: skip
    if several:
        cells.insert(0, plan.account)
    if offered:
        cells.append(_("me") if line.offered_to_me else line.offered_to)
    return cells


def section_document(plan: PlanSections, line: SectionLine, today: date) -> dict[str, Any]:
    """A section of a plan as JSON."""
    from planner.plan_sections import OWNER_FUNCTIONS, section_name, state_code, state_words
    from planner.readiness import completeness, freshness

    state = line.state
    return {
        "account": plan.account,
        "account_id": identity(plan.account_id),
        "section": line.section,
        "name": section_name(line.section),
        "functions": list(OWNER_FUNCTIONS[line.section]),
        "owner": line.owner if line.owner_id is not None else None,
        "owner_id": identity(line.owner_id),
        "owner_words": line.owner,
        "gap": line.gap,
        "state": state_code(state, today),
        "words": state_words(state, today),
        "filled": state.filled,
        "stars": state.total,
        "rows": state.live_rows,
        "completeness": completeness(state),
        "freshness": freshness(state, today),
        "edited_on": None if state.edited_on is None else state.edited_on.isoformat(),
        "still_true_on": line.still_true_on,
        "limit_days": state.limit_days,
        "shown": line.shown,
        "added": line.added,
        "mine": line.mine,
        "offered_to": line.offered_to,
        "offered_on": line.offered_on,
        "offered_to_me": line.offered_to_me,
    }


def _section_command(name: str, use_case: str, help_: str) -> Callable[..., Any]:
    """A command that does one thing to one section of one account's plan."""

    @command(name, help=help_)
    @click.argument("account")
    @click.argument("section")
    @pass_session
    def one(session: Session, account: str, section: str) -> None:
        from planner.use_cases import plan_sections

        with session.writing() as book:
            account_id = book.queries().names.account(account)
            wanted = plan_sections.section_of(section)
            _show(session, book, book.run(getattr(plan_sections, use_case), account_id, wanted))

    made: Callable[..., Any] = one
    return made


def section_commands() -> tuple[Callable[..., Any], ...]:
    """The commands about one section, for the word ``plan``."""
    return (
        _section_command("still-true", "still_true",
                         _("Say that a section still holds: its age begins anew.")),
        _section_command("add-section", "add_section",
                         _("Show a section that the plan's size leaves out.")),
        _section_command("take-out", "take_out_section",
                         _("Take a section that was added out again.")),
        offer,
        _section_command("accept", "accept_section", _("Take over a section offered to me.")),
        _section_command("decline", "decline_section", _("Decline a section offered to me.")),
    )  # fmt: skip


@command("offer")
@click.argument("account")
@click.argument("section")
@click.option("--to", "to", required=True, metavar="NAME", help=_("A colleague."))
@pass_session
def offer(session: Session, account: str, section: str, to: str) -> None:
    """Offer a section to a colleague; it stays its owner's until they accept."""
    from planner.use_cases.plan_sections import offer_section, section_of

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        done = naming.run_by_name(
            session, book, offer_section, account_id, section_of(section), colleagues={"to_id": to}
        )
        _show(session, book, done)


def _show(session: Session, book: Book, done: Done) -> None:
    naming.show_named(session, book, done, owners=("owner", "offered_to"))
