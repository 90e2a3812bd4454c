"""The form of a renewal's forecast: one contract, will it renew, at what amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.vocabulary import FORECASTS
from tui.dialogs.loading import about_contract, record_texts
from tui.dialogs.reading import number_text
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

NAMES = (
    "forecast", "forecast_reason", "renew_amount_minor", "uplift_percent", "decided_on",
    "cancellation_on", "cancellation_withdrawn_on",
)  # fmt: skip
PROBABILITY = "forecast_probability"
WHOLE = 100


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"forecast": forecast_form()}


def forecast_form() -> FormSpec:
    """The forecast of a contract (``contract_id``)."""
    return FormSpec(
        "forecast",
        _("Renewal forecast"),
        (
            Field("forecast", _("Forecast"), "choice", FORECASTS),
            Field(PROBABILITY, _("Likely, %"), "number",
                  hint=_("0 to 100; empty: assumed by health")),
            Field("forecast_reason", _("Because")),
            Field("renew_amount_minor", _("New amount"), "money", hint=_("a year, after it")),
            Field("uplift_percent", _("Uplift, %"), "number", hint=_("where no amount is known")),
            Field("decided_on", _("Decided"), "past_day", hint=_("renewed, or lost as forecast")),
            Field("cancellation_on", _("Cancelled"), "past_day", more=True),
            Field("cancellation_withdrawn_on", _("Withdrawn"), "past_day", more=True),
        ),
        load_forecast,
        save_forecast,
        more_words=_("cancelled · withdrawn"),
    )  # fmt: skip


def load_forecast(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """What is forecast now; amounts are in the contract's currency."""
    record, filled, details = about_contract(q, subject, context)
    texts = record_texts(record, NAMES, filled)
    if record.forecast_probability is not None:
        texts[PROBABILITY] = number_text(round(record.forecast_probability * WHOLE, 9))
    return Loaded(filled, texts, (record,), details)


def save_forecast(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Change the contract."""
    from planner.use_cases.contracts import change_contract

    values = entered.only_changed(NAMES)
    if PROBABILITY in entered.changed:
        values[PROBABILITY] = _share(entered[PROBABILITY])
    return Call(change_contract, (loaded.records[0],), values)


def _share(percent: Any) -> float | None:
    if percent is None:
        return None
    if not 0 <= percent <= WHOLE:
        words = _("it lies outside 0 to 100")
        raise Refused(words, [FieldProblem(PROBABILITY, words, percent)])
    return round(float(percent) / WHOLE, 9)
