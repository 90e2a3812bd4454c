"""One call of every use case about how often contact is wanted on the filled book."""

from __future__ import annotations

from planner.use_cases import snoozing
from tests.db.use_case_cases import Call, call
from tests.makers import World, day


def contact_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in every field of text."""
    return (
        call(snoozing.snooze_cadence, w.account, until=day(-20), reason=f"x{text}"),
        call(snoozing.wake_cadence, w.account, w.maria),
    )
