"""Whom e-mail addresses belong to, and what was logged from a message already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.engine import Connection, placeholders
from planner.known_addresses import KnownAddresses, KnownPerson, domain_of
from planner.text import fold

AT_ONCE = 400
MOST_OF_DOMAIN = 9
"""Of how many accounts with people of one domain is told."""
PEOPLE = """
SELECT p.email_key, p.id, p.name, p.email, m.account_id, a.name
FROM person p JOIN membership m ON m.person_id = p.id AND m.archived_at IS NULL
  JOIN account a ON a.id = m.account_id AND a.archived_at IS NULL
WHERE p.archived_at IS NULL AND m.left_on IS NULL AND p.email_key IN ({names})
ORDER BY p.email_key, p.id, m.account_id"""
DOMAIN = """
SELECT DISTINCT m.account_id, a.name
FROM person p JOIN membership m ON m.person_id = p.id AND m.archived_at IS NULL
  JOIN account a ON a.id = m.account_id AND a.archived_at IS NULL
WHERE p.archived_at IS NULL AND p.email_key LIKE :ending ESCAPE '!'
ORDER BY m.account_id LIMIT :most"""
COLLEAGUES = "SELECT email, id FROM colleague WHERE archived_at IS NULL AND email IS NOT NULL"
LOGGED = """
SELECT id, account_id FROM touchpoint
WHERE external_id = :message AND archived_at IS NULL ORDER BY id LIMIT 1"""


class AddressQueries:
    """Addresses of a message or an invitation against the book."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, emails: Iterable[str], *, domains: bool = True) -> KnownAddresses:
        """What the book knows of the addresses; ``domains``: and of accounts near the unknown."""
        keys = list(dict.fromkeys(key for email in emails if (key := fold(email))))
        names: dict[int, str] = {}
        people = self._people(keys, names)
        rows = self._connection.rows(COLLEAGUES)
        colleagues = {fold(str(email)): int(row_id) for email, row_id in rows if fold(str(email))}
        near: dict[str, tuple[int, ...]] = {}
        if domains and not people:
            unknown = [key for key in keys if key not in colleagues]
            for domain in dict.fromkeys(domain_of(key) for key in unknown):
                if domain:
                    near[domain] = self._of_domain(domain, names)
        return KnownAddresses(people, colleagues, near, names)

    def _people(
        self, keys: Sequence[str], names: dict[int, str]
    ) -> dict[str, tuple[KnownPerson, ...]]:
        found: dict[str, dict[int, tuple[str, list[int]]]] = {}
        for start in range(0, len(keys), AT_ONCE):
            listed, params = placeholders("e", keys[start : start + AT_ONCE])
            for key, person, name, email, account, account_name in self._connection.rows(
                PEOPLE.format(names=listed), params
            ):
                label = name if name and str(name).strip() else email
                names[account] = account_name
                found.setdefault(key, {}).setdefault(person, (label, []))[1].append(account)
        return {
            key: tuple(
                KnownPerson(person, label, tuple(accounts))
                for person, (label, accounts) in people.items()
            )
            for key, people in found.items()
        }

    def _of_domain(self, domain: str, names: dict[int, str]) -> tuple[int, ...]:
        plain = domain.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        rows = self._connection.rows(DOMAIN, {"ending": f"%@{plain}", "most": MOST_OF_DOMAIN})
        names.update({int(account): str(name) for account, name in rows})
        return tuple(int(account) for account, _name in rows)

    def logged(self, message_id: str | None) -> tuple[int, int] | None:
        """(touchpoint, account) that a message was logged as; None for a new one."""
        if message_id is None:
            return None
        row = self._connection.one(LOGGED, {"message": message_id})
        return None if row is None else (int(row[0]), int(row[1]))
