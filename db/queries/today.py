"""Gathers the duties of Today; how they are ranked and folded is ``planner.today``."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from db.complaint_clocks import local_day
from db.engine import Connection, placeholders
from db.frame import Frame
from db.queries.actions import action_rows
from db.queries.complaints import ComplaintQueries
from db.queries.loyal import loyal_accounts
from db.snoozed import SNOOZED
from planner.acting import Actor
from planner.language import gettext as _
from planner.today import AccountFace, build_today, busy_accounts
from planner.views.handoffs import complaint_duty
from planner.views.today import LATER_DAYS, Duty, TodayPage
from planner.views.work import ActionRow, ComplaintRow

MOST = 300
"""How many duties of one kind Today looks at, the most urgent first; more is said, not listed."""

OURS = (
    " AND x.status = 'open' AND x.side = 'we' AND x.due_on <= :until AND x.survey_trigger IS NULL"
)
THEIRS = " AND x.status = 'open' AND x.side = 'they'"
# COALESCE keeps the search on my accounts' rows: by status it would read all that is open.
OF_MY_ACCOUNTS = (
    " AND COALESCE(x.status, '') = 'open' AND COALESCE(x.side, '') = 'they'"
    " AND x.account_id IN (SELECT o.id FROM account o WHERE o.owner_id = :me)"
)
FACES = """
SELECT r.account_id, r.name, r.band, r.shown, r.uncertain, r.starter_known, r.coverage, r.tier,
  r.arr_minor FROM account_rollup r WHERE r.account_id IN ({names})"""
CONTACT = f"""
SELECT r.account_id, r.touch_due_on, r.last_two_way_on, r.cadence_days, r.owner_id, r.owner
FROM account_rollup r
WHERE r.touch_due_on < :today AND (r.stage IS NULL OR r.stage NOT IN ('lost', 'prospect')){{mine}}
  AND NOT {SNOOZED}
ORDER BY r.touch_due_on, r.account_id LIMIT :most"""
NOTICE = """
SELECT r.account_id, r.notice_on, r.renewal_on, r.owner_id, r.owner FROM account_rollup r
WHERE (r.notice_on BETWEEN :today AND :until OR r.renewal_on <= :until)
  AND (r.stage IS NULL OR r.stage <> 'lost'){mine}
ORDER BY COALESCE(r.notice_on, r.renewal_on), r.account_id LIMIT :most"""
STARTER = """
SELECT r.account_id, r.starter_known, r.owner_id, r.owner FROM account_rollup r
WHERE r.starter_known < 4 AND (r.stage IS NULL OR r.stage <> 'lost'){mine}
ORDER BY r.tier NULLS LAST, r.arr_minor DESC NULLS LAST, r.account_id LIMIT :most"""
STARTER_COUNT = """
SELECT COUNT(*) FROM account_rollup r
WHERE r.starter_known < 4 AND (r.stage IS NULL OR r.stage <> 'lost'){mine}"""


AT_RISK = "SELECT id FROM complaint WHERE at_risk_at <= :now AND id IN ({names})"


class TodayQueries:
    """Today, for one colleague's accounts and duties (scope mine) or for all."""

    def __init__(self, connection: Connection, frame: Frame, actor: Actor) -> None:
        self._connection = connection
        self._frame = frame
        self._actor = actor
        self._clipped = False

    def today(self, *, mine: bool, plans: bool = True) -> TodayPage:
        """Today's lines. ``mine`` keeps to what I own; without a known colleague it is all.

        ``plans``: with what the plans ask for; without it the first frame is there sooner.
        """
        colleague = self._actor.colleague_id if mine else None
        duties = [
            *self._actions(colleague),
            *self._complaints(colleague),
            *self._handed(colleague),
            *self._contacts(colleague),
            *self._notices(colleague),
        ]
        starters, total = self._starters(colleague)
        upkeep: list[Duty] = []
        upkeep_clipped = False
        if plans:
            from db.queries.today_plan import TodayPlanQueries

            found = TodayPlanQueries(self._connection, self._frame, self._actor, colleague)
            duties += found.dated()
            duties += self._quarterly(colleague)
            duties += self._celebrations(found.account_ids, colleague)
            duties += self._alerts(found.account_ids, colleague)
            duties += self._improvements(colleague)
            duties += self._incidents(colleague)
            upkeep = [
                *self._surveys(colleague),
                *found.upkeep(busy_accounts(duties, self._frame.today)),
            ]
            self._clipped |= found.clipped
            upkeep_clipped = found.upkeep_clipped
        faces = self._faces({duty.account_id for duty in (*duties, *starters, *upkeep)})
        return build_today(
            duties,
            [*upkeep, *starters],
            faces,
            on=self._frame.today,
            upkeep_total=total + len(upkeep),
            clipped=self._clipped,
            upkeep_clipped=upkeep_clipped,
            whole=plans,
        )

    def _quarterly(self, colleague: int | None) -> list[Duty]:
        from db.queries.reviews import ReviewQueries

        last = self._frame.today + timedelta(days=LATER_DAYS)
        found, more = ReviewQueries(self._connection, self._frame).until(last, colleague)
        self._clipped |= more or len(found) > MOST
        return [
            Duty(
                one.account_id, "qbr", _("hold the quarterly review"), one.review.due_on, None,
                one.owner_id, one.owner, None, "contact_plan",
            )
            for one in found[:MOST]
        ]  # fmt: skip

    def _surveys(self, colleague: int | None) -> list[Duty]:
        from db.queries.survey_figures import SurveyFigureQueries

        found = SurveyFigureQueries(self._connection, self._frame)
        duties = found.tasks(colleague, MOST)
        self._clipped |= len(duties) == MOST
        return duties

    def _alerts(self, account_ids: list[int], colleague: int | None) -> list[Duty]:
        from db.queries.rules import AlertQueries

        asked = AlertQueries(self._connection, self._frame, self._actor)
        found, more = asked.duties(account_ids, colleague)
        self._clipped |= more
        return found

    def _celebrations(self, account_ids: list[int], colleague: int | None) -> list[Duty]:
        from db.queries.celebrations import CelebrationQueries

        return CelebrationQueries(self._connection, self._frame).duties(account_ids, colleague)

    def _improvements(self, colleague: int | None) -> list[Duty]:
        from db.queries.improvements import ImprovementQueries

        found = ImprovementQueries(self._connection, self._frame)
        return found.overdue(colleague, MOST)

    def _incidents(self, colleague: int | None) -> list[Duty]:
        from db.queries.incidents import IncidentQueries

        found = IncidentQueries(self._connection).untold(colleague, MOST)
        self._clipped |= len(found) == MOST
        return found

    def _actions(self, colleague: int | None) -> list[Duty]:
        until = (self._frame.today + timedelta(days=LATER_DAYS)).isoformat()
        me: dict[str, object] = {} if colleague is None else {"me": colleague}
        mine, theirs = (" AND x.owner_id = :me", OF_MY_ACCOUNTS) if me else ("", THEIRS)
        return [
            *self._acted(OURS + mine, {"until": until, **me}),
            *self._acted(f"{theirs} AND x.due_on IS NOT NULL", me),
            *self._acted(f"{theirs} AND x.due_on IS NULL", me),
        ]

    def _acted(self, where: str, params: dict[str, object]) -> list[Duty]:
        rows = action_rows(self._connection, where, params, MOST, bounded=True)
        self._clipped |= len(rows) == MOST
        return [self._action(row) for row in rows]

    def _action(self, row: ActionRow) -> Duty:
        ours = row.side == "we"
        words = row.action
        if row.promised and ours:
            promised = _("you promised: {action}")
            if row.owner_id != self._actor.colleague_id:
                promised = _("we promised: {action}")
            words = promised.format(action=row.action)
        kind = ("promise" if row.promised else "action") if ours else "waiting"
        if row.request is not None and ours:
            from planner.requests import asked_words

            kind, words = "request", asked_words(row.request, row.action)
        return Duty(
            row.account_id,
            kind,
            words,
            row.due_on,
            None,
            row.owner_id,
            row.owner if ours else row.their_owner,
            row.id,
        )

    def _complaints(self, colleague: int | None) -> list[Duty]:
        rows = ComplaintQueries(self._connection, self._frame).most_urgent(colleague, MOST)
        self._clipped |= len(rows) == MOST
        at_risk = self._at_risk([row.id for row in rows if row.next_due is not None])
        accounts = {row.account_id for row in rows}
        loyal = loyal_accounts(self._connection, accounts, self._frame.today)
        return [
            self._complaint(row, row.id in at_risk, loyal.get(row.account_id, "")) for row in rows
        ]

    def _handed(self, colleague: int | None) -> list[Duty]:
        from db.queries.handoffs import HandOffQueries

        rows = HandOffQueries(self._connection, self._frame).complaints(colleague, MOST)
        self._clipped |= len(rows) == MOST
        return [complaint_duty(row, mine=colleague is not None) for row in rows]

    def _at_risk(self, ids: list[int]) -> set[int]:
        """Those of some running complaints that have used up most of their time."""
        names, params = placeholders("c", ids)
        now = self._frame.now.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"
        sql = AT_RISK.format(names=names)
        return {row[0] for row in self._connection.rows(sql, {**params, "now": now})}

    def _complaint(self, row: ComplaintRow, at_risk: bool, loyal: str) -> Duty:
        due = row.next_due
        ahead = None if due is None else datetime.fromisoformat(due).astimezone(self._frame.zone)
        if row.waiting:
            words = _("{number} waits for their answer").format(number=row.number)
        elif due is None:
            words = _("complaint {number} is open, without a clock").format(number=row.number)
        elif ahead is not None and at_risk and ahead >= self._frame.now:
            today = ahead.date() == self._frame.today
            words = _("answer complaint {number}, late from {when}").format(
                number=row.number, when=f"{ahead:%H:%M}" if today else f"{ahead:%Y-%m-%d %H:%M}"
            )
        else:
            words = _("answer complaint {number}").format(number=row.number)
        return Duty(
            row.account_id,
            "waiting" if row.waiting else "complaint",
            f"{words} · {loyal}" if loyal else words,
            None if due is None else local_day(due, self._frame.zone),
            due,
            row.owner_id,
            row.owner,
            row.id,
            at_risk=at_risk,
            loyal=bool(loyal) and not row.waiting,
        )

    def _mine(self, colleague: int | None) -> tuple[str, dict[str, object]]:
        params: dict[str, object] = {
            "today": self._frame.today.isoformat(),
            "until": (self._frame.today + timedelta(days=LATER_DAYS)).isoformat(),
            "most": MOST,
        }
        if colleague is None:
            return "", params
        return " AND r.owner_id = :me", {**params, "me": colleague}

    def _rows(self, sql: str, colleague: int | None) -> list[tuple[Any, ...]]:
        mine, params = self._mine(colleague)
        named = {name: value for name, value in params.items() if f":{name}" in sql + mine}
        return self._connection.rows(sql.format(mine=mine), named)

    def _contacts(self, colleague: int | None) -> list[Duty]:
        duties = []
        for row in self._rows(CONTACT, colleague):
            account_id, due, last, cadence, owner_id, owner = row
            words = (
                _("no two-way touch yet")
                if last is None
                else _("two-way touch {days}d, agreed {cadence}d").format(
                    days=self._days_since(str(last)), cadence=cadence
                )
            )
            duties.append(Duty(account_id, "contact", words, due, None, owner_id, owner, None))
        return duties

    def _notices(self, colleague: int | None) -> list[Duty]:
        today = self._frame.today.isoformat()
        duties = []
        for account_id, notice, renewal, owner_id, owner in self._rows(NOTICE, colleague):
            if notice is not None and notice >= today:
                words, due, kind = _("notice date: choose the term"), notice, "notice"
            else:
                words, due, kind = _("contract ends: is it renewed?"), renewal, "renewal"
            duties.append(Duty(account_id, kind, words, due, None, owner_id, owner, None))
        return duties

    def _starters(self, colleague: int | None) -> tuple[list[Duty], int]:
        duties = [
            Duty(
                account_id,
                "starter",
                _("starter {known} of 4: goal, key people, contract end, next action").format(
                    known=known
                ),
                None,
                None,
                owner_id,
                owner,
                None,
            )
            for account_id, known, owner_id, owner in self._rows(STARTER, colleague)
        ]
        counted = self._rows(STARTER_COUNT, colleague)
        return duties, int(counted[0][0])

    def _days_since(self, day: str) -> int:
        return (self._frame.today - date.fromisoformat(day)).days

    def _faces(self, account_ids: set[int]) -> dict[int, AccountFace]:
        faces: dict[int, AccountFace] = {}
        ids = sorted(account_ids)
        for start in range(0, len(ids), 500):
            names, params = placeholders("a", ids[start : start + 500])
            for row in self._connection.rows(FACES.format(names=names), params):
                faces[row[0]] = AccountFace(*row)
        return faces
