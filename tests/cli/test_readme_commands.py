"""What README tells a newcomer to type works, from the first line to the last, in one book."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.readme import README

FIRST, AFTER = "## Your own book", "## A team on one server"
ACCOUNTS = "Company,Country\nNordic Foods,FI\n"
MAIL = "From: Maria Lind <maria@nordic.example>\nDate: Tue, 10 Mar 2026 09:00:00 +0100\n\nHello\n"
INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:one@example.com
DTSTAMP:20260301T080000Z
DTSTART:20260320T090000Z
SUMMARY:Quarterly review
END:VEVENT
END:VCALENDAR
"""
FEWEST = 30


def commands(text: str) -> Iterator[list[str]]:
    """The words of each command in the chapters of one person, without the app itself."""
    chapters = text[text.index(FIRST) : text.index(AFTER)]
    for block in re.findall(r"^```\n(.*?)^```", chapters, re.DOTALL | re.MULTILINE):
        for line in block.replace("\\\n", " ").splitlines():
            program, *words = shlex.split(line, comments=True)
            assert program == "trustplan", line
            if words:
                yield words


def test_every_command_works_in_the_order_in_which_readme_has_them(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    (tmp_path / "message.eml").write_text(MAIL, encoding="utf-8")
    (tmp_path / "week.ics").write_text(INVITATION, encoding="utf-8")
    asked = list(commands(README.read_text(encoding="utf-8")))
    assert len(asked) >= FEWEST
    failed = [
        f"{shlex.join(words)}: {got.err}" for words in asked if (got := ask(*words)).code != 0
    ]
    assert failed == []


def test_comments_and_lines_that_go_on_are_read_as_a_shell_reads_them() -> None:
    text = f'{FIRST}\n```\ntrustplan a "b c" \\\n    --d e  # why\ntrustplan\n```\n{AFTER}\n'
    assert list(commands(text)) == [["a", "b c", "--d", "e"]]
