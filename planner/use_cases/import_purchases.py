"""Writing a read file of purchases into the book: one transaction, so one step to undo."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from planner.accounts import Account
from planner.entity import build
from planner.errors import Refused
from planner.importing.problems import Problem
from planner.importing.purchases import PurchaseFile, PurchaseRecord
from planner.language import gettext as _
from planner.money import Money
from planner.ports import UnitOfWork
from planner.purchases import Purchase
from planner.text import fold, name_key
from planner.use_cases.import_accounts import (
    PROGRESS_EVERY,
    SOURCE,
    DryRun,
    ImportReport,
    Progress,
)
from planner.use_cases.purchases import check_purchase

TEXTS = ("kind", "product", "quantity", "currency", "purchased_on", "times", "note", "external_id")
SAME = ("kind", "product", "quantity", "amount_minor", "currency", "purchased_on", "times")
"""What makes two purchases without an external id the same one."""

Likeness = tuple[Any, ...]


def import_purchases(
    uow: UnitOfWork,
    file: PurchaseFile,
    *,
    title: str,
    create: bool = True,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Write every record of ``file``; a record that cannot be written is a problem of its line.

    A purchase with an external id that the book has changes that one; without an external id one
    that is the same in everything is not written again. Accounts are found by external id, then by
    folded name; unknown ones are added, or with ``create`` false fail. ``title`` names the file in
    the history; ``progress`` is called with (rows done, rows). Raises ``DryRun`` at the end of a
    dry run.
    """
    writer = _Writer(uow, file, create)
    report = writer.write(progress or (lambda _done, _of: None))
    uow.say(
        _("imported {file}: {created} purchases added, {updated} changed").format(
            file=title, created=report.created, updated=report.updated
        )
    )
    if dry_run:
        raise DryRun(report)
    return report


class _Writer:
    """Writes the records of one file in its order."""

    def __init__(self, uow: UnitOfWork, file: PurchaseFile, create: bool) -> None:
        self._uow = uow
        self._file = file
        self._create = create
        self._columns = {one.field: one.column for one in file.mapping}
        self._problems = list(file.problems)
        self._outcomes: Counter[str] = Counter()
        self._accounts: dict[tuple[str, str], int] = {}
        self._created: set[int] = set()
        self._people: dict[int, dict[str, set[int]]] = {}
        self._present: dict[int, Counter[Likeness]] = {}

    def write(self, progress: Progress) -> ImportReport:
        """Write everything and count."""
        records = self._file.records
        for done, record in enumerate(records):
            if done % PROGRESS_EVERY == 0:
                progress(done, len(records))
            try:
                self._outcomes[self._write_one(record)] += 1
            except Refused as error:
                self._outcomes["failed"] += 1
                self._say(record, "account", str(error), kept=False)
        progress(len(records), len(records))
        counts = self._outcomes
        return ImportReport(
            rows=self._file.rows,
            created=counts["created"],
            updated=counts["updated"],
            unchanged=counts["unchanged"],
            skipped=len(self._file.skipped),
            failed=counts["failed"] + len(self._file.failed),
            problems=tuple(sorted(self._problems, key=lambda problem: problem.line)),
            accounts_created=len(self._created),
        )

    def _write_one(self, record: PurchaseRecord) -> str:
        """Raises ``Refused`` for what cannot be written; nothing of the record is kept then."""
        self._check(record)
        account_id = self._account_id(record)
        fields = self._fields(record, account_id)
        external_id = fields.get("external_id")
        if external_id is not None:
            found = self._uow.purchases.find(external_id=external_id)
            if found:
                return self._change(found, account_id, fields)
        outcomes = {self._add(account_id, one) for one in _parts(record, fields)}
        return "created" if "created" in outcomes else "unchanged"

    def _check(self, record: PurchaseRecord) -> None:
        """Refuse what no purchase can be before an account is made for it."""
        check_purchase(self._uow, self._made(1, self._fields(record, None)))

    def _change(self, found: list[Purchase], account_id: int, fields: dict[str, Any]) -> str:
        if len(found) > 1:
            raise Refused(_("{count} purchases of the book have this external id").format(
                count=len(found)))  # fmt: skip
        before = found[0]
        if before.account_id != account_id:
            raise Refused(_("the book has this purchase at another account"))
        extra = {**before.extra, **fields.pop("extra", {})}
        after = self._uow.purchases.save(before, before.changed(**fields, extra=extra))
        return "updated" if after.version != before.version else "unchanged"

    def _add(self, account_id: int, fields: dict[str, Any]) -> str:
        made = self._made(account_id, fields)
        if made.external_id is None:
            present = self._same_ones(account_id)
            if present[_likeness(made)] > 0:
                present[_likeness(made)] -= 1
                return "unchanged"
        self._uow.purchases.add(made)
        return "created"

    def _made(self, account_id: int, fields: Mapping[str, Any]) -> Purchase:
        return build(
            Purchase, id=self._uow.new_id(), account_id=account_id, source=SOURCE,
            recorded_on=self._uow.today, logged_at=self._uow.clock.real_now(), **fields,
        )  # fmt: skip

    def _same_ones(self, account_id: int) -> Counter[Likeness]:
        """How many of each purchase without an external id the account had before the import."""
        if account_id not in self._present:
            there = () if account_id in self._created else self._uow.purchases.find(
                account_id=account_id)  # fmt: skip
            self._present[account_id] = Counter(
                _likeness(one) for one in there if one.external_id is None
            )
        return self._present[account_id]

    def _fields(self, record: PurchaseRecord, account_id: int | None) -> dict[str, Any]:
        """The row as fields of a purchase; its person only once the account is known."""
        values = record.values
        fields: dict[str, Any] = {name: values[name] for name in TEXTS if name in values}
        amount = values.get("amount")
        if isinstance(amount, Money):
            fields |= {"amount_minor": amount.minor, "currency": amount.currency}
        if record.extra:
            fields["extra"] = dict(record.extra)
        if record.first_on is not None and not fields["times"]:
            fields |= {"purchased_on": record.first_on, "times": 1}
        if account_id is not None and "person" in values:
            person_id = self._person_id(record, account_id, str(values["person"]))
            if person_id is not None:
                fields["person_id"] = person_id
        return fields

    def _person_id(self, record: PurchaseRecord, account_id: int, text: str) -> int | None:
        known = self._people.get(account_id)
        if known is None:
            found: defaultdict[str, set[int]] = defaultdict(set)
            for member in self._uow.memberships.find(account_id=account_id):
                person = self._uow.people.get(member.person_id)
                for name in (person.name, person.email, str(person.id)):
                    if name:
                        found[name_key(name)].add(person.id)
            known = self._people[account_id] = dict(found)
        fitting = known.get(name_key(text), set())
        if len(fitting) == 1:
            return next(iter(fitting))
        said = _("several people of the account are called {name}; nobody was taken")
        if not fitting:
            said = _("nobody of the account is called {name}; nobody was taken")
        self._say(record, "person", said.format(name=text), kept=True)
        return None

    # The account

    def _account_id(self, record: PurchaseRecord) -> int:
        """The account of a row, found or made. Raises ``Refused``."""
        external_id = str(record.values.get("account_id", ""))
        name = str(record.values.get("account", ""))
        key = (external_id, fold(name) or name)
        if key not in self._accounts:
            self._accounts[key] = self._found(external_id, name) or self._new(external_id, name)
        return self._accounts[key]

    def _found(self, external_id: str, name: str) -> int | None:
        find = self._uow.accounts.find
        asked: tuple[Callable[[], list[Account]], ...] = (
            lambda: find(external_id=external_id) if external_id else [],
            lambda: find(external_id=name.strip()) if name and not external_id else [],
            lambda: find(name_key=name_key(name)) if name else [],
            lambda: find(name_key=name_key(external_id)) if not name else [],
        )
        for ask in asked:
            found = ask()
            if len(found) > 1:
                raise Refused(
                    _("{count} accounts of the book answer to this row").format(count=len(found))
                )
            if found:
                return found[0].id
        return None

    def _new(self, external_id: str, name: str) -> int:
        if not self._create:
            raise Refused(_("no account of the book answers to this row"))
        account = self._uow.accounts.add(
            build(
                Account, id=self._uow.new_id(), name=name or external_id,
                external_id=external_id or None, source=SOURCE, created_on=self._uow.today,
                created_at=self._uow.clock.real_now(),
            )
        )  # fmt: skip
        self._created.add(account.id)
        return account.id

    def _say(self, record: PurchaseRecord, field: str, problem: str, *, kept: bool) -> None:
        name = "account_id" if field == "account" and field not in self._columns else field
        value = record.values.get(name, "")
        column = self._columns.get(name, "")
        shown = value if isinstance(value, str) else ""
        self._problems.append(Problem(record.line, column, shown, problem, kept))


def _parts(record: PurchaseRecord, fields: dict[str, Any]) -> list[dict[str, Any]]:
    """The purchases that a row tells of: one; of a customer summed up the first and the others."""
    if record.first_on is None or not record.values.get("times"):
        return [fields]
    first = {**fields, "purchased_on": record.first_on, "times": 1}
    first.pop("external_id", None)
    return [first, fields]


def _likeness(purchase: Purchase) -> Likeness:
    return tuple(
        fold(value) if isinstance(value, str) else value
        for value in (getattr(purchase, name) for name in SAME)
    )
