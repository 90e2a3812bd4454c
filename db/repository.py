"""The records of one table: read, add, save with a version check, archive.

One piece of code serves every table (decision 0001); what differs stands in ``db/tables.py``.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from db import search
from db.change_log import ChangeLog, changes_since, last_change
from db.engine import Connection
from db.rows import derived, to_model, to_row
from db.tables import Table
from planner.entity import Entity, spoken_name
from planner.errors import Conflict, FieldConflict, NotFound, Refused
from planner.language import gettext as _

E = TypeVar("E", bound=Entity)
KEPT = ("id", "version")
Saved = tuple[str, str, frozenset[str]]
"""Who saved, when, and which fields."""


class Owner(Protocol):
    """What a repository needs of the unit of work that owns it."""

    connection: Connection
    log: ChangeLog
    merged: list[str]
    zone: ZoneInfo

    def touch(self, account_id: int | None) -> None:
        """Remember that an account's rollup may have changed."""

    def about_to_write(self, table: Table[Any]) -> None:
        """Remember what a change of the table may turn stale."""

    def renamed(self, table: Table[Any], before: Entity, after: Entity) -> None:
        """Remember the accounts that show or weigh a record that belongs to none of them."""

    def moment(self) -> datetime:
        """The moment that archived rows carry."""

    @property
    def today(self) -> date:
        """The local date that ``touched_on`` keeps."""


class TableRepository(Generic[E]):
    """Repository of one table inside one unit of work."""

    def __init__(self, owner: Owner, table: Table[E]) -> None:
        self._owner = owner
        self._table = table

    def get(self, row_id: int) -> E:
        """The record, archived or not. Raises ``NotFound``."""
        record = self._read(row_id)
        if record is None:
            raise NotFound(
                _("There is no {what} with the id {id}.").format(what=self._table.name, id=row_id)
            )
        return record

    def find(self, **equals: Any) -> list[E]:
        """The live records whose columns equal the values, oldest first."""
        names = sorted(equals)
        where = "".join(
            f" AND {name} IS NULL" if equals[name] is None else f" AND {name} = :{name}"
            for name in names
        )
        rows = self._owner.connection.maps(
            f"SELECT * FROM {self._table.name} WHERE archived_at IS NULL{where} ORDER BY id", equals
        )
        return [to_model(self._table, row) for row in rows]

    def add(self, record: E) -> E:
        """Store a new record with its audit entry and its place in the search index."""
        self._owner.about_to_write(self._table)
        record = self._of_my_team(record)
        row = to_row(record)
        columns = {**row, **self._kept(record)}
        self._owner.connection.run(
            f"INSERT INTO {self._table.name} ({', '.join(columns)})"
            f" VALUES ({', '.join(':' + name for name in columns)})",
            columns,
        )
        self._owner.log.record(
            self._table.name, record.id, self._table.account_of(record), "insert", None, row
        )
        self._owner.touch(self._table.account_of(record))
        spec = self._table.search
        if spec is not None and (words := spec.words(record)):
            search.enter(
                self._owner.connection,
                spec.kind,
                record.id,
                spec.account_id(record),
                spec.label(record),
                words,
            )
            if spec.name is not None:
                search.put_name(self._owner.connection, record.id, spec.name(record))
        return record

    def _of_my_team(self, record: E) -> E:
        """A record of no team as the server will stamp it, so that the audit has it whole."""
        if self._my_team is None or getattr(record, "team", None) is not None:
            return record
        return record.changed(team=self._my_team)

    @cached_property
    def _my_team(self) -> str | None:
        """The team of whoever acts, for what belongs to a team at all."""
        if (
            self._owner.connection.engine == "sqlite"
            or "team" not in self._table.model.model_fields
        ):
            return None
        row = self._owner.connection.one("SELECT my_team()")
        return row[0] if row else None

    def save(self, before: E, after: E) -> E:
        """Store what differs; merge with another's disjoint change. Raises ``Conflict``."""
        old, new = to_row(before), to_row(after)
        fields = [name for name in new if name not in KEPT and new[name] != old[name]]
        if not fields:
            return before
        self._owner.about_to_write(self._table)
        stored = self._update(before, after, fields, old, new)
        if stored is None:
            stored = self._merge(before, after, fields, old)
        self._moved(stored)
        self._owner.renamed(self._table, before, stored)
        if self._table.account_of(before) != self._table.account_of(stored):
            self._owner.touch(self._table.account_of(before))
        return stored

    def archive(self, record: E) -> E:
        """Take a record out of every list."""
        return self.save(record, record.changed(archived_at=self._owner.moment()))

    def _read(self, row_id: int) -> E | None:
        rows = self._owner.connection.maps(
            f"SELECT * FROM {self._table.name} WHERE id = :id", {"id": row_id}
        )
        return to_model(self._table, rows[0]) if rows else None

    def _update(
        self,
        before: E,
        after: E,
        fields: list[str],
        old: dict[str, Any],
        new: dict[str, Any],
    ) -> E | None:
        stored = after.model_copy(update={"version": before.version + 1})
        values = {name: new[name] for name in fields} | self._kept(stored)
        changed = self._owner.connection.run(
            f"UPDATE {self._table.name} SET {', '.join(f'{n} = :{n}' for n in values)},"
            " version = version + 1 WHERE id = :id AND version = :version",
            {**values, "id": before.id, "version": before.version},
        )
        if not changed:
            return None
        self._owner.log.record(
            self._table.name,
            before.id,
            self._table.account_of(stored),
            "update",
            {name: old[name] for name in fields},
            {name: new[name] for name in fields},
            stored.version,
        )
        return stored

    def _merge(self, before: E, after: E, fields: list[str], old: dict[str, Any]) -> E:
        theirs = self.get(before.id)
        their_row, my_row = to_row(theirs), to_row(after)
        since = changes_since(
            self._owner.connection, self._table.name, before.id, before.version
        ) or [(*last_change(self._owner.connection, self._table.name, before.id), frozenset())]
        clashes = [n for n in fields if their_row[n] != old[n] and their_row[n] != my_row[n]]
        archived = theirs.archived_at is not None and before.archived_at is None
        if archived or clashes:
            raise self._conflict(
                (before, theirs, after), clashes or ["archived_at"], since, archived=archived
            )
        mine = [name for name in fields if their_row[name] != my_row[name]]
        for who, when in dict(reversed([(who, when) for who, when, _names in since])).items():
            self._owner.merged.append(
                _("merged with the change of {who} at {when}").format(
                    who=who, when=self._local(when)
                )
            )
        if not mine:
            return theirs
        both = theirs.changed(**{name: getattr(after, name) for name in mine})
        stored = self._update(theirs, both, mine, their_row, to_row(both))
        if stored is None:  # inside a writing transaction nobody can come between
            raise self._not_permitted(theirs)
        return stored

    def _not_permitted(self, record: E) -> Refused:
        """What a server that keeps rows to their team says by changing none."""
        row = self._owner.connection.one(
            "SELECT name, team FROM account WHERE id = :id",
            {"id": self._table.account_of(record)},
        )
        if row is None or row[1] is None:
            return Refused(
                _("Your role on the server does not allow this. Nothing was saved; ask an admin.")
            )
        return Refused(
            _(
                "{account} belongs to team {team}; your role may not change it. Nothing was saved."
            ).format(account=row[0], team=row[1])
        )

    def _conflict(
        self, states: tuple[E, E, E], names: list[str], since: list[Saved], *, archived: bool
    ) -> Conflict:
        def author(name: str) -> tuple[str, str]:
            found = next((one for one in since if name in one[2]), since[0])
            return found[0], found[1]

        was, theirs, mine = states
        fields = [
            FieldConflict(
                name, getattr(was, name), getattr(theirs, name), getattr(mine, name), *author(name)
            )
            for name in names
        ]
        who, when = author("archived_at") if archived else author(names[0])
        if archived:
            sentence = _("{who} archived it first, at {when}. Nothing was saved.")
        else:
            sentence = _("{who} changed {fields} first, at {when}. Nothing was saved.")
        spoken = ", ".join(spoken_name(name) for name in names)
        words = sentence.format(who=who, fields=spoken, when=self._local(when))
        return Conflict(words, fields, who, when, archived=archived)

    def _local(self, when: str) -> str:
        """A moment of the audit as the book's clocks showed it: the time, before today the day."""
        if not when:
            return "--"
        local = datetime.fromisoformat(when).astimezone(self._owner.zone)
        return f"{local:%H:%M}" if local.date() == self._owner.today else f"{local:%Y-%m-%d %H:%M}"

    def _kept(self, record: E) -> dict[str, Any]:
        return {**derived(self._table, record), "touched_on": self._owner.today.isoformat()}

    def _moved(self, record: E) -> None:
        self._owner.touch(self._table.account_of(record))
        spec = self._table.search
        if spec is None:
            return
        words = spec.words(record)
        if record.archived_at is not None or not words:
            search.remove(self._owner.connection, record.id)
            if spec.name is not None:
                search.remove(self._owner.connection, -record.id)
            return
        search.put(
            self._owner.connection,
            spec.kind,
            record.id,
            spec.account_id(record),
            spec.label(record),
            words,
        )
        if spec.name is not None:
            search.put_name(self._owner.connection, record.id, spec.name(record))
