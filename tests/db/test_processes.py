"""Several programs on one file at once. Those that are killed: ``test_two_engines_processes``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from db import backup
from db.book import Book
from tests.db.book_dump import recomputed, rollup_table
from tests.db.test_opening import as_old
from tests.makers import engine, new_book, opened

ROOT = Path(__file__).resolve().parents[2]
WRITERS, EACH = 8, 25

WRITE = """
import sys
from pathlib import Path
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at, opened
book = opened(Path(sys.argv[1]), actor=sys.argv[3])
for number in range(int(sys.argv[4])):
    done = book.run(log_touchpoint, int(sys.argv[2]), kind="call", when=at(1), note=str(number))
    print(done.result.id, flush=True)
book.close()
"""
MAKE = """
import sys
from pathlib import Path
from planner.errors import BookUnavailable
from tests.makers import new_book
try:
    new_book(Path(sys.argv[1])).close()
    print("made")
except BookUnavailable as error:
    print(error)
"""
UPGRADE = """
import sys
from pathlib import Path
from tests.makers import opened
opened(Path(sys.argv[1])).close()
print("open")
"""


def start(code: str, *args: object, stdin: int | None = None) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if "COV" not in name}
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        env={**environment, "PYTHONPATH": str(ROOT)}, cwd=ROOT, text=True,
        stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def account_in(book: Book) -> int:
    from planner.use_cases.accounts import add_account

    account: int = book.run(add_account, name="Nordic").result.id
    return account


def test_eight_writers_lose_nothing_and_never_see_a_lock(book: Book) -> None:
    account = account_in(book)
    path = book.address.path
    writers = [start(WRITE, path, account, f"writer {n}", EACH) for n in range(WRITERS)]
    outputs = [writer.communicate() for writer in writers]
    assert [error for _out, error in outputs if error] == []
    acknowledged = [int(line) for out, _error in outputs for line in out.split()]
    assert len(acknowledged) == WRITERS * EACH
    stored = [row[0] for row in book.connection.rows("SELECT id FROM touchpoint")]
    assert sorted(acknowledged) == sorted(stored)
    entries = book.connection.one("SELECT COUNT(*), COUNT(DISTINCT change_id) FROM audit_entry")
    assert entries == (WRITERS * EACH + 1, WRITERS * EACH + 1)
    assert rollup_table(book.connection) == recomputed(book)
    assert engine(book).raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_of_two_programs_that_make_a_book_one_does(tmp_path: Path) -> None:
    folder = tmp_path / "books"
    makers = [start(MAKE, folder) for _number in range(2)]
    said = sorted(maker.communicate()[0].strip() for maker in makers)
    assert said[1] == "made"
    assert said[0] == "made" or said[0].startswith("There is a file at")
    assert said.count("made") == 1
    assert [entry.name for entry in folder.iterdir()] == ["book.db"]
    opened(folder / "book.db").close()


def test_two_programs_that_bring_a_book_up_to_date_both_open_it(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    as_old(path)
    both = [start(UPGRADE, path) for _number in range(2)]
    outputs = [program.communicate() for program in both]
    assert [(out.strip(), error) for out, error in outputs] == [("open", "")] * 2
    assert 1 <= len(list(backup.backup_folder(path).glob("*.db"))) <= 2
    assert list(backup.backup_folder(path).glob("*.part")) == []
    fresh, old = new_book(tmp_path), opened(path)
    listed = "SELECT name, sql FROM sqlite_schema WHERE name <> 'notes_of_mine' ORDER BY name"
    assert old.connection.rows(listed) == fresh.connection.rows(listed)
    fresh.close()
    old.close()
