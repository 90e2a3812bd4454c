"""Lists of people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from db.engine import Connection
from planner.views.account import PersonRow

PEOPLE = """
SELECT p.id, m.id, m.account_id, a.name, p.name, p.email, p.phone, p.title, p.department,
  p.language, p.preferred_channel, p.consent, m.roles, m.influence, m.stance, m.power,
  m.reports_to_id, b.name, m.left_on, (
  SELECT x.occurred_on FROM participant x WHERE x.account_id = m.account_id
  AND x.person_id = m.person_id AND x.two_way = 1 AND x.archived_at IS NULL
  ORDER BY x.occurred_on DESC LIMIT 1), c.name,
  m.community_since_on
FROM membership m JOIN person p ON p.id = m.person_id JOIN account a ON a.id = m.account_id
LEFT JOIN person b ON b.id = m.reports_to_id
LEFT JOIN colleague c ON c.id = m.relationship_owner_id
WHERE m.archived_at IS NULL AND p.archived_at IS NULL AND a.archived_at IS NULL"""


class PeopleQueries:
    """People with their parts in accounts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_account(self, account_id: int) -> list[PersonRow]:
        """The people of an account, in the order in which they were added."""
        return self._read(" AND m.account_id = :id ORDER BY m.id", {"id": account_id})

    def everybody(self) -> list[PersonRow]:
        """Everybody of every account, by name."""
        return self._read(" ORDER BY p.name_key, p.id, m.id", {})

    def parts_of(self, person_id: int) -> list[PersonRow]:
        """One person's parts in all accounts."""
        return self._read(" AND p.id = :id ORDER BY m.id", {"id": person_id})

    def each(self, limit: int | None = None) -> Iterator[PersonRow]:
        """Everybody of every account, by name, read as they are asked for."""
        bound = "" if limit is None else " LIMIT :limit"
        rows = self._connection.stream(
            f"{PEOPLE} ORDER BY p.name_key, p.id, m.id{bound}",
            {} if limit is None else {"limit": limit},
        )
        return (_person(row) for row in rows)

    def _read(self, tail: str, params: dict[str, object]) -> list[PersonRow]:
        return [_person(row) for row in self._connection.rows(PEOPLE + tail, params)]


def _person(row: tuple[Any, ...]) -> PersonRow:
    return PersonRow(
        *[
            *row[:4],
            row[4] or row[5] or row[6] or "",
            *row[5:12],
            tuple(json.loads(row[12])),
            *row[13:],
        ]
    )
