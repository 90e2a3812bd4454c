"""Interviews, lines, reports, seats and people's extras by command, with their JSON twins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planner.plan_fields import exit_reasons, prompts_of
from planner.text import visible
from tests.cli.conftest import Ask
from tests.makers import World
from tests.strategies import HOSTILE

ACCOUNT = "Nordic Oy"
Do = Callable[..., Any]


def test_a_stay_interview_by_one_command(done: Do, world: World) -> None:
    made = done(
        "plan", "stay", ACCOUNT, "--with", "Maria", "--with", "Joe", "--at", "yesterday 10:00",
        "--kind", "call", "--value", "It saves a day", "--answer", "doubt=none",
        "--assume", "doubt=the price", "--driver", "value=Time saved",
    )  # fmt: skip
    assert (made["account"], made["kind"], made["held_on"]) == (ACCOUNT, "stay", "2026-03-10")
    answers = [(one["field"], one["source"], one["driver"], one["person"])
               for one in made["answers"]]  # fmt: skip
    assert answers == [
        ("value", "customer", "time", "Maria"),
        ("doubt", "customer", None, "Maria"),
        ("doubt", "assumed", None, None),
    ]
    newest = done("touchpoints", "--limit", "1")[0]
    assert (newest["id"], newest["kind"], newest["two_way"]) == (made["touchpoint_id"], "call",
                                                                 True)  # fmt: skip
    assert newest["people"] == ["Maria", "Joe"]
    assert str(world.maria) == made["person_id"]


def test_an_interview_tells_in_words_what_it_kept(ask: Ask, world: World) -> None:
    got = ask("plan", "exit", ACCOUNT, "--touchpoint", str(world.touchpoint), "--reason", "price",
              "--detail", "price rise", "--solved", "yes", "--assume", "changed=our tone",
              "--stated", "budget", "--win-back", "2026-12-01")  # fmt: skip
    assert got.code == 0, got.err
    assert got.out.splitlines() == [
        f"recorded with {ACCOUNT}: why they leave",
        "  the price: the price rise",
        "  solved (customer said): yes",
        "  changed (we assume): our tone",
    ]


def test_the_real_buyer_is_named(done: Do, world: World) -> None:
    made = done("plan", "bought", ACCOUNT, "--with", "Maria", "--buyer", "Joe",
                "--pain", "late lorries")  # fmt: skip
    assert [(one["field"], one["person_id"]) for one in made["answers"]] == [
        ("pain", str(world.maria)), ("real_buyer", str(world.joe)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("stay", "--value", "x"), 1, "who said it?"),
        (("stay", "--with", "Stranger", "--value", "x"), 1, "does not belong to this account"),
        (("stay", "--with", "Maria", "--value", "x", "--at", "2027-01-01"), 1, "in the future"),
        (("stay", "--with", "Maria", "--answer", "x"), 2, "--answer needs FIELD=TEXT"),
        (("stay", "--with", "Maria", "--answer", "doubts=x"), 1, "Did you mean doubt?"),
        (("stay", "--with", "Maria", "--value", "x", "--driver", "doubt=time"), 2, "no answer"),
        (("exit", "--with", "Maria", "--solved", "x"), 1, "say why they leave"),
        (("exit", "--with", "Maria", "--reason", "prise"), 1, "Did you mean price?"),
        (("stay", "--touchpoint", "x", "--value", "x"), 2, "is no id"),
        (("stay", "--touchpoint", "1", "--at", "today", "--value", "x"), 2, "leave --at"),
        (("stay", "--touchpoint", "1", "--value", "x"), 1, "There is no touchpoint"),
    ],
)
def test_an_interview_that_cannot_be_is_refused_in_words(
    ask: Ask, world: World, words: tuple[str, ...], code: int, said: str
) -> None:
    kind, *rest = words
    got = ask("plan", kind, ACCOUNT, *rest)
    assert (got.code, said in got.err) == (code, True), got.err
    assert world.account


def test_the_help_of_an_interview_asks_its_questions(ask: Ask) -> None:
    for kind in ("stay", "exit", "bought"):
        said = " ".join(ask("plan", kind, "--help").out.split())
        assert all(one.prompt in said for one in prompts_of(kind))
    assert "nothing you say will be argued with" in " ".join(
        ask("plan", "exit", "--help").out.split()
    )


def test_a_line_is_added_told_changed_and_archived(ask: Ask, done: Do, world: World) -> None:
    made = done("plan", "line", ACCOUNT, "why stay", "lost-by-leaving", "Ten years of history",
                "--driver", "insight")  # fmt: skip
    assert (made["section"], made["field"], made["source"]) == (
        "why_stay", "lost_by_leaving", "assumed",
    )  # fmt: skip
    told = done("plan", "told", ACCOUNT, "ten YEARS", "--with", "Joe", "--on", "yesterday")
    assert (told["told_on"], told["person"]) == ("2026-03-10", "Joe")
    changed = done("plan", "change-line", ACCOUNT, made["id"], "--text", "Twelve years",
                   "--customer", "--driver", "")  # fmt: skip
    assert (changed["entry"], changed["source"], changed["driver"]) == (
        "Twelve years", "customer", None,
    )  # fmt: skip
    listed = ask("plan", "lines", ACCOUNT, "why_stay").out
    assert "Twelve years" in listed
    assert "2026-03-10" in listed
    done("plan", "archive-line", ACCOUNT, "twelve years")
    assert [one["field"] for one in done("plan", "lines", ACCOUNT)] == ["value"]
    assert world.plan


def test_the_contact_plan_has_dates_ahead_and_who_sends_what(done: Do, world: World) -> None:
    qbr = done("plan", "line", ACCOUNT, "contact_plan", "qbr", "--on", "monday")
    assert qbr["on_date"] == "2026-03-16"
    quiet = done("plan", "line", ACCOUNT, "contact_plan", "quiet", "year end", "--on",
                 "2026-12-20", "--to", "2027-01-06", "--with", "Maria")  # fmt: skip
    assert (quiet["on_date"], quiet["to_date"], quiet["person"]) == (
        "2026-12-20", "2027-01-06", "Maria",
    )  # fmt: skip
    sends = done("plan", "line", ACCOUNT, "contact_plan", "sends", "--function", "marketing",
                 "--with", "Joe", "--channel", "email", "--topic", "news",
                 "--sender", "Eve")  # fmt: skip
    assert (sends["entry"], sends["colleague"], sends["function"]) == ("news", "Eve", "marketing")
    assert world.plan


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("line", ACCOUNT, "note", "note", "x"), "Did you mean notes?"),
        (("line", ACCOUNT, "notes", "strengths", "x"), "Did you mean strength?"),
        (("line", ACCOUNT, "notes", "note"), "it is empty"),
        (("line", "Other Ltd", "notes", "note", "x"), "has no plan yet"),
        (("lines", ACCOUNT, "health"), "none of why_bought"),
        (("told", ACCOUNT, "nothing like it"), "No line of this plan says"),
        (("told", ACCOUNT, "day"), "not one that they are told"),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_words(
    ask: Ask, world: World, words: tuple[str, ...], said: str
) -> None:
    got = ask("plan", *words)
    assert (got.code, said in got.err) == (1, True), got.err
    assert world.plan


def test_words_that_several_lines_say_name_them_with_their_ids(
    ask: Ask, done: Do, world: World
) -> None:
    ids = [done("plan", "line", ACCOUNT, "notes", "note", f"same {n}")["id"] for n in (1, 2)]
    got = ask("plan", "archive-line", ACCOUNT, "same")
    assert got.code == 1
    assert all(one in got.err for one in ids)
    assert ask("plan", "change-line", ACCOUNT, ids[0]).code == 2
    assert world.plan


def test_the_reports_name_reasons_accounts_revenue_and_who_was_asked(
    ask: Ask, done: Do, world: World
) -> None:
    report = done("reasons", "stay")
    assert (report["kind"], report["base"], report["asked"]) == ("stay", 1, 1)
    (reason,) = report["reasons"]
    assert (reason["reason"], reason["accounts"], reason["customer"]) == ("time", 1, 1)
    assert reason["arr"] == {"minor": 120_000, "currency": "EUR"}
    assert reason["rows"][0]["account"] == ACCOUNT
    assert "1 of 1 accounts with a plan were asked." in ask("reasons", "stay").out
    assert "time saved" in ask("reasons", "stay").out
    assert done("reasons", "stay", "--from", "2026-03-11")["reasons"] == []
    assert done("reasons", "stay", "--limit", "0")["reasons"] == []
    done("plan", "exit", ACCOUNT, "--with", "Maria", "--reason", "price", "--detail", "terms")
    exits = ask("reasons", "exit").out
    assert "the price: the terms" in exits
    assert "0 of 0 lost accounts were asked" in exits
    assert "no reason is known yet" in ask("reasons", "bought").out
    assert world.plan


def test_plans_that_nobody_heard_and_interviews_that_are_due(
    ask: Ask, done: Do, world: World
) -> None:
    assert done("reasons", "unheard") == []
    assert "In every plan the customer said something." in ask("reasons", "unheard").out
    done("plan", "new", "Other Ltd")
    (row,) = done("reasons", "unheard")
    assert (row["id"], row["assumed"], row["arr"]) == (str(world.other), 0, None)
    assert "Other Ltd" in ask("reasons", "unheard").out
    assert "No interview is due." in ask("reasons", "due").out
    done("account", "set", "Other Ltd", "--stage", "lost")
    (due,) = done("reasons", "due")
    assert (due["account"], due["kind"]) == ("Other Ltd", "exit")
    assert "they are lost" in ask("reasons", "due").out


def test_the_reasons_for_leaving_are_listed(ask: Ask, done: Do) -> None:
    assert [one["reason"] for one in done("reasons", "codes")] == list(exit_reasons())
    assert "    price_rise  (the price rise)" in ask("reasons", "codes").out.splitlines()


def test_a_seat_with_its_backup_and_what_it_looks_after(ask: Ask, done: Do, world: World) -> None:
    named = done("account", "team", ACCOUNT, "--success", "Ann", "--backup-sales", "Eve",
                 "--duty-sales", "the renewal")  # fmt: skip
    assert named["team"]["sales"] == {
        "id": str(world.bob), "name": "Bob", "responsibility": "the renewal",
        "backup": {"id": named["team"]["sales"]["backup"]["id"], "name": "Eve"},
    }  # fmt: skip
    shown = ask("account", "team", ACCOUNT, "--duty-success", "the goals").out
    assert "sales      Bob, backup Eve, the renewal" in shown
    assert "success    Ann, the goals" in shown
    assert "service    nobody" in shown
    got = ask("account", "team", ACCOUNT, "--backup-service", "Eve")
    assert (got.code, "nobody sits there" in got.err) == (1, True)
    gone = done("account", "team", ACCOUNT, "--backup-sales", "", "--duty-sales", "")
    assert gone["team"]["sales"]["backup"] is None
    assert gone["team"]["sales"]["responsibility"] is None


def test_what_a_person_wants_is_kept_with_the_person(ask: Ask, done: Do, world: World) -> None:
    part = done("person", "role", "Maria", "--account", ACCOUNT, "--win", "a promotion",
                "--topics", "costs, returns", "--every", "14", "--reports-to", "Joe",
                "--relationship-owner", "Bob")  # fmt: skip
    assert (part["personal_win"], part["topics"], part["contact_every_days"]) == (
        "a promotion", "costs, returns", 14,
    )  # fmt: skip
    own = done("person", "set", "Maria", "--learning", "short films", "--support-channel", "Chat")
    assert (own["learning"], own["support_channel"]) == ("short films", "chat")
    new = done("person", "add", "Per", "--account", ACCOUNT, "--win", "calm", "--learning", "books")
    assert (new["personal_win"], new["learning"]) == ("calm", "books")
    got = ask("person", "role", "Per", "--account", ACCOUNT, "--every", "0")
    assert (got.code, "less than 1" in got.err) == (1, True), got.err
    assert world.plan


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_come_back_as_they_were_and_act_on_nothing(
    ask: Ask, done: Do, world: World, text: str
) -> None:
    words = f"x{text}"
    made = done("plan", "stay", ACCOUNT, "--with", "Maria", f"--value={words}",
                f"--driver=value={words}")  # fmt: skip
    (answer,) = made["answers"]
    assert answer["entry"] == words
    assert words.strip() in [one["reason"] for one in done("reasons", "stay")["reasons"]]
    shown = ask("plan", "lines", ACCOUNT).out + ask("reasons", "stay").out
    assert visible(words)[:8].strip() in shown
    assert all(visible(line) == line for line in shown.split("\n"))
    assert world.plan
