"""What a talk is likely to be, and what logging it closes. Runs on the reader's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planner.dates import When
from planner.errors import Refused
from planner.language import gettext as _
from planner.vocabulary import TOUCHPOINT_KINDS
from planner.vocabulary_words import value_words
from tui.dialogs.loading import label
from tui.dialogs.names import match, split_names
from tui.dialogs.reading import NO, YES, read_field
from tui.dialogs.spec import Context, Field, Subject, Texts
from tui.due_words import day_words
from tui.widgets.cells import cut

if TYPE_CHECKING:
    from planner.views.account import TimelineRow
    from planner.views.talks import OpenDuty, OwedContact, PlannedTalk
    from tui.composition import BookQueries

LONGEST_WORDS = 40
FOLLOWS = "follows"
KIND_OF_CHANNEL = {"phone": "call"}
"""The kinds that channels are called by where the words differ."""
FIRST_KINDS = ("call", "email", "meeting", "chat")
KINDS = (*FIRST_KINDS, *(kind for kind in TOUCHPOINT_KINDS if kind not in FIRST_KINDS))
"""The kinds as the form offers them: the most used are a letter away."""


class Likely(NamedTuple):
    """What the fields start with: texts by field, and where who was taken from."""

    texts: dict[str, str]
    source: str = ""
    meeting: PlannedTalk | None = None


def likely_talk(
    q: BookQueries, rows: list[TimelineRow], subject: Subject, context: Context
) -> Likely:
    """From the meeting asked for or of today, else from the last talk and the usual channel."""
    meeting = meeting_for(q, subject)
    if meeting is not None:
        return of_meeting(meeting, context)
    who, source = likely_people(rows, context, subject)
    kind = usual_kind(q, subject["account_id"], who, context)
    return Likely({"who": who, "kind": kind, "when": _("now")}, source)


def meeting_for(q: BookQueries, subject: Subject) -> PlannedTalk | None:
    """The meeting asked for (``meeting_id``), else that of today; none where a person is meant."""
    asked = subject.get("meeting_id")
    if asked is not None:
        return q.talks.meeting(asked)
    if subject.get("person_id") is not None:
        return None
    return q.talks.meeting_now(subject["account_id"])


def of_meeting(meeting: PlannedTalk, context: Context) -> Likely:
    """Kind, time and people of a meeting; one that has not begun is talked about now."""
    local = meeting.starts_at.astimezone(context.zone)
    names = [label(context.people, person) for person in meeting.people]
    if meeting.date_only:
        when = meeting.starts_on.isoformat()
    elif meeting.starts_at > context.now:
        when = _("now")
    else:
        when = f"{local:%H:%M}" if local.date() == context.today else f"{local:%Y-%m-%d %H:%M}"
    texts = {
        "who": ", ".join(name for name in names if name),
        "kind": meeting.kind,
        "when": when,
        "meeting_id": str(meeting.id),
    }
    return Likely(
        texts, _("taken from {meeting}").format(meeting=meeting_words(meeting, context)), meeting
    )


def meeting_words(meeting: PlannedTalk, context: Context) -> str:
    """A meeting in few words: ``the 10:00 meeting``."""
    kind = _("QBR") if meeting.kind == "qbr" else value_words(meeting.kind)
    local = meeting.starts_at.astimezone(context.zone)
    if meeting.starts_on != context.today:
        return _("the {kind} of {day}").format(kind=kind, day=day_words(meeting.starts_on))
    if meeting.date_only:
        return _("today's {kind}").format(kind=kind)
    return _("the {time} {kind}").format(time=f"{local:%H:%M}", kind=kind)


def likely_people(rows: list[TimelineRow], context: Context, subject: Subject) -> tuple[str, str]:
    """(names, where they are from): the person asked for, else those of the last talk."""
    asked = label(context.people, subject.get("person_id"))
    if asked:
        return asked, ""
    for row in rows:
        names = split_names(row.people or "", context.people)
        known = [one.label for name in names if (one := match(name, context.people).one)]
        if known:
            return ", ".join(dict.fromkeys(known)), _("taken from the last talk")
    only = context.people[0].label if len(context.people) == 1 else ""
    return only, ""


def usual_kind(q: BookQueries, account_id: int, who: str, context: Context) -> str:
    """The channel that the person prefers, else the account's usual one; a call for none."""
    meant = [one.id for name in split_names(who, context.people)
             if (one := match(name, context.people).one)]  # fmt: skip
    if len(meant) == 1:
        channel = q.talks.preferred_channels(meant).get(meant[0])
        if channel is not None:
            return KIND_OF_CHANNEL.get(channel, channel)
    return q.talks.usual_kind(account_id) or "call"


def duty_choices(duties: Sequence[OpenDuty]) -> tuple[tuple[str, str], ...]:
    """(id, words) of open actions, each with the day it is due."""
    found = []
    for one in duties:
        due = f"{day_words(one.due_on)} " if one.due_on else ""
        words = cut(due + " ".join(one.action.split()), LONGEST_WORDS)
        found.append((str(one.id), words))
    return tuple(found)


def open_cases(q: BookQueries, account_id: int) -> tuple[tuple[str, str], ...]:
    """(id, words) of the account's open complaints."""
    return tuple(
        (str(row.id), cut(f"{row.number} {row.title}", LONGEST_WORDS))
        for row in q.complaints.of_account(account_id)
        if row.stage != "closed"
    )


def goals(q: BookQueries, account_id: int) -> tuple[tuple[str, str], ...]:
    """(id, words) of the account's goals."""
    return tuple((str(one.id), one.objective) for one in q.account.objectives(account_id))


class Closing(NamedTuple):
    """What the open form may close, and how to say so of its texts."""

    meeting: PlannedTalk | None
    owed: OwedContact | None
    duties: tuple[OpenDuty, ...]
    context: Context

    def holds(self, texts: Texts) -> bool:
        """Whether the meeting is logged with these texts: it has its kind and its day still."""
        meeting = self.meeting
        if meeting is None or texts.get("meeting_id") != str(meeting.id):
            return False
        when = read_when(self.context, texts)
        return texts.get("kind") == meeting.kind and when == meeting.starts_on

    def words(self, texts: Texts) -> str:
        """The meeting that is held and the lines of Today that go."""
        said = []
        if self.meeting is not None and self.holds(texts):
            words = meeting_words(self.meeting, self.context)
            said.append(_("With this {meeting} is held.").format(meeting=words))
        count = self._contact(texts) + self._duty(texts)
        if count == 1:
            said.append(_("Closes 1 line of Today."))
        elif count:
            said.append(_("Closes {count} lines of Today.").format(count=count))
        return " ".join(said)

    def _contact(self, texts: Texts) -> int:
        when = read_when(self.context, texts)
        if self.owed is None or when is None or not counts_two_way(texts):
            return 0
        return int(when + timedelta(days=self.owed.cadence_days) >= self.context.today)

    def _duty(self, texts: Texts) -> int:
        from planner.views.today import LATER_DAYS

        if texts.get("action_done") != YES:
            return 0
        until = self.context.today + timedelta(days=LATER_DAYS)
        chosen = next((one for one in self.duties if str(one.id) == texts.get("action_id")), None)
        if chosen is None:
            return 0
        shown = chosen.side == "they" or (chosen.due_on is not None and chosen.due_on <= until)
        return int(shown)


def read_when(context: Context, texts: Texts) -> date | None:
    """The day that is typed; None where it is not understood."""
    try:
        when = read_field(Field("when", "", "when"), texts.get("when", ""), context, texts)
    except Refused:
        return None
    return when.on if isinstance(when, When) else None


def counts_two_way(texts: Texts) -> bool:
    """Whether a talk with these texts is two-way: as said, else as its kind goes."""
    from planner.touchpoints import two_way_by_default

    said = texts.get("two_way", FOLLOWS)
    if said in (YES, NO):
        return said == YES
    return two_way_by_default(texts.get("kind", ""), texts.get("direction", "out"))


def both_lines(*lines: Callable[[Texts], str] | None) -> Callable[[Texts], str]:
    """Several quiet lines as one."""
    return lambda texts: " ".join(words for line in lines if line and (words := line(texts)))
