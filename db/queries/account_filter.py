"""The filter language as SQL conditions over the rollup table (alias ``r``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from db.engine import Connection
from planner.money import exponent
from planner.ports import Actor
from planner.segments import Filter, Special, Term, Value, Words
from planner.text import fold, search_words
from planner.vocabulary import SEVERITIES

COLUMNS = {
    # No index: it would look up each of the many rows that such a condition holds for.
    field: f"COALESCE({column}, {column})"
    for field, column in (
        ("tier", "r.tier"),
        ("band", "r.band"),
        ("health", "r.shown"),
        ("arr", "r.arr_minor"),
        ("complaints", "r.open_complaints"),
        ("severity", "r.worst_severity"),
        ("stage", "r.stage"),
        ("keep", "r.keep_class"),
        ("readiness", "r.plan_readiness"),
        ("renewal", "r.renewal_on"),
        ("touch", "r.last_two_way_on"),
    )
}
OWNERS = "SELECT DISTINCT name FROM colleague"
"""Every owner is a colleague by name, one who left too; to list the owners would read all rows."""
TRAINED = (
    "SELECT t.account_id FROM touchpoint t JOIN participant x ON x.touchpoint_id = t.id"
    " WHERE t.kind = 'training' AND t.archived_at IS NULL AND x.archived_at IS NULL"
    " AND t.occurred_on <= {today}"
)
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class FilterSql:
    """Collects the conditions and parameters of one filter."""

    def __init__(self, connection: Connection, today: date, currency: str, actor: Actor) -> None:
        self._connection = connection
        self._today = today
        self._currency = currency
        self._actor = actor
        self.params: dict[str, Any] = {}

    def where(self, parts: Filter) -> str:
        """The condition that all parts hold; ``1 = 1`` for none."""
        conditions = [self._part(part) for part in parts]
        return " AND ".join(conditions) or "1 = 1"

    def _part(self, part: Term | Words) -> str:
        if isinstance(part, Words):
            condition = self._contains("r.search_text", part.text)
        else:
            condition = self._term(part)
        return f"NOT COALESCE(({condition}), FALSE)" if part.negated else f"({condition})"

    def _term(self, term: Term) -> str:
        special: dict[str, Callable[[Term], str]] = {
            "name": self._name,
            "account": self._name,
            "parent": self._parent,
            "tag": self._tag,
            "star": self._star,
            "trained": self._trained,
            "owner": self._owner,
            "coverage": self._coverage,
            "sector": lambda t: self._text(t, "sector", part=True),
            "country": lambda t: self._text(t, "country", part=False),
            "currency": lambda t: self._text(t, "currency", part=False),
        }
        if term.field in special:
            return special[term.field](term)
        return " OR ".join(self._compare(term, value) for value in term.values)

    def _compare(self, term: Term, value: Value) -> str:
        column = COLUMNS[term.field]
        if value is Special.NONE:
            return f"{column} = 0" if term.field == "severity" else f"{column} IS NULL"
        op = "=" if term.op == ":" else term.op
        if term.field in ("renewal", "touch"):
            return self._days(term.field, column, op, int(str(value)))
        if term.field == "severity":
            return f"{column} = {self._bind(SEVERITIES.index(str(value)) + 1)}"
        if term.field == "arr":
            return f"{column} {op} {self._bind(self._minor(value))}"
        if isinstance(value, Decimal):
            return f"{column} {op} {self._bind(float(value))}"
        return f"{column} {op} {self._bind(value)}"

    def _minor(self, value: Value) -> int:
        return int(Decimal(str(value)).scaleb(exponent(self._currency)))

    def _days(self, field: str, column: str, op: str, days: int) -> str:
        days = max(-200_000, min(200_000, days))
        if field == "renewal":
            return f"{column} {op} {self._bind(self._shift(days))}"
        condition = f"{column} {FLIPPED.get(op, op)} {self._bind(self._shift(-days))}"
        return f"{condition} OR {column} IS NULL" if op.startswith(">") else condition

    def _shift(self, days: int) -> str:
        ordinal = max(1, min(date.max.toordinal(), self._today.toordinal() + days))
        return (date.fromordinal(1) + timedelta(days=ordinal - 1)).isoformat()

    def _coverage(self, term: Term) -> str:
        limits = {"high": "r.coverage >= 0.7", "low": "r.coverage < 0.4",
                  "medium": "r.coverage >= 0.4 AND r.coverage < 0.7"}  # fmt: skip
        return " OR ".join(limits.get(str(value), "r.coverage = 0") for value in term.values)

    def _name(self, term: Term) -> str:
        return " OR ".join(self._contains("r.search_text", str(value)) for value in term.values)

    def _parent(self, term: Term) -> str:
        conditions = []
        for value in term.values:
            if value is Special.NONE:
                conditions.append("r.parent_id IS NULL")
                continue
            inner = self._contains("p.search_text", str(value))
            conditions.append(
                f"r.parent_id IN (SELECT p.account_id FROM account_rollup p WHERE {inner})"
            )
        return " OR ".join(conditions)

    def _tag(self, term: Term) -> str:
        conditions = []
        for value in term.values:
            if value is Special.NONE:
                conditions.append("r.tags_key = ''")
            else:
                pattern = f"%|{_escaped(fold(str(value)))}|%"
                conditions.append(f"r.tags_key LIKE {self._bind(pattern)} ESCAPE '\\'")
        return " OR ".join(conditions)

    def _star(self, term: Term) -> str:
        wanted = any(value is True for value in term.values)
        inner = (
            "EXISTS (SELECT 1 FROM star s WHERE s.account_id = r.account_id"
            f" AND s.actor = {self._bind(self._actor.name)} AND s.archived_at IS NULL)"
        )
        return inner if wanted else f"NOT {inner}"

    def _trained(self, term: Term) -> str:
        """Whether somebody of theirs ever took part in a training."""
        wanted = any(value is True for value in term.values)
        inner = f"r.account_id IN ({TRAINED.format(today=self._bind(self._today.isoformat()))})"
        return inner if wanted else f"NOT {inner}"

    def _owner(self, term: Term) -> str:
        conditions = []
        for value in term.values:
            if value is Special.NONE:
                conditions.append("r.owner_id IS NULL")
            elif value is Special.ME:
                conditions.append(f"r.owner_id = {self._bind(self._actor.colleague_id)}")
            else:
                conditions.append(self._matching("r.owner", OWNERS, str(value), part=True))
        return " OR ".join(conditions)

    def _text(self, term: Term, column: str, *, part: bool) -> str:
        return " OR ".join(
            f"r.{column} IS NULL"
            if value is Special.NONE
            else self._matching(
                f"r.{column}",
                f"SELECT DISTINCT {column} FROM account_rollup",
                str(value),
                part=part,
            )
            for value in term.values
        )

    def _matching(self, column: str, values: str, text: str, *, part: bool) -> str:
        """Compare folded: the few different values are folded here, the fitting ones listed."""
        wanted = fold(text)
        rows = self._connection.rows(values)
        fitting = [
            row[0]
            for row in rows
            if row[0] is not None and (wanted in fold(row[0]) if part else wanted == fold(row[0]))
        ]
        if not fitting:
            return "1 = 0"
        return f"{column} IN ({', '.join(self._bind(value) for value in fitting)})"

    def _contains(self, column: str, text: str) -> str:
        words = search_words(text) or fold(text)
        return f"{column} LIKE {self._bind('%' + _escaped(words) + '%')} ESCAPE '\\'"

    def _bind(self, value: Any) -> str:
        name = f"f{len(self.params)}"
        self.params[name] = value
        return f":{name}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
