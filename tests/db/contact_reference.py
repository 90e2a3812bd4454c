"""Where contact stands, counted slowly: the whole log read again, with loops over records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from db.book import Book
from planner.vocabulary import ROLES

SHIPPED = {
    "cadence.tier1": "14/28", "cadence.tier2": "30/60", "cadence.tier3": "90/150",
    "cadence.sponsor": "90/180", "cadence.economic_buyer": "60/120", "cadence.champion": "22/45",
    "cadence.day_to_day": "15/30", "cadence.technical": "45/90",
}  # fmt: skip
Days = tuple[int, int]
Last = tuple[str, int] | None


class Log:
    """All live records of a book on its day."""

    def __init__(self, book: Book, account: int) -> None:
        self.book, self.account, self.today = book, account, book.today
        self.said = {row["key"]: row["value"] for row in self.table("setting")}
        (self.one,) = [row for row in self.table("account") if row["id"] == account]
        starts = [row["start_on"] for row in self.mine("contract") if row["start_on"]]
        self.start = min(starts, default=self.one["created_on"])

    def table(self, name: str) -> list[dict[str, Any]]:
        rows = self.book.connection.maps(f"SELECT * FROM {name} ORDER BY id")
        return [row for row in rows if row["archived_at"] is None]

    def mine(self, name: str) -> list[dict[str, Any]]:
        return [row for row in self.table(name) if row["account_id"] == self.account]

    def rule(self, *keys: str) -> Days | None:
        """The first of some settings that says a pair of days."""
        for key in keys:
            text = self.said.get(key, SHIPPED.get(key, "none"))
            if text != "none":
                ideal, _slash, most = text.partition("/")
                return int(ideal), int(most)
        return None

    def keys(self, tier: int | None, *role: str) -> list[str]:
        """The keys of rules for the account's stage and a tier, the most specific first."""
        stage = self.one["stage"]
        parts = [(f"tier{tier}", stage), (stage,), (f"tier{tier}",), ()]
        kept = [part for part in parts if None not in part and "tierNone" not in part]
        return [".".join(("cadence", *part, *role)) for part in kept]

    def newest(self, rows: Iterable[dict[str, Any]]) -> Last:
        today = self.today.isoformat()
        seen = [
            (row["occurred_on"], row["id"]) for row in rows
            if row["two_way"] and row["occurred_on"] <= today and row["recorded_on"] <= today
        ]  # fmt: skip
        return max(seen, default=None)

    def where(self, last: Last, since: str, days: Days) -> tuple[str, str, int]:
        base = date.fromisoformat(since if last is None else last[0])
        age = (self.today - base).days
        state = "overdue" if age > days[1] else "due" if age > days[0] else "fresh"
        return (base + timedelta(days=days[0])).isoformat(), state, max(0, age - days[1])

    def rests(self, person: int | None, last: Last) -> bool:
        today, found = self.today.isoformat(), False
        for row in self.mine("snooze"):
            if row["person_id"] == person and row["recorded_on"] <= today < row["until_on"]:
                found |= last is None or last < (row["recorded_on"], row["id"])
        return found

    def of_account(self) -> tuple[Any, ...]:
        tier = self.one["tier"]
        ruled = self.rule(*self.keys(tier)) or self.rule(*self.keys(2))
        assert ruled is not None
        ideal = self.one["cadence_days"] or ruled[0]
        most = max(ideal, self.one["cadence_max_days"] or ruled[1])
        last = self.newest(self.mine("touchpoint"))
        return (*self.where(last, self.start, (ideal, most)), last, self.rests(None, last))

    def of_person(self, part: dict[str, Any]) -> tuple[Any, ...]:
        held = [role for role in ROLES if f'"{role}"' in part["roles"]]
        found = [self.rule(*self.keys(self.one["tier"], role)) for role in held]
        limits = [one for one in found if one is not None]
        person = part["person_id"]
        spoke = self.newest(row for row in self.mine("participant") if row["person_id"] == person)
        every = part["contact_every_days"] or min((one[0] for one in limits), default=None)
        if every is None:
            return None, None, 0, self.rests(person, spoke)
        least = min((one[1] for one in limits), default=2 * every)
        days = (every, max(every, part["contact_max_days"] or least))
        stands = self.where(spoke, part["since_on"] or self.start, days)
        return (*stands, self.rests(person, spoke))


def reference(book: Book, account: int) -> dict[str, Any]:
    """The contact of an account and of its people as the log says it."""
    log, today = Log(book, account), book.today.isoformat()
    there = [
        part for part in log.mine("membership")
        if part["left_on"] is None or part["left_on"] > today
    ]  # fmt: skip
    return {
        "account": log.of_account(),
        "people": {part["person_id"]: log.of_person(part) for part in there},
    }
