"""What we sell, and the opportunities of the whole book."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from db.engine import Connection
from db.queries.names import named_row
from planner.language import gettext as _
from planner.views.growth import OpportunityLine
from planner.views.plan import OpportunityRow, ProductRow

PRODUCTS = "SELECT id, name, note FROM product WHERE archived_at IS NULL ORDER BY id"
OPPORTUNITY = """
SELECT o.id, o.opportunity, o.product_id, d.name AS product, o.centre, o.value_minor, o.stage,
  o.next_step, o.next_step_on, o.owner_id, c.name AS owner, o.closed_on{more}
FROM opportunity o LEFT JOIN product d ON d.id = o.product_id
LEFT JOIN colleague c ON c.id = o.owner_id"""
OPPORTUNITIES = (
    OPPORTUNITY.format(more=", o.account_id, a.name, r.band")
    + """
JOIN account a ON a.id = o.account_id LEFT JOIN account_rollup r ON r.account_id = o.account_id
WHERE o.archived_at IS NULL AND a.archived_at IS NULL"""
)
BY_NEXT_STEP = " ORDER BY COALESCE(o.next_step_on, '9999'), o.id"
CRITICAL = """
SELECT account_id, number FROM complaint
WHERE archived_at IS NULL AND severity = 'critical' AND resolved_at IS NULL AND excluded IS NULL
ORDER BY id"""
BAND = "SELECT band FROM account_rollup WHERE account_id = :id"


class GrowthQueries:
    """Reads products, and the opportunities of the book."""

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
            OpportunityLine(OpportunityRow(*deal), of, name, band, tuple(numbers.get(of, ())))
            for *deal, of, name, band in self._connection.rows(
                OPPORTUNITIES + where + BY_NEXT_STEP, params
            )
        )

    def band(self, account_id: int) -> str | None:
        """The health band of an account, None while it has no score."""
        row = self._connection.one(BAND, {"id": account_id})
        return None if row is None else row[0]
