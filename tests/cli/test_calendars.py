"""``calendars``, ``calendar``, and the settings of the clocks of complaints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cli.conftest import Ask

Done = Callable[..., Any]


def test_a_calendar_by_commands_from_start_to_end(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme", "--tier", "1")
    assert "Clocks run Monday to Friday 09:00 to 17:00" in ask("calendars").out
    done(
        "calendar", "add", "Plant", "--hours", "mon-fri 06:00-14:00", "--country", "de",
        "--subdivision", "BY", "--free", "2026-12-24", "--free", "2026-12-31",
    )  # fmt: skip
    done("account", "set", "Acme", "--calendar", "plant")
    done("settings", "calendar", "Plant")
    (row,) = done("calendars")
    assert {name: row[name] for name in ("name", "country", "accounts", "is_book")} == {
        "name": "Plant", "country": "DE", "accounts": 1, "is_book": True,
    }  # fmt: skip
    assert row["free_days"] == ["2026-12-24", "2026-12-31"]
    assert "DE-BY" in ask("calendars").out
    got = ask("calendar", "archive", "Plant")
    assert got.code == 1
    assert "in use by accounts (1), Acme among them" in got.err
    done("account", "set", "Acme", "--calendar", "")
    done("settings", "calendar", "none")
    done("calendar", "set", "Plant", "--name", "Works", "--free", "", "--country", "",
           "--subdivision", "")  # fmt: skip
    (row,) = done("calendars")
    assert (row["name"], row["free_days"], row["country"]) == ("Works", [], None)
    done("calendar", "archive", "works")
    assert done("calendars") == []
    done("undo")
    assert [one["name"] for one in done("calendars")] == ["Works"]


def test_a_calendar_that_is_none_is_refused_in_a_sentence(ask: Ask, done: Done) -> None:
    done("calendar", "add", "Plant")
    for words, options in (
        ("hours: a calendar needs working hours", ("--hours", "")),
        ("hours: 17:00-09:00 runs backwards", ("--hours", "mon 17:00-09:00")),
        ("zone: Mars/Base is no time zone", ("--zone", "Mars/Base")),
        ("country: XX is no country", ("--country", "xx")),
        ("subdivision: it needs a country", ("--subdivision", "BY")),
    ):
        got = ask("calendar", "set", "Plant", *options)
        assert got.code == 1
        assert words in got.err
    got = ask("calendar", "set", "Office", "--zone", "UTC")
    assert "There is no calendar Office; there are: Plant." in got.err
    assert "there is a calendar Plant already" in ask("calendar", "add", "plant").err
    got = ask("settings", "calendar", "Office")
    assert "there is no calendar Office; there are Plant, and none" in got.err


def test_targets_by_severity_and_tier_are_settings(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme", "--tier", "1")
    assert done("settings", "sla.critical") == {"sla.critical": "1h/4h/3d"}
    got = ask("settings", "sla.critical", "4h/1h/3d")
    assert got.code == 1
    assert "such as 1h/4h/3d" in got.err
    done("settings", "sla.critical.tier1", "30m/-/1d")
    made = done("log", "complaint", "Acme", "--title", "x", "--severity", "critical")
    assert (made["ack_target"], made["response_target"], made["resolution_target"]) == (
        30, None, 480,
    )  # fmt: skip
