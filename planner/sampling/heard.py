"""What the sample hears, plans and agrees: signals, surveys, meetings, advocacy, pins, requests."""

from __future__ import annotations

from typing import Any

from planner.sampling.draft import Draft, Row
from planner.sampling.heard_notes import (
    ACHIEVEMENTS,
    ADVOCACY,
    MEETINGS,
    PLACES,
    REQUESTS,
    SIGNALS,
    SNOOZE_REASONS,
    SURVEY_WORDS,
)

MEETING_TODAY = 0.12
HOURS = (9, 10, 11, 13, 14, 15)


def add_heard(draft: Draft, talk_id: int | None) -> None:
    """Rows about a live account beside its talks and its plan."""
    if draft.lost is not None:
        return
    heard = _Heard(draft)
    heard.signals()
    heard.surveys()
    heard.meetings()
    heard.dates()
    heard.requests()
    if talk_id is not None and draft.chance(0.3):
        heard.add("pin", 1, kind="touchpoint", row_id=talk_id)
    if draft.chance(0.05):
        heard.add(
            "snooze", 2, until_on=draft.days.iso(-draft.rng.randint(5, 30)),
            reason=draft.rng.choice(SNOOZE_REASONS), recorded_on=draft.days.iso(2),
        )  # fmt: skip


class _Heard:
    """What the parts of one account share while they are made."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.there = [one.id for one in draft.members if one.left_back is None]

    def add(self, table: str, back: int, **fields: Any) -> int:
        """Keep a row of the account that was made so many days ago."""
        draft = self.draft
        row: Row = {"id": draft.new_id(back, draft.office_minute()), "account_id": draft.id}
        return draft.add(table, back, row | fields)

    def _person(self) -> int | None:
        return self.draft.rng.choice(self.there) if self.there else None

    def _logged(self, back: int) -> dict[str, Any]:
        """When it was written down: in the evening of the day."""
        days = self.draft.days
        minute = 18 * 60 + self.draft.rng.randrange(90)
        return {"recorded_on": days.iso(back), "logged_at": days.moment(back, minute)}

    def signals(self) -> None:
        """What was heard without a talk; the older half was acted on."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        for kind, words, source, sentiment in rng.sample(SIGNALS, rng.choice((0, 0, 1, 2))):
            back = draft.ago(1, 120)
            done = back > 40
            self.add(
                "signal", back, kind=kind, signal=words, heard_from=source, sentiment=sentiment,
                function="marketing", colleague_id=draft.seats.get("marketing", draft.owner_id),
                heard_at=days.moment(back, draft.office_minute()), heard_on=days.iso(back),
                **self._logged(back), outcome="acted_on" if done else None,
                closed_on=days.iso(back - 3) if done else None,
            )  # fmt: skip

    def surveys(self) -> None:
        """Answers of the last year; one in five is anonymous."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        for _number in range(rng.choice((0, 1, 1, 2, 3))):
            back = draft.ago(2, 360)
            pull = draft.character.at(back)
            kind, low, high = rng.choice((("nps", 0, 10), ("nps", 0, 10), ("csat", 1, 5)))
            score = min(high, max(low, round(low + (high - low) * rng.gauss(pull, 0.18))))
            words = SURVEY_WORDS[(score - low) * 3 // (high - low + 1)]
            self.add(
                "survey", back, kind=kind, score=score, highest=high,
                person_id=None if draft.chance(0.2) else self._person(),
                comment=rng.choice(words) if draft.chance(0.5) else None,
                answered_at=days.moment(back, draft.office_minute()), answered_on=days.iso(back),
                **self._logged(back),
            )  # fmt: skip

    def meetings(self) -> None:
        """One to come, and for some one today; who attends."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        ahead = [0] if days.is_workday(0) and draft.chance(MEETING_TODAY) else []
        if draft.chance(0.4):
            ahead.append(-days.workday_ahead(rng.randint(1, 20)))
        for days_ahead in ahead:
            kind, title = rng.choice(MEETINGS)
            back, minute = draft.ago(3, 20), 60 * rng.choice(HOURS)
            meeting = self.add(
                "meeting", back, title=title, kind=kind, place=rng.choice(PLACES),
                colleague_id=draft.owner_id, starts_on=days.iso(-days_ahead),
                starts_at=days.moment(-days_ahead, minute),
                ends_at=days.moment(-days_ahead, minute + 45), **self._logged(back),
            )  # fmt: skip
            for person in self.there[: rng.randint(1, 2)]:
                self.add("attendee", back, meeting_id=meeting, person_id=person)

    def dates(self) -> None:
        """Achievements of the customer, and what they did for us."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        if draft.chance(0.25):
            back = draft.ago(1, 200)
            self.add("celebration", back, kind="achievement", label=rng.choice(ACHIEVEMENTS),
                     on_date=days.iso(back), yearly=0)  # fmt: skip
        if draft.satisfied > 0.6 and draft.chance(0.4):
            back = draft.ago(5, 300)
            kind, words = rng.choice(ADVOCACY)
            self.add("advocacy", back, kind=kind, advocacy=words, on_date=days.iso(back),
                     person_id=self._person())  # fmt: skip

    def requests(self) -> None:
        """What somebody of theirs asked for and has not had an answer to."""
        draft, rng, days = self.draft, self.draft.rng, self.draft.days
        if not self.there or not draft.chance(0.15):
            return
        back = draft.ago(1, 9)
        kind, words = rng.choice(REQUESTS)
        self.add(
            "action", back, side="we", action=words, owner_id=draft.owner_id, request=kind,
            asked_by_id=self._person(), due_on=days.iso(days.workday_ahead(rng.randint(-4, 4))),
            promised=0, shared=0, origin="account", **self._logged(back),
        )  # fmt: skip
