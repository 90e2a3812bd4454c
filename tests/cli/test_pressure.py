"""``pressure`` and ``clashes``: the JSON shape, the words, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]

KEYS = ["subject", "window_days", "count", "cap", "by_function", "next_free", "windows", "as_of"]


@pytest.fixture
def acme(done: Done) -> str:
    """An account with a plan and a person."""
    done("account", "add", "Acme")
    done("plan", "new", "Acme")
    done("person", "add", "Per", "--account", "Acme")
    return "Acme"


def wrote(done: Done, *words: str) -> Any:
    """A mail to Per."""
    return done("log", "touchpoint", "Acme", "--with", "Per", "--kind", "email", *words)


@pytest.mark.usefixtures("acme")
def test_the_vector_by_command(done: Done) -> None:
    for day, function in (("06-01", "marketing"), ("06-03", "sales"), ("06-06", "sales")):
        wrote(done, "--at", f"2026-{day}", "--function", function, "--today", "2026-06-07")
    found = done("pressure", "Per", "--today", "2026-06-07")
    assert list(found) == KEYS
    windows = found.pop("windows")
    assert found == {
        "subject": "Per", "window_days": 7, "count": 3, "cap": 3,
        "by_function": {"marketing": 1, "sales": 2}, "next_free": "2026-06-08",
        "as_of": "2026-06-07",
    }  # fmt: skip
    assert [(one["window_days"], one["count"], one["cap"]) for one in windows] == [
        (7, 3, 3), (30, 3, 8)
    ]  # fmt: skip
    assert (windows[0]["held_by"], windows[1]["held_by"]) == ("cap", None)
    first = windows[0]["contacts"][0]
    assert (first["on"], first["what"], first["function"]) == ("2026-06-01", "email", "marketing")
    assert isinstance(first["id"], str)


@pytest.mark.usefixtures("acme")
def test_the_words_say_who_when_and_the_share_of_selling(ask: Ask, done: Done) -> None:
    done("person", "set", "Per", "--account", "Acme", "--channel", "email")
    wrote(done, "--intent", "sell")
    wrote(done, "--intent", "help", "--function", "service")
    shown = ask("pressure", "Per").out
    assert "2 of 3 contacts in 7 days\n" in shown
    assert "next free day: now" in shown
    assert "sell 50 % (guide: at most 30 %), help 50 %" in shown
    assert "prefers email" in shown
    wrote(done)
    assert "3 of 3 contacts in 7 days; full, next free Wed 18 Mar" in ask("pressure", "Per").out
    account = done("pressure", "Acme")
    assert (account["subject"], account["count"], account["cap"]) == ("Acme", 3, 10)


@pytest.mark.usefixtures("acme")
def test_nobody_contacted_and_opted_out_is_said(ask: Ask, done: Done) -> None:
    assert done("pressure", "Per")["by_function"] == {}
    assert "Nobody contacted them." in ask("pressure", "Per").out
    done("person", "set", "Per", "--consent", "withdrawn")
    found = done("pressure", "Per")
    assert (found["next_free"], found["windows"][0]["held_by"]) == (None, "opted_out")
    assert "opted out of outreach; replies and service go on" in ask("pressure", "Per").out


@pytest.mark.usefixtures("acme")
def test_a_year_without_a_free_day_is_said(ask: Ask, done: Done) -> None:
    done("plan", "line", "Acme", "contact_plan", "quiet", "taken over", "--on", "2026-03-11",
         "--to", "2027-12-31")  # fmt: skip
    assert done("pressure", "Per")["next_free"] is None
    shown = ask("pressure", "Acme").out
    assert "next free day: none within a year" in shown
    assert "quiet until Fri 31 Dec 2027 (taken over)" in shown


@pytest.mark.usefixtures("acme")
def test_a_reply_and_an_answer_of_service_do_not_weigh(ask: Ask, done: Done) -> None:
    asked = wrote(done, "--direction", "in")
    wrote(done, "--reply-to", asked["id"])
    number = done("log", "complaint", "Acme", "--title", "Late", "--with", "Per")["number"]
    wrote(done, "--function", "service", "--complaint", number)
    assert done("pressure", "Per")["count"] == 0
    assert ask("log", "touchpoint", "Acme", "--kind", "email", "--reply-to", "x").code == 2
    got = ask("log", "touchpoint", "Acme", "--kind", "email", "--reply-to", "1")
    assert got.code == 1


@pytest.mark.usefixtures("acme")
def test_names_that_mean_nobody_or_two_are_refused(ask: Ask, done: Done) -> None:
    got = ask("pressure", "Nobody")
    assert got.code == 1
    assert "No person and no account answers to Nobody." in got.err
    done("account", "add", "Per")
    got = ask("pressure", "Per")
    assert got.code == 1
    assert "A person and an account answer to Per." in got.err


@pytest.mark.usefixtures("acme")
def test_clashes_list_what_is_planned_past_a_cap(ask: Ask, done: Done) -> None:
    assert done("clashes") == []
    assert "Nothing planned clashes." in ask("clashes").out
    for _number in range(3):
        wrote(done)
    done("plan", "action", "Acme", "--action", "Winter offer", "--owner", "me", "--due",
         "2026-03-13", "--done-means", "sent", "--their-owner", "Per")  # fmt: skip
    (clash,) = done("clashes")
    assert (clash["on"], clash["subject"], clash["account"]) == ("2026-03-13", "Per", "Acme")
    assert (clash["held_by"], clash["count"], clash["cap"]) == ("cap", 4, 3)
    assert clash["next_free"] == "2026-03-18"
    assert [one["what"] for one in clash["planned"]] == ["Winter offer"]
    shown = ask("clashes").out
    assert "4 of 3 contacts in 7 days" in shown
    assert done("clashes", "--days", "2") == []
    assert ask("clashes", "--days", "0").code == 2


@pytest.mark.usefixtures("acme")
def test_caps_are_settings(ask: Ask, done: Done) -> None:
    assert done("settings", "pressure.person") == {"pressure.person": "3/7 8/30"}
    assert done("settings", "pressure.person", "1/7")["value"] == "1/7"
    assert done("settings")["pressure.person"] == "1/7"
    wrote(done)
    assert done("pressure", "Per")["cap"] == 1
    got = ask("settings", "pressure.person", "often")
    assert got.code == 1
    assert "3/7 8/30" in got.err
