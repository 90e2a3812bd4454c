"""`trustplan renewals`: the list, its filter and order, and the forecast month by month."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask
from tests.makers import World

Done = Callable[..., Any]
HOSTILE = "[red]x\x1b]52;c;eA==\x07 '; DROP TABLE contract; --"


@pytest.fixture
def due(world: World, ask: Ask) -> World:
    """Beside the 1,200 euros of Nordic Oy in May: dollars, one decided, one overdue, three in
    September."""
    for words in (
        ("contract", "add", "Other Ltd", "--name", HOSTILE, "--arr", "9000", "--currency", "USD",
         "--start", "2025-04-01", "--end", "2026-04-30", "--notice-days", "60", "--auto-renew"),
        ("contract", "add", "Other Ltd", "--name", "old", "--arr", "100", "--start", "2025-01-01",
         "--end", "2026-01-31"),
        *(("contract", "add", "Other Ltd", "--name", f"autumn {n}", "--arr", "500",
           "--start", "2025-01-01", "--end", "2026-09-30") for n in range(3)),
    ):  # fmt: skip
        got = ask(*words)
        assert got.code == 0, got.err
    return world


def test_a_renewal_has_the_fields_of_the_contract(done: Done, world: World) -> None:
    (row,) = done("renewals")
    assert list(row) == [
        "id", "account_id", "account", "contract", "tier", "owner", "health", "arr", "currency",
        "end", "days", "notice", "days_to_notice", "auto_renew", "cancelled", "state", "decided",
        "forecast", "probability", "probability_from", "expected", "uplift", "plan_readiness",
        "milestones_done", "milestones_missed",
    ]  # fmt: skip
    assert row["id"] == str(world.contract)
    assert row["account_id"] == str(world.account)
    assert row["arr"] == {"minor": 120_000, "currency": "EUR"}
    assert (row["end"], row["days"]) == ("2026-05-15", 65)
    assert (row["notice"], row["days_to_notice"]) == ("2026-04-15", 35)
    assert (row["state"], row["forecast"], row["decided"]) == ("open", "unknown", None)
    assert row["milestones_done"] == [90]
    assert row["milestones_missed"] == [120]
    assert row["probability_from"] == "assumed"
    share = {"red": 600, "yellow": 850, "green": 950, "grey": 800}[row["health"]["band"]]
    assert row["probability"] == f"{share / 1000:.6f}"
    assert row["expected"] == {"minor": 120_000 * share // 1000, "currency": "EUR"}


@pytest.mark.usefixtures("due")
def test_renewals_are_filtered_sorted_and_cut(done: Done) -> None:
    def names(*words: str) -> list[str]:
        return [row["contract"] for row in done("renewals", *words)]

    autumn = ["autumn 0", "autumn 1", "autumn 2"]
    assert names() == ["old", HOSTILE, "contract", *autumn]
    assert names("--sort", "-days")[-1] == "old"
    assert names("--sort", "days_to_notice", "--limit", "2") == [HOSTILE, "contract"]
    assert names("--filter", "renewal<0") == ["old"]
    assert names("--filter", "state:overdue") == ["old"]
    assert names("--filter", "currency:usd auto_renew:yes notice<0") == [HOSTILE]
    assert names("--filter", 'account:"nordic"') == ["contract"]
    assert names("--filter", "missed:8") == ["old"]
    assert names("--limit", "0") == []


@pytest.mark.usefixtures("due")
def test_what_renews_itself_after_its_notice_day_is_renewed_by_default(done: Done) -> None:
    (row,) = done("renewals", "--filter", "currency:usd")
    assert (row["probability"], row["probability_from"]) == ("1.000000", "by_default")


@pytest.mark.usefixtures("due")
def test_a_decided_renewal_leaves_the_list_and_stays_in_the_forecast(done: Done, ask: Ask) -> None:
    before = done("renewals", "--months")
    got = ask("contract", "set", "Nordic Oy", "--decided", "2026-03-10", "--forecast", "certain")
    assert got.code == 0, got.err
    assert "contract" not in [row["contract"] for row in done("renewals")]
    (row,) = done("renewals", "--filter", "state:renewed")
    assert (row["state"], row["decided"]) == ("renewed", "2026-03-10")
    after = done("renewals", "--months")
    assert after["due"] == before["due"]
    assert after["renewed"] == {"minor": 120_000, "currency": "EUR"}
    assert (after["renewed_count"], after["open_count"]) == (1, before["open_count"] - 1)


@pytest.mark.usefixtures("due")
def test_the_forecast_names_its_method_and_keeps_other_money_and_what_is_past_apart(
    done: Done,
) -> None:
    found = done("renewals", "--months")
    assert (found["from"], found["to"]) == ("2026-03-01", "2027-03-01")
    assert "assumed by health" in found["method"]
    assert found["due"] == {"minor": 120_000 + 3 * 50_000, "currency": "EUR"}
    assert (found["due_count"], found["foreign_count"]) == (5, 1)
    assert found["earlier"]["due"] == {"minor": 10_000, "currency": "EUR"}
    months = {one["month"]: one for one in found["months"]}
    assert list(months) == ["2026-04", "2026-05", "2026-09"]
    assert months["2026-04"]["forecast_rate"] is None, "nothing is due in the book's currency"
    assert months["2026-09"]["forecast_rate"] == "0.800000"
    assert [one["crowded"] for one in found["months"]] == [False, False, True]


@pytest.mark.usefixtures("due")
def test_people_read_a_table_the_forecast_and_the_rule(ask: Ask) -> None:
    got = ask("renewals")
    assert got.code == 0
    assert "\x1b" not in got.out
    assert "DROP TABLE" in got.out
    assert "by default" in got.out
    assert "Due 2026-03-01 to before 2027-03-01: 5 renewals" in got.out
    assert "+1 foreign" in got.out
    assert "1 overdue from before" in got.out
    assert "!  Sep 2026" in got.out
    assert "! 3 or more open" in got.out


def test_a_book_without_contracts_says_so(ask: Ask) -> None:
    assert ask("account", "add", "Acme").code == 0
    got = ask("renewals")
    assert got.out.splitlines()[0] == "No renewals are listed."
    assert "0 renewals" in got.out
    assert ask("renewals", "--json").document == []
    empty = ask("renewals", "--months", "--json").document
    assert (empty["forecast_rate"], empty["months"], empty["earlier"]) == (None, [], None)


@pytest.mark.usefixtures("world")
def test_a_narrow_terminal_cuts_names_and_no_figure(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    row = ask("renewals").out.splitlines()[1]
    assert "2026-05-15" in row
    assert "1.2 k" in row
    assert "EUR" not in row


@pytest.mark.usefixtures("world")
def test_unknown_fields_are_refused_with_the_nearest(ask: Ask) -> None:
    got = ask("renewals", "--filter", "forcast:lost")
    assert (got.code, got.out) == (1, "")
    assert "Did you mean forecast?" in got.err
    got = ask("renewals", "--sort", "notce")
    assert got.code == 1
    assert "Did you mean notice?" in got.err
