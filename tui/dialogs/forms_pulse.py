"""The form of a pulse: what my function thinks of an account, one key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.health.points import PULSE_DAYS, PULSE_EXTREME_DAYS
from planner.language import gettext as _
from planner.vocabulary import FUNCTIONS, PULSES
from tui.dialogs.loading import about, options
from tui.dialogs.reading import day_in_full
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from planner.views.account import TimelineRow
    from tui.composition import BookQueries

SCORES = options(*(str(score) for score in PULSES))
EXTREMES = (1, 5)


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"pulse": pulse_form()}


def pulse_form() -> FormSpec:
    """A function's pulse on an account (``account_id``)."""
    return FormSpec(
        "pulse",
        _("Pulse"),
        (
            Field("score", _("Pulse"), "choice", SCORES, required=True, hint=_("5 is best")),
            Field("reason", _("Why"), hint=_("for 1, 5 or a jump of 2")),
            Field("function", _("Function"), "choice", FUNCTIONS, more=True),
            Field("on", _("On"), "past_day", more=True, also=("at",)),
        ),
        load_pulse,
        save_pulse,
        more_words=_("function · day"),
    )


def load_pulse(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """My function, and its last pulse as a hint."""
    filled, details = about(q, context, subject["account_id"])
    function = context.actor.function or "success"
    last = last_pulse(q, subject["account_id"], function)
    hints = {} if last is None else {"score": last_words(last)}
    return Loaded(filled, {"function": function}, (), details, hints)


def save_pulse(_q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered) -> Call:
    """Give the pulse."""
    from planner.use_cases.pulses import give_pulse

    values = entered.given(("function", "reason", "on"))
    return Call(give_pulse, (subject["account_id"], int(entered["score"])), values)


def last_pulse(q: BookQueries, account_id: int, function: str) -> TimelineRow | None:
    """The newest pulse of a function on an account."""
    from planner.views.timeline import TimelineFilter

    wanted = TimelineFilter(kinds=("pulse",), function=function)
    return next(iter(q.timeline.of_account(account_id, wanted, limit=1)), None)


def run_out(row: TimelineRow | None, today: date) -> bool:
    """Whether a pulse does not count any more: 45 days, 30 for 1 and 5 (rules.md, P1)."""
    if row is None:
        return True
    limit = PULSE_EXTREME_DAYS if row.sentiment in EXTREMES else PULSE_DAYS
    return (today - date.fromisoformat(row.occurred_on)).days > limit


def last_words(row: TimelineRow) -> str:
    """A pulse in words: ``last 4, Mon 2 Nov 2026``."""
    day = day_in_full(date.fromisoformat(row.occurred_on))
    return _("last {score}, {day}").format(score=row.sentiment, day=day)
