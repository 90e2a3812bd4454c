"""The check-up of a book: is the file whole, are the derived tables true, is the place safe.

Reads only. Every check says what it looked at, and what to do when it is not well.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db import rollups, sqlite
from db.account_numbers import gather_numbers
from db.book import Book
from db.health_facts import moment_of
from db.kept_inputs import HOLDS, decoded
from db.rows import to_model
from db.schema_number import HEAD
from db.tables import ACCOUNT, COMPLAINT, PERSON, SIGNAL, SURVEY, TOUCHPOINT, Table
from planner.errors import TrustplanError
from planner.health.kept import SHAPE
from planner.health.quick import quick_score
from planner.language import gettext as _

SAMPLE = 200
"""How many accounts are computed anew and compared with their stored rows."""
LEAST_FREE = 200 * 1024 * 1024
"""Bytes below which the disk counts as full; a book several times its size needs more."""
NETWORK_SYSTEMS = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "9p", "afs", "ceph", "fuse.sshfs",
    "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "davfs", "fuse.davfs2", "lustre", "ocfs2", "gfs2",
    "vboxsf", "fuse.vmhgfs-fuse",
)  # fmt: skip
SEARCHED: tuple[Table[Any], ...] = (
    ACCOUNT, PERSON, COMPLAINT, TOUCHPOINT, SURVEY, SIGNAL,
)  # fmt: skip
KEPT_TODAY = (
    f"SELECT h.account_id, h.kept FROM health_inputs h WHERE {HOLDS}"
    " ORDER BY h.account_id LIMIT :most"
)
OF_A_FILE = frozenset({"integrity", "foreign_keys", "file_mode", "disk", "file_system"})
SCORE_FIELDS = frozenset(
    {"shown", "final", "band", "uncertain", "health_order", "coverage", "trend", "next_action",
     "next_action_id", "next_action_on", "next_action_owner_id"}
)  # fmt: skip
"""What a complaint's clock moves by itself in the course of a day."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its id, whether all is well, and what was found."""

    id: str
    ok: bool
    detail: str


def examine(book: Book) -> Iterator[Check]:
    """Every check of a book, in order; one that cannot be made counts as not well.

    A server looks after its own files: of a book there, the schema and what is derived is checked.
    """
    checks: tuple[tuple[str, Callable[[Book], tuple[bool, str]]], ...] = (
        ("integrity", _integrity),
        ("foreign_keys", _foreign_keys),
        ("schema", _schema),
        ("file_mode", _file_mode),
        ("scores", _scores),
        ("search", _search),
        ("rollups", _rollups),
        ("health_inputs", _inputs),
        ("disk", _disk),
        ("file_system", _file_system),
    )
    for name, check in checks:
        if book.address.on_server and name in OF_A_FILE:
            continue
        try:
            ok, detail = check(book)
        except (TrustplanError, OSError) as error:
            ok, detail = False, str(error)
        yield Check(name, ok, detail)


def _raw(book: Book) -> Any:
    connection = book.connection
    assert isinstance(connection, sqlite.SqliteConnection)
    return connection.raw


def _integrity(book: Book) -> tuple[bool, str]:
    with sqlite.translated():
        verdict = [row[0] for row in _raw(book).execute("PRAGMA quick_check(5)")]
    if verdict == ["ok"]:
        return True, _("the file is whole")
    return False, _("the file is damaged, restore a backup: {what}").format(
        what="; ".join(str(one) for one in verdict)
    )


def _foreign_keys(book: Book) -> tuple[bool, str]:
    with sqlite.translated():
        broken = _raw(book).execute("PRAGMA foreign_key_check").fetchmany(100)
    if not broken:
        return True, _("every reference has its record")
    tables = ", ".join(sorted({str(row[0]) for row in broken}))
    return False, _("{count} references lead nowhere, in {tables}").format(
        count=len(broken), tables=tables
    )


def _schema(book: Book) -> tuple[bool, str]:
    number = book.schema_number()
    return number == HEAD, _("schema {number}; this program knows {head}").format(
        number=number, head=HEAD
    )


def _file_mode(book: Book) -> tuple[bool, str]:
    path = Path(book.address.path)
    open_to_others = [
        f"{one.name} {stat.S_IMODE(one.stat().st_mode):04o}"
        for one in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm")))
        if one.exists() and stat.S_IMODE(one.stat().st_mode) & 0o077
    ]
    if not open_to_others:
        return True, _("only you may read the file")
    return False, _("others may read it ({files}); set the mode to 600").format(
        files=", ".join(open_to_others)
    )


def _scores(book: Book) -> tuple[bool, str]:
    stale = book.stale_count()
    if not stale:
        return True, _("all scores are of today")
    return True, _(
        "{count} scores are of another day; lists recompute them, `health recompute` stores them"
    ).format(count=stale)


def _search(book: Book) -> tuple[bool, str]:
    live = " UNION ALL ".join(
        f"SELECT id FROM {table.name} WHERE archived_at IS NULL" for table in SEARCHED
    )
    lost = book.connection.one(f"SELECT COUNT(*) FROM search_entry WHERE row_id NOT IN ({live})")
    missing = sum(_without_entry(book, table) for table in SEARCHED)
    if (lost and lost[0]) or missing:
        return False, _("{lost} entries without a record, {missing} records without one").format(
            lost=lost and lost[0], missing=missing
        )
    return True, _("every record has its entry")


def _without_entry(book: Book, table: Table[Any]) -> int:
    """How many records have words and no entry; a talk without a note has nothing to enter."""
    spec = table.search
    rows = book.connection.maps(
        f"SELECT * FROM {table.name} WHERE archived_at IS NULL"
        " AND id NOT IN (SELECT row_id FROM search_entry)"
    )
    return sum(bool(spec and spec.words(to_model(table, row))) for row in rows)


def _rollups(book: Book) -> tuple[bool, str]:
    frame = book.frame()
    stored = {
        row["account_id"]: row
        for row in book.connection.maps(
            f"SELECT {', '.join(rollups.COLUMNS)} FROM account_rollup WHERE as_of = :today"
            " ORDER BY account_id LIMIT :most",
            {"today": frame.today.isoformat(), "most": SAMPLE},
        )
    }
    wrong: dict[int, set[str]] = {}
    for account_id, row in stored.items():
        for computed in rollups.rollup_rows(book.connection, account_id, account_id, frame):
            moved = {name for name in rollups.COLUMNS if computed[name] != row[name]}
            if row["open_complaints"]:
                moved -= SCORE_FIELDS
            if moved:
                wrong[account_id] = moved
    if not wrong:
        return True, _("{count} rows are as computed anew").format(count=len(stored))
    fields = ", ".join(sorted(set().union(*wrong.values())))
    return False, _(
        "{wrong} of {count} rows differ ({fields}); `health recompute` makes them anew"
    ).format(wrong=len(wrong), count=len(stored), fields=fields)


def _inputs(book: Book) -> tuple[bool, str]:
    """What scores are kept from gives the same score as the facts, where it holds today."""
    frame = book.frame()
    params = {"today": frame.today.isoformat(), "shape": SHAPE, "most": SAMPLE}
    day, moment = frame.today.toordinal(), moment_of(frame.today, frame.now, frame.zone)
    wrong = looked_at = 0
    for account_id, text in book.connection.rows(KEPT_TODAY, params):
        numbers, _also = gather_numbers(book.connection, account_id, account_id, frame)
        looked_at += 1
        try:
            kept = quick_score(decoded(text).score, day, moment, frame.config)
        except (TypeError, ValueError):
            wrong += 1
            continue
        wrong += not numbers or kept != quick_score(numbers[0].kept, day, moment, frame.config)
    if not wrong:
        return True, _("{count} are as the facts say").format(count=looked_at)
    return False, _(
        "{wrong} of {count} differ from the facts; `health recompute` makes them anew"
    ).format(wrong=wrong, count=looked_at)


def _disk(book: Book) -> tuple[bool, str]:
    path = Path(book.address.path)
    space = os.statvfs(path.parent)
    free = space.f_bavail * space.f_frsize
    wanted = max(LEAST_FREE, 2 * path.stat().st_size)
    words = _("{free} MiB free, the book takes {size} MiB").format(
        free=free // 1024**2, size=-(-path.stat().st_size // 1024**2)
    )
    return free >= wanted, words if free >= wanted else words + "; " + _("make room")


def _file_system(book: Book) -> tuple[bool, str]:
    kind = file_system_of(Path(book.address.path))
    if kind is None:
        return True, _("the kind of file system is not known here")
    if kind in NETWORK_SYSTEMS:
        return False, _(
            "the book lies on a network file system ({kind}), which may lose writes; move it to a "
            "local disk"
        ).format(kind=kind)
    return True, _("a local file system ({kind})").format(kind=kind)


def file_system_of(path: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str | None:
    """The kind of the file system that holds a path; None where the system does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    place = str(path.resolve())
    best: tuple[str, str | None] = ("", None)
    for line in lines:
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        root = fields[4].replace("\\040", " ")
        inside = place == root or place.startswith(root.rstrip("/") + "/")
        if inside and len(root) >= len(best[0]):
            best = (root, after.split(" ")[0])
    return best[1]
