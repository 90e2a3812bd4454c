"""One call of every use case about the board and about incidents on the filled book."""

from __future__ import annotations

from planner.use_cases import complaint_board, incidents
from tests.db.use_case_cases import Call, after, call
from tests.makers import World, at


def board_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in every field of text."""
    opened = call(incidents.open_incident, title="Orders lost again", when=at(1))
    touching = call(
        incidents.open_incident, title="Orders lost again", when=at(1), account_ids=[w.account]
    )
    return (
        call(complaint_board.hand_complaints, [w.complaint, w.waiting], w.bob),
        call(incidents.open_incident, title=text, detail=text, root_cause=text, severity="low",
             owner_id=w.bob, when=at(1), account_ids=[w.other], complaint_ids=[w.complaint]),
        after(opened, call(incidents.change_incident, -1, title=f"x{text}", detail=text)),
        after(opened, call(incidents.end_incident, -1, at(0), text)),
        after(opened, call(incidents.touch_accounts, -1, [w.other], [w.complaint])),
        after(opened, Call(incidents.link_complaint, (w.complaint, -1), {})),
        after(opened, call(incidents.log_message, -1, message=f"x{text}", when=at(0), told=True,
                           channel="email")),
        after(touching, call(incidents.untouch_account, -1, w.account)),
        after(touching, call(incidents.mark_told, -1, [w.account], at(0), w.maria, "call", text)),
    )  # fmt: skip
