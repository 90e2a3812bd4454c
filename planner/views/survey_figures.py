"""What the figures of surveys are made of, and the rows behind each. Days are ISO text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from planner.nps import Answer, Sent, Voice

MONTH = "month"
GROUPINGS = ("tier", "owner", "stage", MONTH)


class Face(NamedTuple):
    """What an account is grouped and weighed by. ``arr_minor`` is None while it is unknown."""

    account_id: int
    name: str
    tier: int | None
    stage: str | None
    owner_id: int | None
    owner: str | None
    arr_minor: int | None
    currency: str | None

    def group(self, by: str) -> str | None:
        """The tier, the owner's name or the stage; None where it has none."""
        value = {"tier": self.tier, "owner": self.owner, "stage": self.stage}[by]
        return None if value is None else str(value)


class SurveyFacts(NamedTuple):
    """The answers and the sends of a window, the accounts, and which have answered lately.

    ``first`` is None for everything up to ``last``.
    """

    first: str | None
    last: str
    answers: tuple[Answer, ...]
    sent: tuple[Sent, ...]
    faces: Mapping[int, Face]
    covered: frozenset[int]

    @property
    def arr(self) -> dict[int, int | None]:
        """Each account's ARR in minor units."""
        return {one.account_id: one.arr_minor for one in self.faces.values()}

    def in_month(self, month: str) -> SurveyFacts:
        """The same of one month (``2026-03``): who answered in it is who is covered."""
        answers = tuple(one for one in self.answers if one.answered_on.startswith(month))
        return self._replace(
            answers=answers,
            sent=tuple(one for one in self.sent if one.sent_on.startswith(month)),
            covered=frozenset(one.account_id for one in answers if one.account_id is not None),
        )

    def of(self, account_ids: frozenset[int | None]) -> SurveyFacts:
        """The same of some accounts only; None is for answers of no account."""
        return self._replace(
            answers=tuple(one for one in self.answers if one.account_id in account_ids),
            sent=tuple(one for one in self.sent if one.account_id in account_ids),
            faces={key: face for key, face in self.faces.items() if key in account_ids},
            covered=frozenset(one for one in self.covered if one in account_ids),
        )


class SendRow(NamedTuple):
    """One survey that was sent; ``person`` is None where it went to the account."""

    id: int
    account_id: int
    account: str
    person: str | None
    kind: str
    trigger: str | None
    delivered: bool
    sent_on: str


class FigureGroup(NamedTuple):
    """The figures of a month, or of the accounts that share a tier, an owner or a stage; None: of
    those that have none."""

    group: str | None
    voice: Voice
