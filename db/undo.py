"""Undo and redo: the inverse of a change applied as a new change.

Per person and newest first, over restarts. Refused, naming the fields, when somebody changed them
since. A whole transaction (an import, a bulk edit) is one step.
"""

from __future__ import annotations

import json
from typing import Any

from db import schema_v6, schema_v9, schema_v10
from db.engine import Connection
from db.repository import TableRepository
from db.rows import to_model, to_row
from db.tables import TABLES, Table
from db.unit_of_work import SqlUnitOfWork
from planner.entity import Entity, plain
from planner.errors import Refused
from planner.language import gettext as _

CLOCKS_FOLLOW = ("ack_due", "response_due", "resolution_due", "next_due", "at_risk_at")
"""What follows from a calendar too, so that another moment is nobody's change."""
UNDONE = (
    "EXISTS (SELECT 1 FROM change u WHERE u.target_id = c.id AND u.kind = 'undo' AND NOT EXISTS"
    " (SELECT 1 FROM change r WHERE r.target_id = c.id AND r.kind = 'redo' AND r.id > u.id))"
)
OF_ACCOUNT = (
    "celebration", "star", "membership", "seat", "contract", "milestone", "touchpoint",
    "participant", "complaint", "pulse", "plan", "objective", "action", "risk",
    *schema_v6.OF_ACCOUNT,
    *schema_v9.OF_ACCOUNT,
    *schema_v10.OF_ACCOUNT,
)  # fmt: skip
REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "colleague": (
        ("colleague", "cover_id"), ("account", "owner_id"), ("star", "colleague_id"),
        ("membership", "relationship_owner_id"), ("seat", "colleague_id"),
        ("seat", "backup_id"), ("plan", "sponsor_id"), ("section", "owner_id"),
        ("section", "offered_to_id"), ("sign_off", "colleague_id"), ("entry", "colleague_id"),
        ("opportunity", "owner_id"), ("gesture", "approver_id"),
        ("touchpoint", "colleague_id"), ("complaint", "owner_id"), ("pulse", "colleague_id"),
        ("signal", "colleague_id"), ("meeting", "colleague_id"), ("complaint", "handed_to_id"),
        ("complaint", "handed_by_id"), ("complaint_note", "colleague_id"),
        ("improvement", "owner_id"), ("incident", "owner_id"), ("incident_message", "colleague_id"),
        ("incident_account", "told_by_id"),
        ("objective", "owner_id"), ("action", "owner_id"), ("risk", "owner_id"),
    ),
    "account": (("account", "parent_id"), *((name, "account_id") for name in OF_ACCOUNT)),
    "person": (
        ("celebration", "person_id"), ("membership", "person_id"),
        ("membership", "reports_to_id"), ("participant", "person_id"), ("complaint", "person_id"),
        ("objective", "their_owner_id"), ("action", "their_owner_id"),
        ("contract", "decision_buyer_id"), ("interview", "person_id"), ("entry", "person_id"),
        ("measurement", "confirmed_by_id"), ("proof", "confirmed_by_id"),
        ("benefit", "person_id"), ("gesture", "person_id"), ("signal", "person_id"),
        ("survey", "person_id"), ("attendee", "person_id"), ("advocacy", "person_id"),
        ("snooze", "person_id"), ("account", "cadence_agreed_with_id"), ("action", "asked_by_id"),
        ("complaint_note", "person_id"), ("incident_account", "person_id"),
        ("survey_sent", "person_id"), ("purchase", "person_id"),
    ),
    "contract": (("milestone", "contract_id"),),
    "touchpoint": (
        ("participant", "touchpoint_id"), ("interview", "touchpoint_id"),
        ("touchpoint", "thread_id"), ("action", "answered_by_id"), ("meeting", "touchpoint_id"),
    ),
    "plan": tuple(
        (table, "plan_id")
        for table in ("objective", "action", "risk", "section", "sign_off", "share", "entry",
                      "proof", "benefit", "behaviour")
    ),
    "objective": (
        ("touchpoint", "objective_id"), ("measurement", "objective_id"), ("proof", "objective_id"),
    ),
    "action": (("touchpoint", "action_id"), ("survey_sent", "action_id")),
    "calendar": (("account", "calendar_id"),),
    "improvement": (("improvement_source", "improvement_id"),),
    "incident": (
        ("complaint", "incident_id"), ("incident_account", "incident_id"),
        ("incident_message", "incident_id"),
    ),
    "alert_rule": (("alert_answer", "rule_id"),),
    "success_criterion": (("objective", "criterion_id"),),
    "meeting": (("attendee", "meeting_id"),),
    "complaint": (
        ("touchpoint", "complaint_id"), ("gesture", "complaint_id"),
        ("complaint", "merged_into_id"), ("complaint_note", "complaint_id"),
        ("complaint_pause", "complaint_id"), ("cause_link", "complaint_id"),
        ("cause_link", "other_id"), ("incident_account", "complaint_id"),
    ),
    "interview": (("entry", "interview_id"),),
    "product": (("whitespace", "product_id"), ("opportunity", "product_id")),
    "programme": (
        ("enrolment", "programme_id"), ("points", "programme_id"), ("benefit", "programme_id"),
    ),
}  # fmt: skip
"""Which columns refer to a table; a test compares it with the schema's foreign keys."""


def undo(uow: SqlUnitOfWork, batch: int | None = None) -> str:
    """Take back my newest change, or the change with the id ``batch``; returns what it was.

    Raises ``Refused`` when there is nothing to undo or somebody changed the same since.
    """
    change_id, summary, account_id = _to_undo(uow, batch)
    uow.log.kind, uow.log.target_id = "undo", change_id
    for entry in reversed(_entries(uow.connection, change_id)):
        _apply(uow, entry, forward=False, change_id=change_id)
    uow.say(_("undid: {what}").format(what=summary), account_id)
    return summary


def redo(uow: SqlUnitOfWork) -> str:
    """Repeat what I undid last, unless I changed something since; returns what it was."""
    row = uow.connection.one(
        "SELECT c.id, c.summary, c.account_id FROM change u JOIN change c ON c.id = u.target_id"
        " WHERE u.actor = :actor AND u.kind = 'undo' AND NOT EXISTS (SELECT 1 FROM change r"
        " WHERE r.target_id = u.target_id AND r.kind = 'redo' AND r.id > u.id)"
        " AND NOT EXISTS (SELECT 1 FROM change d WHERE d.actor = :actor AND d.kind = 'do'"
        " AND d.id > u.id) ORDER BY u.id DESC LIMIT 1",
        {"actor": uow.actor.name},
    )
    if row is None:
        raise Refused(_("There is nothing to redo."))
    change_id, summary, account_id = row
    uow.log.kind, uow.log.target_id = "redo", change_id
    for entry in _entries(uow.connection, change_id):
        _apply(uow, entry, forward=True, change_id=change_id)
    uow.say(_("redid: {what}").format(what=summary), account_id)
    return str(summary)


def _to_undo(uow: SqlUnitOfWork, batch: int | None) -> tuple[int, str, int | None]:
    if batch is None:
        row = uow.connection.one(
            "SELECT c.id, c.summary, c.account_id FROM change c WHERE c.actor = :actor"
            f" AND c.kind = 'do' AND NOT {UNDONE} ORDER BY c.id DESC LIMIT 1",
            {"actor": uow.actor.name},
        )
        if row is None:
            raise Refused(_("There is nothing to undo."))
    else:
        row = uow.connection.one(
            f"SELECT c.id, c.summary, c.account_id, CASE WHEN {UNDONE} THEN 1 ELSE 0 END"
            " FROM change c WHERE c.id = :id AND c.kind = 'do'",
            {"id": batch},
        )
        if row is None:
            raise Refused(_("There is no change with the id {id}.").format(id=batch))
        if row[3]:
            raise Refused(_("This was undone already: {what}").format(what=row[1]))
    return int(row[0]), str(row[1]), row[2]


def _entries(connection: Connection, change_id: int) -> list[dict[str, Any]]:
    return connection.maps(
        "SELECT table_name, row_id, op, before, after FROM audit_entry"
        " WHERE change_id = :id ORDER BY id",
        {"id": change_id},
    )


def _apply(uow: SqlUnitOfWork, entry: dict[str, Any], *, forward: bool, change_id: int) -> None:
    table: Table[Any] = TABLES[entry["table_name"]]
    repository: TableRepository[Any] = uow.repository(table)
    record = repository.get(entry["row_id"])
    after = json.loads(entry["after"])
    if entry["op"] == "insert":
        _check_unchanged(record, _encoded(table, after))
        if forward == (record.archived_at is None):
            raise _moved_since(["archived_at"])
        if forward:
            repository.save(record, record.changed(archived_at=None))
        else:
            _check_unused(uow, table, record, change_id)
            repository.archive(record)
        return
    before = json.loads(entry["before"])
    expected, wanted = (before, after) if forward else (after, before)
    _check_unchanged(record, expected)
    target = to_model(table, {**_stored(table, record), **_encoded(table, wanted)})
    repository.save(record, target)


def _stored(table: Table[Any], record: Entity) -> dict[str, Any]:
    return _encoded(table, to_row(record))


def _encoded(table: Table[Any], values: dict[str, Any]) -> dict[str, Any]:
    known = set(table.model.model_fields)
    return {name: value for name, value in values.items() if name in known}


def _check_unchanged(record: Entity, expected: dict[str, Any]) -> None:
    now = to_row(record)
    skipped = {"version", *CLOCKS_FOLLOW} | ({"archived_at"} if "id" in expected else set())
    moved = [
        name
        for name, value in expected.items()
        if name not in skipped and plain(now.get(name)) != value
    ]
    if moved:
        raise _moved_since(moved)


def _moved_since(fields: list[str]) -> Refused:
    return Refused(
        _(
            "This cannot be undone as a whole: {fields} changed since. Nothing was undone; "
            "undo the later change first."
        ).format(fields=", ".join(sorted(fields)))
    )


def _check_unused(uow: SqlUnitOfWork, table: Table[Any], record: Entity, change_id: int) -> None:
    """Refuse to take back a record to which others were added since, by another change."""
    for name, column in REFERENCES.get(table.name, ()):
        row = uow.connection.one(
            f"SELECT COUNT(*) FROM {name} t WHERE t.{column} = :id AND t.archived_at IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM audit_entry a WHERE a.change_id = :change"
            " AND a.table_name = :table AND a.row_id = t.id AND a.op = 'insert')",
            {"id": record.id, "change": change_id, "table": name},
        )
        if row and row[0]:
            raise Refused(
                _(
                    "This cannot be undone: {count} {what} refer to the {record} since. "
                    "Nothing was undone."
                ).format(count=row[0], what=name, record=table.name)
            )
