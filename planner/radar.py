"""The risk radar: why an account might be on its way out, each reason with what it rests on. Pure.

Five reasons: contact past its maximum interval; a request that waits past its day; a key person who
left and whose role nobody there holds; nothing bought for more than twice the account's own usual
interval; looking like those that were lost before. Accounts with more
reasons come first, then the larger ARR. The order is of experience: uncalibrated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from planner.buying import Rhythm, stopped_words
from planner.language import gettext as _
from planner.lookalike import KEY_ROLES, LookAlikes, Rate, Sign, rate_words, sign_words
from planner.requests import days_late
from planner.vocabulary_words import value_words

Reason = Literal["overdue", "request", "gone", "stopped", "alike"]
REASONS: tuple[Reason, ...] = get_args(Reason)


class Gone(NamedTuple):
    """A person who left, and the key roles of theirs that nobody at the account holds now."""

    person_id: int
    person: str
    roles: tuple[str, ...]
    left_on: date


class Waiting(NamedTuple):
    """A request that waits past its day."""

    action_id: int
    action: str
    request: str
    due_on: date


class Risks(NamedTuple):
    """The reasons of one account. ``latest_on``: the last day within its maximum interval, where
    that is over; ``alike``: the typical signs that it shows, with how many showed all of them;
    ``stopped``: how it bought, where it stopped."""

    account_id: int
    latest_on: date | None = None
    requests: tuple[Waiting, ...] = ()
    gone: tuple[Gone, ...] = ()
    alike: tuple[Sign, ...] = ()
    rate: Rate | None = None
    stopped: Rhythm | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Which of them hold, in their order."""
        there = {
            "overdue": self.latest_on is not None,
            "request": bool(self.requests),
            "gone": bool(self.gone),
            "stopped": self.stopped is not None,
            "alike": bool(self.alike),
        }
        return tuple(reason for reason in REASONS if there[reason])


def roles_left(
    people: Iterable[tuple[int, str, Collection[str], date | None]], today: date
) -> tuple[Gone, ...]:
    """Who left with a key role that nobody holds now: (id, name, roles, day of leaving) of all.

    Of several who held the role before, the last one to leave counts.
    """
    everybody = list(people)
    held = {
        role for _id, _name, roles, left in everybody if left is None or left > today
        for role in roles
    }  # fmt: skip
    left = sorted(
        (one for one in everybody if one[3] is not None and one[3] <= today),
        key=lambda one: (one[3], one[0]), reverse=True,
    )  # fmt: skip
    found: list[Gone] = []
    for person_id, name, roles, day in left:
        open_now = tuple(role for role in KEY_ROLES if role in roles and role not in held)
        if open_now and day is not None:
            found.append(Gone(person_id, name, open_now, day))
            held.update(open_now)
    return tuple(found)


def radar(
    overdue: Mapping[int, date],
    requests: Mapping[int, tuple[Waiting, ...]],
    gone: Mapping[int, tuple[Gone, ...]],
    losses: LookAlikes,
    stopped: Mapping[int, Rhythm] = MappingProxyType({}),
) -> dict[int, Risks]:
    """The accounts for which at least one reason holds, by id."""
    ids = {*overdue, *requests, *gone, *stopped, *losses.accounts}
    found = {}
    for account_id in ids:
        shown = losses.accounts.get(account_id, frozenset())
        found[account_id] = Risks(
            account_id,
            overdue.get(account_id),
            requests.get(account_id, ()),
            gone.get(account_id, ()),
            tuple(sign for sign in losses.typical if sign in shown),
            losses.together.get(shown) if shown else None,
            stopped.get(account_id),
        )
    return found


def place(risks: Risks, arr_minor: int | None, name_key: str) -> tuple[int, int, str, int]:
    """Where an account stands in the list, the first smallest."""
    return (-len(risks.reasons), -(arr_minor or 0), name_key, risks.account_id)


def reason_words(risks: Risks, reason: Reason, today: date) -> str:
    """One reason in a few words."""
    if reason == "overdue" and risks.latest_on is not None:
        days = (today - risks.latest_on).days
        return _("contact {days} d past its maximum").format(days=days)
    if reason == "request":
        first = min(risks.requests, key=lambda one: (one.due_on, one.action_id))
        more = len(risks.requests) - 1
        words = _("request late {days} d: {action}").format(
            days=days_late(first.due_on, today), action=first.action
        )
        return words if not more else _("{words} (+{more})").format(words=words, more=more)
    if reason == "gone":
        one = risks.gone[0]
        roles = ", ".join(value_words(role) for role in one.roles)
        return _("{roles} gone: {person}").format(roles=roles, person=one.person)
    if reason == "stopped" and risks.stopped is not None:
        return stopped_words(risks.stopped)
    return _("like lost ones: {count} signs").format(count=len(risks.alike))


def all_reasons(risks: Risks, today: date, between: str = " · ") -> str:
    """Every reason that holds, in a line."""
    return between.join(reason_words(risks, reason, today) for reason in risks.reasons)


def evidence_words(risks: Risks) -> tuple[str, ...]:
    """What looking alike rests on: the signs, then how many lost and kept showed all of them."""
    if not risks.alike or risks.rate is None:
        return ()
    return (*(sign_words(sign) for sign in risks.alike), rate_words(risks.rate))
