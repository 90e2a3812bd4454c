"""Many rows written by one statement on a server, where a file executes one statement many times.

The rows travel as one JSON text, which the server reads by the types of the table's own columns:
500 rows cost one way there and back and one plan.
"""

from __future__ import annotations

import re
from functools import lru_cache

_INSERT = re.compile(r"INSERT INTO (\w+) \(([\w, ]+)\) VALUES \([:\w, ]+\)(.*)", re.DOTALL)
_UPDATE = re.compile(r"UPDATE (\w+) SET ([\w =:,]+) WHERE (\w+) = :\3")
_GIVEN = re.compile(r"= :(\w+)")
_ROWS = "json_populate_recordset(NULL::{table}, CAST(:rows AS json)) AS given"


@lru_cache(maxsize=100)
def of_rows(sql: str) -> str:
    """A statement for one row as one for all of ``:rows``, the JSON of a list of objects.

    Takes an INSERT of ``:name`` values into the columns of the same names, and an UPDATE of columns
    to the values of their names where one column is the value of its own. Raises ``ValueError`` for
    any other.
    """
    if found := _INSERT.fullmatch(sql):
        table, columns, rest = found.groups()
        values = ", ".join([f"given.{name.strip()}" for name in columns.split(",")])
        source = _ROWS.format(table=table)
        return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {source}{rest}"
    if found := _UPDATE.fullmatch(sql):
        table, moved, key = found.groups()
        source, values = _ROWS.format(table=table), _GIVEN.sub(r"= given.\1", moved)
        return f"UPDATE {table} SET {values} FROM {source} WHERE {table}.{key} = given.{key}"
    raise ValueError(sql)
