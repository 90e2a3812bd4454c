"""Accounts, people and contracts by command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]


def test_adding_the_first_account_makes_the_book(ask: Ask, tmp_path: Path) -> None:
    got = ask("account", "add", "Acme", "--tier", "2")
    assert got.code == 0
    assert (tmp_path / "own.db").exists()
    assert "added account Acme" in got.out


def test_a_new_account_is_printed_whole(done: Done) -> None:
    holding = done("account", "add", "Holding")
    record = done(
        "account", "add", "Acme", "--external-id", "A1", "--tier", "1", "--stage", "Onboarding",
        "--owner", "Aylin Kaya", "--country", "SE", "--sector", "food", "--parent", "holding",
        "--tag", "a", "--tag", "b", "--note", "n", "--keep", "let-go", "--keep-reason", "r",
        "--cadence-days", "21",
    )  # fmt: skip
    assert record["parent_id"] == holding["id"]
    assert (record["tier"], record["stage"], record["keep_class"]) == (1, "onboarding", "let_go")
    assert (record["owner"], record["external_id"], record["tags"]) == (
        "Aylin Kaya", "A1", ["a", "b"],
    )  # fmt: skip
    assert (record["cadence_days"], record["created_on"]) == (21, "2026-03-11")


def test_a_duplicate_name_is_refused_with_the_other_shown(ask: Ask, done: Done) -> None:
    first = done("account", "add", "Çınar Tekstil")
    again = ask("account", "add", "cinar TEKSTIL")
    assert again.code == 1
    assert "Çınar Tekstil" in again.err
    assert first["id"] in again.err
    assert again.out == ""
    assert done("account", "add", "cinar TEKSTIL", "--duplicate")["id"] != first["id"]


def test_an_account_needs_a_name(ask: Ask) -> None:
    assert ask("account", "add", "  ").code == 1
    assert ask("account", "add").code == 2


@pytest.mark.parametrize(
    ("option", "value"),
    [("--tier", "9"), ("--tier", "x"), ("--stage", "gone"), ("--cadence-days", "-1"),
     ("--keep", "invest"), ("--country", "x" * 1001)],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_its_field(
    ask: Ask, done: Done, option: str, value: str
) -> None:
    got = ask("account", "add", "Acme", option, value)
    assert got.code == 1
    assert option.lstrip("-").replace("-", "_") in got.err
    assert done("accounts") == []


def test_a_colleague_who_is_not_known_is_added_and_said(ask: Ask, done: Done) -> None:
    got = ask("account", "add", "Acme", "--owner", "Aylin Kaya")
    assert "Aylin Kaya was not known" in got.err
    again = ask("account", "add", "Bolt", "--owner", "aylin kaya")
    assert again.err == ""
    assert done("account", "set", "Bolt")["owner"] == "Aylin Kaya"


def test_a_refused_account_leaves_no_colleague_behind(ask: Ask) -> None:
    assert ask("account", "add", "Acme", "--tier", "9", "--owner", "Aylin").code == 1
    assert "was not known" in ask("account", "add", "Acme", "--owner", "Aylin").err


def test_an_account_is_changed_and_emptied(done: Done) -> None:
    done("account", "add", "Acme", "--stage", "renewal", "--owner", "Ann", "--note", "old")
    changed = done(
        "account", "set", "Acme", "--name", "Acme Group", "--stage", "", "--owner", "",
        "--note", "", "--competitor", "2026-02-01", "--celebrate", "go-live=2020-05-04",
        "--keep", "protect", "--keep-reason", "large",
    )  # fmt: skip
    assert changed["name"] == "Acme Group"
    assert (changed["stage"], changed["owner_id"], changed["note"]) == (None, None, None)
    assert changed["competitor_on"] == "2026-02-01"
    assert changed["celebrations"] == [{"label": "go-live", "on_date": "2020-05-04"}]
    assert changed["version"] == 2


def test_a_date_to_celebrate_needs_its_label(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    assert ask("account", "set", "Acme", "--celebrate", "2020-05-04").code == 1
    assert ask("account", "set", "Acme", "--celebrate", "x=sometime").code == 1


def test_an_account_cannot_be_its_own_grandparent(ask: Ask, done: Done) -> None:
    done("account", "add", "Top")
    done("account", "add", "Low", "--parent", "Top")
    assert ask("account", "set", "Top", "--parent", "Low").code == 1
    assert done("account", "set", "Low", "--parent", "")["parent_id"] is None


def test_an_ambiguous_name_lists_the_candidates_and_does_nothing(ask: Ask, done: Done) -> None:
    first = done("account", "add", "Acme", "--external-id", "A1")
    second = done("account", "add", "ACME", "--duplicate")
    got = ask("account", "set", "acme", "--tier", "1")
    assert got.code == 1
    assert first["id"] in got.err
    assert second["id"] in got.err
    assert [row["tier"] for row in done("accounts")] == [None, None]
    assert done("account", "set", "A1", "--tier", "1")["id"] == first["id"]
    assert done("account", "set", second["id"], "--tier", "2")["id"] == second["id"]


def test_an_archived_account_is_in_no_list(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    assert done("account", "archive", "Acme")["archived_at"] is not None
    assert done("accounts") == []
    assert ask("account", "set", "Acme", "--tier", "1").code == 1


def test_me_is_whoever_acts_and_no_new_colleague(ask: Ask, done: Done) -> None:
    ask("me", "Aylin Kaya")
    got = ask("account", "add", "Acme", "--owner", "me")
    assert "was not known" not in got.err
    assert done("account", "team", "Acme", "--success", "Me")["team"]["success"]["name"] == (
        "Aylin Kaya"
    )
    assert [one["name"] for one in done("colleague", "list")] == ["Aylin Kaya"]


def test_me_before_i_said_who_i_am_is_my_login(ask: Ask, done: Done) -> None:
    assert ask("account", "add", "Acme", "--owner", "me").code == 0
    assert [one["name"] for one in done("colleague", "list")] != ["me"]


def test_the_team_has_one_colleague_a_function(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    team = done("account", "team", "Acme", "--sales", "Ben", "--success", "Aylin")["team"]
    assert team["sales"]["name"] == "Ben"
    assert team["marketing"] is None
    team = done("account", "team", "Acme", "--sales", "Cem", "--success", "")["team"]
    assert team["sales"]["name"] == "Cem"
    assert team["success"] is None
    assert ask("account", "team", "Acme").code == 2
    shown = ask("account", "team", "Acme", "--service", "Dee").out
    assert "nobody" in shown
    assert "Dee" in shown


def test_a_person_is_added_with_a_part(done: Done) -> None:
    acme = done("account", "add", "Acme")
    boss = done("person", "add", "Boss", "--account", "Acme", "--role", "sponsor")
    record = done(
        "person", "add", "Maria Lind", "--account", "Acme", "--role", "champion",
        "--role", "day to day", "--influence", "3", "--stance", "Advocate", "--power", "2",
        "--email", "maria@example.org", "--phone", "1", "--title", "t", "--department", "d",
        "--language", "sv", "--channel", "phone", "--consent", "given", "--reports-to", "Boss",
        "--relationship-owner", "Aylin", "--since", "2025-01-02",
    )  # fmt: skip
    assert record["account_id"] == acme["id"]
    assert record["roles"] == ["champion", "day_to_day"]
    assert (record["influence"], record["stance"], record["power"]) == (3, "advocate", 2)
    assert record["reports_to_id"] == boss["id"]
    assert record["relationship_owner_id"] is not None
    assert (record["since_on"], record["preferred_channel"]) == ("2025-01-02", "phone")


def test_a_person_needs_a_name_an_email_or_a_phone(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    assert ask("person", "add", "--account", "Acme").code == 1
    assert done("person", "add", "--account", "Acme", "--phone", "12")["phone"] == "12"
    assert ask("person", "add", "Zoe", "--account", "Acme", "--role", "king").code == 1
    assert len(done("people")) == 1


def test_a_person_is_changed(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    done("person", "add", "Joe", "--account", "Acme", "--email", "joe@example.org")
    changed = done("person", "set", "JOE@example.org", "--name", "Joe B", "--title", "CFO")
    assert (changed["name"], changed["title"]) == ("Joe B", "CFO")
    assert ask("person", "set", "Joe B", "--account", "Acme", "--name", "", "--email", "").code == 1
    assert ask("person", "set", "Nobody", "--title", "x").code == 1


def test_a_part_can_be_set_in_a_second_account(done: Done) -> None:
    done("account", "add", "Acme")
    bolt = done("account", "add", "Bolt")
    joe = done("person", "add", "Joe", "--account", "Acme", "--role", "sponsor")
    part = done("person", "role", "Joe", "--account", "Bolt", "--role", "technical,champion")
    assert (part["id"], part["account_id"]) == (joe["id"], bolt["id"])
    assert part["roles"] == ["technical", "champion"]
    gone = done("person", "role", "Joe", "--account", "Bolt", "--left", "yesterday")
    assert gone["left_on"] == "2026-03-10"


def test_a_contract_is_added_in_minor_units(done: Done) -> None:
    done("account", "add", "Acme")
    record = done(
        "contract", "add", "Acme", "--arr", "120k", "--start", "2026-01-01",
        "--end", "2026-12-31", "--notice-days", "60", "--auto-renew", "--forecast", "at risk",
    )  # fmt: skip
    assert record["arr"] == {"minor": 12_000_000, "currency": "EUR"}
    assert (record["start_on"], record["end_on"]) == ("2026-01-01", "2026-12-31")
    assert (record["notice_on"], record["auto_renew"]) == ("2026-11-01", True)
    assert record["forecast"] == "at_risk"
    yen = done("contract", "add", "Acme", "--arr", "5000", "--currency", "jpy")
    assert yen["arr"] == {"minor": 5000, "currency": "JPY"}


@pytest.mark.parametrize(
    "words",
    [("--arr", "10", "--start", "2026-05-01", "--end", "2026-04-30"), ("--arr", "-5"),
     ("--arr", "much"), ("--arr", "10", "--currency", "XXQ"), ("--arr", "10.001"),
     ("--arr", "10", "--end", "someday"), ("--arr", "10", "--forecast", "sure")],
)  # fmt: skip
def test_a_wrong_contract_is_refused(ask: Ask, done: Done, words: tuple[str, ...]) -> None:
    done("account", "add", "Acme")
    got = ask("contract", "add", "Acme", *words)
    assert got.code == 1
    assert got.err
    assert ask("contract", "set", "Acme", "--forecast", "likely").code == 1


def test_a_contract_is_changed_by_account_or_id(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    one = done("contract", "add", "Acme", "--arr", "100", "--end", "2026-06-30")
    changed = done(
        "contract", "set", "Acme", "--decided", "2026-03-01", "--cancellation", "yesterday",
        "--invoice-overdue-since", "2026-01-05", "--milestone", "90", "--no-auto-renew",
    )  # fmt: skip
    assert (changed["decided_on"], changed["cancellation_on"]) == ("2026-03-01", "2026-03-10")
    assert changed["invoice_overdue_since"] == "2026-01-05"
    assert changed["milestones_done"] == [90]
    done("contract", "add", "Acme", "--arr", "7")
    several = ask("contract", "set", "Acme", "--arr", "9")
    assert several.code == 1
    assert one["id"] in several.err
    assert done("contract", "set", one["id"], "--arr", "9")["arr"]["minor"] == 900
    assert ask("contract", "set", one["id"], "--decided", "2026-04-01").code == 1
    assert ask("contract", "set", one["id"], "--milestone", "91").code == 1


def test_another_currency_keeps_the_number_of_major_units(done: Done) -> None:
    done("account", "add", "Acme")
    done("contract", "add", "Acme", "--arr", "100")
    changed = done("contract", "set", "Acme", "--currency", "JPY")
    assert changed["arr"] == {"minor": 100, "currency": "JPY"}


def test_the_text_output_says_what_was_done(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    got = ask("person", "add", "Joe", "--account", "Acme")
    assert got.out.splitlines()[0] == "added Joe at Acme"
    got = ask("contract", "add", "Acme", "--arr", "12k")
    assert "12000 EUR" in got.out


@pytest.mark.parametrize("withdrawn", ["2026-03-01", "2026-03-04"])
def test_no_cancellation_is_withdrawn_before_it_was_given(
    ask: Ask, done: Done, withdrawn: str
) -> None:
    done("account", "add", "Acme")
    done("contract", "add", "Acme", "--arr", "1k")
    alone = ask("contract", "set", "Acme", "--cancellation-withdrawn", withdrawn)
    assert (alone.code, "cancellation_withdrawn" in alone.err) == (1, True)
    both = ("--cancellation", "2026-03-05", "--cancellation-withdrawn", withdrawn)
    assert ask("contract", "set", "Acme", *both).code == 1
    kept = done("contract", "set", "Acme", "--cancellation", "2026-03-05",
                "--cancellation-withdrawn", "2026-03-05")  # fmt: skip
    assert kept["cancellation_withdrawn_on"] == "2026-03-05"


def test_no_account_is_lost_in_the_future(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    got = ask("account", "set", "Acme", "--lost", "2026-03-12")
    assert (got.code, "lies in the future" in got.err) == (1, True)
    assert done("account", "set", "Acme", "--lost", "2026-03-11")["lost_on"] == "2026-03-11"
