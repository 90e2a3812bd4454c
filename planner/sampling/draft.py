"""One account of the sample while it is made: who it is, and its rows so far.

A row is a dictionary of a record's columns with values as ``planner.entity.plain`` makes them, and
``touched_on``. Columns at their model's default are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from planner.sampling.character import Character
from planner.sampling.names import Company, PersonName
from planner.sampling.timeline import NewId, Timeline

Row = dict[str, Any]
Rows = dict[str, list[Row]]

EVENING = 17 * 60 + 30
MORNING = 8 * 60


@dataclass(frozen=True, slots=True)
class Member:
    """A person at the account; ``left_back`` is when they left, in days ago."""

    id: int
    name: PersonName
    roles: tuple[str, ...]
    left_back: int | None = None

    def there(self, back: int) -> bool:
        """Whether they still worked there so many days ago."""
        return self.left_back is None or back > self.left_back


@dataclass(frozen=True, slots=True)
class Team:
    """Who of us may serve an account: the four functions, the lead and a second owner.

    ``starred_by`` is the name of the success colleague, who keeps stars.
    """

    starred_by: str
    marketing: int
    sales: int
    success: int
    service: int
    lead: int
    second: int

    def of(self, function: str) -> int:
        """The colleague of a function."""
        member: int = getattr(self, function)
        return member


@dataclass(slots=True)
class Draft:
    """An account in the making. Days are counted back from today; ``ahead`` is to its renewal.

    ``started`` is the start of the relation, ``created`` the day the account came into the book.
    ``detail`` is set in small books, which keep every pulse and finished action.
    """

    index: int
    rng: Random
    days: Timeline
    new_id: NewId
    character: Character
    company: Company
    sector: str
    areas: tuple[str, ...]
    tier: int | None
    detail: bool
    started: int
    created: int
    ahead: int
    team: Team
    id: int = 0
    owner_id: int | None = None
    lost: int | None = None
    parent_id: int | None = None
    seats: dict[str, int] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    owed: set[str] = field(default_factory=set)
    rows: Rows = field(default_factory=dict)

    def add(self, table: str, back: int, row: Row) -> int:
        """Keep a row that was saved last so many days ago; returns its id."""
        row["touched_on"] = self.days.iso(max(0, back))
        self.rows.setdefault(table, []).append(row)
        row_id: int = row["id"]
        return row_id

    @property
    def satisfied(self) -> float:
        """Satisfaction today, 0 to 1."""
        return self.character.now

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self.rng.random() < share

    def area(self) -> str:
        """One thing such a customer talks about."""
        return self.rng.choice(self.areas)

    def ago(self, low: int, high: int) -> int:
        """A workday between two numbers of days ago, within the account's time in the book."""
        high = max(1, min(high, self.created))
        back = self.days.workday(self.rng.randint(min(max(1, low), high), high))
        return back if back <= self.created else max(1, high)

    def office_minute(self) -> int:
        """A minute of the working day."""
        return self.rng.randrange(9 * 60, 17 * 60)
