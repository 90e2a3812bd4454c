"""The People tab: who reports to whom, which roles are covered, and who of us serves. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest

from planner.cadence import ROLE_MAXIMUM_DAYS, ROLE_WEIGHTS, role_overdue_days
from planner.health.wording import role_name
from planner.language import gettext as _
from planner.plan_rows import stakeholders
from planner.stakeholder_text import (
    LEAST_WIDTH,
    LINES,
    branch_name,
    branch_prefix,
    influence_lines,
    relationship_lines,
    role_words,
)
from planner.stakeholders import Branch, Stakeholder, org_tree, role_coverage, without_owner
from planner.views.account import PersonRow, SeatRow
from planner.vocabulary import FUNCTIONS, ROLES
from planner.vocabulary_words import function_name
from tui.cadence_words import mark, rest_words
from tui.screens.account_view import AccountView, Sheet, Space
from tui.screens.account_words import (
    EMPTY,
    day,
    days_ago,
    flowing,
    heading,
    line,
    stance_sign,
    word,
)  # fmt: skip
from tui.widgets.cells import Cell, fit, width_of
from tui.widgets.document import Line

COLUMNS_LEAST = 54
"""Cells from which people stand in columns."""
FIGURES = 30
"""Cells of the columns after the name and the roles."""
UNFOLDED = 100_000
"""Cells in which any sentence is one line: the document folds it."""


def active(people: Iterable[PersonRow]) -> list[PersonRow]:
    """Those who are still there."""
    return [one for one in people if not one.left_on]


def order_of(people: Iterable[PersonRow]) -> list[PersonRow]:
    """Those who are still there, the most important roles and influence first."""
    return sorted(
        active(people),
        key=lambda one: (
            -max((ROLE_WEIGHTS.get(role, 0) for role in one.roles), default=0),
            -(one.influence or 0),
            one.membership_id,
        ),
    )


def gaps(people: Iterable[PersonRow]) -> list[str]:
    """Roles that nobody holds."""
    held = {role for one in active(people) for role in one.roles}
    return [role for role in ROLES if role not in held]


def team_gaps(team: Sequence[SeatRow]) -> list[str]:
    """Our functions without a name, in words."""
    filled = {seat.function for seat in team}
    return [function_name(one) for one in FUNCTIONS if one not in filled]


def past_interval(one: PersonRow, today: date) -> bool:
    """Whether any of the person's roles was not spoken with for longer than it may be."""
    last = date.fromisoformat(one.last_two_way_on) if one.last_two_way_on else None
    return any(
        role_overdue_days(role, last, today) != 0 for role in one.roles if role in ROLE_MAXIMUM_DAYS
    )


def last_words(one: PersonRow, today: date) -> tuple[str, str]:
    """(days since the last two-way touch, style); ``192d!`` past the interval of a role."""
    words = days_ago(one.last_two_way_on, today)
    return (f"{words}!", "late") if past_interval(one, today) else (words, "")


def shown_people(people: Iterable[Stakeholder], today: date) -> list[Stakeholder]:
    """Who stands in the org tree: all who are there, and those who left above one of them."""
    by_id = {one.id: one for one in people}
    shown: set[int] = set()
    for one in by_id.values():
        boss: Stakeholder | None = None if one.has_left(today) else one
        while boss is not None and boss.id not in shown:
            shown.add(boss.id)
            boss = by_id.get(boss.reports_to_id or 0)
    return [one for one in by_id.values() if one.id in shown]


def sheet(view: AccountView, space: Space) -> Sheet:
    """The org tree and influence by stance in one column, roles and team below or beside."""
    people = stakeholders(view.page.people)
    left = list(_people(people, view, space.left))
    influence = list(_influence(people, view, space.left))
    roles = [*_coverage(people, view), EMPTY, *_relationships(people, view)]
    if space.wide:
        return Sheet((*left, EMPTY, *influence), (*roles, EMPTY, *_team(view)))
    return Sheet((*left, EMPTY, *roles, EMPTY, *influence, EMPTY, *_team(view)))


def _people(people: Sequence[Stakeholder], view: AccountView, width: int) -> Iterable[Line]:
    count = _("{count} people, who reports to whom").format(count=len(active(view.page.people)))
    yield heading(_("PEOPLE"), (count, "muted"))
    rows = {one.id: one for one in view.page.people}
    shown = shown_people(people, view.today)
    if not shown:
        words = _("Nobody yet. Who decides, who pays, who works with us every day? n adds them.")
        yield flowing("  ", (words, "gap"), key="form:person", hang=2)
    elif width >= COLUMNS_LEAST:
        yield _head(width)
    for branch in org_tree(shown):
        yield from _person(branch, rows[branch.person.id], view, width)
    above = {one.id for one in shown}
    gone = [one for one in view.page.people if one.id not in above]
    if gone:
        yield EMPTY
        yield heading(_("LEFT"))
    for one in gone:
        roles = ", ".join(word(role) for role in one.roles) or "-"
        left_on = _("left {day}").format(day=day(one.left_on, view.today))
        yield line(f"  {fit(one.name, 20)} {fit(roles, 22)} ", (left_on, "muted"),
                   key=f"person:{one.id}")  # fmt: skip


def _rooms(width: int) -> tuple[int, int]:
    room = max(16, width - FIGURES)
    names = max(10, room * 45 // 100)
    return names, room - names


def _head(width: int) -> Line:
    names, roles = _rooms(width)
    words = (
        f"  {fit(_('name'), names)} {fit(_('role'), roles)} {_('infl'):>4} "
        f"{fit(_('stance'), 6)} {fit(_('pow'), 3)} {fit(_('last'), 7, 'right')}"
    )
    return line((words, "head"))


def _person(branch: Branch, one: PersonRow, view: AccountView, width: int) -> Iterable[Line]:
    names, roles = _rooms(width)
    last, style = last_words(one, view.today)
    held = ", ".join(word(role) for role in one.roles) or one.title or "-"
    before = branch_prefix(branch, width // 4)
    name, key = before + branch_name(branch, view.today), f"person:{one.id}"
    if width < COLUMNS_LEAST:
        yield flowing(
            f"  {name} ",
            (held, "muted"),
            f" {stance_sign(one.stance)} ",
            (last, style),
            key=key,
            hang=4,
        )
        return
    yield line(
        f"  {fit(name, names)} {fit(held, roles)} {_level(one.influence):>4} ",
        fit(stance_sign(one.stance), 6),
        f" {fit(_level(one.power), 3)} ",
        (fit(last, 7, "right"), style),
        key=key,
    )
    about, indent = _about(one), "  " + " " * (width_of(before) + 2)
    if about:
        yield line((indent + about, "muted"))
    rhythm = _rhythm(one, view)
    if rhythm:
        yield flowing((indent + rhythm, "muted"), hang=len(indent))


def _rhythm(one: PersonRow, view: AccountView) -> str:
    """How often contact with a person is wanted, where it stands, and until when it rests."""
    people = () if view.cadence is None else view.cadence.people
    found = next((known for known in people if known.person_id == one.id), None)
    if found is None or found.state is None:
        return ""
    words = _("every {days}d: {state}").format(
        days=found.ideal, state=mark(found.state, found.overdue_days)
    )
    if found.rest is None:
        return words
    return _("{words}, snoozed {until}").format(words=words, until=rest_words(found.rest))


def _about(one: PersonRow) -> str:
    """Title, how to reach them, language and consent; empty when nothing is known."""
    consent = {
        "given": _("may be written to"),
        "withdrawn": _("consent withdrawn"),
    }.get(one.consent, "")
    title = (one.title or "") if one.roles else ""
    channel = word(one.preferred_channel) if one.preferred_channel else ""
    since = one.community_since_on
    community = _("in the community since {day}").format(day=since) if since else ""
    known = (
        title, one.department, consent, channel, community, one.language, one.phone, one.email,
    )  # fmt: skip
    return " · ".join(part for part in known if part)


def _level(value: int | None) -> str:
    return "-" if value is None else str(value)


def _coverage(people: Sequence[Stakeholder], view: AccountView) -> Iterable[Line]:
    states = role_coverage(people, view.today)
    covered = sum(state.covered for state in states)
    count = _("{count} of {all} covered").format(count=covered, all=len(states))
    yield heading(_("ROLES"), (count, "muted"))
    for state in states:
        words = _("{role}: {words}").format(role=role_name(state.role), words=role_words(state))
        key = f"person:{state.people[0].id}" if state.people else "form:person"
        yield _judged(state.covered, words, key)


def _relationships(people: Sequence[Stakeholder], view: AccountView) -> Iterable[Line]:
    yield heading(_("RELATIONSHIPS"), (_("who of us owns them"), "muted"))
    lonely = without_owner(people, view.today)
    keys = [f"person:{lonely[0].id}" if lonely else None, None]
    for told, key in zip_longest(relationship_lines(people, UNFOLDED, view.today), keys):
        if told is None:
            return
        sign, _space, words = told.partition(" ")
        if sign in (LINES.good, LINES.bad):
            yield _judged(sign == LINES.good, words, key)
        else:
            yield flowing("  ", (told, "muted"), hang=2)


def _judged(good: bool, words: str, key: str | None) -> Line:
    """Words with the sign of what is well or what is missing."""
    sign: Cell = (f"  {LINES.good} ", "good") if good else (f"  {LINES.bad} ", "gap")
    return flowing(sign, words if good else (words, "gap"), key=key, hang=4)


def _influence(people: Sequence[Stakeholder], view: AccountView, width: int) -> Iterable[Line]:
    yield heading(_("INFLUENCE"), (_("by stance; 3 is most"), "muted"))
    for text in influence_lines(people, max(LEAST_WIDTH, width - 2), view.today):
        yield line(f"  {text}")


def team_lines(view: AccountView) -> Iterable[Line]:
    """Our people by function, and the functions without one."""
    seats = {seat.function: seat for seat in view.page.team}
    for function in FUNCTIONS:
        seat = seats.get(function)
        if seat is None:
            said: Cell = (_("gap: nobody named"), "gap")
        else:
            said = _("{name} (away)").format(name=seat.colleague) if seat.away else seat.colleague
        yield line(f"  {fit(function_name(function), 11)}", said, key="form:team")


def _team(view: AccountView) -> Iterable[Line]:
    yield heading(_("OUR TEAM"), (_("T names it"), "muted"))
    yield from team_lines(view)
    owner = view.page.head.owner
    said: Cell = owner if owner else (_("nobody owns this account; E names the owner"), "gap")
    yield line(f"  {fit(_('owner'), 11)}", said, key="form:account")
