"""One call of every use case about signals and surveys on the filled book."""

from __future__ import annotations

import csv
from io import StringIO
from zoneinfo import ZoneInfo

from planner.importing.options import ImportOptions
from planner.importing.surveys import SurveyFile, read_surveys
from planner.use_cases import import_surveys, signals, survey_sends, surveys
from tests.db.use_case_cases import Call, after, call
from tests.makers import World, at, day


def answers(text: str) -> SurveyFile:
    """A read file of a bad answer of a known account and a good one of nobody."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(["date", "score", "account", "comment"])
    writer.writerow([day(1).isoformat(), "2", "Nordic Oy", text])
    writer.writerow([day(1).isoformat(), "9", "", text])
    data = written.getvalue().encode("utf-8", "replace")
    return read_surveys(data, ImportOptions("EUR"), zone=ZoneInfo("UTC"), kind="nps")


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
        call(import_surveys.import_surveys, answers(text), title="answers.csv"),
        after(call(survey_sends.send_survey, w.account, when=at(1), kind="csat"),
              call(survey_sends.bounce_survey, -1)),
    )  # fmt: skip
