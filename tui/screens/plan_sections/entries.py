"""The written lines of a section: why they bought and stay, contacts, notes, reviews. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from planner.language import gettext as _
from planner.plan_fields import driver_words, fields_of, reason_words
from planner.views.plan import EntryRow, InterviewRow, PlanPage
from planner.vocabulary_words import function_name
from tui.screens.account_view import AccountView
from tui.screens.account_words import day, first_line, flowing, quote, word
from tui.widgets.cells import Cell
from tui.widgets.document import Line


def entry_lines(plan: PlanPage, section: str) -> Iterable[Line]:
    """The open lines of a section, kind by kind."""
    for kind in fields_of(section):
        if kind.interview != "exit":
            for one in _open(plan, section, kind.name):
                yield _entry(one, kind.label)


def _open(plan: PlanPage, section: str, field: str | None = None) -> list[EntryRow]:
    return [one for one in plan.entries_of(section, field) if one.closed_on is None]


def _entry(one: EntryRow, label: str) -> Line:
    said: list[Cell] = ["  ", (label + "  ", "head"), first_line(one.entry)]
    about = [one.person or "", driver_words(one.driver) if one.driver else ""]
    said.append((_dotted(about), "muted"))
    return flowing(*said, key=f"entry:{one.id}", hang=4)


def _dotted(parts: Iterable[str]) -> str:
    return "".join(" · " + part for part in parts if part)


def why_bought_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """Pains, buyers, the value they saw, with what they said apart from what we assume."""
    yield from _why(view, plan, "why_bought", ("bought",))


def why_stay_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """The five answers, what they lose by leaving, and whether they were told; why they left."""
    yield from _why(view, plan, "why_stay", ("stay", "exit"))


def _why(view: AccountView, plan: PlanPage, section: str, kinds: tuple[str, ...]) -> Iterable[Line]:
    lines = _open(plan, section)
    talks = [one for one in plan.interviews if one.kind in kinds]
    for talk in talks:
        yield _interview(talk, view)
    unasked = []
    for kind in fields_of(section):
        held = [one for one in lines if one.field == kind.name]
        for one in held:
            yield _answer(one, kind.label, kind.told, view)
        if not held and kind.interview != "exit":
            unasked.append(kind.label.lower())
    if unasked and (lines or talks):
        words = _("not known yet: {things}").format(things=", ".join(unasked))
        yield flowing("  ", (words, "gap"), key=f"ask:{section}", hang=4)


def _interview(one: InterviewRow, view: AccountView) -> Line:
    names = {
        "bought": _("asked why they bought"),
        "stay": _("asked why they stay"),
        "exit": _("asked why they leave"),
    }
    said = [names[one.kind], one.person or "", day(one.held_on, view.today)]
    if one.kind == "exit":
        said += [reason_words(one.reason, one.reason_detail), first_line(one.root_cause or "")]
    if one.win_back_on:
        said.append(_("back to them {day}").format(day=day(one.win_back_on, view.today)))
    # The answers of the other two are lines of their own; their talk is the touchpoint.
    key = f"touchpoint:{one.touchpoint_id}" if one.touchpoint_id else None
    if one.kind == "exit":
        key = f"interview:{one.id}"
    return flowing("  ", (" · ".join(part for part in said if part), "muted"), key=key, hang=4)


def _answer(one: EntryRow, label: str, told: bool, view: AccountView) -> Line:
    """One answer: a quote where the customer said it, "we assume" where they did not."""
    said: list[Cell] = ["  ", (label + "  ", "head")]
    if one.source == "customer":
        said.append(quote(one.entry))
    else:
        said += [first_line(one.entry), (" · " + _("we assume"), "warn")]
    about = (one.person or "", driver_words(one.driver) if one.driver else "")
    said.append((_dotted(about), "muted"))
    if told and one.told_on:
        words = _("told {day}").format(day=day(one.told_on, view.today))
        said.append((" · " + words, "good"))
    elif told:
        said.append((" · " + _("nobody has told them yet"), "gap"))
    return flowing(*said, key=f"entry:{one.id}", hang=4)


def contact_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """Quarterly reviews, cadence and caps, who sends what, and when nobody writes."""
    lines = _open(plan, "contact_plan")
    if not lines:
        return
    ahead = [one for one in lines if one.field == "qbr"]
    if not ahead:
        words = _("no date for a quarterly review; Enter adds one")
        yield flowing("  ", (words, "gap"), key="ask:contact_plan", hang=4)
    for kind in fields_of("contact_plan"):
        for one in sorted(lines, key=lambda one: one.on_date or ""):
            if one.field == kind.name:
                yield _contact(one, kind.label, view)


def _contact(one: EntryRow, label: str, view: AccountView) -> Line:
    words = first_line(one.entry)
    said: list[Cell] = ["  ", (label + "  ", "head")]
    if one.field == "sends":
        to = one.person or _("everybody there")
        parts = (function_name(one.function or ""), word(one.channel) if one.channel else "")
        said.append(_("{how} to {who}: {topic}").format(
            how=" ".join(part for part in parts if part), who=to, topic=one.topic or words
        ))  # fmt: skip
    elif one.on_date and one.to_date:
        start, end = day(one.on_date, view.today), day(one.to_date, view.today)
        said += [_("{start} to {end}").format(start=start, end=end), (_dotted((words,)), "muted")]
    elif one.on_date:
        late = one.on_date < view.today.isoformat()
        said.append((day(one.on_date, view.today), "muted" if late else ""))
        if late:
            said.append((" · " + _("over"), "muted"))
        said.append((_dotted((words,)), "muted"))
    else:
        said += [words, (_dotted((one.person or "",)), "muted")]
    return flowing(*said, key=f"entry:{one.id}", hang=4)


def note_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """Strengths, weaknesses, opportunities, threats, competitors, notes."""
    yield from entry_lines(plan, "notes")


def review_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """What was decided when the plan was read together, newest first."""
    for one in sorted(_open(plan, "reviews"), key=lambda one: one.on_date or "", reverse=True):
        yield flowing("  ", (day(one.on_date, view.today) + "  ", "muted"), first_line(one.entry),
                      key=f"entry:{one.id}", hang=4)  # fmt: skip
