"""One call of every use case about causes, improvements and closed feedback on the filled book."""

from __future__ import annotations

from planner.use_cases import (
    advocates,
    cause_links,
    complaints,
    feedback,
    improvements,
    signals,
    surveys,
)
from tests.db.use_case_cases import Call, after, call
from tests.makers import World, at, day


def cause_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in every field of text."""
    logged = call(complaints.log_complaint, w.account, title="Late", when=at(9))
    solved = Call(
        complaints.move_complaint,
        (-1, "closed", at(8)),
        {"satisfied": True, "remedy_given": "a new one"},
        (logged,),
    )
    marked = after(solved, call(advocates.mark_advocate, -1))
    decided = call(cause_links.decide_cause, w.complaint, w.waiting, True, "one fault")
    return (
        marked,
        after(marked, call(advocates.unmark_advocate, -1)),
        after(solved, call(advocates.turn_advocate, -1)),
        call(cause_links.decide_cause, w.complaint, w.waiting, False, text),
        Call(cause_links.undecide_cause, (w.complaint, w.waiting), {}, (decided,)),
        *_of_improvements(w, text),
        *_of_feedback(w, text),
    )


def _of_improvements(w: World, text: str) -> tuple[Call, ...]:
    kept = call(improvements.add_improvement, improvement="One contact")
    done = after(kept, call(improvements.finish_improvement, -1, text, day(1)))
    return (
        call(improvements.add_improvement, improvement=text, root_cause=text, cause_detail=text,
             owner_id=w.bob, due_on=day(-3), sources=[("complaint", w.complaint)]),
        after(kept, call(improvements.change_improvement, -1, improvement=f"x{text}", result=text)),
        done,
        after(done, call(improvements.reopen_improvement, -1)),
        after(kept, call(improvements.drop_improvement, -1, f"x{text}")),
        after(kept, call(improvements.tie_feedback, -1, "complaint", w.waiting)),
        Call(improvements.untie_feedback, (-1, "complaint", w.waiting), {},
             (call(improvements.add_improvement, improvement="x",
                   sources=[("complaint", w.waiting)]),)),
    )  # fmt: skip


def _of_feedback(w: World, text: str) -> tuple[Call, ...]:
    heard = call(signals.log_signal, w.account, signal="a rumour", when=at(2))
    answered = call(surveys.log_survey, w.account, kind="nps", score=3, when=at(2))
    closed = after(answered, call(feedback.close_survey, -1, "declined", f"x{text}", day(1)))
    other = after(heard, call(feedback.close_feedback, "signal", -1, "declined", f"x{text}"))
    return (
        closed,
        after(closed, call(feedback.reopen_survey, -1)),
        other,
        after(other, call(feedback.reopen_feedback, "signal", -1)),
    )
