"""The head of a plan, the head of each section, and who signed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from planner.language import gettext as _
from planner.plan_activation import Missing, missing_for_activation, missing_words
from planner.plan_history import SignOffState, sign_off_words
from planner.plan_sections import (
    OWNER_FUNCTIONS,
    is_empty,
    section_name,
    state_code,
    state_words,
)
from planner.readiness import (
    SIZE_SECTIONS,
    STARTER,
    Gain,
    Readiness,
    SectionState,
    is_stale,
    raises_most,
    readiness,
)
from planner.views.account import PlanRow
from planner.views.plan_sections import SectionLine
from planner.vocabulary import FUNCTIONS
from planner.vocabulary_words import function_name
from tui.screens.account_people import team_gaps
from tui.screens.account_view import AccountView
from tui.screens.account_words import EMPTY, day, flowing, line, word
from tui.screens.plan_sections.asks import ask
from tui.widgets.cells import Cell, fit
from tui.widgets.document import Line

MOST_MISSING = 3
"""Things that activation waits for which are named in one section; the others are counted."""
STATE_STYLES = {"empty": "gap", "stale": "warn"}


def plan_readiness(view: AccountView) -> Readiness | None:
    """The readiness of the live plan, None without one."""
    plan = view.page.plan
    if plan is None:
        return None
    return readiness(view.page.sections, plan.size, view.today)


def head_words(view: AccountView) -> str:
    """``starter, draft · ready 66 %``; an invitation without a plan."""
    plan = view.page.plan
    if plan is None:
        return _("no plan yet; N starts the small one: goals, key people, actions, renewal, risk")
    found = plan_readiness(view)
    percent = found.percent if found else None
    ready = _("ready {percent} %").format(percent=round(percent or 0.0))
    return f"{word(plan.size)}, {word(plan.status)} · {ready}"


def next_to_fill(view: AccountView) -> Gain | None:
    """The section that would raise readiness most; None when nothing is missing."""
    return raises_most(plan_readiness(view))


def most_wanted(view: AccountView) -> str:
    """Which section would raise readiness most, in words; empty when nothing is missing."""
    best = next_to_fill(view)
    if best is None:
        return ""
    return _("next to fill: {section}, worth {points} %").format(
        section=section_name(best.section), points=round(best.points)
    )


# The head of the plan


def header_lines(view: AccountView, row: PlanRow) -> Iterable[Line]:
    """Size, state, readiness and signatures, what to fill next, what is stale and what is empty,
    functions of ours without a person."""
    yield line((_("PLAN"), "title"), "  ", head_words(view), *_version(view), key=f"plan:{row.id}")
    yield from _signed(view, row)
    best = next_to_fill(view)
    if best is not None:
        yield flowing("  ", ("Enter  ", "key"), most_wanted(view), key=f"next:{best.section}",
                      hang=9)  # fmt: skip
    yield from stale_lines(view, row)
    yield from _empty(view, row)
    ours = team_gaps(view.page.team)
    if ours:
        yield flowing("  ", (_("our gap: "), "head"),
                      (_("{functions}, nobody").format(functions=", ".join(ours)), "gap"),
                      key="form:team", hang=4)  # fmt: skip
    if row.status == "draft":
        yield from _to_activate(view, row)
    header = line_of("header", view)
    if header is not None and header.shown:
        yield EMPTY
        yield section_head("header", view)
    yield flowing("  ", (_facts(view, row), "muted"), key=f"plan:{row.id}", hang=2)


def _version(view: AccountView) -> list[Cell]:
    if view.plan_version is None:
        return []
    return [(" · " + _("version {number}").format(number=view.plan_version), "muted")]


def _facts(view: AccountView, row: PlanRow) -> str:
    since = day(row.activated_on or row.started_on, view.today)
    said = [(_("active since {day}") if row.activated_on else _("started {day}")).format(day=since)]
    if row.period_start or row.period_end:
        start, end = day(row.period_start, view.today), day(row.period_end, view.today)
        said.append(_("period {start} to {end}").format(start=start, end=end))
    if row.next_review_on:
        said.append(_("next review {day}").format(day=day(row.next_review_on, view.today)))
    return " · ".join(said)


def stale_lines(view: AccountView, row: PlanRow) -> Iterable[Line]:
    """The stale sections of the plan's size with how old they are; nothing where none is."""
    stale = [
        _("{section} {days} d").format(
            section=section_name(one.section), days=(view.today - one.edited_on).days
        )
        for one in _of_size(view, row)
        if one.edited_on is not None and is_stale(one, view.today) and not is_empty(one)
    ]
    if stale:
        yield flowing("  ", (_("stale: "), "head"), (", ".join(stale), "warn"), hang=4)


def _empty(view: AccountView, row: PlanRow) -> Iterable[Line]:
    empty = [section_name(one.section) for one in _of_size(view, row) if is_empty(one)]
    if empty:
        yield flowing("  ", (_("empty: "), "head"), (", ".join(empty), "gap"), hang=4)


def _of_size(view: AccountView, row: PlanRow) -> list[SectionState]:
    return [one for one in view.page.sections if one.section in SIZE_SECTIONS[row.size]]


def _to_activate(view: AccountView, row: PlanRow) -> Iterable[Line]:
    """What activation still waits for, or the key that activates."""
    facts = view.plan_sections.facts if view.plan_sections else None
    missing = missing_for_activation(facts, row.size) if facts else ()
    if not missing:
        yield line("  ", ("N  ", "key"), _("activate it"), key="do:plan")
    elif row.size == STARTER:
        words = _("a draft; to activate it: {things}").format(
            things=missing_words(missing, row.size)
        )
        yield flowing("  ", (words, "gap"), key="form:starter", hang=2)
    else:
        yield line("  ", (_("a draft; to activate it:"), "gap"))
        yield from _missing(missing)


def _missing(missing: Iterable[Missing]) -> Iterable[Line]:
    """What activation waits for, a line for each section; Enter goes there."""
    for section, found in groupby(missing, key=lambda one: one.section):
        things = [one.words for one in found]
        said = ", ".join(things[:MOST_MISSING])
        if len(things) > MOST_MISSING:
            said += ", " + _("{count} more").format(count=len(things) - MOST_MISSING)
        yield flowing("    ", (section_name(section) + "  ", "head"), (said, "gap"),
                      key=f"next:{section}", hang=6)  # fmt: skip


# Signatures


def _signed(view: AccountView, row: PlanRow) -> Iterable[Line]:
    """``signed 3 of 4``, by whom, and whose signature is asked for again."""
    signed = [one.function for one in view.signatures if one.signed_on and not one.asked_since]
    again = [one.function for one in view.signatures if one.asked_since]
    if row.status == "draft" and not signed and not again:
        return
    words = _("signed {count} of 4").format(count=len(signed))
    spans: list[Cell] = ["  ", (words, "good" if len(signed) == len(FUNCTIONS) else "")]
    if signed:
        spans.append((": " + ", ".join(function_name(one) for one in signed), "muted"))
    if again:
        names = ", ".join(function_name(one) for one in again)
        spans.append((" · " + _("asked again: {names}").format(names=names), "warn"))
    yield flowing(*spans, key="signatures", hang=4)


def sign_off_lines(view: AccountView) -> Iterable[Line]:
    """Who signed for which function, whose signature is asked for again, and whose is missing."""
    yield line((_("SIGN-OFF"), "title"), "  ", (_("goals, renewal and risks"), "muted"),
               key="section:sign_off")  # fmt: skip
    for one in view.signatures:
        style = "good"
        if one.asked_since or not one.signed_on:
            style = "warn" if one.asked_since else "gap"
        yield flowing("  ", (fit(function_name(one.function), 11), "head"),
                      (sign_off_words(_dated(one, view)), style), key=f"sign:{one.function}",
                      hang=13)  # fmt: skip


def _dated(one: SignOffState, view: AccountView) -> SignOffState:
    """The state with its days as the screen writes them."""
    days = {
        name: day(value, view.today)
        for name, value in (("signed_on", one.signed_on), ("asked_since", one.asked_since))
        if value
    }
    return one._replace(**days)


# The head of a section


def section_head(section: str, view: AccountView) -> Line:
    """Its name, who keeps it, how full, how fresh, to whom it is offered."""
    name: Cell = (section_name(section).upper(), "title")
    one = line_of(section, view)
    if one is None:
        return line(name, key=f"section:{section}")
    mine = _("you") if one.mine else one.owner
    said: list[Cell] = [name, "  ", (mine, "gap" if one.gap else "muted")]
    functions = OWNER_FUNCTIONS[section]
    if functions and not one.gap:
        said.append((f", {function_name(functions[0])}", "muted"))
    code = state_code(one.state, view.today)
    if code != "auto":
        style = STATE_STYLES.get(code, "muted")
        said.append((" · " + state_words(one.state, view.today), style))
    if one.offered_to_me:
        said.append((" · " + _("offered to you; Enter takes it over"), "warn"))
    elif one.offered_to:
        said.append((" · " + _("offered to {name}").format(name=one.offered_to), "warn"))
    return flowing(*said, key=f"section:{section}", hang=2)


def line_of(section: str, view: AccountView) -> SectionLine | None:
    """What is known of a section of this plan; None for no section."""
    lines = view.plan_sections.lines if view.plan_sections else ()
    return next((one for one in lines if one.section == section), None)


def ask_line(section: str) -> Line:
    """An empty section in one line: what to find out, and the key that opens its form."""
    asked = ask(section)
    return flowing("  ", (f"{asked.letter}  ", "key"), (asked.words, "gap"), key=f"ask:{section}",
                   hang=3 + len(asked.letter))  # fmt: skip
