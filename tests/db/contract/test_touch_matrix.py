"""The tables of touchpoints agree with a slow reference that reads the log, on both engines."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.book import Book
from db.undo import undo
from planner.text import fold
from planner.touch_matrix import KINDS_OF
from planner.use_cases.accounts import add_account, archive_account, change_account
from planner.use_cases.people import add_person
from planner.use_cases.plan_lines import add_line
from planner.use_cases.plans import start_plan
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import TODAY, World, at, day

KINDS = ("call", "email", "meeting", "training", "webinar")
FUNCTIONS = ("marketing", "sales")
TOPICS = (None, "News", "news", "terms")
TOUCH = st.fixed_dictionaries({
    "who": st.integers(0, 2), "kind": st.sampled_from(KINDS),
    "function": st.sampled_from(FUNCTIONS), "topic": st.sampled_from(TOPICS),
    "direction": st.sampled_from(["in", "out"]), "two_way": st.booleans(),
    "minutes": st.sampled_from([None, 0, 30, 45]), "ago": st.sampled_from([0, 1, 89, 90, 91, 400]),
})  # fmt: skip
LINE = st.tuples(
    st.sampled_from(FUNCTIONS), st.booleans(),
    st.sampled_from([None, "email", "phone", "meeting"]), st.sampled_from(["News", "terms"]),
)  # fmt: skip


def build(book: Book, touches: list[dict[str, Any]], stages: list[str]) -> list[tuple[int, int]]:
    """Three accounts with a person each, and their log; their stages move in the audit."""
    found = []
    for number in range(3):
        account = book.run(
            add_account, name=f"A{number} {stages}", stage="onboarding", tier=number % 2 + 1,
            duplicate=True,
        ).result.id  # fmt: skip
        person = book.run(
            add_person, account, name=f"P{number}", preferred_channel="sms"
        ).result[0].id  # fmt: skip
        found.append((account, person))
    for one in touches:
        account, person = found[one["who"]]
        fields = {k: v for k, v in one.items() if k not in ("who", "ago") and v is not None}
        if not fields["two_way"] and fields["kind"] in ("call", "meeting"):
            fields["answered"] = False
        book.run(
            log_touchpoint, account, when=at(one["ago"], 9), person_ids=[person], **fields
        )  # fmt: skip
    for stage in stages:
        book.run(change_account, found[0][0], stage=stage)
    return found


def log_of(book: Book) -> list[dict[str, Any]]:
    """Every live touchpoint of a live account, as it is stored."""
    return book.connection.maps(
        "SELECT t.*, a.stage, a.tier, a.name FROM touchpoint t JOIN account a"
        " ON a.id = t.account_id WHERE t.archived_at IS NULL AND a.archived_at IS NULL", {}
    )  # fmt: skip


def within(row: dict[str, Any], days: int) -> bool:
    ago = (TODAY - date.fromisoformat(row["occurred_on"])).days
    return 0 <= ago < days


def stage_then(book: Book, row: dict[str, Any]) -> str:
    """The stage at the end of the contact's day, by going back through all changes."""
    stage = row["stage"]
    moves = book.connection.rows(
        "SELECT c.on_date, e.before, e.after FROM audit_entry e JOIN change c ON c.id = e.change_id"
        " WHERE e.row_id = :id AND e.op = 'update' ORDER BY e.id DESC",
        {"id": row["account_id"]},
    )
    for on, before, after in moves:
        if "stage" in json.loads(after) and on > row["occurred_on"]:
            stage = json.loads(before)["stage"]
    return stage or ""


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(touches=st.lists(TOUCH, max_size=8),
       stages=st.lists(st.sampled_from(["adopting", "renewal"]), max_size=2))  # fmt: skip
def test_journey_and_talk_time_agree_with_the_log(
    book: Book, touches: list[dict[str, Any]], stages: list[str]
) -> None:
    accounts = build(book, touches, stages)
    queries, log = book.queries().matrix, log_of(book)
    for only in (None, accounts[0][0]):
        counted: Counter[tuple[str, str]] = Counter(
            (stage_then(book, row), row["kind"])
            for row in log
            if within(row, 365) and only in (None, row["account_id"])
        )
        matrix = queries.journey(account_id=only)
        shown = {(row.stage, kind): n for row in matrix.rows for kind, n in row.touches.items()}
        assert {cell: n for cell, n in shown.items() if n} == counted
        for (stage, kind), count in counted.items():
            behind = queries.behind(stage, kinds=(kind,), account_id=only)
            assert len(behind) == count
        present = {row.stage: row for row in matrix.rows if row.accounts}
        for stage, shown_row in present.items():
            assert ("sms" in shown_row.gaps) == bool(stage), (stage, shown_row)
    for by, of in (("tier", "tier"), ("account", "account_id"), ("colleague", "colleague_id")):
        minutes: defaultdict[str, list[int | None]] = defaultdict(list)
        for row in log:
            talked = row["kind"] != "email" or row["minutes"] is not None
            if row["two_way"] and talked and within(row, 90):
                minutes["" if row[of] is None else str(row[of])].append(row["minutes"])
        assert {
            one.key: (one.minutes, one.talks, one.without) for one in queries.talk_time(by)
        } == {
            key: (sum(m or 0 for m in found), len(found), sum(m is None for m in found))
            for key, found in minutes.items()
        }


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(touches=st.lists(TOUCH, max_size=8), lines=st.lists(LINE, max_size=3))
def test_who_sends_what_agrees_with_the_log(
    book: Book, touches: list[dict[str, Any]], lines: list[tuple[Any, ...]]
) -> None:
    account, person = build(book, [{**one, "who": 0} for one in touches], [])[0]
    book.run(start_plan, account)
    for function, named, channel, topic in lines:
        book.run(
            add_line, account, "contact_plan", "sends", f"{topic} {function}", topic=topic,
            function=function, channel=channel, person_id=person if named else None,
        )  # fmt: skip
    rows = book.queries().matrix.sends(account)
    out = [
        row for row in log_of(book)
        if row["account_id"] == account and row["direction"] == "out" and within(row, 90)
    ]  # fmt: skip
    planned = [row for row in rows if row.planned]
    assert len(planned) == len(lines)
    covered = set()
    for row, (function, _named, channel, topic) in zip(planned, lines, strict=True):
        fitting = {
            one["id"] for one in out
            if (function is None or one["function"] == function)
            and (channel is None or one["kind"] in KINDS_OF[channel])
            and (one["topic"] is None or fold(one["topic"]) == fold(topic))
        }  # fmt: skip
        assert set(row.ids) == fitting
        assert (row.state == "gap") <= (not fitting)
        covered |= fitting
    loose = {one for row in rows if not row.planned for one in row.ids}
    assert loose == {one["id"] for one in out} - covered


def test_a_stage_is_that_of_the_day_and_undo_is_a_change_too(filled: Book, world: World) -> None:
    filled.run(archive_account, world.other)
    account = filled.run(add_account, name="Moves", stage="onboarding").result.id
    filled.run(log_touchpoint, account, kind="email", when=at(40))
    assert stages_of(filled, account) == {"onboarding": 1}
    filled.run(change_account, account, stage="established")
    assert stages_of(filled, account) == {"onboarding": 1}
    filled.run(log_touchpoint, account, kind="email", when=at(0, 9))
    assert stages_of(filled, account) == {"onboarding": 1, "established": 1}
    assert filled.queries().matrix.journey(account_id=account).moved == 1
    filled.run(undo)
    filled.run(undo)
    assert stages_of(filled, account) == {"onboarding": 1}
    assert filled.queries().matrix.journey(account_id=account, days=30).rows[0].touches == {}


def stages_of(book: Book, account: int) -> dict[str, int]:
    """Touches by stage."""
    rows = book.queries().matrix.journey(account_id=account).rows
    return {row.stage: sum(row.touches.values()) for row in rows if row.touches}


def test_two_functions_that_send_the_same_are_a_double(filled: Book, world: World) -> None:
    account = filled.run(add_account, name="Twice").result.id
    filled.run(start_plan, account)
    maria = filled.run(add_person, account, name="Maria B").result[0].id
    for function in FUNCTIONS:
        filled.run(log_touchpoint, account, kind="email", when=at(3), function=function,
                   topic="News", person_ids=[maria])  # fmt: skip
    filled.run(log_touchpoint, account, kind="email", when=at(2), function="sales",
               topic="terms", person_ids=[maria])  # fmt: skip
    states = {
        (row.function, row.topic): row.state for row in filled.queries().matrix.sends(account)
    }
    assert states == {
        ("marketing", "News"): "double", ("sales", "News"): "double",
        ("sales", "terms"): "not_planned",
    }  # fmt: skip
    for function in FUNCTIONS:
        filled.run(add_line, account, "contact_plan", "sends", f"news by {function}",
                   function=function, channel="letter", topic="News", person_id=maria)  # fmt: skip
    rows = filled.queries().matrix.sends(account)
    assert [row.state for row in rows if row.planned] == ["double", "double"]
    assert filled.queries().matrix.names([maria]) == {maria: "Maria B"}
    shown = filled.queries().matrix.touches(rows[-1].ids)
    assert [(one.account, one.topic) for one in shown] == [("Twice", rows[-1].topic)]
    assert filled.queries().matrix.touches([]) == []
    assert day(0) == TODAY
    assert world.account
