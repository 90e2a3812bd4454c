"""Rows of reasons brought together: folded spellings meet, the most frequent stands first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from planner.text import fold
from planner.views.reasons import Reason, ReasonRow


def reasons_of(rows: Iterable[ReasonRow]) -> tuple[tuple[Reason, ...], Reason | None]:
    """(reasons by the number of accounts, what has none). Each account counts once a reason.

    Spellings that fold to the same are one reason, shown as most lines spell it.
    """
    groups: dict[tuple[str, str], list[ReasonRow]] = {}
    untagged: list[ReasonRow] = []
    for row in rows:
        if row.reason is None:
            untagged.append(row)
        else:
            key = (fold(row.reason) or row.reason, fold(row.detail or ""))
            groups.setdefault(key, []).append(row)
    found = [_reason(same) for same in groups.values()]
    found.sort(key=_order)
    return tuple(found), _reason(untagged) if untagged else None


def _order(one: Reason) -> tuple[int, int, int, str, str]:
    return (-one.accounts, -one.arr_minor, -one.lines, one.reason or "", one.detail or "")


def _reason(rows: list[ReasonRow]) -> Reason:
    spellings: Counter[tuple[str | None, str | None]] = Counter()
    for row in rows:
        spellings[row.reason, row.detail] += row.lines
    spelt = min(spellings, key=lambda one: (-spellings[one], one[0] or "", one[1] or ""))
    by_account: dict[int, ReasonRow] = {}
    for row in rows:
        before = by_account.get(row.account_id)
        by_account[row.account_id] = row if before is None else _together(before, row)
    accounts = sorted(
        (row._replace(reason=spelt[0], detail=spelt[1]) for row in by_account.values()),
        key=lambda row: (-(row.arr_minor or 0), row.account, row.account_id),
    )
    lines = sum(row.lines for row in accounts)
    customer = sum(row.customer for row in accounts)
    return Reason(
        reason=spelt[0],
        detail=spelt[1],
        accounts=len(accounts),
        lines=lines,
        customer=customer,
        assumed=lines - customer,
        arr_minor=sum(row.arr_minor or 0 for row in accounts),
        arr_unknown=sum(1 for row in accounts if row.arr_minor is None or row.foreign),
        rows=tuple(accounts),
    )


def _together(one: ReasonRow, other: ReasonRow) -> ReasonRow:
    """Two rows of one account as one."""
    return one._replace(
        lines=one.lines + other.lines,
        customer=one.customer + other.customer,
        newest_on=max(one.newest_on or "", other.newest_on or "") or None,
    )
