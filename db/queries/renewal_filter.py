"""The filter of the renewals: the accounts' language, and what a contract adds to it.

SQL over the contract (alias ``k``) and its account's rollup row (alias ``r``).
"""

from __future__ import annotations

from collections.abc import Callable

from db.queries.account_filter import FilterSql
from planner.segments import Special, Term, Value
from planner.vocabulary import MILESTONE_OFFSETS

UNDECIDED = (
    "(k.status = 'active' AND k.decided_on IS NULL AND (r.stage IS NULL OR r.stage <> 'lost'))"
)
CANCELLED = (
    "(k.cancellation_on IS NOT NULL AND k.cancellation_on <= :today AND"
    " (k.cancellation_withdrawn_on IS NULL OR k.cancellation_withdrawn_on > :today))"
)
RENEWED = f"(k.decided_on IS NOT NULL AND k.forecast <> 'lost' AND NOT {CANCELLED})"
STATES = {
    "open": f"({UNDECIDED} AND k.end_on >= :today)",
    "overdue": f"({UNDECIDED} AND k.end_on < :today)",
    "renewed": RENEWED,
    "lost": f"(NOT {UNDECIDED} AND NOT {RENEWED})",
}
"""The states of ``planner.renewals.state_of`` as conditions."""
_MONTHS_SINCE_MARCH = (
    "(12 * CAST(SUBSTR(k.end_on, 1, 4) AS INTEGER) + CAST(SUBSTR(k.end_on, 6, 2) AS INTEGER) - 3)"
)
_YEARS = f"({_MONTHS_SINCE_MARCH} / 12)"
END_NUMBER = (
    f"(365 * {_YEARS} + {_YEARS} / 4 - {_YEARS} / 100 + {_YEARS} / 400"
    f" + (153 * ({_MONTHS_SINCE_MARCH} - 12 * {_YEARS}) + 2) / 5"
    " + CAST(SUBSTR(k.end_on, 9, 2) AS INTEGER) - 306)"
)
"""The number of the end's day as ``date.toordinal`` counts: days are subtracted in no other way
that both engines know."""
NOTICE_NUMBER = f"({END_NUMBER} - k.notice_days)"
"""The same of the last day on which notice can be given; NULL where the period is not known."""


def missed_number(bind: Callable[[str], str], day_after: Callable[[int], str]) -> str:
    """How many milestones of a contract have passed undone; ``day_after(n)`` is n days ahead."""
    parts = (
        f"CASE WHEN k.end_on < {bind(day_after(offset))} AND NOT EXISTS (SELECT 1 FROM milestone m"
        " WHERE m.account_id = k.account_id AND m.contract_id = k.id AND m.archived_at IS NULL"
        f" AND m.offset_days = {offset} AND m.done_on <= :today) THEN 1 ELSE 0 END"
        for offset in MILESTONE_OFFSETS
    )
    return f"({' + '.join(parts)})"


class RenewalFilterSql(FilterSql):
    """``FilterSql`` for contracts: arr, currency, renewal, notice, forecast, state, auto_renew
    and missed are the contract's own."""

    def _term(self, term: Term) -> str:
        own: dict[str, Callable[[Term], str]] = {
            "arr": self._own_arr,
            "currency": lambda t: " OR ".join(
                f"k.currency = {self._bind(str(value).strip().upper())}" for value in t.values
            ),
            "forecast": lambda t: " OR ".join(
                f"k.forecast = {self._bind(value)}" for value in t.values
            ),
            "state": lambda t: " OR ".join(STATES[str(value)] for value in t.values),
            "auto_renew": lambda t: " OR ".join(
                f"k.auto_renew = {self._bind(int(value is True))}" for value in t.values
            ),
            "renewal": lambda t: self._numbers(t, "k.end_on", lambda days: self._shift(days)),
            "notice": lambda t: self._numbers(t, NOTICE_NUMBER, self._notice),
            "missed": lambda t: self._numbers(t, self.missed(), lambda count: count),
        }
        compare = own.get(term.field)
        return super()._term(term) if compare is None else compare(term)

    def missed(self) -> str:
        """The number of milestones that have passed undone."""
        return missed_number(self._bind, self._shift)

    def _own_arr(self, term: Term) -> str:
        """Amounts in other currencies fit no amount."""
        own = f"k.currency = {self._bind(self._currency)}"
        op = "=" if term.op == ":" else term.op
        amounts = " OR ".join(
            f"k.arr_minor {op} {self._bind(self._minor(value))}" for value in term.values
        )
        return f"{own} AND ({amounts})"

    def _notice(self, days: int) -> int:
        return self._today.toordinal() + days

    def _numbers(self, term: Term, column: str, bound: Callable[[int], object]) -> str:
        op = "=" if term.op == ":" else term.op
        return " OR ".join(self._number(column, op, value, bound) for value in term.values)

    def _number(self, column: str, op: str, value: Value, bound: Callable[[int], object]) -> str:
        if value is Special.NONE:
            return f"{column} IS NULL"
        days = max(-200_000, min(200_000, int(str(value))))
        return f"{column} {op} {self._bind(bound(days))}"
