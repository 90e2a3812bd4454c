"""Requests, promises, dates to celebrate and advocacy by command. The day is Wed 2026-03-11."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]


@pytest.fixture
def acme(done: Done) -> str:
    """An account with a person."""
    done("account", "add", "Acme", "--owner", "Ann")
    done("person", "add", "Maria", "--account", "Acme", "--role", "champion")
    return "Acme"


def _today(done: Done) -> list[tuple[str, str, str | None]]:
    return [(row["kind"], row["what"], row["due"]) for row in done("today", "--all")]


def test_what_they_asked_for_in_a_talk_is_owed_and_closed_by_the_answer(
    done: Done, acme: str
) -> None:
    talk = done(
        "log", "touchpoint", acme, "--with", "Maria", "--kind", "call", "--at", "2026-03-06",
        "--asks", "Price list", "--asks-what", "prices for 2027",
    )  # fmt: skip
    (asked,) = done("requests", "--overdue")
    assert (asked["request"], asked["action"], asked["asked_by"]) == (
        "price_list", "prices for 2027", "Maria",
    )  # fmt: skip
    assert (asked["asked_on"], asked["due"], asked["late"]) == ("2026-03-06", "2026-03-10", True)
    assert _today(done)[0] == (
        "request", "they asked for a price list: prices for 2027", "2026-03-10",
    )  # fmt: skip
    answer = done("log", "touchpoint", acme, "--kind", "email", "--answers", "prices")
    assert done("requests") == []
    (closed,) = done("requests", "--filter", "status:done")
    assert (closed["answered_by"], closed["done_on"]) == (answer["id"], "2026-03-11")
    done("undo")
    assert [row["id"] for row in done("requests")] == [asked["id"]]
    assert talk["id"] != answer["id"]


def test_a_request_is_kept_without_a_talk_and_answered_without_one(
    done: Done, ask: Ask, acme: str
) -> None:
    made = done("request", "add", acme, "--kind", "quote", "--with", "Maria", "--owner", "Ann",
                "--asked", "2026-03-09")  # fmt: skip
    assert (made["action"], made["due_on"], made["owner"]) == ("send a quote", "2026-03-11", "Ann")
    assert _today(done)[0][1] == "they asked for a quote"
    late = ask("request", "answer", "quote", "--on", "2026-03-12")
    assert (late.code, "future" in late.err) == (1, True)
    assert done("request", "answer", "quote", "--on", "2026-03-10")["done_on"] == "2026-03-10"
    again = ask("request", "answer", "quote")
    assert (again.code, again.err.count("No open request answers to quote.")) == (1, 1)


def test_the_setting_says_how_many_business_days_an_answer_may_take(done: Done, acme: str) -> None:
    done("settings", "request.days", "0")
    assert done("request", "add", acme, "--kind", "meeting")["due_on"] == "2026-03-11"
    done("settings", "request.days", "3")
    assert done("request", "add", acme, "--kind", "document")["due_on"] == "2026-03-16"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("settings", "request.days", "two"), "business days"),
        (("settings", "request.days", "61"), "business days"),
        (("request", "add", "Acme", "--kind", "gift"), "none of price_list"),
        (("request", "add", "Acme", "--kind", "quote", "--due", "2026-03-10"), "before the day"),
        (("request", "add", "Acme", "--kind", "quote", "--asked", "2026-03-12"), "future"),
        (("log", "touchpoint", "Acme", "--kind", "call", "--answers", "7"), "No open request"),
        (("log", "advocacy", "Acme", "--kind", "review", "--advocacy", " "), "advocacy"),
        (("log", "advocacy", "Acme", "--kind", "bribe", "--advocacy", "x"), "kind"),
        (("celebration", "add", "Acme", "x", "--kind", "birthday", "--once"), "every year"),
        (("celebration", "add", "Acme", "x", "--kind", "achievement", "--on", "2027-01-01"),
         "future"),
        (("celebration", "done", "nothing"), "No date to celebrate"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_refused_in_words(
    ask: Ask, acme: str, words: tuple[str, ...], said: str
) -> None:
    assert acme
    got = ask(*words)
    assert (got.code, said in got.err) == (1, True), got.err


def test_options_that_need_another_are_wrong_usage(ask: Ask, acme: str) -> None:
    assert ask("log", "touchpoint", acme, "--kind", "call", "--asks-what", "x").code == 2
    assert ask("request", "answer", "x", "--by", "1", "--on", "today").code == 2
    assert ask("request", "answer", "x", "--by", "one").code == 2


def test_a_contact_before_they_asked_is_no_answer(done: Done, ask: Ask, acme: str) -> None:
    early = done("log", "touchpoint", acme, "--kind", "call", "--at", "2026-03-02")
    done("request", "add", acme, "--kind", "quote", "--asked", "2026-03-04")
    got = ask("request", "answer", "quote", "--by", early["id"])
    assert (got.code, "after this contact" in got.err) == (1, True)


def test_promises_are_kept_broken_late_or_open_and_counted_by_owner(done: Done, acme: str) -> None:
    def promise(text: str, due: str) -> None:
        done("log", "touchpoint", acme, "--kind", "call", "--at", "2026-02-01", "--promise", text,
             "--promise-due", due)  # fmt: skip

    promise("one", "2026-03-10")
    promise("two", "2026-03-12")
    states = {row["action"]: row["state"] for row in done("promises")}
    assert states == {"one": "late", "two": "open"}
    assert [row["action"] for row in done("promises", "--late")] == ["one"]
    (share,) = done("promises", "--by-owner")["owners"]
    assert (share["due"], share["kept"], share["late"], share["share"]) == (1, 0, 1, "0.000000")
    assert done("promises", "--by-owner")["method"] == "due_in_last_90_days"


def test_a_birthday_comes_to_today_and_goes_when_it_is_marked(done: Done, acme: str) -> None:
    made = done("celebration", "add", acme, "Maria's day", "--kind", "birthday", "--with", "Maria",
                "--on", "1980-03-20")  # fmt: skip
    words = "Birthday: Maria's day (Maria), 46 years"
    assert ("celebration", words.lower(), "2026-03-20") in [
        (kind, what.lower(), due) for kind, what, due in _today(done)
    ]
    done("celebration", "done", made["id"])
    assert "celebration" not in [kind for kind, _what, _due in _today(done)]
    (row,) = done("celebrations")
    assert (row["next"], row["marked_on"]) == ("2026-03-20", "2026-03-11")
    done("celebration", "set", made["id"], "--on", "2024-02-29", "--label", "leap")
    assert done("celebrations")[0]["next"] == "2027-02-28"
    done("celebration", "archive", "leap")
    assert done("celebrations") == []


def test_a_date_is_warned_against_while_a_critical_complaint_is_open(
    done: Done, ask: Ask, acme: str
) -> None:
    done("log", "complaint", acme, "--title", "down", "--severity", "critical")
    got = ask("celebration", "add", acme, "went public", "--kind", "achievement")
    assert (got.code, "warned against" in got.err) == (0, True)
    said = [line for line in ask("today", "--all").out.splitlines() if "went public" in line]
    assert not said or "no gesture now: C-1" in said[0]
    far = ask("celebration", "add", acme, "founded", "--on", "2000-09-01")
    assert (far.code, far.err) == (0, "")


def test_advocacy_is_logged_changed_and_listed(done: Done, acme: str) -> None:
    done("log", "advocacy", acme, "--kind", "Case study", "--advocacy", "their story", "--with",
         "Maria", "--link", "https://example.com/story", "--on", "2026-03-01")  # fmt: skip
    (row,) = done("advocacy")
    assert (row["kind"], row["person"], row["on_date"]) == ("case_study", "Maria", "2026-03-01")
    done("advocacy", "set", "story", "--kind", "reference", "--link", "")
    assert (done("advocacy")[0]["kind"], done("advocacy")[0]["link"]) == ("reference", None)
    done("advocacy", "archive", row["id"])
    assert done("advocacy") == []
