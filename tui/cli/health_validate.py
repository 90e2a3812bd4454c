"""``health validate``: has the score been right about renewals?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from tui.cli.causes import period, period_options
from tui.cli.context import Session, command, pass_session
from tui.cli.output import Column, screen_width, table
from tui.validation_words import figures, interval, intro, number, percent, too_few, verdict

if TYPE_CHECKING:
    from datetime import date

    from planner.health.validation import Validation

NOT_ENOUGH = "not enough outcomes"
DIGITS = 6


@command("validate")
@period_options
@pass_session
def validate(session: Session, since: str | None, until: str | None) -> None:
    """Compare stored scores with how renewals ended, as of 90 to 97 days before the decision.

    The decision is the contract's end, or its notice day if earlier. Lost is churned; contracted
    counts as retained and stands apart. Without a stored score, or grey, an outcome is left out and
    counted. A notice is no evidence: the score before caps stands for it. Below 30 outcomes or 8
    losses only the table of bands is shown. Weights never change by themselves.
    """
    from planner.health.validation import validate as check

    with session.reading() as book:
        first, last = period(book, since, until)
        found = check(book.queries().outcomes.decided(first, last))
    session.show(_document(found, first, last), lambda: _lines(found, first, last))


def _document(found: Validation, first: date, last: date) -> dict[str, Any]:
    message = verdict(found) if found.enough else NOT_ENOUGH
    document = {
        "enough": found.enough,
        "message": message,
        "from": first.isoformat(),
        "to": last.isoformat(),
        **_rounded(asdict(found)),
    }
    if not found.enough:
        kept = {"enough", "message", "from", "to", "outcomes", "losses", "contracted", "bands",
                "without_score", "grey", "notices_taken_out"}  # fmt: skip
        return {name: value if name in kept else None for name, value in document.items()}
    return document


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value


def _lines(found: Validation, first: date, last: date) -> Iterator[str]:
    yield from intro(found, first, last)
    yield ""
    yield from _bands(found)
    yield ""
    if not found.enough:
        yield too_few()
        return
    yield verdict(found)
    yield from _figures(found)
    yield ""
    yield from _measures(found)


def _bands(found: Validation) -> Iterator[str]:
    from planner.vocabulary_words import value_words

    columns = (
        Column(_("Band")), Column(_("Count"), right=True), Column(_("Lost"), right=True),
        Column(_("Share"), right=True), Column(_("95 % interval")), Column(_("Lift"), right=True),
        Column(_("Kept with less"), right=True),
    )  # fmt: skip
    cells = [
        (value_words(one.band), str(one.count), str(one.lost), percent(one.rate),
         interval(one),
         "--" if one.lift is None else f"{one.lift:.2f}", str(one.contracted))
        for one in found.bands
    ]  # fmt: skip
    yield from table(columns, cells, empty="", width=screen_width())


def _figures(found: Validation) -> Iterator[str]:
    for name, value, words in figures(found):
        yield f"  {name:20} {value:>8}  {words}"


def _measures(found: Validation) -> Iterator[str]:
    from planner.health.wording import measure_name

    columns = (
        Column(_("Measure"), cut=True), Column(_("Lost"), right=True),
        Column(_("Kept"), right=True), Column(_("AUC"), right=True),
        Column(_("Missing"), right=True),
    )  # fmt: skip
    cells = [
        (f"{one.id} {measure_name(one.id)}", number(one.lost_mean), number(one.retained_mean),
         "--" if one.auc is None else f"{one.auc:.2f}", percent(one.missing))
        for one in found.measures
    ]  # fmt: skip
    yield from table(columns, cells, empty="", width=screen_width())
    weak = [one.id for one in found.measures if one.auc is not None and abs(one.auc - 0.5) < 0.05]
    if weak:
        yield _("No better than a coin here, and no reason by itself to drop them: {names}").format(
            names=", ".join(weak)
        )
