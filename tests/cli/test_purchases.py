"""Purchases, their import and the drop-off by command. The day is Wed 2026-03-11."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]


@pytest.fixture
def acme(done: Done) -> str:
    """An account that bought three times."""
    done("account", "add", "Acme", "--stage", "adopting")
    for on in ("2025-10-01", "2025-11-01", "2025-12-02"):
        done("log", "purchase", "Acme", "--on", on, "--product", "Gloves", "--amount", "1.2k")
    return "Acme"


def test_purchases_are_logged_listed_changed_and_taken_out(done: Done, acme: str) -> None:
    rows = done("purchases")
    assert [row["purchased_on"] for row in rows] == ["2025-12-02", "2025-11-01", "2025-10-01"]
    assert rows[0]["amount"] == {"minor": 120000, "currency": "EUR"}
    found = done("purchases", acme)
    assert (found["typical_days"], found["since_days"], found["stopped"]) == (31, 99, True)
    assert found["expected_on"] == "2026-01-02"
    changed = done("purchases", "set", rows[0]["id"], "--kind", "return", "--amount", "5",
                   "--external-id", "R-1")  # fmt: skip
    assert (changed["kind"], changed["amount"]["minor"]) == ("return", 500)
    assert done("purchases", acme)["stopped"] is None
    assert len(done("purchases", "--filter", "kind:return product:glo amount<6")) == 1
    done("purchases", "archive", "R-1")
    assert [len(done("purchases", "--account", acme)["rows"]), len(done("purchases"))] == [2, 2]
    done("undo")
    assert len(done("purchases", "--limit", "9", "--sort", "-amount")) == 3


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--amount", "0"), "amount"),
        (("--amount", "-3"), "amount"),
        (("--on", "2026-03-12"), "on"),
        (("--currency", "QQQ"), "currency code"),
        (("--kind", "swap"), "kind"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    ask: Ask, acme: str, words: tuple[str, ...], field: str
) -> None:
    got = ask("log", "purchase", acme, *words)
    assert (got.code, got.out) == (1, "")
    assert field in got.err.lower() or "less than nothing" in got.err
    assert "Traceback" not in got.err
    assert ask("purchases", "archive", "nothing").code == 1


def test_how_often_is_said_in_words_and_on_the_radar(ask: Ask, done: Done, acme: str) -> None:
    said = ask("purchases", acme).out
    assert "usually buys every 31 days, now 99: stopped buying?" in said
    (row,) = done("radar")
    assert "stopped" in row["reasons"]
    assert row["stopped"]["typical_days"] == 31
    assert "stopped buying: every 31 d, now 99" in ask("radar").out


def test_a_file_of_purchases_is_imported_and_undone(ask: Ask, done: Done, tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("customer,date,amount\nAcme,2026-01-05,5\nBolt,2026-01-06,0\n")
    got = ask("import", "purchases", str(file), "--json")
    assert got.code == 1
    assert [got.document[name] for name in ("rows", "created", "failed", "accounts_created")] == [
        2, 1, 1, 1,
    ]  # fmt: skip
    assert len(done("purchases")) == 1
    done("undo")
    assert done("purchases") == done("accounts") == []
    none = ask("import", "purchases", str(file), "--no-create", "--json").document
    assert (none["created"], none["failed"]) == (0, 2)


def test_a_real_summary_of_customers_shows_its_repeat_rate(
    ask: Ask, done: Done, samples: Path
) -> None:
    file = str(samples / "cdnow" / "cdnow_customers_summary.csv")
    assert "last_after_weeks" in ask("import", "purchases", file, "--map", "ID=account").err
    got = done("import", "purchases", file, "--map", "ID=account", "--map",
               "recency=last_after_weeks", "--map", "T=first_weeks_ago")  # fmt: skip
    assert (got["created"], got["accounts_created"], got["problems"]) == (2357, 2357, [])
    found = done("dropoff")
    assert (found["buyers"], found["repeat_buyers"]) == (2357, 946)
    assert found["repeat_rate"] == "40.135766"


def test_the_drop_off_names_its_method_and_opens_its_lines(ask: Ask, done: Done) -> None:
    for number in range(9):
        done("account", "add", f"A{number}", "--stage", "renewal")
        if number < 8:
            done("account", "set", f"A{number}", "--stage", "lost", "--lost", "2026-03-11")
    found = done("dropoff")
    assert found["lost"] == 8
    assert found["unit"] == "account"
    tenures = {row["key"]: row for row in found["tenures"]}
    assert sum(row["lost"] for row in tenures.values()) == 8
    key = next(key for key, row in tenures.items() if row["lost"])
    assert {row["account"] for row in done("dropoff", "--behind", f"tenure:{key}")} == {
        f"A{number}" for number in range(8)
    }
    said = ask("dropoff", "--days", "30").out
    assert "Unit: accounts, 2026-02-09 to 2026-03-11" in said
    assert done("dropoff", "--behind", "tenure:nothing") == []
