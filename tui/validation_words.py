"""What the check of the score says in words, for the command and for the screen. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.language import gettext as _

if TYPE_CHECKING:
    from datetime import date

    from planner.health.validation import BandRow, Validation


def intro(found: Validation, first: date, last: date) -> Iterator[str]:
    """What was looked at, and what was left out."""
    yield _("Renewals decided {first} to {last}, scores of 90 to 97 days before").format(
        first=first.isoformat(), last=last.isoformat()
    )
    yield "  " + _("{count} with a score, {lost} lost, {less} kept with less").format(
        count=found.outcomes, lost=found.losses, less=found.contracted
    )
    yield "  " + _("left out: {none} without a stored score, {grey} grey").format(
        none=found.without_score, grey=found.grey
    )
    if found.notices_taken_out:
        yield "  " + _("{count} after a notice: by the score before caps").format(
            count=found.notices_taken_out
        )


def too_few() -> str:
    """What stands where too little happened to say more."""
    return _("Not enough outcomes to say more: 30 with a score and 8 losses are needed.")


def verdict(found: Validation) -> str:
    """Whether the bands stand in the right order."""
    if not found.monotone:
        return _("the bands are out of order: a better one lost more than a worse one")
    return _("the worse the band, the more was lost")


def figures(found: Validation) -> list[tuple[str, str, str]]:
    """(name, value, what it is) of every figure of the whole."""
    lines = [
        (_("AUC"), "--" if found.auc is None else f"{found.auc:.3f}",
         _("chance that a lost one scored below a kept one; 0.5 is a coin")),
        (_("precision of red"), percent(found.precision), _("red ones that were lost")),
        (_("recall of red"), percent(found.recall), _("lost ones that were red")),
        (_("watermelons"), percent(found.watermelon), _("lost ones that were green")),
        (_("false alarms"), percent(found.false_alarm),
         _("red ones kept without an action of a playbook or a review")),
    ]  # fmt: skip
    told = found.calibration
    if told is not None:
        words = _("by the period before; always saying the mean: {base}; left out: {count}")
        words = words.format(base=f"{told.base_brier:.3f}", count=told.left_out)
        lines.append((_("Brier"), f"{told.brier:.3f}", words))
        lines.append((_("calibration error"), percent(told.error), _("predicted to observed")))
    return lines


def interval(one: BandRow) -> str:
    """The 95 % interval of a band's losses."""
    if one.low is None:
        return "--"
    return _("{low} to {high}").format(low=percent(one.low), high=percent(one.high))


def percent(share: float | None) -> str:
    """A share of 0 to 1 in per cent with one decimal."""
    return "--" if share is None else f"{share * 100:.1f} %"


def number(value: float | None) -> str:
    """A mean with one decimal."""
    return "--" if value is None else f"{value:.1f}"
