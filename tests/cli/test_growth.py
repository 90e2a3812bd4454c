"""Growth, value delivered, loyalty and the renewal plan by command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]
STEP = ("--next-step", "call", "--next-step-on", "fri")


@pytest.fixture
def acme(done: Done) -> str:
    """An account with a plan and a person."""
    done("account", "add", "Acme")
    done("plan", "new", "Acme")
    done("person", "add", "Per", "--account", "Acme")
    return "Acme"


def test_an_objective_is_measured_and_the_figure_confirmed(ask: Ask, done: Done, acme: str) -> None:
    assert "no such objective" in ask("plan", "measure", acme, "--actual", "4").err
    done("plan", "objective", acme, "--objective", "Fewer returns", "--baseline", "4.5",
         "--target", "2.5", "--function", "success", "--evidence", "their letter")  # fmt: skip
    assert "not measured yet" in ask("plan", "measure", acme, "--confirmed-by", "Per").err
    done("plan", "measure", acme, "--actual", "4", "--on", "2026-03-01")
    figure = done("plan", "measure", acme, "--actual", "3.5", "--note", "from their report")
    assert (figure["actual"], figure["objective"]) == (3.5, "Fewer returns")
    told = done("plan", "measure", acme, "--confirmed-by", "Per")
    assert (told["id"], told["confirmed_by"]) == (figure["id"], "Per")
    (goal,) = done("plan", "progress", acme)
    assert (goal["attainment"], goal["rising"], goal["function"]) == (0.5, False, "success")
    assert [one["actual"] for one in goal["measured"]] == [4.0, 3.5]
    assert goal["measured"][1]["confirmed_by"] == "Per"
    shown = ask("plan", "progress", acme).out
    assert "North star: NRR" in shown
    assert "50 %" in shown
    assert "No objective yet of: marketing, sales, service" in shown
    done("plan", "objective", acme, "--objective", "Fewer calls")
    got = ask("plan", "measure", acme, "--actual", "1")
    assert (got.code, "Several objectives fit" in got.err) == (1, True)
    assert ask("plan", "measure", acme).code == 2
    by_part = done("plan", "measure", acme, "--actual", "7", "--objective", "calls")
    assert by_part["objective"] == "Fewer calls"


def test_value_delivered_is_added_changed_confirmed_and_taken_out(
    ask: Ask, done: Done, acme: str
) -> None:
    made = done("plan", "proof", acme, "--proof", "A day a week", "--figure", "8", "--unit", "h")
    assert (made["figure"], made["confirmed_on"]) == (8.0, None)
    told = done("plan", "proof", acme, "--which", "day a week", "--confirmed-by", "Per")
    assert (told["confirmed_by"], told["confirmed_on"]) == ("Per", "2026-03-11")
    assert done("plan", "proof", acme, "--which", made["id"], "--shared")["shared"] is True
    assert ask("plan", "proof", acme).code == 2
    assert ask("plan", "proof", acme, "--which", "other", "--unit", "x").code == 1
    assert done("plan", "proof", acme, "--which", "day", "--remove")["archived_at"]


def test_a_cell_of_the_grid_is_set_shown_and_cleared(ask: Ask, done: Done, acme: str) -> None:
    assert "sells nothing yet" in ask("plan", "growth", acme).out
    done("products", "add", "Portal")
    done("products", "add", "Mail", "--note", "by hand")
    assert "No buying centre" in ask("plan", "growth", acme).out
    got = ask("products", "add", "portal")
    assert (got.code, "already" in got.err) == (1, True)
    cell = ("--product", "portal", "--centre", "IT")
    made = done("plan", "growth", acme, *cell, "--state", "gap", "--potential", "40k")
    assert (made["product"], made["potential"]["minor"]) == ("Portal", 4_000_000)
    done("plan", "growth", acme, "--product", "Mail", "--centre", "IT", "--state", "owned",
         "--potential", "60k")  # fmt: skip
    grid = done("plan", "growth", acme)
    assert (grid["penetration"], grid["open"]["minor"]) == ("60.0", 4_000_000)
    assert [row["product"] for row in grid["products"]] == ["Mail", "Portal"]
    shown = ask("plan", "growth", acme).out
    assert "gap 40000 EUR" in shown
    assert "penetration 60.0 %" in shown
    assert ask("plan", "growth", acme, *cell, "--state", "competitor").code == 1
    assert ask("plan", "growth", acme, "--product", "Portal").code == 2
    assert ask("plan", "growth", acme, "--state", "gap").code == 2
    assert done("plan", "growth", acme, *cell, "--potential", "")["potential"] is None
    assert done("plan", "growth", acme, *cell, "--clear")["archived_at"]
    assert "unknown already" in ask("plan", "growth", acme, *cell, "--clear").err
    assert "Did you mean Portal?" in ask("plan", "growth", acme, "--product", "Prtal",
                                         "--centre", "IT", "--state", "gap").err  # fmt: skip
    assert done("products", "set", "Mail", "--name", "Post")["name"] == "Post"
    done("products", "archive", "Post")
    assert [one["name"] for one in done("products")] == ["Portal"]


def test_opportunities_are_listed_with_what_speaks_against_a_push(
    ask: Ask, done: Done, acme: str
) -> None:
    assert ask("plan", "opportunity", acme, "--opportunity", "Portal for IT").code == 1
    made = done("plan", "opportunity", acme, "--opportunity", "Portal for IT", "--value", "12k",
                "--owner", "Ben", *STEP)  # fmt: skip
    assert (made["stage"], made["owner"], made["next_step_on"]) == (
        "identified", "Ben", "2026-03-13",
    )  # fmt: skip
    assert [one["warning"] for one in done("opportunities")] == [None]
    done("log", "complaint", acme, "--title", "Down", "--severity", "critical")
    got = ask("plan", "opportunity", acme, "--which", "portal", "--stage", "qualified")
    assert got.code == 0
    assert "A push to sell is warned against: critical complaint C-1 is open." in got.err
    (row,) = done("opportunities", "--filter", "warned:yes stage:qualified value>10k next<7")
    assert "C-1" in row["warning"]
    assert "in 2d" in ask("opportunities").out
    assert done("opportunities", "--filter", "warned:no") == []
    won = done("plan", "opportunity", acme, "--which", made["id"], "--stage", "won")
    assert won["closed_on"] == "2026-03-11"
    assert done("opportunities") == []
    assert len(done("opportunities", "--filter", "stage:won", "--sort", "-value")) == 1
    assert ask("plan", "opportunity", acme).code == 2
    assert "No opportunities are listed." in ask("opportunities").out


def test_benefits_behaviour_and_gestures_are_read_back_together(
    ask: Ask, done: Done, acme: str
) -> None:
    for number in range(3):
        done("plan", "benefit", acme, "--benefit", f"{number} % off", "--kind", "financial",
             "--cost", "1k")  # fmt: skip
    got = ask("plan", "benefit", acme, "--benefit", "free freight", "--kind", "financial")
    assert "4 benefits are financial" in got.err
    changed = done("plan", "benefit", acme, "--which", "freight", "--kind", "service", "--hassle",
                   "no papers")  # fmt: skip
    assert (changed["kind"], changed["hassle"]) == ("service", "no papers")
    done("plan", "benefit", acme, "--which", "0 %", "--remove")
    done("plan", "behaviour", acme, "--behaviour", "orders online", "--budget", "500")
    got = ask("plan", "behaviour", acme, "--behaviour", "refers others")
    assert (got.code, "is active already" in got.err) == (1, True)
    done("plan", "behaviour", acme, "--behaviour", "refers others", "--replace")
    gesture = done("log", "gesture", acme, "--kind", "emotional", "--gesture", "cake", "--with",
                   "Per", "--reason", "ten years")  # fmt: skip
    assert (gesture["person"], gesture["given_on"]) == ("Per", "2026-03-11")
    found = done("plan", "loyalty", acme)
    assert found["behaviour"]["behaviour"] == "refers others"
    assert [one["benefit"] for one in found["benefits"]] == ["1 % off", "2 % off", "free freight"]
    assert found["hint"] is None
    assert [one["gesture"] for one in found["gestures"]] == ["cake"]
    shown = ask("plan", "loyalty", acme).out
    assert "Wanted: refers others" in shown
    assert "Gesture 2026-03-11 (emotional): cake" in shown
    done("plan", "behaviour", acme, "--end")
    assert ask("plan", "behaviour", acme, "--end").code == 1
    assert "No behaviour is wanted" in ask("plan", "loyalty", acme).out
    assert ask("plan", "behaviour", acme).code == 2
    assert ask("plan", "benefit", acme).code == 2


def test_a_dear_gesture_needs_an_approver_and_a_bad_moment_is_said(
    ask: Ask, done: Done, acme: str
) -> None:
    done("me", "Ann", "--function", "success")
    done("colleague", "add", "Bob")
    assert done("settings", "gesture.limit", "5000")["value"] == "5000"
    dear = ("log", "gesture", acme, "--kind", "emotional", "--gesture", "cake", "--cost", "60")
    assert "above 50 EUR" in ask(*dear).err
    assert done(*dear, "--approver", "Bob")["approver"] == "Bob"
    done("log", "complaint", acme, "--title", "Down", "--severity", "critical")
    got = ask("log", "gesture", acme, "--kind", "emotional", "--gesture", "card", "--complaint",
              "C-1", "--at", "2026-03-10")  # fmt: skip
    assert (got.code, "warned against" in got.err) == (0, True)
    assert [one["gesture"] for one in done("gestures")] == ["cake", "card"]
    (cake,) = done("gestures", "--filter", "approver:bob cost>50 kind:emotional given<1")
    assert (cake["cost"]["minor"], cake["account"]) == (6000, "Acme")
    (card,) = done("gestures", "--filter", "complaint:c-1", "--sort", "-cost")
    assert card["gesture"] == "card"
    assert "60 EUR" in ask("gestures").out
    assert ask("settings", "gesture.limit", "much").code == 1
    assert done("settings", "north_star", "active days")["value"] == "active days"
    assert "North star: active days" in ask("plan", "progress", acme).out


def test_a_programme_has_levels_and_a_ledger(ask: Ask, done: Done, acme: str) -> None:
    made = done("programme", "add", "Club", "--tier", "silver=0", "--tier", "gold=100")
    assert made["tiers"] == [["silver", 0], ["gold", 100]]
    assert ask("programme", "add", "x", "--tier", "gold").code == 1
    assert ask("programme", "add", "x", "--tier", "a=9", "--tier", "b=1").code == 1
    points = ("programme", "points", "club", acme)
    assert "is not in Club" in ask(*points, "--earn", "5", "--reason", "an order").err
    done("programme", "enrol", "Club", acme, "--since", "2026-03-01")
    earned = done(*points, "--earn", "120", "--reason", "an order", "--on", "2026-03-02")
    assert (earned["spendable"], earned["tier"], earned["next_tier"]) == (120, "gold", None)
    assert (
        "121 cannot be redeemed; 120 are there"
        in ask(*points, "--redeem", "121", "--reason", "a mug").err
    )
    spent = done(*points, "--redeem", "30", "--reason", "a mug")
    assert (spent["points"], spent["spendable"], spent["tier"]) == (-30, 90, "silver")
    wrong = done(*points, "--correct", "-95", "--reason", "counted twice")
    assert (wrong["spendable"], wrong["tier"], wrong["points_to_next"]) == (0, None, 5)
    assert ask(*points, "--earn", "5", "--redeem", "5", "--reason", "x").code == 2
    assert ask(*points, "--earn", "-5", "--reason", "x").code == 2
    assert "reason: it is empty" in ask(*points, "--earn", "5").err
    (row,) = done("programme", "levels", "Club")
    assert (row["account"], row["points"], row["spendable"]) == ("Acme", -5, 0)
    assert "silver +5" in ask("programme", "levels", "Club").out
    (listed,) = done("programme")
    assert (listed["accounts"], listed["tiers"][1]) == (1, {"tier": "gold", "points": 100})
    assert "silver 0, gold 100" in ask("programme").out
    assert "Programme Club: 0 points, no level yet" in ask("plan", "loyalty", acme).out
    done("programme", "leave", "Club", acme)
    assert done("programme", "levels", "Club") == []
    ended = done("programme", "set", "Club", "--name", "Circle", "--ended", "2026-03-10",
                 "--cost", "2k")  # fmt: skip
    assert (ended["name"], ended["cost"]["minor"]) == ("Circle", 200_000)
    assert "ended on" in ask("programme", "enrol", "Circle", acme).err


def test_a_risk_is_closed_with_its_exit_criteria_met(ask: Ask, done: Done, acme: str) -> None:
    done("plan", "risk", acme, "--risk", "Budget cut", "--evidence", "a rumour")
    assert "say when the risk is over" in ask("plan", "close-risk", acme).err
    closed = done("plan", "close-risk", acme, "--exit", "signed", "--evidence", "the order")
    assert (closed["closed_on"], closed["evidence"]) == ("2026-03-11", "a rumour\nthe order")
    assert "no such open risk" in ask("plan", "close-risk", acme).err


def test_a_contract_keeps_its_renewal_plan(ask: Ask, done: Done, acme: str) -> None:
    done("contract", "add", acme, "--arr", "120k", "--end", "2026-12-31", "--uplift", "3")
    record = done(
        "contract", "set", acme, "--uplift", "5", "--term", "24", "--term-options", "12 or 36",
        "--price-position", "at par", "--competitor-price", "110k", "--buyer", "Per",
        "--renew-amount", "126k", "--offer-limit", "6k", "--probability", "70 %",
        "--forecast-reason", "they said so", "--paused-to", "2026-04-01", "--fallback", "12 months",
    )  # fmt: skip
    assert (record["uplift_percent"], record["term_months"]) == (5.0, 24)
    assert (record["price_position"], record["forecast_probability"]) == ("at_par", 0.7)
    assert record["renew_amount"] == {"minor": 12_600_000, "currency": "EUR"}
    assert record["paused_to"] == "2026-04-01"
    emptied = done("contract", "set", acme, "--offer-limit", "", "--buyer", "", "--probability", "")
    assert (emptied["offer_limit"], emptied["decision_buyer_id"]) == (None, None)
    assert emptied["forecast_probability"] is None
    assert ask("contract", "set", acme, "--probability", "170").code == 1
    assert ask("contract", "set", acme, "--price-position", "cheap").code == 1
