"""The tables of touchpoints in words: what the commands and the screens say alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.vocabulary_words import value_words

if TYPE_CHECKING:
    from planner.touch_matrix import JourneyMatrix, SendRow, StageRow, TalkTime

MARKS = {"gap": "!", "double": "=", "not_planned": "?", "sent": ""}


def journey_method(matrix: JourneyMatrix) -> str:
    """How the journey is counted."""
    said = _(
        "Touchpoints of the last {days} days by the account's stage on that day, as the audit has"
        " it; where the audit has no change, by the stage now."
    ).format(days=matrix.days)
    moved = _(" Moved in that time: {count} accounts.").format(count=matrix.moved)
    return said + (moved if matrix.moved else "")


def stage_words(stage: str) -> str:
    """A stage, or that there is none."""
    return value_words(stage) if stage else _("no stage")


def gap_words(row: StageRow) -> str:
    """The channels that are named and unused in a stage; empty without one."""
    return ", ".join(value_words(one) for one in row.gaps)


def sends_method() -> str:
    """How who sends what is compared."""
    return _(
        "What the plan's lines say beside what went out in the last 90 days, by function, contact,"
        " channel and topic; a contact without a topic counts for any."
    )


def send_state(row: SendRow) -> str:
    """What stands out about a row."""
    words = {
        "gap": _("gap: nothing was sent"),
        "double": _("double: another function sends the same"),
        "not_planned": _("no line plans it"),
        "sent": _("sent"),
    }
    return words[row.state]


def contact(row: SendRow, names: Mapping[int, str]) -> str:
    """Whom a row is about."""
    return _("everybody") if row.person_id is None else names.get(row.person_id, "?")


def talk_method(rows: list[TalkTime]) -> str:
    """How talk time is counted, and how many talks say no minutes."""
    talks, without = sum(one.talks for one in rows), sum(one.without for one in rows)
    return _(
        "Minutes of the two-way talks of the last 90 days, what is written left out;"
        " {without} of {talks} talks say no minutes and count as none."
    ).format(without=without, talks=talks)


def group_words(by: str, one: TalkTime) -> str:
    """What a row of talk time is about."""
    if by == "tier":
        return _("tier {tier}").format(tier=one.label) if one.key else _("no tier")
    return one.label or _("nobody")


def hours_words(minutes: int | None) -> str:
    """Minutes as ``3 h 05``, unknown ones as ``-``."""
    if minutes is None:
        return "-"
    return f"{minutes // 60} h {minutes % 60:02d}"
