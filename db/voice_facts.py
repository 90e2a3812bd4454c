"""What the score reads of surveys and of the clocks of complaints: S2, V1, V2, V3."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from db.complaint_clocks import CLOCKS
from db.local_days import LocalDays
from planner.health.inputs import AnswerFact, BoxFact, ClockFact
from planner.health.kept import NO_VOICE, Voice, answer_parts, box_parts
from planner.health.points import CES_DAYS, CSAT_DAYS, RECURRENCE_DAYS, TARGET_DAYS, Target
from planner.text import fold

SURVEYS = """
SELECT s.account_id, s.id, s.kind, s.person_id, s.score, s.highest, s.effort_high, s.answered_on,
  m.influence, m.left_on, CASE WHEN m.id IS NULL THEN 0 ELSE 1 END AS known
FROM survey s LEFT JOIN membership m ON m.account_id = s.account_id AND m.person_id = s.person_id
  AND m.archived_at IS NULL
WHERE s.account_id BETWEEN :lo AND :hi AND s.archived_at IS NULL
  AND s.answered_on BETWEEN :answers_from AND :as_of AND s.recorded_on <= :as_of
ORDER BY s.account_id, s.answered_on, s.id"""
SURVEY_COLUMNS = (
    "account_id", "id", "kind", "person_id", "score", "highest", "effort_high", "answered_on",
    "influence", "left_on", "known",
)  # fmt: skip
TOP_BOXES = {"csat": 2, "ces": 3}
"""How many of the best answers of a scale are its top boxes."""
NPS_HIGHEST = 10

Answers = tuple[tuple[AnswerFact, ...], tuple[BoxFact, ...], tuple[BoxFact, ...]]
NO_ANSWERS: Answers = ((), (), ())


def answers_of(rows: Iterable[dict[str, Any]], as_of: date) -> Answers:
    """The answers of one account (rows of ``SURVEYS``, oldest first): NPS, CSAT, CES.

    Of NPS the latest of each person who is there; of the others every answer counts once.
    """
    latest: dict[int, AnswerFact] = {}
    boxes: dict[str, dict[int, BoxFact]] = {"csat": {}, "ces": {}}
    today = as_of.isoformat()
    for row in rows:
        on = date.fromisoformat(row["answered_on"])
        if row["kind"] != "nps":
            boxes[row["kind"]][row["id"]] = BoxFact(row["id"], on, _is_top(row))
        elif row["known"] and (row["left_on"] is None or row["left_on"] > today):
            rating = round(NPS_HIGHEST * row["score"] / row["highest"])
            latest[row["person_id"]] = AnswerFact(row["id"], rating, row["influence"], on)
    return tuple(latest.values()), tuple(boxes["csat"].values()), tuple(boxes["ces"].values())


def _is_top(row: dict[str, Any]) -> bool:
    """Whether an answer lies in the top boxes; where high means effort the scale is turned."""
    score = row["highest"] + 1 - row["score"] if row["effort_high"] else row["score"]
    return bool(score > row["highest"] - TOP_BOXES[row["kind"]])


def target_of(
    limit: str | None, met: str | None, held: str | None, moment: str, days: LocalDays, oldest: str
) -> Target | None:
    """One clock as S2 reads it, None for one that has no target or can count no more.

    ``limit``: when it is due, ``met``: when it was stopped, ``held``: since when it waits (UTC
    texts); ``oldest``: when the first day that counts begins.
    """
    if limit is None:
        return None
    stopped = met if met and met <= moment else None
    if limit < oldest and (stopped is None or stopped < oldest):
        return None
    late = (stopped or held or moment) > limit
    return (
        days.day_of(limit),
        late,
        None if stopped is None else days.day_of(stopped),
        None if stopped or held else limit,
    )


def clocks_of(
    complaints: Iterable[dict[str, Any]], moment: str, days: LocalDays, as_of: date
) -> tuple[ClockFact, ...]:
    """The clocks of an account's complaints that may count; withdrawn and merged ones have none."""
    oldest = days.begin(as_of.toordinal() - TARGET_DAYS)
    found: list[ClockFact] = []
    for row in complaints:
        if row["excluded"] is not None:
            continue
        for due, met in CLOCKS:
            target = target_of(row[due], row[met], row["waiting_since"], moment, days, oldest)
            if target is not None:
                on, late, stopped, due_at = target
                found.append(
                    ClockFact(
                        row["id"], date.fromordinal(on), late,
                        None if stopped is None else date.fromordinal(stopped), due_at,
                    )
                )  # fmt: skip
    return tuple(found)


def voice_part(
    surveys: Iterable[Any], complaints: Iterable[Any], as_of: date, moment: str, days: LocalDays
) -> Voice:
    """The same for what is kept, of the rows that ``db.account_numbers`` asks for."""
    clocks = _targets(complaints, as_of, moment, days)
    if not surveys:
        return Voice(clocks=clocks) if clocks else NO_VOICE
    rows = [dict(zip(SURVEY_COLUMNS, row, strict=True)) for row in surveys]
    answers, satisfied, easy = answers_of(rows, as_of)
    return Voice(
        answer_parts(answers, as_of),
        clocks,
        box_parts(satisfied, as_of, CSAT_DAYS),
        box_parts(easy, as_of, CES_DAYS),
    )


def _targets(
    complaints: Iterable[Any], as_of: date, moment: str, days: LocalDays
) -> tuple[Target, ...]:
    found: list[Target] = []
    oldest = days.begin(as_of.toordinal() - TARGET_DAYS)
    for row in complaints:
        held = row[8]
        for at in (9, 11, 13):
            limit, met = row[at], row[at + 1]
            if limit is not None and (limit >= oldest or (met or "") >= oldest):
                target = target_of(limit, met, held, moment, days, oldest)
                if target is not None:
                    on, late, stopped, due_at = target
                    found.append((on, late and due_at is None, stopped, due_at))
    return tuple(found)


def causes_part(complaints: Iterable[Any], as_of: date) -> tuple[tuple[int, bool], ...]:
    """The complaints of the last 180 days and whether each repeats the cause of an earlier one.

    As ``planner.health.kept.repeats_of``; the rows come by the moment they were opened.
    """
    oldest = (as_of - timedelta(days=RECURRENCE_DAYS)).isoformat()
    seen: set[str] = set()
    found: list[tuple[int, bool]] = []
    for row in sorted(complaints, key=_BY_DAY_AND_ID):
        cause = fold(row[15]) if row[15] else ""
        if row[5] >= oldest:
            found.append((date.fromisoformat(row[5]).toordinal(), cause in seen))
        if cause:
            seen.add(cause)
    return tuple(found)


_BY_DAY_AND_ID = itemgetter(5, 1)
