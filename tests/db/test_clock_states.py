"""Where a complaint's clocks stand, from what is stored of them."""

from typing import Any

import pytest

from db.complaint_clocks import clock_state_of

NOW = "2026-03-10T12:00:00.000000Z"
BEFORE, AFTER = "2026-03-10T11:00:00.000000Z", "2026-03-10T13:00:00.000000Z"
EMPTY = dict.fromkeys(
    (
        "ack_due", "response_due", "resolution_due", "acknowledged_at", "answered_at",
        "resolved_at", "waiting_since", "at_risk_at",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({}, "none"),
        ({"response_due": AFTER}, "on-track"),
        ({"response_due": AFTER, "at_risk_at": AFTER}, "on-track"),
        ({"response_due": AFTER, "at_risk_at": NOW}, "at-risk"),
        ({"response_due": NOW, "at_risk_at": BEFORE}, "at-risk"),
        ({"response_due": BEFORE, "at_risk_at": BEFORE}, "breached"),
        ({"response_due": BEFORE, "answered_at": BEFORE}, "met"),
        ({"response_due": BEFORE, "answered_at": NOW}, "breached"),
        ({"response_due": AFTER, "waiting_since": BEFORE}, "paused"),
        ({"response_due": BEFORE, "waiting_since": BEFORE}, "paused"),
        ({"response_due": BEFORE, "waiting_since": NOW}, "breached"),
    ],
)
def test_the_state_follows_from_the_stored_moments(row: dict[str, Any], state: str) -> None:
    assert clock_state_of({**EMPTY, **row}, NOW) == state


def test_a_late_first_answer_stays_late_when_it_was_solved_in_time() -> None:
    row = {"response_due": BEFORE, "answered_at": NOW, "resolution_due": AFTER, "resolved_at": NOW}
    assert clock_state_of({**EMPTY, **row}, AFTER) == "breached"
