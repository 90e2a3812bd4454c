"""Playbooks: dated tasks for a moment in an account's life, read from a file of a person's.

Pure: a playbook comes as the mapping that TOML gives, with the file's name for what is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from planner.dependencies import find_cycle, told_cycle
from planner.language import gettext as _
from planner.spelling import did_you_mean
from planner.vocabulary import FUNCTIONS, SEVERITIES, SIDES, STAGES
from planner.written_file import FileProblem, Table, shown

BANDS = ("red", "yellow", "green")
MANUAL, CHURN = "manual", "churn"
STAGE, BAND, COMPLAINT, RENEWAL = "stage", "band", "complaint", "renewal"
TRIGGER_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {STAGE: STAGES, BAND: BANDS, COMPLAINT: SEVERITIES}
)
"""What may stand after the colon of a trigger."""
MAX_DAYS = 3_650
_RENEWAL = re.compile(r"renewal<([0-9]{1,4})")
_OFFSET = re.compile(r"(\+|end-)([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Trigger:
    """What calls for a playbook: ``manual`` (somebody decides), ``stage:onboarding``,
    ``renewal<120`` (days before the contract ends), ``band:red``, ``complaint:critical`` (one of
    that severity is open), ``churn`` (the customer is lost)."""

    kind: str
    word: str = ""
    days: int = 0

    def __str__(self) -> str:
        if self.kind == RENEWAL:
            return f"{RENEWAL}<{self.days}"
        return f"{self.kind}:{self.word}" if self.word else self.kind

    def calls(self, now: Circumstances) -> bool:
        """Whether an account like this calls for it; a manual one never does by itself."""
        if self.kind == RENEWAL:
            return now.days_to_end is not None and 0 <= now.days_to_end < self.days
        if self.kind == CHURN:
            return now.stage == "lost"
        held = {STAGE: (now.stage,), BAND: (now.band,), COMPLAINT: now.open_severities}
        return self.word in held.get(self.kind, ())


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What triggers look at: how an account stands."""

    stage: str | None = None
    days_to_end: int | None = None
    band: str | None = None
    open_severities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offset:
    """When a task is due: days after the start, or before the contract's end."""

    days: int
    from_end: bool = False

    def __str__(self) -> str:
        return f"end-{self.days}" if self.from_end else f"+{self.days}"

    def before(self, other: Offset) -> bool:
        """Whether it is earlier than one that counts from the same day."""
        if self.from_end != other.from_end:
            return False
        return self.days > other.days if self.from_end else self.days < other.days

    def day(self, start: date, end: date) -> date:
        """The day it means."""
        shift = timedelta(days=self.days)
        return end - shift if self.from_end else start + shift


@dataclass(frozen=True, slots=True)
class Task:
    """One step. ``owner`` is a function of ours; for their side it is who of us follows up."""

    key: str
    task: str
    at: Offset
    owner: str
    done_means: str
    side: str = "we"
    promised: bool = False
    shared: bool = False
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Playbook:
    """Dated tasks, with what calls for them."""

    name: str
    about: str | None
    trigger: Trigger
    tasks: tuple[Task, ...]

    @property
    def needs_end(self) -> bool:
        """Whether a task counts back from the contract's end."""
        return any(task.at.from_end for task in self.tasks)


def parse_trigger(text: str) -> Trigger | None:
    """The trigger that a text means, or None."""
    if text in (MANUAL, CHURN):
        return Trigger(text)
    days = _RENEWAL.fullmatch(text)
    if days is not None:
        number = int(days[1])
        return Trigger(RENEWAL, days=number) if 1 <= number <= MAX_DAYS else None
    kind, _colon, word = text.partition(":")
    return Trigger(kind, word) if word in TRIGGER_WORDS.get(kind, ()) else None


def parse_offset(text: str) -> Offset | None:
    """The offset that a text means, or None: ``+14`` or ``end-90``."""
    found = _OFFSET.fullmatch(text)
    if found is None or int(found[2]) > MAX_DAYS:
        return None
    return Offset(int(found[2]), found[1] != "+")


def trigger_words() -> tuple[str, ...]:
    """Every trigger there is; N stands for a number of days."""
    named = (f"{kind}:{word}" for kind, words in TRIGGER_WORDS.items() for word in words)
    return (MANUAL, f"{RENEWAL}<N", CHURN, *named)


def read_playbook(
    document: Mapping[str, object], file: str
) -> tuple[Playbook | None, tuple[FileProblem, ...]]:
    """The playbook of a file, and everything that is wrong with it; None when anything is."""
    top = Table(file, document)
    name = top.text("name", needed=True)
    about = top.text("about")
    trigger = _trigger(top)
    tables = top.tables("tasks")
    tasks = tuple(_task(one) for one in tables)
    if document.get("tasks") in (None, []):
        top.note("tasks", _("a playbook needs at least one task; write [[tasks]] above it."))
    _check_keys(tables, tasks)
    top.end()
    if name is None or trigger is None or top.problems:
        return None, tuple(top.problems)
    return Playbook(name, about, trigger, tasks), ()


def _trigger(top: Table) -> Trigger | None:
    text = top.text("trigger", needed=True)
    found = parse_trigger(text) if text is not None else None
    if text is not None and found is None:
        known = (MANUAL, f"{RENEWAL}<120", CHURN, *(f"{kind}:..." for kind in TRIGGER_WORDS))
        top.note(
            "trigger",
            _("{value} calls for nothing; there are {known}.").format(
                value=shown(text), known=", ".join(known)
            )
            + did_you_mean(text, trigger_words()),
        )
    return found


def _task(table: Table) -> Task:
    found = Task(
        table.text("key", needed=True) or "",
        table.text("task", needed=True) or "",
        _offset(table),
        table.word("owner", FUNCTIONS, needed=True) or "",
        table.text("done_means", needed=True) or "",
        table.word("side", SIDES) or SIDES[0],
        table.yes_no("promised"),
        table.yes_no("shared"),
        table.texts("depends_on"),
    )
    table.end()
    return found


def _offset(table: Table) -> Offset:
    text = table.text("at", needed=True)
    found = parse_offset(text) if text is not None else None
    if text is not None and found is None:
        table.note(
            "at",
            _(
                '{value} is no offset; write "+14" for 14 days after the start, '
                '"end-90" for 90 days before the contract ends.'
            ).format(value=shown(text)),
        )
    return found or Offset(0)


def _check_keys(tables: Sequence[Table], tasks: Sequence[Task]) -> None:
    first: dict[str, Table] = {}
    for table, task in zip(tables, tasks, strict=True):
        if task.key and first.setdefault(task.key, table) is not table:
            table.note(
                "key",
                _("{key} is the key of {other} already.").format(
                    key=shown(task.key), other=first[task.key].where
                ),
            )
        _check_needs(table, task, tasks)
    _check_cycle(tables, tasks)
    _check_order(tables, tasks)


def _check_cycle(tables: Sequence[Table], tasks: Sequence[Task]) -> None:
    places = {task.key: place for place, task in reversed(list(enumerate(tasks)))}
    ring = find_cycle(
        {
            place: [places[key] for key in task.depends_on if key in places]
            for place, task in enumerate(tasks)
        }
    )
    if ring:
        tables[ring[0]].note(
            "depends_on",
            _("the tasks wait for each other: {cycle}.").format(
                cycle=told_cycle([tasks[place].key for place in ring])
            ),
        )


def _check_needs(table: Table, task: Task, tasks: Sequence[Task]) -> None:
    known = [one.key for one in tasks if one.key]
    for key in task.depends_on:
        if key not in known:
            table.note(
                "depends_on",
                _("there is no task with the key {key}.").format(key=shown(key))
                + did_you_mean(key, known),
            )


def _check_order(tables: Sequence[Table], tasks: Sequence[Task]) -> None:
    unread = {one.table for table in tables[:1] for one in table.problems if one.key == "at"}
    dated = {
        task.key: task
        for table, task in zip(tables, tasks, strict=True)
        if table.where not in unread
    }
    for table, task in zip(tables, tasks, strict=True):
        for key in task.depends_on if table.where not in unread else ():
            needed = dated.get(key)
            if needed is not None and task.at.before(needed.at):
                table.note(
                    "at",
                    _("{at} comes before {other}, when {key} is due, for which it waits.").format(
                        at=task.at, other=needed.at, key=shown(key)
                    ),
                )
