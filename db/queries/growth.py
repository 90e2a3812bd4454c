"""What we sell, where it stands with an account, and the opportunities of the whole book."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from db.engine import Connection
from db.queries.names import named_row
from planner.language import gettext as _
from planner.views.growth import OpportunityLine
from planner.views.plan import ProductRow, ProofRow, WhitespaceRow

PRODUCTS = "SELECT id, name, note FROM product WHERE archived_at IS NULL ORDER BY id"
WHITESPACE = """
SELECT w.id, w.product_id, d.name, w.centre, w.state, w.potential_minor, w.competitor, w.note
FROM whitespace w JOIN product d ON d.id = w.product_id
WHERE w.account_id = :id AND w.archived_at IS NULL AND d.archived_at IS NULL ORDER BY w.id"""
OPPORTUNITIES = """
SELECT o.id, o.account_id, a.name, r.band, o.opportunity, o.product_id, d.name, o.centre,
  o.value_minor, o.stage, o.next_step, o.next_step_on, o.owner_id, c.name, o.closed_on
FROM opportunity o JOIN account a ON a.id = o.account_id
LEFT JOIN account_rollup r ON r.account_id = o.account_id
LEFT JOIN product d ON d.id = o.product_id LEFT JOIN colleague c ON c.id = o.owner_id
WHERE o.archived_at IS NULL AND a.archived_at IS NULL"""
BY_NEXT_STEP = " ORDER BY COALESCE(o.next_step_on, '9999'), o.id"
CRITICAL = """
SELECT account_id, number FROM complaint
WHERE archived_at IS NULL AND severity = 'critical' AND resolved_at IS NULL AND excluded IS NULL
ORDER BY id"""
BAND = "SELECT band FROM account_rollup WHERE account_id = :id"
PROOFS = """
SELECT f.id, f.proof, f.on_date, f.figure, f.unit, f.objective_id, f.confirmed_on,
  f.confirmed_by_id, COALESCE(NULLIF(p.name, ''), p.email, p.phone), f.shared
FROM proof f JOIN plan l ON l.id = f.plan_id LEFT JOIN person p ON p.id = f.confirmed_by_id
WHERE f.account_id = :id AND f.archived_at IS NULL AND l.archived_at IS NULL
  AND l.status <> 'closed' ORDER BY f.on_date DESC, f.id"""


class GrowthQueries:
    """Reads products, the cells of the grid, opportunities and value delivered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def products(self) -> tuple[ProductRow, ...]:
        """What the book sells, as it was entered."""
        return tuple(ProductRow(*row) for row in self._connection.rows(PRODUCTS))

    def product(self, text: str) -> int:
        """The id of a product by its name or id. Raises ``NotFound`` and ``Ambiguous``."""
        rows = [(row.id, row.name) for row in self.products()]
        return named_row(
            rows,
            text,
            _("No product answers to {name}.").format(name=text),
            _("Several products answer to {name}.").format(name=text),
        )

    def whitespace(self, account_id: int) -> tuple[WhitespaceRow, ...]:
        """The cells of an account's grid that are known."""
        rows = self._connection.rows(WHITESPACE, {"id": account_id})
        return tuple(WhitespaceRow(*row) for row in rows)

    def opportunities(
        self, account_id: int | None = None, *, closed: bool = False
    ) -> tuple[OpportunityLine, ...]:
        """Opportunities of all live accounts, or of one, by the day of their next step.

        ``closed``: those that were won or lost too.
        """
        params: dict[str, Any] = {} if account_id is None else {"id": account_id}
        where = "" if account_id is None else " AND o.account_id = :id"
        if not closed:
            where += " AND o.closed_on IS NULL"
        numbers: defaultdict[int, list[str]] = defaultdict(list)
        for owner, number in self._connection.rows(CRITICAL):
            numbers[owner].append(number)
        return tuple(
            OpportunityLine(*[*row, tuple(numbers.get(row[1], ()))])
            for row in self._connection.rows(OPPORTUNITIES + where + BY_NEXT_STEP, params)
        )

    def band(self, account_id: int) -> str | None:
        """The health band of an account, None while it has no score."""
        row = self._connection.one(BAND, {"id": account_id})
        return None if row is None else row[0]

    def proofs(self, account_id: int) -> tuple[ProofRow, ...]:
        """What was delivered under the live plan of an account, the newest first."""
        rows = self._connection.rows(PROOFS, {"id": account_id})
        return tuple(ProofRow(*[*row[:9], bool(row[9])]) for row in rows)
