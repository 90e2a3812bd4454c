"""The Overview tab: the account on one page. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.celebrations import next_day
from planner.health.wording import role_name
from planner.language import gettext as _
from planner.readiness import starter_missing
from planner.views.account import AccountPage, CelebrationRow, PersonRow, TimelineRow
from planner.vocabulary import FUNCTIONS
from tui.cadence_words import account_words
from tui.screens import account_health as health
from tui.screens.account_goals import goal_line, owed, owed_line
from tui.screens.account_money import figures_line, foreign_lines, renewal_of, without_end
from tui.screens.account_people import gaps, last_words, order_of, team_gaps
from tui.screens.account_timeline import what_words
from tui.screens.account_view import AccountView, Sheet, Space
from tui.screens.account_words import (
    EMPTY,
    LABEL,
    day,
    flowing,
    hint,
    label,
    line,
    moment,
    quote,
    stance_sign,
    word,
)  # fmt: skip
from tui.timeline_words import entry_key
from tui.widgets.cells import Cell, fit, parts, width_of
from tui.widgets.document import Line
from tui.widgets.wrap import wrapped

CELEBRATE_DAYS = 60
ROOMY = 70
"""Cells from which two people stand side by side."""
ENTRY_ROOMY, ENTRY_LEAST = 60, 46
"""Cells from which an entry has all its columns, or any at all."""
PERSON = 35
"""Cells of one person where two stand side by side."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many rows each part may take."""

    goals: int
    people: int
    owed: int
    last: int
    airy: bool = True
    """Whether an empty line stands between the parts."""


ROOMS = (
    Room(5, 8, 8, 5),
    Room(4, 6, 5, 5),
    Room(3, 4, 4, 4),
    Room(2, 4, 3, 3),
    Room(2, 4, 3, 3, airy=False),
    Room(2, 4, 2, 2, airy=False),
)
"""From generous to just what an 80x24 screen holds; the first that fits is taken."""
TIGHTEST = ROOMS[-1]


def sheet(view: AccountView, space: Space) -> Sheet:
    """The page in one column, as short as the height asks for."""
    lines: tuple[Line, ...] = ()
    for room in ROOMS:
        lines = tuple(_column(view, space.left, room))
        if sum(len(wrapped(one, space.left)) for one in lines) <= space.height:
            break
    return Sheet(lines)


def note_words(page: AccountPage) -> str:
    """The account's own note on one line; empty without one."""
    return " · ".join(part.strip() for part in (page.head.note or "").splitlines() if part.strip())


def summary(view: AccountView) -> str:
    """The account in a few lines, ready for a chat."""
    page = view.page
    lines = [page.head.name]
    found = health.explained(page)
    if found is not None:
        spans = health.head_spans(page, found)
        lines.append(" ".join(_text(span).strip() for span in spans))
    renewal = renewal_of(view)
    if renewal is not None:
        lines.append("".join(_text(span) for span in figures_line(view).spans[1:]).strip())
    lines += [f"- {_text(one.due)}: {one.words} ({one.ours})" for one in owed(view)[:3]]
    return "\n".join(lines)


def _text(span: Cell) -> str:
    return span if isinstance(span, str) else span[0]


def missing_facts(page: AccountPage) -> tuple[str, ...]:
    """Which of the four starter facts are missing."""
    return starter_missing(
        goals=len(page.objectives),
        key_people=sum(1 for one in page.people if one.roles and not one.left_on),
        contract_end=page.inputs.contract_end if page.inputs else None,
        next_actions=len(page.actions),
    )


def starter_lines(page: AccountPage) -> list[Line]:
    """What a new account asks for first, with the key of each; nothing when all is known."""
    missing = missing_facts(page)
    if not missing:
        return []
    lacking = without_end(page.contracts)
    contract = (f"contract:{lacking.id}", "Enter") if lacking else ("form:contract", "C")
    prompts = {
        "goal": ("form:objective", _("one goal of theirs, with a number"), "O"),
        "key_people": ("form:person", _("the people who matter, with their role"), "P"),
        "contract_end": (contract[0], _("when the contract ends"), contract[1]),
        "next_action": ("form:action", _("what happens next, who and by when"), "a"),
    }
    known = _("starter {known} of 4").format(known=4 - len(missing))
    words = _("four things make a plan: Enter asks them on one screen")
    lines = [line((known, "title"), ("  " + words, "muted"), key="form:starter")]
    for fact, (key, words, letter) in prompts.items():
        if fact in missing:
            lines.append(line("  ○ ", (f"{letter}  ", "key"), words, key=key))
    return [*lines, EMPTY]


# One column


def _column(view: AccountView, width: int, room: Room) -> Iterable[Line]:
    page = view.page
    yield from health_lines(page, width)
    between = (EMPTY,) if room.airy else ()
    yield EMPTY
    yield from starter_lines(page)
    yield from money_lines(view)
    yield from goal_lines(view, width, room.goals, _("GOALS"))
    yield from between
    yield from _people_in_pairs(view, width, room.people)
    yield from risk_lines(page)
    yield from between
    yield from next_lines(view, width, room.owed, _("NEXT"))
    yield from last_lines(view, width, room.last, _("LAST"))
    yield from date_lines(view)
    if room.last > TIGHTEST.last:
        yield from contact_lines(view)


def health_lines(page: AccountPage, width: int) -> Iterable[Line]:
    """The score on three lines: the head, what is lost, what would fix it."""
    found = health.explained(page)
    if found is None:
        yield line((_("archived: it stands in no list; undo brings it back"), "warn"))
        return
    yield flowing(*health.head_spans(page, found), key="tab:health", hang=8)
    score = page.health
    if found.lines and score is not None and score.raw is not None:
        raw = _("   (raw {raw})").format(raw=round(score.raw))
        room = width - LABEL - width_of(raw)
        choices = [health.lost_words(found, most) for most in (4, 3, 2)]
        lost = next((one for one in choices if width_of(one) <= room), choices[-1])
        yield flowing(("  " + fit(_("lost"), 6), "head"), lost, (raw, "muted"))
    fixes = [health.fix_words(fix) for fix in found.fixes[:2]]
    if fixes:
        both = " · ".join(fixes)
        words = both if width_of(both) <= width - LABEL else fixes[0]
        yield flowing(("  " + fit(_("fix"), 6), "head"), words, key="fix:0")


def money_lines(view: AccountView) -> Iterable[Line]:
    """Revenue, term, notice and forecast."""
    if not view.page.contracts:
        if "contract_end" not in missing_facts(view.page):
            return
        yield hint(_("MONEY"), _("what do they pay, until when? C adds the contract"),
                   "form:contract")  # fmt: skip
        return
    yield figures_line(view)
    yield from foreign_lines(view)


def goal_lines(view: AccountView, width: int, most: int, name: str | None) -> Iterable[Line]:
    """Their goals with the figures."""
    goals = view.page.objectives
    if not goals:
        yield hint(name or "", _("what do they want to reach? O adds a goal with a number"),
                   "form:objective")  # fmt: skip
        return
    for index, goal in enumerate(goals[:most]):
        yield goal_line(goal, view.today, width, _lead(name, index))
    if len(goals) > most:
        yield more_line(len(goals) - most, "p", "tab:plan")


def _lead(name: str | None, index: int) -> Cell:
    """What stands before a row: the part's name before the first, two cells under a heading."""
    return "  " if name is None else label("" if index else name)


def more_line(count: int, letter: str, key: str) -> Line:
    """How many more there are, and where."""
    words = _("… {count} more, g {letter}").format(count=count, letter=letter)
    return line(label(), (words, "muted"), key=key)


def _people_in_pairs(view: AccountView, width: int, most: int) -> Iterable[Line]:
    people = order_of(view.page.people)
    if not people:
        yield hint(_("PEOPLE"), _("who matters there? P adds a person with a role"), "form:person")
    step = 2 if width >= ROOMY else 1
    shown = people[: most if step == 2 else max(2, most // 2)]
    for index in range(0, len(shown), step):
        spans: list[Cell] = [label("" if index else _("PEOPLE"))]
        for one in shown[index : index + step]:
            spans += person_spans(one, view.today, PERSON if step == 2 else width - LABEL)
        yield line(*spans, key=f"person:{shown[index].id}")
    if len(people) > len(shown):
        yield more_line(len(people) - len(shown), "e", "tab:people")
    yield from gap_lines(view.page)


def person_spans(one: PersonRow, today: date, width: int) -> list[Cell]:
    """One person: name, role, stance, last two-way touch."""
    words, style = last_words(one, today)
    role = word(one.roles[0]) if one.roles else "-"
    room = max(8, width - 22)
    return [
        fit(one.name, room), " ", fit(role, 10), " ", fit(stance_sign(one.stance), 2),
        (fit(words, 7, "right"), style), " ",
    ]  # fmt: skip


def gap_lines(page: AccountPage) -> Iterable[Line]:
    """Roles nobody holds and functions of ours without a name."""
    missing, ours = gaps(page.people), team_gaps(page.team)
    parts: list[str] = []
    if missing and page.people:
        parts.append(_("gap: {roles}").format(roles=", ".join(role_name(one) for one in missing)))
    if ours and len(ours) < len(FUNCTIONS):
        parts.append(_("our gap: {functions}, nobody").format(functions=", ".join(ours)))
    if ours and len(ours) == len(FUNCTIONS):
        parts.append(_("who of us serves them? T names the team"))
    if parts:
        yield flowing(label(), ("   ".join(parts), "gap"),
                      key="tab:people" if missing and page.people else "form:team")  # fmt: skip


def risk_lines(page: AccountPage) -> Iterable[Line]:
    """The likeliest risk in a sentence."""
    if not page.risks:
        yield hint(_("RISK"), _("what could go wrong, in a sentence? R writes it down"),
                   "form:risk")  # fmt: skip
        return
    first = page.risks[0]
    yield flowing(label(_("RISK")), quote(first.risk), key=f"risk:{first.id}")


def next_lines(view: AccountView, width: int, most: int, name: str | None) -> Iterable[Line]:
    """What is owed, late first."""
    waiting = owed(view)
    if not waiting:
        yield hint(name or "", _("what happens next? a adds a follow-up"), "form:action")
        return
    for index, one in enumerate(waiting[:most]):
        yield owed_line(one, width, _lead(name, index))
    if len(waiting) > most:
        yield more_line(len(waiting) - most, "p", "tab:plan")


def last_lines(view: AccountView, width: int, most: int, name: str | None) -> Iterable[Line]:
    """The newest entries."""
    entries = view.page.last[:most]
    if not entries:
        yield hint(
            name or "", _("nothing was logged yet; t logs the first talk"), "form:touchpoint"
        )
        return
    for index, one in enumerate(entries):
        yield entry_line(one, view, width, _lead(name, index))


def entry_line(one: TimelineRow, view: AccountView, width: int, lead: Cell) -> Line:
    """One entry of the stream after ``lead``: day, what, people, the note, function."""
    when = moment(one.occurred_at, view.zone, view.today, date_only=True)
    said = one.text if one.kind == "complaint" else quote(one.text)
    words = ": ".join(part for part in (one.people or "", said) if part)
    key = entry_key(one)
    indent = width_of(parts(lead)[0])
    left = width - indent
    if left < ENTRY_LEAST:
        rest = f" {what_words(one)} {words}"
        return flowing(lead, (when, "muted"), rest, key=key, hang=indent)
    whose = (" " + word(one.function), "muted") if one.function and left >= ENTRY_ROOMY else ""
    room = left - 10 - 12 - (10 if left >= ENTRY_ROOMY else 0)
    return line(
        lead,
        (fit(when, 10), "muted"),
        fit(what_words(one), 11),
        " ",
        fit(words, room),
        whose,
        key=key,
    )


def celebrations(view: AccountView) -> list[tuple[date, CelebrationRow]]:
    """The dates to celebrate of the next weeks, the nearest first."""
    found = [(next_time(one, view.today), one) for one in view.page.celebrations]
    return sorted(
        ((on, one) for on, one in found if 0 <= (on - view.today).days <= CELEBRATE_DAYS),
        key=lambda pair: (pair[0], pair[1].id),
    )


def next_time(one: CelebrationRow, today: date) -> date:
    """The next day on which it is celebrated; 29 February is 28 February in other years."""
    return next_day(date.fromisoformat(one.on_date), one.yearly, today)


def contact_lines(view: AccountView) -> Iterable[Line]:
    """Where contact stands: how often, the last one, a snooze, the family, the next review."""
    found = view.cadence
    if found is None:
        return
    style = {"overdue": "late", "due": "warn"}.get(found.row.state, "")
    interval, last, *more = account_words(found, view.today)
    yield flowing(label(_("CONTACT")), (last, style), hang=8)
    yield flowing(label(""), (" · ".join((interval, *more)), "muted"), hang=8)


def date_lines(view: AccountView) -> Iterable[Line]:
    """Dates to celebrate."""
    for index, (on, one) in enumerate(celebrations(view)[:2]):
        person = f" ({one.person})" if one.person else ""
        yield flowing(
            label("" if index else _("DATES")),
            (fit(day(on.isoformat(), view.today), 10), "muted"),
            f"{one.label}{person}",
            key=f"celebration:{one.id}",
        )
