"""One call of every use case about causes, improvements and closed feedback on the filled book."""

from __future__ import annotations

from planner.use_cases import advocates, complaints
from tests.db.use_case_cases import Call, after, call
from tests.makers import World, at


def cause_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in every field of text."""
    logged = call(complaints.log_complaint, w.account, title="Late", when=at(9))
    solved = Call(complaints.move_complaint, (-1, "closed", at(8)), {"satisfied": True}, (logged,))
    marked = after(solved, call(advocates.mark_advocate, -1))
    return (marked, after(marked, call(advocates.unmark_advocate, -1)))
