"""How full and fresh each section of a plan is, and whose it is: of one account or of many.

A fixed number of statements, whatever the number of accounts; a whole book is read in blocks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from db.engine import Connection, placeholders
from db.frame import Frame
from planner.acting import Actor
from planner.plan_sections import (
    PlanFacts,
    SectionOwner,
    holding,
    owner_of,
    owner_words,
    section_states,
)
from planner.readiness import SectionState, readiness, sections_shown
from planner.renewal_choice import renewal_of
from planner.views.plan_sections import PlanSections, SectionLine

BLOCK = 100
"""How many plans of a whole book are read at once."""
ONE = "= :id"
ORDERED = """
SELECT r.account_id FROM account_rollup r WHERE r.plan_status IS NOT NULL{scope}
ORDER BY r.name_key, r.account_id"""
"""The accounts with a live plan, by name."""
MINE = """ AND r.account_id IN (
  SELECT account_id FROM seat WHERE colleague_id = :me AND archived_at IS NULL
  UNION SELECT id FROM account WHERE owner_id = :me
  UNION SELECT account_id FROM section WHERE owner_id = :me AND archived_at IS NULL
  UNION SELECT account_id FROM section WHERE offered_to_id = :me AND archived_at IS NULL)"""
"""Those of them in which I may have a section."""
OFFERED = """ AND r.account_id IN (
  SELECT account_id FROM section WHERE offered_to_id IS NOT NULL AND archived_at IS NULL)"""
"""Those of them in which a section was offered and nobody answered."""


def questions(scope: str) -> dict[str, str]:
    """The statements, by what they answer, about the accounts in a scope."""
    plan = f"""(SELECT id FROM plan WHERE account_id {scope} AND archived_at IS NULL
  AND status <> 'closed')"""
    return {
        "accounts": f"""
SELECT id AS account_id, name, name_key, tier, keep_class, stage, owner_id, touched_on
FROM account WHERE id {scope} AND archived_at IS NULL ORDER BY name_key, id""",
        "plans": f"""
SELECT account_id, id, size, status, period_start, period_end, north_star, north_star_target,
  next_review_on, touched_on
FROM plan WHERE account_id {scope} AND archived_at IS NULL AND status <> 'closed'""",
        "seats": f"""
SELECT account_id, function, colleague_id, touched_on FROM seat
WHERE account_id {scope} AND archived_at IS NULL""",
        "objectives": f"""
SELECT account_id, objective, their_owner, their_owner_id, owner_id, touched_on FROM objective
WHERE account_id {scope} AND archived_at IS NULL AND status <> 'dropped' AND plan_id IN {plan}""",
        "people": f"""
SELECT m.account_id, m.roles, m.touched_on,
  COALESCE(NULLIF(p.name, ''), p.email, p.phone) AS name
FROM membership m JOIN person p ON p.id = m.person_id
WHERE m.account_id {scope} AND m.archived_at IS NULL AND p.archived_at IS NULL
  AND m.left_on IS NULL""",
        "actions": f"""
SELECT account_id, action, owner_id, due_on, done_means, touched_on FROM action
WHERE account_id {scope} AND archived_at IS NULL AND status = 'open'""",
        "contracts": f"""
SELECT account_id, id, arr_minor, end_on, notice_days, forecast, status, decided_on, touched_on
FROM contract WHERE account_id {scope} AND archived_at IS NULL""",
        "held": held_question(scope, plan),
        "sections": f"""
SELECT s.account_id, s.section, s.added, s.still_true_on, s.owner_id, s.offered_to_id,
  s.offered_on, o.name AS offered_to
FROM section s LEFT JOIN colleague o ON o.id = s.offered_to_id
WHERE s.account_id {scope} AND s.archived_at IS NULL AND s.plan_id IN {plan}""",
        "colleagues": "SELECT id, name FROM colleague",
    }


def held_question(scope: str, plan: str) -> str:
    """One statement for the rows of all sections without star fields, and the QBR dates."""

    def of(section: str, table: str, more: str = "", qbr: str = "0", touched: str = "") -> str:
        return f"""
SELECT account_id, {section} AS section, COUNT(*) AS held, {qbr} AS qbr, 0 AS open,
  MAX({touched or "touched_on"}) AS touched_on
FROM {table} WHERE account_id {scope} AND archived_at IS NULL{more} GROUP BY account_id"""

    entry = of(
        "section",
        "entry",
        f" AND closed_on IS NULL AND (plan_id IS NULL OR plan_id IN {plan})",
        "SUM(CASE WHEN field = 'qbr' AND on_date IS NOT NULL THEN 1 ELSE 0 END)",
    )
    bought = of("'why_bought'", "interview", " AND kind = 'bought'")
    stay = of("'why_stay'", "interview", " AND kind <> 'bought'")
    value = of("'value'", "proof", f" AND plan_id IN {plan}")
    risks = of("'risks'", "risk", f" AND closed_on IS NULL AND plan_id IN {plan}")
    closed_risks = f"""
SELECT account_id, 'risks' AS section, 0 AS held, 0 AS qbr, 0 AS open,
  MAX(touched_on) AS touched_on
FROM risk WHERE account_id {scope} AND archived_at IS NULL AND plan_id IN {plan}
GROUP BY account_id"""
    complaints = f"""
SELECT account_id, 'complaints' AS section, COUNT(*) AS held, 0 AS qbr,
  SUM(CASE WHEN resolved_at IS NULL THEN 1 ELSE 0 END) AS open, MAX(touched_on) AS touched_on
FROM complaint WHERE account_id {scope} AND archived_at IS NULL GROUP BY account_id"""
    growth = [of("'growth'", table) for table in ("whitespace", "opportunity")]
    benefits = [
        of("'enablement'", table) for table in ("benefit", "gesture", "behaviour", "enrolment")
    ]
    parts = (f"{entry}, section", bought, stay, value, risks, closed_risks, complaints,
             *growth, *benefits)  # fmt: skip
    return " UNION ALL ".join(parts)


class PlanStateQueries:
    """Reads the states of the sections of live plans."""

    def __init__(self, connection: Connection, frame: Frame, actor: Actor) -> None:
        self._connection = connection
        self._frame = frame
        self._actor = actor

    def of_account(self, account_id: int) -> PlanSections | None:
        """All 17 sections of one account's live plan; None where it has none."""
        return next(iter(self._read(ONE, {"id": account_id})), None)

    def of_accounts(self, account_ids: Sequence[int]) -> list[PlanSections]:
        """The live plans of some accounts, by account's name."""
        names, params = placeholders("a", account_ids)
        return self._read(f"IN ({names})", params) if account_ids else []

    def everywhere(self, *, mine: bool = False, offered: bool = False) -> Iterator[PlanSections]:
        """The live plans by account's name, read in blocks, each as of its own moment.

        ``mine``: those in which I may have a section; somebody whom the book does not know as a
        colleague has none. ``offered``: those in which a section was offered and is not answered.
        """
        me = self._actor.colleague_id
        if mine and me is None:
            return
        sql = ORDERED.format(scope=(MINE if mine else "") + (OFFERED if offered else ""))
        found = self._connection.rows(sql, {"me": me} if mine else {})
        ids = [row[0] for row in found]
        for start in range(0, len(ids), BLOCK):
            yield from self.of_accounts(ids[start : start + BLOCK])

    def _read(self, scope: str, params: Mapping[str, Any]) -> list[PlanSections]:
        asked = questions(scope)
        answers = dict(
            zip(asked, self._connection.maps_of(list(asked.values()), params), strict=True)
        )
        names = {row["id"]: row["name"] for row in answers.pop("colleagues")}
        by_account = {what: _grouped(rows) for what, rows in answers.items()}
        found = []
        for account in answers["accounts"]:
            rows = {what: by[account["account_id"]] for what, by in by_account.items()}
            if rows["plans"]:
                found.append(self._sections(account, rows, names))
        return found

    def _sections(
        self, account: dict[str, Any], rows: dict[str, list[dict[str, Any]]], names: dict[int, str]
    ) -> PlanSections:
        plan = rows["plans"][0]
        facts = facts_of(account, plan, rows)
        today = self._frame.today
        states = section_states(facts, today)
        kept = {row["section"]: row for row in rows["sections"]}
        seats = {row["function"]: row["colleague_id"] for row in rows["seats"]}
        added = [section for section, row in kept.items() if row["added"]]
        shown = sections_shown(plan["size"], holding(states), added)
        lines = [
            self._line(state, state.section in shown, kept.get(state.section, {}), seats,
                       account["owner_id"], names)
            for state in states
        ]  # fmt: skip
        percent = readiness(states, plan["size"], today).percent
        return PlanSections(account["account_id"], account["name"], plan["id"], plan["size"],
                            plan["status"], percent, tuple(lines), facts)  # fmt: skip

    def _line(
        self,
        state: SectionState,
        shown: bool,
        row: Mapping[str, Any],
        seats: Mapping[str, int],
        lead: int | None,
        names: Mapping[int, str],
    ) -> SectionLine:
        owner: SectionOwner = owner_of(state.section, row.get("owner_id"), seats, lead)
        name = None if owner.colleague_id is None else names.get(owner.colleague_id)
        return SectionLine(
            section=state.section,
            state=state,
            shown=shown,
            added=bool(row.get("added")),
            owner_id=owner.colleague_id,
            owner=owner_words(owner, name),
            gap=owner.is_gap,
            still_true_on=row.get("still_true_on"),
            offered_to_id=row.get("offered_to_id"),
            offered_to=row.get("offered_to"),
            offered_on=row.get("offered_on"),
            offered_to_me=row.get("offered_to_id") is not None
            and row.get("offered_to_id") == self._actor.colleague_id,
            mine=owner.colleague_id is not None
            and owner.colleague_id == self._actor.colleague_id,
        )  # fmt: skip


def facts_of(
    account: dict[str, Any], plan: dict[str, Any], rows: Mapping[str, list[dict[str, Any]]]
) -> PlanFacts:
    """The facts of one account's plan from the rows that the questions gave."""
    renewal = renewal_of(rows["contracts"])
    held: dict[str, int] = defaultdict(int)
    touched: dict[str, str] = {}

    def touch(section: str, days: Iterable[str | None]) -> None:
        newest = max((day for day in (*days, touched.get(section)) if day), default=None)
        if newest is not None:
            touched[section] = newest

    for row in rows["held"]:
        held[row["section"]] += row["held"]
        touch(row["section"], [row["touched_on"]])
    held["team"], held["header"] = len(rows["seats"]), 1
    for section, what in (
        ("team", "seats"), ("goals", "objectives"), ("stakeholders", "people"),
        ("actions", "actions"), ("header", "plans"),
    ):  # fmt: skip
        touch(section, [row["touched_on"] for row in rows[what]])
    touch("header", [account["touched_on"]])
    touch("renewal", [renewal["touched_on"]] if renewal else [])
    for row in rows["sections"]:
        touch(row["section"], [row["still_true_on"]])
    return PlanFacts(
        account=account,
        plan=plan,
        renewal=renewal,
        functions=frozenset(row["function"] for row in rows["seats"]),
        objectives=rows["objectives"],
        people=rows["people"],
        actions=rows["actions"],
        held=held,
        qbr_dates=sum(row["qbr"] for row in rows["held"]),
        open_complaints=sum(row["open"] for row in rows["held"]),
        touched=touched,
    )


def _grouped(rows: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    grouped: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["account_id"]].append(row)
    return grouped
