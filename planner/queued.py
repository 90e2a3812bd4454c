"""What may wait for a server that cannot be reached: which use cases, and how a call is written.

Only what adds a record of its own may wait; whoever changes a record has to see what it is now. A
call is written as JSON with the kind of each value, and is read back as that call or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from inspect import signature
from typing import Any, NamedTuple

from planner.errors import Refused
from planner.language import gettext as _

MAY_WAIT = (
    "log_touchpoint", "rang_without_answer", "log_mail", "log_complaint", "give_pulse",
)  # fmt: skip
DEEPEST = 8
"""How far lists may lie inside each other."""


class Waiting(NamedTuple):
    """An operation that waits: its name (a uuid4 in hex), when it was asked for (UTC text), the
    use case and its arguments, by whom, and why it was refused, if it was."""

    op_id: str
    at: str
    use_case: str
    arguments: str
    actor: str
    refused: str = ""


class QueuedCall(NamedTuple):
    """A call of a use case that was read back."""

    use_case: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


def may_wait(use_case: Callable[..., Any]) -> bool:
    """Whether a use case may wait for the line."""
    return use_case.__name__ in MAY_WAIT


def encode(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """The arguments of a call as JSON text. Raises ``Refused`` for a value that cannot wait."""
    written = {"args": [_written(one) for one in args],
               "kwargs": {name: _written(one) for name, one in kwargs.items()}}  # fmt: skip
    return json.dumps(written, ensure_ascii=True, sort_keys=True)


def decode(use_case: str, arguments: str) -> QueuedCall:
    """The call that was written. Raises ``Refused`` for anything else than one of ours."""
    from planner.use_cases.complaints import log_complaint
    from planner.use_cases.mails import log_mail
    from planner.use_cases.pulses import give_pulse
    from planner.use_cases.touchpoints import log_touchpoint, rang_without_answer

    known: dict[str, Callable[..., Any]] = {
        one.__name__: one
        for one in (log_touchpoint, rang_without_answer, log_mail, log_complaint, give_pulse)
    }
    if use_case not in known:
        raise _unreadable()
    try:
        found = json.loads(arguments)
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    if not isinstance(found, dict) or set(found) != {"args", "kwargs"}:
        raise _unreadable()
    args, kwargs = found["args"], found["kwargs"]
    if not isinstance(args, list) or not isinstance(kwargs, dict):
        raise _unreadable()
    call = QueuedCall(
        known[use_case],
        tuple(_read(one) for one in args),
        {name: _read(one) for name, one in kwargs.items()},
    )
    try:
        signature(call.use_case).bind(None, *call.args, **call.kwargs)
    except TypeError as error:
        raise _unreadable() from error
    return call


def _unreadable() -> Refused:
    return Refused(_("What waits here cannot be read, so it was not saved."))


def _written(value: Any, depth: int = 0) -> Any:
    """A value in JSON: plain ones as they are, the rest as [kind, ...]."""
    from planner.dates import When
    from planner.use_cases.requests import Asked
    from planner.use_cases.touchpoints import FollowUp

    if value is None or isinstance(value, (bool, int, str)):
        return value
    if depth < DEEPEST:
        if isinstance(value, (list, tuple)):
            kind = "list" if isinstance(value, list) else "tuple"
            return [kind, *(_written(one, depth + 1) for one in value)]
        for name, made in (("when", When), ("follow_up", FollowUp), ("asked", Asked)):
            if isinstance(value, made):
                fields = made.__dataclass_fields__
                return [name, *(_written(getattr(value, one), depth + 1) for one in fields)]
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    raise Refused(_("This cannot wait for the server, so nothing was saved."))


def _read(value: Any, depth: int = 0) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if not isinstance(value, list) or not value or depth > DEEPEST:
        raise _unreadable()
    kind, *parts = value
    made = _READERS.get(kind) if isinstance(kind, str) else None
    if made is None:
        raise _unreadable()
    return made([_read(one, depth + 1) for one in parts])


def _when(parts: list[Any]) -> Any:
    from planner.dates import When

    if len(parts) != 3 or not (_is_day(parts[0]) and isinstance(parts[1], datetime)):
        raise _unreadable()
    if not isinstance(parts[2], bool):
        raise _unreadable()
    return When(*parts)


def _follow_up(parts: list[Any]) -> Any:
    from planner.use_cases.touchpoints import FollowUp

    if len(parts) != len(_FOLLOW_UP) or not all(
        fits(one) for fits, one in zip(_FOLLOW_UP, parts, strict=True)
    ):
        raise _unreadable()
    return FollowUp(*parts)


def _asked(parts: list[Any]) -> Any:
    from planner.use_cases.requests import Asked

    if len(parts) != len(_ASKED) or not all(
        fits(one) for fits, one in zip(_ASKED, parts, strict=True)
    ):
        raise _unreadable()
    return Asked(*parts)


def _moment(parts: list[Any]) -> datetime:
    try:
        return datetime.fromisoformat(_text_of(parts))
    except ValueError as error:
        raise _unreadable() from error


def _day(parts: list[Any]) -> date:
    try:
        return date.fromisoformat(_text_of(parts))
    except ValueError as error:
        raise _unreadable() from error


def _text_of(parts: list[Any]) -> str:
    if len(parts) != 1 or not isinstance(parts[0], str):
        raise _unreadable()
    return parts[0]


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_text_or_none(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_id_or_none(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def _is_day_or_none(value: Any) -> bool:
    return value is None or _is_day(value)


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


_FOLLOW_UP: tuple[Callable[[Any], bool], ...] = (
    _is_text, _is_text, _is_id_or_none, _is_id_or_none, _is_text_or_none, _is_day_or_none, _is_bool,
)  # fmt: skip
"""What each field of a follow-up line may be, in the order in which the class names them."""
_ASKED: tuple[Callable[[Any], bool], ...] = (
    _is_text, _is_text, _is_id_or_none, _is_day_or_none, _is_id_or_none,
)  # fmt: skip
"""The same of what somebody asked for."""
_READERS: dict[str, Callable[[list[Any]], Any]] = {
    "list": list, "tuple": tuple, "when": _when, "follow_up": _follow_up, "asked": _asked,
    "moment": _moment, "day": _day,
}  # fmt: skip
