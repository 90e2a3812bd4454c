"""Writing a read calendar into the book: one transaction, so one step to undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from planner.calendar_reading import CalendarEvent, CalendarFile
from planner.errors import Refused
from planner.importing.problems import Problem
from planner.known_addresses import KnownAddresses
from planner.language import gettext as _
from planner.meetings import Meeting
from planner.ports import UnitOfWork
from planner.text import visible
from planner.use_cases.import_accounts import DryRun, ImportReport
from planner.use_cases.meetings import cancel_meeting, change_meeting, known_meeting, plan_meeting

OUTCOMES = ("failed", "created", "updated", "unchanged", "skipped")
"""What happened to an event; of several days of one the first of these counts."""
MOST_NAMED = 5


def import_calendar(
    uow: UnitOfWork,
    file: CalendarFile,
    known: KnownAddresses,
    *,
    title: str,
    account_id: int | None = None,
    create: bool = True,
    dry_run: bool = False,
) -> ImportReport:
    """Write every event of a calendar as a meeting of the account that its people belong to.

    A meeting that the book has by its uid is changed, unless the file's version is older; a
    cancelled one is cancelled. ``account_id`` is for all whose people are not known. An event whose
    account is not sure is skipped and said. Raises ``DryRun`` at the end of a dry run.
    """
    writer = _Writer(uow, known, account_id, create)
    for event in file.events:
        writer.write(event)
    outcomes = {line: _worst(found) for line, found in writer.outcomes.items()}
    counts = Counter(outcomes.values())
    spoken = {event.line for event in file.events}
    nothing = file.rows - len(spoken) - len(file.failed)
    problems = sorted((*file.problems, *writer.problems), key=lambda one: one.line)
    report = ImportReport(
        rows=file.rows,
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        skipped=counts["skipped"] + nothing,
        failed=counts["failed"] + len(file.failed),
        problems=tuple(problems),
    )
    uow.say(
        _("imported {file}: {created} meetings added, {updated} changed").format(
            file=title, created=report.created, updated=report.updated
        )
    )
    if dry_run:
        raise DryRun(report)
    return report


def _worst(found: list[str]) -> str:
    return next(name for name in OUTCOMES if name in found)


class _Writer:
    """Writes the events of one file."""

    def __init__(
        self, uow: UnitOfWork, known: KnownAddresses, account_id: int | None, create: bool
    ) -> None:
        self._uow = uow
        self._known = known
        self._account_id = account_id
        self._create = create
        self._series: dict[str, list[Meeting]] | None = None
        self.outcomes: dict[int, list[str]] = {}
        self.problems: list[Problem] = []

    def write(self, event: CalendarEvent) -> None:
        """Write one event; what cannot be written is a problem of its line."""
        try:
            outcome = self._cancel(event) if event.cancelled else self._keep(event)
        except Refused as error:
            outcome = "failed"
            self._say(event, str(error), kept=False)
        self.outcomes.setdefault(event.line, []).append(outcome)

    def _keep(self, event: CalendarEvent) -> str:
        before = known_meeting(self._uow, self._account_id, event.uid)
        if before is not None and event.sequence < before.sequence:
            said = _("the book has a newer version of {title}; this one was left out")
            self._say(event, said.format(title=before.title), kept=False)
            return "unchanged"
        if before is not None and before.touchpoint_id is not None:
            return "unchanged"
        account_id = before.account_id if before is not None else self._account(event)
        if account_id is None:
            return "skipped"
        people = self._known.people_of(account_id, event.emails)
        fields = self._fields(event, [person.id for person in people.values()])
        self._say_unknown(event, account_id)
        if before is not None:
            return self._change(before, fields)
        if not self._create:
            self._say(event, _("the book does not know this meeting"), kept=False)
            return "skipped"
        plan_meeting(self._uow, account_id, **fields)
        return "created"

    def _fields(self, event: CalendarEvent, person_ids: list[int]) -> dict[str, Any]:
        return {
            "title": event.title,
            "when": event.when,
            "ends_at": event.ends_at,
            "place": event.place,
            "note": event.note,
            "uid": event.uid,
            "sequence": event.sequence,
            "colleague_id": self._known.colleague(event.emails) or self._uow.actor.colleague_id,
            "person_ids": person_ids,
        }

    def _change(self, before: Meeting, fields: Mapping[str, Any]) -> str:
        present = {one.person_id for one in self._uow.attendees.find(meeting_id=before.id)}
        after = change_meeting(self._uow, before, status="planned", **fields)
        same = present == set(fields["person_ids"])
        return "unchanged" if same and after.version == before.version else "updated"

    def _cancel(self, event: CalendarEvent) -> str:
        meetings = self._meant(event)
        if not meetings:
            said = _("{title} was cancelled, and the book does not know it")
            self._say(event, said.format(title=event.title), kept=False)
            return "skipped"
        outcome = "unchanged"
        for meeting in meetings:
            if meeting.status != "planned" or event.sequence < meeting.sequence:
                continue
            cancel_meeting(self._uow, meeting, event.sequence)
            outcome = "updated"
        return outcome

    def _meant(self, event: CalendarEvent) -> list[Meeting]:
        """The meeting that a cancellation is about; without a day every one of its series."""
        found = known_meeting(self._uow, self._account_id, event.uid)
        if found is not None:
            return [found]
        if event.uid != event.series:
            return []
        if self._series is None:
            self._series = {}
            for one in self._uow.meetings.find(status="planned"):
                if one.uid and " " in one.uid:
                    self._series.setdefault(one.uid.rpartition(" ")[0], []).append(one)
        days = self._series.get(event.series, [])
        return [one for one in days if self._account_id in (None, one.account_id)]

    def _account(self, event: CalendarEvent) -> int | None:
        """The account of the people invited, else the one that was named."""
        choice = self._known.account(event.emails)
        if self._account_id is not None:
            return self._account_id
        if choice.sure is not None:
            return choice.sure
        said = _("nobody invited to {title} is known; name the account with --account")
        if choice.maybe:
            said = _("{title} may be of {accounts}; name the account with --account")
        names = [self._known.names[one] for one in choice.maybe[:MOST_NAMED]]
        self._say(event, said.format(title=event.title, accounts=", ".join(names)), kept=False)
        return None

    def _say_unknown(self, event: CalendarEvent, account_id: int) -> None:
        unknown = self._known.unknown(event.emails)
        if not unknown:
            return
        said = _("not known at {account}, so not among who attends: {emails}")
        name = self._known.names.get(account_id) or self._uow.accounts.get(account_id).name
        emails = ", ".join(unknown[:MOST_NAMED])
        self._say(event, said.format(account=name, emails=emails), kept=True)

    def _say(self, event: CalendarEvent, problem: str, *, kept: bool) -> None:
        one = Problem(event.line, "", "", visible(problem), kept)
        if one not in self.problems[-MOST_NAMED:]:
            self.problems.append(one)
