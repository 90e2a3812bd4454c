"""Journey stage by channel, who sends what, and talk time: touchpoints counted in tables. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from planner.text import fold
from planner.vocabulary import STAGES, TOUCHPOINT_KINDS

KINDS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "phone": ("call",), "email": ("email",), "chat": ("chat",), "sms": ("sms",),
    "meeting": ("meeting", "qbr", "training"), "letter": ("letter",), "social": ("social",),
})  # fmt: skip
"""The kinds of touchpoints by which a channel is used."""
NO_STAGE = ""
"""The row of accounts whose stage nobody named."""
NOT_PLANNED, GAP, DOUBLE, SENT = "not_planned", "gap", "double", "sent"


class StageChange(NamedTuple):
    """A change of an account's stage on record: the day, what it was and became."""

    on: str
    before: str | None
    after: str | None


class Cell(NamedTuple):
    """Touchpoints of one stage by one kind, and with how many accounts."""

    stage: str
    kind: str
    touches: int
    accounts: int


class StageRow(NamedTuple):
    """A stage: accounts that are in it now, its touchpoints by kind, and the channels that the
    plans or people of those accounts name and by which nobody touched anybody in this stage."""

    stage: str
    accounts: int
    touches: dict[str, int]
    gaps: tuple[str, ...]


class JourneyMatrix(NamedTuple):
    """Stages by kinds of the last ``days`` days; ``kinds`` are those that occur or are missed."""

    days: int
    kinds: tuple[str, ...]
    rows: tuple[StageRow, ...]
    moved: int


class SendLine(NamedTuple):
    """A line of the plan: which function sends what to whom over which channel."""

    id: int
    function: str | None
    person_id: int | None
    channel: str | None
    topic: str | None
    words: str


class Outgoing(NamedTuple):
    """Something that went out: its day, kind, function, topic and who took part."""

    id: int
    on: str
    kind: str
    function: str | None
    topic: str | None
    people: tuple[int, ...]


class SendRow(NamedTuple):
    """A line of the matrix: planned or not, what was sent by it, and what stands out.

    ``state`` is sent, gap (planned and not sent), double (another function sends the same contact
    the same) or not_planned. ``ids`` are the touchpoints behind it, the newest first.
    """

    function: str | None
    person_id: int | None
    channel: str | None
    topic: str | None
    words: str
    state: str
    planned: bool
    ids: tuple[int, ...]
    last_on: str | None


class TalkTime(NamedTuple):
    """Two-way talks of a group: their minutes, how many talks, and how many say no minutes."""

    key: str
    label: str
    minutes: int
    talks: int
    without: int

    @property
    def known(self) -> int | None:
        """The minutes; None where no talk says any."""
        return self.minutes if self.talks > self.without else None


def stage_on(changes: Sequence[StageChange], present: str | None, day: str) -> str:
    """The stage at the end of a day: by the changes on record (oldest first), else the present."""
    for index, one in enumerate(changes):
        if one.on > day:
            return (one.before if index == 0 else changes[index - 1].after) or NO_STAGE
    return (changes[-1].after if changes else present) or NO_STAGE


def journey(
    cells: Iterable[Cell],
    accounts: Mapping[str, int],
    wanted: Iterable[tuple[str, str]],
    *,
    days: int,
    moved: int = 0,
) -> JourneyMatrix:
    """The matrix of counted touchpoints. ``accounts``: how many are in a stage now; ``wanted``:
    (stage, channel) that their plans and people name."""
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for one in cells:
        counted[one.stage][one.kind] = counted[one.stage].get(one.kind, 0) + one.touches
    named: dict[str, set[str]] = defaultdict(set)
    for stage, channel in wanted:
        named[stage].add(channel)
    rows = []
    for stage in (*STAGES, NO_STAGE):
        if not accounts.get(stage) and not counted.get(stage):
            continue
        touches = counted.get(stage, {})
        gaps = tuple(
            channel
            for channel, kinds in KINDS_OF.items()
            if accounts.get(stage)
            and channel in named[stage]
            and not any(touches.get(kind) for kind in kinds)
        )
        rows.append(StageRow(stage, accounts.get(stage, 0), touches, gaps))
    missed = {kind for row in rows for channel in row.gaps for kind in KINDS_OF[channel][:1]}
    shown = tuple(
        kind
        for kind in TOUCHPOINT_KINDS
        if kind in missed or any(row.touches.get(kind) for row in rows)
    )
    return JourneyMatrix(days, shown, tuple(rows), moved)


def fits(line: SendLine, sent: Outgoing) -> bool:
    """Whether something that went out is what a line plans.

    What the line does not say fits anything; a contact without a topic fits any topic.
    """
    return (
        line.function in (None, sent.function)
        and (line.person_id is None or line.person_id in sent.people)
        and (line.channel is None or sent.kind in KINDS_OF[line.channel])
        and (not line.topic or not sent.topic or fold(line.topic) == fold(sent.topic))
    )


def sends(lines: Sequence[SendLine], sent: Sequence[Outgoing]) -> tuple[SendRow, ...]:
    """Each planned line with what was sent by it, then what was sent and is planned nowhere."""
    rows = []
    used: set[int] = set()
    for line in lines:
        found = sorted((one for one in sent if fits(line, one)), key=_newest, reverse=True)
        used |= {one.id for one in found}
        state = DOUBLE if _doubled(line, lines) else SENT if found else GAP
        rows.append(
            SendRow(
                line.function, line.person_id, line.channel, line.topic, line.words, state, True,
                tuple(one.id for one in found), found[0].on if found else None,
            )
        )  # fmt: skip
    groups: dict[tuple[str | None, int | None, str, str | None], list[Outgoing]] = {}
    for one in sorted(sent, key=_newest, reverse=True):
        if one.id not in used:
            for person in one.people or (None,):
                groups.setdefault((one.function, person, one.kind, one.topic), []).append(one)
    for (function, person, kind, topic), found in groups.items():
        state = DOUBLE if _also_sent(function, person, kind, topic, sent) else NOT_PLANNED
        rows.append(
            SendRow(
                function, person, kind, topic, topic or "", state, False,
                tuple(one.id for one in found), found[0].on,
            )
        )  # fmt: skip
    return tuple(rows)


def _newest(one: Outgoing) -> tuple[str, int]:
    return one.on, one.id


def _doubled(line: SendLine, lines: Sequence[SendLine]) -> bool:
    """Whether another function is planned to send the same contact the same."""
    return any(
        other.function != line.function
        and other.person_id == line.person_id
        and other.channel == line.channel
        and bool(line.topic)
        and fold(other.topic or "") == fold(line.topic or "")
        for other in lines
    )


def _also_sent(
    function: str | None, person: int | None, kind: str, topic: str | None, sent: Sequence[Outgoing]
) -> bool:
    """Whether another function sent the same contact the same topic by the same kind."""
    return bool(topic) and any(
        one.function != function
        and one.kind == kind
        and (person in one.people if person is not None else not one.people)
        and fold(one.topic or "") == fold(topic or "")
        for one in sent
    )
