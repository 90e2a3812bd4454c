"""Writing a read file of survey answers into the book: one transaction, so one step to undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from planner.errors import Refused
from planner.importing.problems import Problem
from planner.importing.surveys import SurveyFile, SurveyRecord
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.survey_rules import STALE_ANSWER_DAYS
from planner.surveys import Survey
from planner.text import fold, name_key
from planner.use_cases.import_accounts import DryRun, ImportReport
from planner.use_cases.surveys import change_survey, log_survey

PROGRESS_EVERY = 500
SAME = ("kind", "score", "highest", "effort_high", "comment", "trigger")
"""What an answer that the book has by its external id takes from the file."""

Progress = Callable[[int, int], None]
Sign = tuple[int | None, str, int, str, str]
"""What two records of one answer share: person, kind, score, moment to the second, words."""


def import_surveys(
    uow: UnitOfWork,
    file: SurveyFile,
    *,
    title: str,
    create: bool = True,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Write every answer of ``file``; one that cannot be written is a problem of its line.

    An answer that the book has by its external id is changed. One that is there with the same
    person, kind, score, moment and words is skipped as a duplicate; of anonymous ones as many as
    the book has. Bad answers of the last 14 days are followed up. Without ``create`` new ones are
    skipped. Raises ``DryRun`` at the end of a dry run.
    """
    writer = _Writer(uow, file, create)
    total = len(file.records)
    for done, record in enumerate(file.records):
        if progress is not None and done % PROGRESS_EVERY == 0:
            progress(done, total)
        writer.write(record)
    counts = writer.outcomes
    report = ImportReport(
        rows=file.rows,
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        skipped=counts["skipped"] + len(file.skipped),
        failed=counts["failed"] + len(file.failed),
        problems=tuple(sorted((*file.problems, *writer.problems), key=lambda one: one.line)),
    )
    uow.say(
        _("imported {file}: {created} answers added, {updated} changed").format(
            file=title, created=report.created, updated=report.updated
        )
    )
    if dry_run:
        raise DryRun(report)
    return report


class _Left(Exception):
    """A record is left out; ``outcome`` is skipped or failed."""

    def __init__(self, outcome: str, field: str, value: str | None, problem: str) -> None:
        super().__init__(problem)
        self.outcome = outcome
        self.field = field
        self.value = value or ""
        self.problem = problem


class _Writer:
    """Writes the answers of one file."""

    def __init__(self, uow: UnitOfWork, file: SurveyFile, create: bool) -> None:
        self._uow = uow
        self._create = create
        self._columns = {one.field: one.column for one in file.mapping}
        self._accounts: dict[str, list[int]] = {}
        self._people: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
        self._known: dict[int | None, Counter[Sign]] = {}
        self.outcomes: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def write(self, record: SurveyRecord) -> None:
        """Write one answer; what cannot be written is a problem of its line."""
        try:
            self.outcomes[self._keep(record)] += 1
        except _Left as left:
            self.outcomes[left.outcome] += 1
            self._say(record, left.field, left.value, left.problem, kept=False)
        except Refused as error:
            self.outcomes["failed"] += 1
            self._say(record, "", "", str(error), kept=False)

    def _keep(self, record: SurveyRecord) -> str:
        before = self._by_id(record)
        account_id, person_id = self._whose(record, None if before is None else before.account_id)
        if before is not None:
            return self._change(before, record, account_id, person_id)
        sign = _sign(person_id, record.kind, record.score, record.when.at, record.comment,
                     day=record.when.on.isoformat() if record.when.date_only else None)  # fmt: skip
        known = self._signs(account_id)
        if known[sign] > 0:
            known[sign] -= 1
            raise _Left("skipped", "", "", _("the book has this answer already"))
        if not self._create:
            raise _Left("skipped", "", "", _("the book does not know this answer"))
        fields: dict[str, Any] = {name: getattr(record, name) for name in SAME}
        log_survey(
            self._uow,
            account_id,
            when=record.when,
            person_id=person_id,
            external_id=record.external_id,
            call_back=(self._uow.today - record.when.on).days <= STALE_ANSWER_DAYS,
            **fields,
        )
        return "created"

    def _by_id(self, record: SurveyRecord) -> Survey | None:
        if record.external_id is None:
            return None
        found = self._uow.surveys.find(external_id=record.external_id)
        if len(found) > 1:
            said = _("{count} answers of the book have this id").format(count=len(found))
            raise _Left("failed", "external_id", record.external_id, said)
        return found[0] if found else None

    def _change(
        self,
        before: Survey,
        record: SurveyRecord,
        account_id: int | None,
        person_id: int | None,
    ) -> str:
        named = (record.account, record.person, record.email) != (None, None, None)
        if named and (account_id, person_id) != (before.account_id, before.person_id):
            said = _("the book has this answer of somebody else; whose it is cannot be changed")
            raise _Left("failed", "external_id", record.external_id, said)
        fields: dict[str, Any] = {
            name: value
            for name in SAME
            if (value := getattr(record, name)) is not None and value != getattr(before, name)
        }
        moved = _second(before.answered_at) != _second(record.when.at)
        if record.when.date_only or before.date_only:
            moved = before.answered_on != record.when.on
        if not fields and not moved:
            return "unchanged"
        change_survey(self._uow, before, when=record.when if moved else None, **fields)
        return "updated"

    # Whose it is

    def _whose(self, record: SurveyRecord, known: int | None) -> tuple[int | None, int | None]:
        """The account and the person of a record, as far as it names them."""
        account_id = known if record.account is None else self._account(record.account)
        if account_id is None:
            return self._by_email(record)
        for field, text in (("email", record.email), ("person", record.person)):
            if text is None:
                continue
            found = [one for one, names in self._members(account_id) if fold(text) in names]
            if len(found) == 1:
                return account_id, found[0]
            said = _("nobody of this account is called {name}; the answer is kept without a name")
            if found:
                said = _("several people of this account are called {name}; no name was kept")
            self._say(record, field, text, said.format(name=text), kept=True)
        return account_id, None

    def _account(self, text: str) -> int:
        if text not in self._accounts:
            found = self._uow.accounts.find(external_id=text)
            found = found or self._uow.accounts.find(name_key=name_key(text))
            self._accounts[text] = [one.id for one in found]
        ids = self._accounts[text]
        if len(ids) == 1:
            return ids[0]
        said = _("no account of the book answers to this name")
        if ids:
            said = _("{count} accounts of the book answer to this row").format(count=len(ids))
        raise _Left("failed", "account", text, said)

    def _by_email(self, record: SurveyRecord) -> tuple[int | None, int | None]:
        """Whose an answer is that names no account: the person's with this e-mail."""
        if record.email is None and record.person is None:
            return None, None
        if record.email is None:
            said = _("a person's answer needs their account or their e-mail")
            raise _Left("failed", "person", record.person, said)
        people = self._uow.people.find(email_key=fold(record.email))
        parts = [
            (one.account_id, one.person_id)
            for person in people
            for one in self._uow.memberships.find(person_id=person.id)
        ]
        if len(parts) == 1:
            return parts[0]
        said = _("nobody of the book has this e-mail")
        if parts:
            said = _("this e-mail belongs to several accounts; name the account")
        raise _Left("failed", "email", record.email, said)

    def _members(self, account_id: int) -> list[tuple[int, tuple[str, ...]]]:
        """The people of an account with the texts that name each."""
        if account_id not in self._people:
            found = []
            for part in self._uow.memberships.find(account_id=account_id):
                person = self._uow.people.get(part.person_id)
                texts = (person.name, person.email, person.external_id)
                found.append((person.id, tuple(fold(text) for text in texts if text)))
            self._people[account_id] = found
        return self._people[account_id]

    def _signs(self, account_id: int | None) -> Counter[Sign]:
        """How many answers with each sign an account had before the file."""
        if account_id not in self._known:
            self._known[account_id] = Counter(
                _sign(one.person_id, one.kind, one.score, one.answered_at, one.comment,
                      day=one.answered_on.isoformat() if one.date_only else None)
                for one in self._uow.surveys.find(account_id=account_id)
            )  # fmt: skip
        return self._known[account_id]

    def _say(
        self, record: SurveyRecord, field: str, value: str, problem: str, *, kept: bool
    ) -> None:
        column = self._columns.get(field, "")
        self.problems.append(Problem(record.line, column, value, problem, kept))


def _sign(
    person_id: int | None,
    kind: str,
    score: int,
    at: datetime,
    comment: str | None,
    *,
    day: str | None,
) -> Sign:
    return person_id, kind, score, day or _second(at), fold(comment or "")


def _second(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
