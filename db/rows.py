"""Between records and rows: plain values out, valid models in."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeVar

from db.tables import Table
from planner.entity import Entity, plain

E = TypeVar("E", bound=Entity)
AS_THEY_ARE = frozenset({str, int, float, type(None)})


def to_row(record: Entity) -> dict[str, Any]:
    """The record's own columns as the engines store them."""
    return {
        field: value if type(value) in AS_THEY_ARE else plain(value)
        for field, value in record.__dict__.items()
    }


def derived(table: Table[E], record: E) -> dict[str, Any]:
    """The columns that the store keeps beside the record's own."""
    return table.derived(record) if table.derived else {}


def to_model(table: Table[E], row: dict[str, Any]) -> E:
    """The record in a row of its table; columns that the model does not know are left out."""
    fields = fields_of(table.model)
    return table.model(
        **{
            name: json.loads(value) if name in table.json and value is not None else value
            for name, value in row.items()
            if name in fields
        }
    )


@cache
def fields_of(model: type[Entity]) -> frozenset[str]:
    """The names of a model's fields; asking pydantic each time is slow."""
    return frozenset(model.model_fields)
