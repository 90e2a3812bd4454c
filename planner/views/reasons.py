"""Why they buy, stay and leave, over the whole book: flat rows, no records. Days are ISO text."""

from __future__ import annotations

from typing import NamedTuple


class ReasonRow(NamedTuple):
    """One reason at one account: ``lines`` of it, how many of those the customer said.

    ``reason`` and ``detail`` are stored words; ``arr_minor`` is a year's revenue of the account in
    the book's currency, None where that is not known, ``foreign`` contracts in other ones.
    """

    reason: str | None
    detail: str | None
    account_id: int
    account: str
    arr_minor: int | None
    foreign: int
    lines: int
    customer: int
    newest_on: str | None


class Reason(NamedTuple):
    """One reason with the accounts that named it; ``reason`` None: lines without one.

    ``arr_minor`` sums each account once; ``arr_unknown`` accounts are not in it, or not whole.
    """

    reason: str | None
    detail: str | None
    accounts: int
    lines: int
    customer: int
    assumed: int
    arr_minor: int
    arr_unknown: int
    rows: tuple[ReasonRow, ...]


class ReasonReport(NamedTuple):
    """The reasons of one kind, the most frequent first, and how many were asked at all.

    ``base``: accounts with a live plan, or lost ones for why they leave; ``asked``: those of them
    with an interview that was held; ``called``: lost ones with a real call, by voice or face to
    face (None for the other kinds). ``from_on`` and ``to_on`` bound the days, both included.
    """

    kind: str
    from_on: str | None
    to_on: str | None
    base: int
    asked: int
    currency: str
    reasons: tuple[Reason, ...]
    untagged: Reason | None
    called: int | None = None


class UnheardPlan(NamedTuple):
    """A live plan in which nothing of why they bought or stay came from the customer."""

    account_id: int
    account: str
    plan_size: str
    plan_status: str
    owner: str | None
    arr_minor: int | None
    assumed: int


class DueRow(NamedTuple):
    """An interview that an account calls for, and why."""

    account_id: int
    account: str
    owner: str | None
    kind: str
    why: str
    since: str | None
