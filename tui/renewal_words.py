"""Renewals in few words, the same in the app and on the command line. Pure."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from planner.language import gettext as _
from planner.money import Money, compact
from planner.renewals import (
    CROWD_LEAST,
    CROWD_SHARE,
    CROWD_TIMES_MEAN,
    odds_of,
    rate,
    starts_on,
    state_of,
    steps,
)
from planner.views.renewals import DueMonth, RenewalForecast, RenewalRow
from planner.vocabulary_words import value_words
from tui.due_words import month_names


def amount(minor: Decimal | int, currency: str) -> str:
    """An amount in few digits, rounded once: ``213 k``."""
    whole = int(Decimal(minor).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return compact(Money(whole, currency))


def percent(share: Decimal | None) -> str:
    """``85.3 %``, half away from zero; ``n/a`` where nothing is due."""
    if share is None:
        return _("n/a")
    return f"{(share * 100).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)} %"


def month_words(month: str) -> str:
    """``2026-05`` as ``May 2026``."""
    year, number = month.split("-")
    return f"{month_names()[int(number) - 1]} {year}"


def fate_words(row: RenewalRow) -> str:
    """What is expected: decided, cancelled, by default, else the forecast category; with the
    probability where one was entered."""
    state, odds = state_of(row.standing), odds_of(row.standing)
    if odds.source == "decided":
        return _("renewed") if state == "renewed" else _("lost")
    if row.standing.cancelled:
        return _("cancelled")
    if odds.source == "by_default":
        return _("by default")
    words = value_words(row.standing.forecast)
    if odds.source != "entered":
        return words
    share = f"{(odds.p * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)} %"
    return share if row.standing.forecast == "unknown" else f"{words} {share}"


def steps_words(row: RenewalRow, today: date) -> str:
    """``●2 ✗1``: milestones done and missed; ``start`` where a red account's work is to begin."""
    end = date.fromisoformat(row.end_on)
    found = [one.state for one in steps(end, row.milestones_done, today)]
    done, missed = found.count("done"), found.count("missed")
    parts = [f"●{done}"] if done else []
    parts += [f"✗{missed}"] if missed else []
    if not parts and starts_on(end, row.standing.band) <= today:
        return _("start")
    return " ".join(parts)


def crowd_words() -> str:
    """The rule by which a month is pointed out."""
    return _(
        "! {least} or more open, and over {times}x the mean month or {share} % of the open ARR"
    ).format(least=CROWD_LEAST, times=CROWD_TIMES_MEAN, share=f"{CROWD_SHARE * 100:.0f}")


def method_words() -> str:
    """How the forecast is made, for beside the figure."""
    return _("ARR by probability: as entered, else assumed by health")


def due_words(month: DueMonth, currency: str) -> str:
    """``240 k, forecast 213 k, 88.8 %`` of a month or of the whole."""
    return _("{due}, forecast {expected}, {share}").format(
        due=amount(month.due_minor, currency),
        expected=amount(month.expected_minor, currency),
        share=percent(rate(month.expected_minor, month.due_minor)),
    )


def apart_words(forecast: RenewalForecast) -> list[str]:
    """What stands apart from the forecast, one phrase each; none for what there is not."""
    total, currency = forecast.total, forecast.currency
    found = []
    if total.unknown_minor:
        found.append(_("{amount} unknown").format(amount=amount(total.unknown_minor, currency)))
    if total.uplift_minor:
        found.append(_("uplift +{amount}").format(amount=amount(total.uplift_minor, currency)))
    if total.foreign:
        found.append(_("+{count} foreign").format(count=total.foreign))
    if forecast.earlier is not None:
        found.append(
            _("{count} overdue from before, {amount}").format(
                count=forecast.earlier.due_count,
                amount=amount(forecast.earlier.due_minor, currency),
            )
        )
    if forecast.without_end:
        found.append(_("{count} without an end").format(count=forecast.without_end))
    return found
