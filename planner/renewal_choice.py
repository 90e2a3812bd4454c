"""Which contract's end is an account's renewal. Light: every row of a list asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

R = TypeVar("R", bound=Mapping[str, Any])


def renewal_of(contracts: Iterable[R]) -> R | None:
    """The contract that is up for renewal; contracts are mappings of column to value.

    The undecided active contract that ends first, overdue ones included; when all are decided, the
    one that ends last.
    """
    ending = [row for row in contracts if row["end_on"] and row["status"] == "active"]
    undecided = [row for row in ending if not row["decided_on"]]
    if undecided:
        return min(undecided, key=lambda row: (row["end_on"], row["id"]))
    return max(ending, key=lambda row: (row["end_on"], row["id"])) if ending else None
