"""Writing a read file of accounts into the book: one transaction, so one step to undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from planner.accounts import Account
from planner.colleagues import Colleague
from planner.entity import build
from planner.errors import Refused
from planner.importing.accounts import AccountFile, AccountRecord
from planner.importing.parents import ParentLinks, link_parents
from planner.importing.problems import Problem
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.text import fold, name_key
from planner.use_cases.import_contracts import keep_contract
from planner.use_cases.success_criteria import follow_account
from planner.use_cases.survey_triggers import after_stage

SOURCE = "import"
PLAIN_FIELDS = ("sector", "country", "tier", "stage", "tags")
PROGRESS_EVERY = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, by row; the five counts add up to ``rows``.

    ``problems`` holds what reading and writing found, by line. ``accounts_created``: accounts that
    rows of another kind named and that were not known.
    """

    rows: int
    created: int
    updated: int
    unchanged: int
    skipped: int
    failed: int
    problems: tuple[Problem, ...]
    accounts_created: int = 0


class DryRun(Exception):
    """Ends a dry run: the transaction keeps nothing, ``report`` says what it would have done."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def import_accounts(
    uow: UnitOfWork,
    file: AccountFile,
    *,
    title: str,
    key: str | None = None,
    create: bool = True,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Write every record of ``file``; a record that cannot be written is a problem of its line.

    A record is the account with its external id, else the one with its folded name (``key`` says
    to look at one of them only). Without ``create`` unknown accounts are skipped. ``title`` names
    the file in the history; ``progress`` is called with (rows done, rows). Raises ``DryRun`` at
    the end of a dry run.
    """
    writer = _Writer(uow, file, key, create)
    report = writer.write(progress or _silent)
    uow.say(
        _("imported {file}: {created} accounts added, {updated} changed").format(
            file=title, created=report.created, updated=report.updated
        )
    )
    if dry_run:
        raise DryRun(report)
    return report


def _silent(_done: int, _of: int) -> None:
    return None


class _Left(Exception):
    """A record is left out; ``outcome`` is skipped or failed."""

    def __init__(self, outcome: str, problem: str) -> None:
        super().__init__(problem)
        self.outcome = outcome
        self.problem = problem


class _Writer:
    """Writes the records of one file, parents before their children."""

    def __init__(self, uow: UnitOfWork, file: AccountFile, key: str | None, create: bool) -> None:
        self._uow = uow
        self._file = file
        self._key = key
        self._create = create
        self._columns = {one.field: one.column for one in file.mapping}
        self._owners = _by_name(uow.colleagues.find())
        self._problems = list(file.problems)
        self._outcomes: dict[int, str] = {}
        self._ids: dict[int, int] = {}
        self._lines: dict[int, int] = {}
        self._looked_up: dict[str, int | None] = {}
        self._later: list[tuple[AccountRecord, int]] = []
        self._said_once: set[str] = set()

    def write(self, progress: Progress) -> ImportReport:
        """Write everything and count."""
        links = link_parents(
            self._file.records,
            lambda text: self._account_named(text) is not None,
            self._columns.get("parent", "parent"),
        )
        self._problems += links.problems
        total = len(links.order)
        for done, record in enumerate(links.order):
            if done % PROGRESS_EVERY == 0:
                progress(done, total)
            self._write_one(record, self._parent_id(record, links))
        for record, parent_id in self._later:
            self._link(record, parent_id)
        progress(total, total)
        counts = Counter(self._outcomes.values())
        return ImportReport(
            rows=self._file.rows,
            created=counts["created"],
            updated=counts["updated"],
            unchanged=counts["unchanged"],
            skipped=counts["skipped"] + len(self._file.skipped),
            failed=counts["failed"] + len(self._file.failed),
            problems=tuple(sorted(self._problems, key=lambda problem: problem.line)),
        )

    def _write_one(self, record: AccountRecord, parent_id: int | None) -> None:
        try:
            account = self._present(record)
            if account is None:
                self._outcomes[record.line] = self._add(record, parent_id)
            else:
                self._outcomes[record.line] = self._change(record, account, parent_id)
        except _Left as left:
            self._outcomes[record.line] = left.outcome
            self._say(record, "name", left.problem, kept=False)
        except Refused as error:
            self._outcomes[record.line] = "failed"
            self._say(record, "name", str(error), kept=False)

    def _add(self, record: AccountRecord, parent_id: int | None) -> str:
        if not self._create:
            raise _Left("skipped", _("no account of the book answers to this row"))
        account = self._uow.accounts.add(
            build(
                Account,
                id=self._uow.new_id(),
                parent_id=parent_id,
                source=SOURCE,
                created_on=self._uow.today,
                created_at=self._uow.clock.real_now(),
                **self._fields(record),
            )
        )
        self._took(record, account)
        self._contract(record, account.id, is_new=True)
        return "created"

    def _change(self, record: AccountRecord, before: Account, parent_id: int | None) -> str:
        if before.id in self._lines:
            said = _("line {line} already holds this account").format(line=self._lines[before.id])
            raise _Left("skipped", said)
        fields = self._fields(record, before)
        stored = self._uow.accounts.save(before, before.changed(**fields))
        follow_account(self._uow, before, stored)
        after_stage(self._uow, before, stored)
        self._took(record, stored)
        if parent_id is not None and parent_id != before.parent_id:
            self._later.append((record, parent_id))
        contract = self._contract(record, before.id, is_new=False)
        return "updated" if contract or stored.version != before.version else "unchanged"

    def _contract(self, record: AccountRecord, account_id: int, *, is_new: bool) -> bool:
        changed, problem = keep_contract(self._uow, account_id, record.values, is_new=is_new)
        if problem is None:
            return changed
        if problem.field in self._columns:
            self._say(record, problem.field, problem.problem, kept=True)
        elif problem.problem not in self._said_once:
            self._said_once.add(problem.problem)
            self._problems.append(Problem(record.line, "", "", problem.problem, True))
        return changed

    def _took(self, record: AccountRecord, account: Account) -> None:
        self._ids[record.line] = account.id
        self._lines[account.id] = record.line

    def _fields(self, record: AccountRecord, before: Account | None = None) -> dict[str, Any]:
        values = record.values
        fields: dict[str, Any] = {name: values[name] for name in PLAIN_FIELDS if name in values}
        name, external_id = str(values["name"]), values.get("external_id")
        if external_id is not None:
            fields["external_id"] = external_id
        if before is None or self._may_rename(record, before, name):
            fields["name"] = name
        if "owner" in values:
            owner_id = self._owner_id(record, str(values["owner"]))
            if owner_id is not None:
                fields["owner_id"] = owner_id
        if record.extra:
            fields["extra"] = {**(before.extra if before else {}), **record.extra}
        return fields

    def _may_rename(self, record: AccountRecord, before: Account, name: str) -> bool:
        """Found by its external id an account takes the file's name, found by name it keeps its."""
        if before.external_id is None or before.external_id != record.values.get("external_id"):
            return False
        if self._key == "name" or name == before.name:
            return False
        same = [a for a in self._uow.accounts.find(name_key=name_key(name)) if a.id != before.id]
        if not same or self._key == "external_id":
            return True
        said = _("another account is called so; the name stays {name}").format(name=before.name)
        self._say(record, "name", said, kept=True)
        return False

    def _owner_id(self, record: AccountRecord, text: str) -> int | None:
        found = self._owners.get(fold(text) or text, set())
        if len(found) == 1:
            return next(iter(found))
        said = _("several colleagues are called {name}; the owner was not taken")
        if not found:
            said = _("no colleague is called {name}; the owner was not taken")
        self._say(record, "owner", said.format(name=text), kept=True)
        return None

    def _present(self, record: AccountRecord) -> Account | None:
        """The account of the book that a record means."""
        external_id = record.values.get("external_id")
        if external_id is not None and self._key != "name":
            found = _sole(self._uow.accounts.find(external_id=external_id))
            if found is not None or self._key == "external_id":
                return found
        name = str(record.values["name"])
        named = _sole(self._uow.accounts.find(name_key=name_key(name)))
        if (
            named is not None
            and self._key is None
            and None not in (external_id, named.external_id)
            and named.external_id != external_id
            and named.id not in self._lines
        ):
            said = _(
                "the book's account of this name has the external id {id}; "
                "choose a key, external_id or name"
            )
            raise _Left("skipped", said.format(id=named.external_id))
        return named

    def _parent_id(self, record: AccountRecord, links: ParentLinks) -> int | None:
        above = links.in_file.get(record.line)
        if above is not None:
            if above.line not in self._ids:
                said = _("its parent of line {line} was not written; the parent stays empty")
                self._say(record, "parent", said.format(line=above.line), kept=True)
            return self._ids.get(above.line)
        text = links.in_book.get(record.line)
        return None if text is None else self._account_named(text)

    def _account_named(self, text: str) -> int | None:
        """An account that was in the book before, by external id or name; one of several is none.

        ``link_parents`` asks about every parent before anything is written.
        """
        if text not in self._looked_up:
            found = self._uow.accounts.find(external_id=text.strip())
            found = found or self._uow.accounts.find(name_key=name_key(text))
            self._looked_up[text] = found[0].id if len(found) == 1 else None
        return self._looked_up[text]

    def _link(self, record: AccountRecord, parent_id: int) -> None:
        """Give an account that was there before its new parent; a circle needs such an account."""
        account = self._uow.accounts.get(self._ids[record.line])
        above: int | None = parent_id
        while above is not None:
            if above == account.id:
                said = _("the parents would go round in a circle; the parent stays as it was")
                self._say(record, "parent", said, kept=True)
                return
            above = self._uow.accounts.get(above).parent_id
        self._uow.accounts.save(account, account.changed(parent_id=parent_id))
        self._outcomes[record.line] = "updated"

    def _say(self, record: AccountRecord, field: str, problem: str, *, kept: bool) -> None:
        value = record.values.get(field, "")
        self._problems.append(
            Problem(
                record.line,
                self._columns.get(field, ""),
                value if isinstance(value, str) else "",
                problem,
                kept,
            )
        )


def _sole(found: list[Account]) -> Account | None:
    if len(found) > 1:
        raise _Left(
            "failed",
            _("{count} accounts of the book answer to this row").format(count=len(found)),
        )
    return found[0] if found else None


def _by_name(colleagues: Iterable[Colleague]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for one in colleagues:
        for text in (one.name, one.email or "", str(one.id)):
            if text:
                found.setdefault(name_key(text), set()).add(one.id)
    return found
