"""The lists as JSON, field by field, as tables, filtered and sorted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import TODAY, Ask
from tests.makers import World, opened

Done = Callable[..., Any]


def test_accounts_have_the_fields_of_the_contract(done: Done, world: World) -> None:
    nordic, other = done("accounts")
    assert list(nordic) == [
        "id", "name", "external_id", "tier", "stage", "owner", "arr", "currency", "health",
        "renewal", "days_to_renewal", "last_two_way", "open_complaints", "worst_severity",
        "plan_readiness", "next_action",
    ]  # fmt: skip
    assert nordic["id"] == str(world.account)
    assert nordic["name"] == "Nordic Oy"
    assert nordic["tier"] == 1
    assert nordic["owner"] == "Bob"
    assert nordic["arr"] == {"minor": 120_000, "currency": "EUR"}
    assert nordic["currency"] == "EUR"
    assert list(nordic["health"]) == ["score", "band", "coverage", "trend", "as_of"]
    assert nordic["health"]["as_of"] == TODAY
    assert isinstance(nordic["health"]["score"], int)
    assert (nordic["renewal"], nordic["days_to_renewal"]) == ("2026-05-15", 65)
    assert nordic["last_two_way"] == "2026-03-10"
    assert (nordic["open_complaints"], nordic["worst_severity"]) == (2, "high")
    assert other["arr"] is other["worst_severity"] is other["next_action"] is None


@pytest.mark.usefixtures("world")
def test_accounts_are_filtered_sorted_and_cut(done: Done) -> None:
    def names(*words: str) -> list[str]:
        return [row["name"] for row in done("accounts", *words)]

    assert names() == ["Nordic Oy", "Other Ltd"]
    assert names("--sort", "-name") == ["Other Ltd", "Nordic Oy"]
    assert names("--sort", "days_to_renewal", "--limit", "1") == ["Nordic Oy"]
    assert names("--filter", "tier:1 renewal<90") == ["Nordic Oy"]
    assert names("--filter", "-tier:1") == ["Other Ltd"]
    assert names("--limit", "0") == []


@pytest.mark.parametrize("command", ["accounts", "people", "touchpoints", "complaints", "actions"])
@pytest.mark.usefixtures("world")
def test_unknown_fields_are_refused_with_the_nearest(
    ask: Ask,
    command: str,
) -> None:
    got = ask(command, "--filter", "acount:x")
    assert (got.code, got.out) == (1, "")
    assert "Did you mean account?" in got.err
    got = ask(command, "--sort", "acccount")
    assert got.code == 1
    assert "There is no sorting by" in got.err


@pytest.mark.parametrize(
    "command", ["accounts", "people", "touchpoints", "complaints", "actions", "today"]
)
@pytest.mark.usefixtures("world")
def test_account_filters_every_list(done: Done, command: str) -> None:
    everything = done(command)
    mine = done(command, "--filter", 'account:"nordic"')
    assert mine
    assert mine == [row for row in everything if row.get("account", row.get("name")) == "Nordic Oy"]


def test_people_with_their_parts(done: Done, world: World) -> None:
    rows = done("people")
    assert [row["name"] for row in rows] == ["Joe", "Maria", "Stranger"]
    maria = rows[1]
    assert maria["id"] == str(world.maria)
    assert maria["account"] == "Nordic Oy"
    assert maria["roles"] == ["champion"]
    assert (maria["influence"], maria["stance"]) == (3, "supporter")
    assert maria["last_two_way"] == "2026-03-10"
    assert [r["name"] for r in done("people", "--filter", "role:champion touch<5")] == ["Maria"]
    assert [r["name"] for r in done("people", "--filter", "-role:none left:no")] == ["Joe", "Maria"]
    assert done("people", "--sort", "-name")[0]["name"] == "Stranger"


def test_touchpoints_have_the_fields_of_the_contract(done: Done, world: World) -> None:
    (row,) = done("touchpoints")
    assert row == {
        "id": str(world.touchpoint),
        "account": "Nordic Oy",
        "people": ["Maria"],
        "kind": "call",
        "direction": row["direction"],
        "two_way": True,
        "function": row["function"],
        "occurred": "2026-03-10T10:00:00+00:00",
        "note": "Talked about İstanbul",
    }
    assert done("touchpoints", "--filter", "kind:call two_way:yes occurred<3 istanbul") == [row]
    assert done("touchpoints", "--filter", "kind:meeting") == []


def test_moments_are_in_the_book_s_zone(done: Done, ask: Ask) -> None:
    assert ask("settings", "zone", "Asia/Tehran").code == 0
    assert ask("account", "add", "Acme").code == 0
    assert ask("log", "touchpoint", "Acme", "--kind", "call", "--at", "2026-03-10 10:00").code == 0
    assert done("touchpoints")[0]["occurred"] == "2026-03-10T10:00:00+03:30"


def test_complaints_have_the_fields_of_the_contract(done: Done, world: World) -> None:
    slow, broken = done("complaints")
    assert list(slow) == [
        "id", "number", "account", "title", "severity", "stage", "waiting", "owner", "opened",
        "ack_due", "response_due", "resolution_due", "clock",
    ]  # fmt: skip
    assert (slow["id"], slow["number"]) == (str(world.complaint), "C-1")
    assert (slow["severity"], slow["stage"], slow["waiting"]) == ("high", "received", False)
    assert slow["opened"] == "2026-03-09T10:00:00+00:00"
    assert slow["ack_due"] == "2026-03-09T12:00:00+00:00"
    assert slow["clock"] == "breached"
    assert broken["waiting"] is True
    assert [r["number"] for r in done("complaints", "--filter", "waiting:no")] == ["C-1"]
    assert [r["number"] for r in done("complaints", "--sort", "-severity")] == ["C-1", "C-2"]
    assert [r["number"] for r in done("complaints", "--filter", "clock:breached")] == ["C-1"]


def test_actions_by_due_day_and_done_ones_by_filter(
    done: Done, world: World, tmp_path: Path
) -> None:
    rows = done("actions")
    assert [(row["action"], row["due"]) for row in rows] == [
        ("call back", "2026-03-12"), ("Send it", "2026-03-14"),
    ]  # fmt: skip
    assert rows[1]["id"] == str(world.action)
    assert rows[0]["promised"] is True
    from planner.use_cases.actions import finish_action

    book = opened(tmp_path / "own.db")
    book.run(finish_action, world.action)
    book.close()
    assert [row["action"] for row in done("actions")] == ["call back"]
    assert [row["action"] for row in done("actions", "--filter", "status:done")] == ["Send it"]
    assert [row["action"] for row in done("actions", "--filter", "due<2")] == ["call back"]


@pytest.mark.usefixtures("world")
def test_owner_me_means_the_reader(ask: Ask, done: Done) -> None:
    assert ask("me", "Ann").code == 0
    assert [r["action"] for r in done("actions", "--filter", "owner:me")] == ["Send it"]


def test_today_has_a_section_and_a_reason_for_each_account(done: Done, world: World) -> None:
    rows = done("today")
    first = rows[0]
    assert list(first) == [
        "account_id", "account", "section", "kind", "what", "due", "owner", "plan_section",
        "row_id", "also", "score", "band", "as_of",
    ]  # fmt: skip
    assert first["account_id"] == str(world.account)
    assert (first["section"], first["kind"]) == ("meetings", "meeting")
    now = next(row for row in rows if row["section"] == "now")
    assert (now["account_id"], now["kind"]) == (str(world.account), "complaint")
    assert now["as_of"] == TODAY
    sections = {"meetings", "now", "later", "waiting", "handoffs", "upkeep"}
    assert {row["section"] for row in rows} <= sections
    assert done("today", "--filter", "section:now kind:alert")[0]["account"] == "Other Ltd"


@pytest.mark.usefixtures("world")
def test_tables_name_what_they_list_and_stay_in_the_width(
    ask: Ask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for command in ("accounts", "people", "touchpoints", "complaints", "actions", "today"):
        got = ask(command, "--limit", "9")
        assert got.code == 0
        assert "Nordic" in got.out
        table = got.out.split("\n\n")[0]
        assert all(len(line) <= 80 for line in table.splitlines())


@pytest.mark.usefixtures("world")
def test_today_as_text_has_its_sections(ask: Ask) -> None:
    got = ask("today")
    for title in ("TODAY  2026-03-11", "NOW", "LATER", "WAITING ON THEM", "HAND-OFFS  0", "UPKEEP"):
        assert title in got.out
    assert "answer complaint C-1" in got.out


def test_an_empty_list_says_so(ask: Ask) -> None:
    assert ask("me", "Ann", "--function", "success").code == 0
    for command in ("accounts", "people", "touchpoints", "complaints", "actions"):
        assert len(ask(command).out.strip()) > 5
        assert ask(command, "--json").document == []


@pytest.mark.usefixtures("world")
def test_another_day_is_recomputed_and_not_written(
    done: Done,
    tmp_path: Path,
) -> None:
    before = (tmp_path / "own.db").read_bytes()
    stored = done("accounts")[0]
    later = done("accounts", "--today", "2026-04-20")[0]
    assert later["health"]["as_of"] == "2026-04-20"
    assert later["days_to_renewal"] == stored["days_to_renewal"] - 40
    assert later["health"]["score"] != stored["health"]["score"]
    assert done("today", "--today", "2026-04-20")[0]["as_of"] == "2026-04-20"
    assert done("show", "Nordic Oy", "--today", "2026-04-20")["account"] == later
    assert (tmp_path / "own.db").read_bytes() == before
    book = opened(tmp_path / "own.db")
    assert {row.as_of for row in book.queries().accounts.page()} == {TODAY}
    book.close()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("sort", ["", "opened", "-opened", "due", "-due", "severity"])
@pytest.mark.parametrize("limit", ["0", "1", "2", "100"])
def test_a_limit_gives_the_beginning_of_the_whole_list(done: Done, sort: str, limit: str) -> None:
    words = ("complaints", *(("--sort", sort) if sort else ()))
    assert done(*words, "--limit", limit) == done(*words)[: int(limit)]
