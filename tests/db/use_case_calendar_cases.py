"""One call of every use case about calendars on the filled book."""

from __future__ import annotations

from itertools import count

from planner.use_cases import calendars
from tests.db.use_case_cases import Call, after, call
from tests.makers import World

PLANTS = count(1)
"""The same case may run several times on one book."""


def calendar_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in the name."""
    hours = "mon-fri 08:00-12:00"
    added = call(calendars.add_calendar, name=f"Plant {next(PLANTS)}", zone="UTC", hours=hours)
    return (
        call(calendars.add_calendar, name=text, zone="Europe/Berlin", hours=hours, country="DE",
             subdivision="BY", free_days=("2026-12-24",)),
        after(added, call(calendars.change_calendar, -1, name=f"x{text}", hours="sat 10:00-14:00")),
        after(added, call(calendars.archive_calendar, -1)),
        after(added, call(calendars.set_account_calendar, w.account, -1)),
    )  # fmt: skip
