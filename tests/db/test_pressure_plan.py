"""How a file answers the questions of contact pressure: by the people or the accounts asked about.

By what is due, or by a line's field, it would read the whole book for one person.
"""

from __future__ import annotations

import pytest

from db.book import Book
from db.queries.pressure import ACCOUNT_QUESTIONS, PERSON_QUESTIONS
from tests.makers import engine

WHOLE = ("action_due", "action_owner", "entry_field", "SCAN x", "SCAN e", "SCAN m", "SCAN t")


@pytest.mark.parametrize("question", [*PERSON_QUESTIONS, *ACCOUNT_QUESTIONS])
def test_no_question_about_one_reads_what_is_of_all(book: Book, question: str) -> None:
    given = {"i0": 1, "today": "2026-03-11", "since": "2026-02-01", "since_at": "2026-02-01"}
    plan = engine(book).raw.execute(f"EXPLAIN QUERY PLAN {question.format(ids=':i0')}", given)
    steps = [row[3] for row in plan.fetchall()]
    assert steps
    assert [step for step in steps for index in WHOLE if index in step] == []
