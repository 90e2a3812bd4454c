"""The People tab: who reports to whom, which roles are covered, and who of us serves. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from planner.cadence import ROLE_MAXIMUM_DAYS, ROLE_WEIGHTS, role_is_covered, role_overdue_days
from planner.health.wording import function_name, role_name
from planner.language import gettext as _
from planner.views.account import PersonRow, SeatRow
from planner.vocabulary import FUNCTIONS, ROLES
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
from tui.widgets.cells import Cell, fit
from tui.widgets.document import Line

COLUMNS_LEAST = 54
"""Cells from which people stand in columns."""
FIGURES = 30
"""Cells of the columns after the name and the roles."""


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


def tree(people: Sequence[PersonRow]) -> list[tuple[str, PersonRow]]:
    """People under whom they report to, with the branch to draw before each name."""
    by_boss: dict[int | None, list[PersonRow]] = {}
    ids = {one.id for one in people}
    for one in people:
        boss = one.reports_to_id if one.reports_to_id in ids else None
        by_boss.setdefault(boss, []).append(one)
    found: list[tuple[str, PersonRow]] = []
    stack = [(0, one) for one in reversed(by_boss.get(None, []))]
    while stack:
        depth, one = stack.pop()
        found.append(("  " * (depth - 1) + "└ " if depth else "", one))
        stack += [(depth + 1, below) for below in reversed(by_boss.get(one.id, []))]
    return found


def sheet(view: AccountView, space: Space) -> Sheet:
    """People in one column, roles and team below or beside."""
    left = list(_people(view, space.left))
    right = [*_coverage(view), EMPTY, *_team(view)]
    if space.wide:
        return Sheet(tuple(left), tuple(right))
    return Sheet((*left, EMPTY, *right))


def _people(view: AccountView, width: int) -> Iterable[Line]:
    people = order_of(view.page.people)
    count = _("{count} people").format(count=len(people))
    yield heading(_("PEOPLE"), (count, "muted"))
    if not people:
        words = _("Nobody yet. Who decides, who pays, who works with us every day? n adds them.")
        yield flowing("  ", (words, "gap"), key="form:person", hang=2)
    else:
        if width >= COLUMNS_LEAST:
            yield _head(width)
        for branch, one in tree(people):
            yield from _person(one, branch, view, width)
    gone = [one for one in view.page.people if one.left_on]
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


def _person(one: PersonRow, branch: str, view: AccountView, width: int) -> Iterable[Line]:
    names, roles = _rooms(width)
    last, style = last_words(one, view.today)
    held = ", ".join(word(role) for role in one.roles) or one.title or "-"
    if width < COLUMNS_LEAST:
        yield flowing(
            f"  {branch}{one.name} ",
            (held, "muted"),
            f" {stance_sign(one.stance)} ",
            (last, style),
            key=f"person:{one.id}",
            hang=4,
        )
        return
    yield line(
        f"  {fit(branch + one.name, names)} {fit(held, roles)} {_level(one.influence):>4} ",
        fit(stance_sign(one.stance), 6),
        f" {fit(_level(one.power), 3)} ",
        (fit(last, 7, "right"), style),
        key=f"person:{one.id}",
    )
    about = _about(one)
    if about:
        indent = "  " + " " * (len(branch) + 2)
        yield line((indent + about, "muted"))


def _about(one: PersonRow) -> str:
    """Title, how to reach them, language and consent; empty when nothing is known."""
    consent = {
        "given": _("may be written to"),
        "withdrawn": _("consent withdrawn"),
    }.get(one.consent, "")
    title = (one.title or "") if one.roles else ""
    channel = word(one.preferred_channel) if one.preferred_channel else ""
    known = (title, one.department, consent, channel, one.language, one.phone, one.email)
    return " · ".join(part for part in known if part)


def _level(value: int | None) -> str:
    return "-" if value is None else str(value)


def _coverage(view: AccountView) -> Iterable[Line]:
    people = active(view.page.people)
    yield heading(_("ROLES"), (_("who covers them"), "muted"))
    for role in ROLES:
        holders = [one for one in people if role in one.roles]
        yield _role_line(role, holders, view.today)


def _role_line(role: str, holders: Sequence[PersonRow], today: date) -> Line:
    name = f"  {fit(role_name(role), 20)} "
    if not holders:
        return line(name, (_("gap: nobody known"), "gap"), key="form:person")
    best = max(holders, key=lambda one: one.last_two_way_on or "")
    last = date.fromisoformat(best.last_two_way_on) if best.last_two_way_on else None
    limit = ROLE_MAXIMUM_DAYS[role]
    if role_is_covered(role, last, today):
        state: Cell = (_("in touch"), "good")
    else:
        state = (_("silent, at most {days} days").format(days=limit), "late")
    since = days_ago(best.last_two_way_on, today)
    return flowing(name, f"{best.name}, {since}  ", state, key=f"person:{best.id}", hang=4)


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
