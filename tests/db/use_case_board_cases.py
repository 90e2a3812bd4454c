"""One call of every use case about the board, about who has a complaint and how it ends, and about
incidents on the filled book."""

from __future__ import annotations

from planner.ports import UnitOfWork
from planner.use_cases import (
    complaint_board,
    complaint_handing,
    complaint_merging,
    complaint_notes,
    incidents,
)
from tests.db.use_case_cases import Call, after, call
from tests.makers import World, at


def board_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in every field of text."""
    opened = call(incidents.open_incident, title="Orders lost again", when=at(1))
    touching = call(
        incidents.open_incident, title="Orders lost again", when=at(1), account_ids=[w.account]
    )
    return (
        *_of_hands(w, text),
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


def offered_to_ann(uow: UnitOfWork, complaint_id: int, ann: int, bob: int) -> None:
    """Bob's complaint, offered to me by him."""
    before = uow.complaints.get(complaint_id)
    uow.say("offered")
    offer = {"owner_id": bob, "handed_to_id": ann, "handed_by_id": bob, "handed_on": uow.today}
    uow.complaints.save(before, before.changed(**offer))


def _of_hands(w: World, text: str) -> tuple[Call, ...]:
    """Hand-overs, notes, and what takes a complaint out of the counts."""
    offered = call(offered_to_ann, w.waiting, w.ann, w.bob)
    noted = call(complaint_notes.add_complaint_note, w.complaint, "a note")
    return (
        call(complaint_handing.hand_complaint, w.complaint, w.bob, text),
        after(offered, call(complaint_handing.accept_complaint, w.waiting)),
        after(offered, call(complaint_handing.decline_complaint, w.waiting, f"x{text}")),
        call(complaint_notes.add_complaint_note, w.complaint, f"x{text}", told=True, when=at(0),
             person_id=w.maria),
        after(noted, call(complaint_notes.change_complaint_note, -1, note=f"x{text}", told=True)),
        after(noted, call(complaint_notes.archive_complaint_note, -1)),
        call(complaint_merging.withdraw_complaint, w.complaint, f"x{text}"),
        call(complaint_merging.merge_complaint, w.complaint, w.waiting),
    )  # fmt: skip
