"""The history of one plan as read once: its versions, what differs, who signed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from planner.errors import NotFound, Refused
from planner.language import gettext as _
from planner.plan_signing import asked_since, signed_days
from planner.plan_versions import (
    Entry,
    FieldChange,
    Key,
    Move,
    PlanVersion,
    State,
    base_of,
    compare,
    content_of,
    fold,
    moves_to,
    versions_of,
)
from planner.vocabulary import FUNCTIONS


class Signature(NamedTuple):
    """A signature as stored: ``content`` is the digest of what it stands for."""

    function: str
    colleague_id: int | None
    colleague: str | None
    signed_on: str
    content: str


class SignOffState(NamedTuple):
    """How a function stands to the plan.

    ``signed_on`` is None where it has not signed; ``asked_since`` is the day from which it is asked
    again, because what was signed changed. ``seat`` is who would sign, None where nobody serves the
    account in that function.
    """

    function: str
    colleague: str | None
    signed_on: str | None
    asked_since: str | None
    seat: str | None


@dataclass(frozen=True)
class PlanHistory:
    """What the audit says of one plan.

    ``entries``: of its content, oldest first. ``rows``: its records now, archived ones too.
    ``names``: by kind (colleague, person, product) and id. ``seats``: colleague's name by function.
    """

    account_id: int
    plan_id: int
    entries: Sequence[Entry]
    rows: State
    names: Mapping[tuple[str, int], str]
    signatures: Sequence[Signature] = ()
    seats: Mapping[str, str] | None = None

    @cached_property
    def base(self) -> dict[Key, dict[str, Any]]:
        """The records that were there before the first entry."""
        return base_of(self.rows, self.entries)

    @cached_property
    def versions(self) -> list[PlanVersion]:
        """The versions of the plan, oldest first."""
        return versions_of(self.entries, self.plan_id, self.rows)

    def version(self, number: int) -> PlanVersion:
        """One version. Raises ``NotFound`` with the numbers that there are."""
        if not self.versions:
            raise NotFound(_("This plan has no version on record."))
        if not 1 <= number <= len(self.versions):
            raise NotFound(
                _("There is no version {number}; there are 1 to {last}.").format(
                    number=number, last=len(self.versions)
                )
            )
        return self.versions[number - 1]

    def state(self, number: int) -> dict[Key, dict[str, Any]]:
        """All records at a version, archived ones too. Raises ``NotFound``."""
        return fold(self.base, self.entries, self.version(number).change_id)

    def content(self, number: int) -> dict[Key, Mapping[str, Any]]:
        """What the plan held at a version, by table and id. Raises ``NotFound``."""
        return content_of(self.state(number), self.plan_id)

    def compare(self, old: int, new: int) -> list[FieldChange]:
        """What differs between two versions, field by field. Raises ``NotFound``."""
        return compare(self.content(old), self.content(new), self.name_of)

    def pair(self, old: int | None, new: int | None) -> tuple[int, int]:
        """The versions that are meant: without ``new`` the newest, without both the last two.

        Raises ``Refused`` where there is only one.
        """
        last = len(self.versions)
        newest = last if new is None else new
        if old is None and newest < 2:
            raise Refused(_("There is only one version yet; there is nothing to compare."))
        return (newest - 1 if old is None else old), newest

    def moves(self, number: int) -> list[Move]:
        """What brings the plan back to a version. Raises ``NotFound``."""
        return moves_to(self.rows, self.state(number), self.plan_id)

    def name_of(self, column: str, value: Any) -> Any:
        """What to call the value of a column: the name behind an id, else the value."""
        if value is None or not column.endswith("_id"):
            return value
        kind = _KINDS.get(column, "colleague")
        if kind in self._labels:
            return self._labels[kind].get(value, value)
        return self.names.get((kind, value), value)

    @cached_property
    def _labels(self) -> dict[str, dict[int, Any]]:
        return {
            "objective": {
                row_id: row.get("objective")
                for (table, row_id), row in self.rows.items()
                if table == "objective"
            }
        }

    @cached_property
    def sign_offs(self) -> tuple[SignOffState, ...]:
        """How each of the four functions stands to the plan."""
        by_function = {one.function: one for one in self.signatures}
        days = signed_days(self.base, self.entries, self.plan_id) if by_function else []
        found = []
        for function in FUNCTIONS:
            seat = (self.seats or {}).get(function)
            one = by_function.get(function)
            if one is None:
                found.append(SignOffState(function, None, None, None, seat))
                continue
            since = asked_since(one.content, one.signed_on, days)
            found.append(SignOffState(function, one.colleague, one.signed_on, since, seat))
        return tuple(found)


_KINDS = {
    "their_owner_id": "person", "person_id": "person", "reports_to_id": "person",
    "decision_buyer_id": "person", "confirmed_by_id": "person", "product_id": "product",
    "objective_id": "objective", "programme_id": "programme", "complaint_id": "complaint",
    "interview_id": "interview", "origin_id": "origin",
}  # fmt: skip
"""Whose id a column holds; else a colleague's."""


def sign_off_words(one: SignOffState) -> str:
    """How a function stands to the plan, in words."""
    if one.signed_on is None:
        if one.seat is None:
            return _("not signed; nobody has the seat")
        return _("not signed; {name} is asked").format(name=one.seat)
    who = one.colleague or _("somebody")
    if one.asked_since is None:
        return _("signed by {name} on {day}").format(name=who, day=one.signed_on)
    return _("signed by {name} on {day}; asked again since {since}").format(
        name=who, day=one.signed_on, since=one.asked_since
    )
