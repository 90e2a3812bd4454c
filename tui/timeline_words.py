"""What an entry of the timeline is called, on screens and in lists alike. Pure."""

from __future__ import annotations

from datetime import datetime

from planner.language import gettext as _
from planner.views.account import TimelineRow
from planner.vocabulary_words import value_words

WRITTEN = ("email", "chat", "sms", "letter")
"""Kinds of contact of which it is said who wrote."""


def kind_words(kind: str) -> str:
    """A kind of entry by its name."""
    return {
        "touchpoint": _("touchpoints"), "complaint": _("complaints"), "survey": _("surveys"),
        "signal": _("signals"), "pulse": _("pulses"), "meeting": _("meetings"),
        "plan": _("plan changes"), "contract": _("contract events"), "advocacy": _("advocacy"),
        "celebration": _("celebrations"),
    }[kind]  # fmt: skip


def what_words(one: TimelineRow, mood: str = "") -> str:
    """``meeting, +1``, ``mail in``, ``C-118``, ``pulse 4``, ``NPS 9``; a mood is given in words."""
    if one.kind == "complaint":
        return one.what
    if one.kind == "pulse":
        return _("pulse {score}").format(score=one.sentiment)
    if one.kind == "survey":
        return f"{one.what.upper()} {one.sentiment}"
    if one.kind in ("plan", "contract"):
        return _("plan") if one.kind == "plan" else _("contract")
    if one.kind == "meeting":
        return _("cancelled") if one.status == "cancelled" else value_words(one.what)
    kind = value_words(one.what)
    if one.kind == "touchpoint" and (one.direction == "in" or one.what in WRITTEN):
        kind = f"{kind} {value_words(one.direction or '')}"
    return f"{kind}, {mood}" if mood else kind


def entry_key(one: TimelineRow) -> str:
    """The key of an entry's line; a change has that of its line in the history."""
    return f"change:{one.id}" if one.kind in ("plan", "contract") else f"{one.kind}:{one.id}"


def to_come(one: TimelineRow, now: datetime) -> bool:
    """Whether it is a planned meeting that has not come."""
    planned = one.kind == "meeting" and one.status == "planned"
    return planned and datetime.fromisoformat(one.occurred_at) > now


def apart(one: TimelineRow, logged_on: str) -> bool:
    """Whether it was written down on another day than that on which it happened."""
    unlogged = ("advocacy", "celebration", "meeting")  # none was logged then, or it is to come
    return one.kind not in unlogged and logged_on != one.occurred_on
