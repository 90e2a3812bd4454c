"""Owners given by name: one who is not known yet is added in the same step."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from planner.ports import UnitOfWork
from planner.use_cases.team import colleague_named

OWNERS = ("owner_id", "colleague_id", "relationship_owner_id")


def with_named_owners(use_case: Callable[..., Any]) -> Callable[..., Any]:
    """The same use case, in which a text given for an owner's id is a colleague's name.

    Looks at the keyword arguments ``owner_id``, ``colleague_id``, ``relationship_owner_id``, at
    those inside ``part``, and at the values of ``seats`` and ``backups``. Raises ``Ambiguous``
    for a name of several.
    """

    @wraps(use_case)
    def run(uow: UnitOfWork, *args: Any, **kwargs: Any) -> Any:
        _name(uow, kwargs, OWNERS)
        if isinstance(kwargs.get("part"), dict):
            kwargs["part"] = dict(kwargs["part"])
            _name(uow, kwargs["part"], OWNERS)
        for chairs in ("seats", "backups"):
            if isinstance(kwargs.get(chairs), dict):
                kwargs[chairs] = dict(kwargs[chairs])
                _name(uow, kwargs[chairs], tuple(kwargs[chairs]))
        return use_case(uow, *args, **kwargs)

    return run


def _name(uow: UnitOfWork, values: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if isinstance(values.get(name), str):
            values[name] = colleague_named(uow, values[name]).id
