"""One record as its model, read outside a unit of work: what a form loads."""

from __future__ import annotations

from db.engine import Connection
from db.rows import to_model
from db.tables import TABLES
from planner.entity import Entity
from planner.errors import NotFound
from planner.language import gettext as _


def read_record(connection: Connection, table: str, row_id: int) -> Entity:
    """The record, archived or not. Raises ``NotFound``, and ``KeyError`` for an unknown table."""
    spec = TABLES[table]
    rows = connection.maps(f"SELECT * FROM {table} WHERE id = :id", {"id": row_id})
    if not rows:
        raise NotFound(_("There is no {what} with the id {id}.").format(what=table, id=row_id))
    record: Entity = to_model(spec, rows[0])
    return record
