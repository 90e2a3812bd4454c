"""Many rows by one statement on a server do what the same statement does for each on a file."""

from __future__ import annotations

from typing import Any

import pytest

from db.book import Book
from db.engine import transaction
from db.server_batches import of_rows
from planner.use_cases.accounts import add_account

PUT = (
    "INSERT INTO health_inputs (account_id, kept_on, holds_to, shape, kept) VALUES"
    " (:account_id, :kept_on, :holds_to, :shape, :kept) ON CONFLICT (account_id) DO UPDATE SET"
    " kept = excluded.kept"
)
MOVE = (
    "UPDATE health_inputs SET holds_to = :holds_to, shape = :shape WHERE account_id = :account_id"
)
TEXTS = ('quote " and \\ and :name', "%s ünïcødé 🌍", "{}", "null", "")


def row_of(account_id: int, **moved: Any) -> dict[str, Any]:
    row = {"account_id": account_id, "kept_on": "2026-03-02", "holds_to": None, "shape": 1}
    return {**row, "kept": TEXTS[account_id % len(TEXTS)], **moved}


@pytest.mark.parametrize("many", [0, 1, 2, 7])
def test_rows_are_put_and_moved_alike_however_many_they_are(book: Book, many: int) -> None:
    connection = book.connection
    ids = sorted(
        book.run(add_account, name=f"Account {at}", duplicate=True).result.id for at in range(many)
    )
    with transaction(connection), connection.together():
        connection.run("DELETE FROM health_inputs")
        connection.run_rows(PUT, [row_of(one) for one in ids])
        connection.run_rows(PUT, [row_of(one, kept=f"again {one}") for one in ids[1:]])
        connection.run_rows(MOVE, [row_of(one, holds_to="2026-04-01", shape=2) for one in ids[:2]])
    wanted = [
        (
            one,
            "2026-03-02",
            "2026-04-01" if at < 2 else None,
            2 if at < 2 else 1,
            f"again {one}" if at else TEXTS[one % len(TEXTS)],
        )
        for at, one in enumerate(ids)
    ]
    found = connection.rows(
        "SELECT account_id, kept_on, holds_to, shape, kept FROM health_inputs ORDER BY account_id"
    )
    assert found == wanted


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM health_inputs WHERE account_id = :account_id",
        "UPDATE health_inputs SET shape = shape + 1 WHERE account_id = :account_id",
        "UPDATE health_inputs SET shape = :shape WHERE kept_on < :kept_on",
        "INSERT INTO health_inputs (account_id) SELECT id FROM account",
    ],
)
def test_another_kind_of_statement_is_refused(sql: str) -> None:
    with pytest.raises(ValueError, match=sql.split(maxsplit=1)[0]):
        of_rows(sql)
