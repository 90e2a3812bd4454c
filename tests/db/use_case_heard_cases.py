"""One call of every use case about signals and surveys on the filled book."""

from __future__ import annotations

from planner.use_cases import signals, survey_sends, surveys
from tests.db.use_case_cases import Call, after, call
from tests.makers import World, at


def heard_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in every field of text."""
    heard = call(signals.log_signal, w.account, signal="a rumour", when=at(2))
    closed = Call(signals.close_signal, (-1, "declined", text), {}, (heard,))
    answered = call(surveys.log_survey, w.account, kind="nps", score=9, when=at(2))
    return (
        call(signals.log_signal, w.account, signal=text, when=at(1), kind="forum", sentiment=-2,
             heard_from=text, link=text, person_id=w.maria),
        after(heard, call(signals.change_signal, -1, signal=f"x{text}", when=at(3))),
        closed,
        after(closed, call(signals.reopen_signal, -1)),
        call(surveys.log_survey, w.account, kind="csat", score=4, when=at(1), comment=text,
             person_id=w.joe, trigger="qbr_done"),
        after(answered, call(surveys.change_survey, -1, score=3, comment=text)),
        call(survey_sends.send_survey, w.account, when=at(1), person_id=w.joe, trigger="qbr_done"),
        after(call(survey_sends.send_survey, w.account, when=at(1), kind="csat"),
              call(survey_sends.bounce_survey, -1)),
    )  # fmt: skip
