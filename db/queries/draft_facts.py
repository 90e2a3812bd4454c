"""What a draft text is filled with: the merge fields of an account and of one of its people."""

from __future__ import annotations

from datetime import date

from db.engine import Connection
from db.frame import Frame
from planner.requests import asked_words

ACCOUNT = """
SELECT a.name, c.name, r.last_two_way_on FROM account a
LEFT JOIN colleague c ON c.id = a.owner_id LEFT JOIN account_rollup r ON r.account_id = a.id
WHERE a.id = :id"""
PERSON = "SELECT COALESCE(NULLIF(name, ''), email, phone) FROM person WHERE id = :person"
LAST_TALK = """
SELECT MAX(occurred_on) FROM participant
WHERE account_id = :id AND person_id = :person AND archived_at IS NULL AND two_way = 1
  AND occurred_on <= :today"""
REQUEST = """
SELECT request, action FROM action
WHERE account_id = :id AND request IS NOT NULL AND status = 'open' AND archived_at IS NULL
ORDER BY CASE WHEN asked_by_id = :person THEN 0 ELSE 1 END, COALESCE(due_on, '9999'), id
LIMIT 1"""
QBR = """
SELECT MIN(starts_on) FROM meeting
WHERE account_id = :id AND kind = 'qbr' AND status = 'planned' AND archived_at IS NULL
  AND starts_on >= :today"""
PROOF = """
SELECT proof FROM proof WHERE account_id = :id AND archived_at IS NULL AND shared = 1
ORDER BY on_date DESC, id DESC LIMIT 1"""


class DraftQueries:
    """Reads what draft texts are filled with."""

    def __init__(self, connection: Connection, frame: Frame, actor: str) -> None:
        self._connection = connection
        self._today = frame.today
        self._actor = actor

    def facts(self, account_id: int, person_id: int | None = None) -> dict[str, str | None]:
        """The merge fields; None for what is not known. Only a proof that is shared is told.

        Days count from the last two-way contact with the person, else with the account. What they
        asked for is the person's own where there is one.
        """
        ids: dict[str, object] = {"id": account_id}
        dated = {**ids, "today": self._today.isoformat()}
        account = self._connection.one(ACCOUNT, ids) or (None, None, None)
        last = account[2]
        person = None
        if person_id is not None:
            found = self._connection.one(PERSON, {"person": person_id})
            person = found[0] if found else None
            talk = self._connection.one(LAST_TALK, {**dated, "person": person_id})
            last = talk[0] if talk and talk[0] else last
        request = self._connection.one(REQUEST, {**ids, "person": person_id})
        qbr = self._connection.one(QBR, dated)
        proof = self._connection.one(PROOF, ids)
        return {
            "first_name": first_name(person),
            "account": account[0],
            "owner": account[1] or self._actor,
            "days_since_contact": self._days(last),
            "open_request": None if request is None else _asked(request[0], request[1]),
            "next_qbr": qbr[0] if qbr else None,
            "value_proof": proof[0] if proof else None,
        }

    def _days(self, last: str | None) -> str | None:
        return None if last is None else str((self._today - date.fromisoformat(last)).days)


def first_name(person: str | None) -> str | None:
    """What to call somebody; an address is none."""
    words = (person or "").split()
    return words[0] if words and "@" not in words[0] else None


def _asked(request: str, action: str) -> str:
    from planner.requests import usual_answer

    return asked_words(request) if action == usual_answer(request) else action
