"""The statement of each kind of the stream: its own index order, from a place, so many rows.

Every one gives the columns of ``COLUMNS`` and takes ``{where}``, ``{place}`` and ``{limit}``.
"""

from __future__ import annotations

from db.schema_v9 import CONTRACT_TABLES, PLAN_TABLES
from planner.views.timeline import TimelineFilter

NOON = "T12:00:00.000000Z"
"""What makes a moment of a day without a time."""
COLUMNS = 17
"""id, account_id, account, occurred_at, occurred_on, date_only, logged_at, what, direction,
two_way, function, colleague, people, sentiment, text, status, thread_id."""

_ACCOUNT = "JOIN account a ON a.id = t.account_id"
_LIVE = "t.archived_at IS NULL AND a.archived_at IS NULL"
_PERSON = "LEFT JOIN person p ON p.id = t.person_id"
_PERSON_NAME = "COALESCE(p.name, p.email, p.phone)"

TOUCHPOINT = f"""
SELECT t.id, t.account_id, a.name, t.occurred_at, t.occurred_on, t.date_only, t.logged_at, t.kind,
  t.direction, t.two_way, t.function, c.name, NULL, t.sentiment, t.note, NULL, t.thread_id
FROM touchpoint t {_ACCOUNT} LEFT JOIN colleague c ON c.id = t.colleague_id
WHERE {_LIVE}{{where}}{{place}}
ORDER BY t.occurred_at DESC, t.id DESC{{limit}}"""
OF_PERSON = f"""
SELECT t.id, t.account_id, a.name, t.occurred_at, t.occurred_on, t.date_only, t.logged_at, t.kind,
  t.direction, t.two_way, t.function, c.name, NULL, t.sentiment, t.note, NULL, t.thread_id,
  x.occurred_on
FROM participant x JOIN touchpoint t ON t.id = x.touchpoint_id {_ACCOUNT}
LEFT JOIN colleague c ON c.id = t.colleague_id
WHERE x.person_id = :person AND x.archived_at IS NULL AND x.occurred_on <= :newest_day
  AND x.occurred_on >= :oldest_day AND {_LIVE}{{where}}{{place}}
ORDER BY x.occurred_on DESC{{limit}}"""
"""A person's touchpoints by the day that is kept with who took part."""
_COMPLAINT = f"""
SELECT t.id, t.account_id, a.name, t.opened_at, t.opened_on, 0, t.logged_at, t.number, 'in', 0,
  'service', c.name, {_PERSON_NAME}, NULL, t.title, t.severity, NULL
FROM complaint t {_ACCOUNT} LEFT JOIN colleague c ON c.id = t.owner_id {_PERSON}
WHERE {_LIVE}{{where}}{{place}}
ORDER BY t.opened_at DESC, t.id DESC{{limit}}"""
_SURVEY = f"""
SELECT t.id, t.account_id, a.name, t.answered_at, t.answered_on, t.date_only, t.logged_at, t.kind,
  'in', 0, NULL, NULL, {_PERSON_NAME}, t.score, COALESCE(t.comment, ''), t.outcome, NULL
FROM survey t {_ACCOUNT} {_PERSON}
WHERE {_LIVE}{{where}}{{place}}
ORDER BY t.answered_at DESC, t.id DESC{{limit}}"""
_SIGNAL = f"""
SELECT t.id, t.account_id, a.name, t.heard_at, t.heard_on, t.date_only, t.logged_at, t.kind, 'in',
  0, t.function, c.name, {_PERSON_NAME}, t.sentiment, t.signal, t.outcome, NULL
FROM signal t {_ACCOUNT} LEFT JOIN colleague c ON c.id = t.colleague_id {_PERSON}
WHERE {_LIVE}{{where}}{{place}}
ORDER BY t.heard_at DESC, t.id DESC{{limit}}"""
_PULSE = f"""
SELECT t.id, t.account_id, a.name, t.given_on || '{NOON}', t.given_on, 1, t.logged_at, 'pulse',
  NULL, 0, t.function, c.name, NULL, t.score, COALESCE(t.reason, ''), NULL, NULL
FROM pulse t {_ACCOUNT} LEFT JOIN colleague c ON c.id = t.colleague_id
WHERE {_LIVE}{{where}}{{place}}
ORDER BY t.given_on DESC, t.id DESC{{limit}}"""
_MEETING = f"""
SELECT t.id, t.account_id, a.name, t.starts_at, t.starts_on, t.date_only, t.logged_at, t.kind,
  NULL, 0, c.function, c.name, NULL, NULL, t.title, t.status, NULL
FROM meeting t {_ACCOUNT} LEFT JOIN colleague c ON c.id = t.colleague_id
WHERE {_LIVE} AND t.touchpoint_id IS NULL{{where}}{{place}}
ORDER BY t.starts_at DESC, t.id DESC{{limit}}"""
"""A meeting that was logged is in the stream as its touchpoint."""
_ADVOCACY = f"""
SELECT t.id, t.account_id, a.name, t.on_date || '{NOON}', t.on_date, 1, t.on_date || '{NOON}',
  t.kind, 'in', 0, NULL, NULL, {_PERSON_NAME}, NULL, t.advocacy, NULL, NULL
FROM advocacy t {_ACCOUNT} {_PERSON}
WHERE {_LIVE} AND t.on_date <= :today{{where}}{{place}}
ORDER BY t.on_date DESC, t.id DESC{{limit}}"""
_CELEBRATED = "COALESCE(t.marked_on, t.on_date)"
_CELEBRATION = f"""
SELECT t.id, t.account_id, a.name, {_CELEBRATED} || '{NOON}', {_CELEBRATED}, 1,
  {_CELEBRATED} || '{NOON}', t.kind, NULL, 0, NULL, NULL, {_PERSON_NAME}, NULL, t.label, NULL, NULL
FROM celebration t {_ACCOUNT} {_PERSON}
WHERE {_LIVE} AND (t.marked_on IS NOT NULL OR (t.yearly = 0 AND t.on_date <= :today)){{where}}
  {{place}}
ORDER BY {_CELEBRATED} DESC, t.id DESC{{limit}}"""
"""A date that was celebrated, or one that came only once."""
_CHANGE = """
SELECT t.id, e.account_id, a.name, t.at, t.on_date, 0, t.at, t.use_case, NULL, 0, c.function,
  COALESCE(c.name, t.actor), NULL, NULL, t.summary, t.kind, NULL,
  e.before, e.after, k.currency
FROM audit_entry e JOIN change t ON t.id = e.change_id JOIN account a ON a.id = e.account_id
LEFT JOIN colleague c ON c.id = t.colleague_id
LEFT JOIN contract k ON k.id = e.row_id AND e.table_name = 'contract'
WHERE a.archived_at IS NULL AND t.use_case <> 'make_sample' AND e.table_name IN ({tables})
  AND NOT EXISTS (SELECT 1 FROM audit_entry o WHERE o.account_id = e.account_id
    AND o.table_name IN ({tables}) AND o.change_id = e.change_id AND o.id < e.id)
  {where}{place}
ORDER BY e.change_id DESC{limit}"""
"""A change by the first of its entries in these tables; making the sample book is none. Its place
is that of its id, which holds when it was done: so the index of the entries gives the order."""


def _of_tables(tables: str) -> str:
    return _CHANGE.replace("{tables}", tables)


STATEMENTS = {
    "touchpoint": TOUCHPOINT, "complaint": _COMPLAINT, "survey": _SURVEY, "signal": _SIGNAL,
    "pulse": _PULSE, "meeting": _MEETING, "plan": _of_tables(PLAN_TABLES),
    "contract": _of_tables(CONTRACT_TABLES), "advocacy": _ADVOCACY, "celebration": _CELEBRATION,
}  # fmt: skip
_AT = {
    "touchpoint": "t.occurred_at", "complaint": "t.opened_at", "survey": "t.answered_at",
    "signal": "t.heard_at", "meeting": "t.starts_at",
}  # fmt: skip
_ON = {
    "touchpoint": "t.occurred_on", "complaint": "t.opened_on", "survey": "t.answered_on",
    "signal": "t.heard_on", "pulse": "t.given_on", "meeting": "t.starts_on",
    "plan": "t.on_date", "contract": "t.on_date", "advocacy": "t.on_date",
    "celebration": _CELEBRATED,
}  # fmt: skip
_BY_ACTOR = ("meeting", "plan", "contract")
"""Kinds whose function is that of who did it."""
CHANGES = ("plan", "contract")
"""Kinds that the audit holds."""
_ATTENDS = (
    " AND t.id IN (SELECT x.meeting_id FROM attendee x"
    " WHERE x.person_id = :person AND x.archived_at IS NULL)"
)


def statement(kind: str, wanted: TimelineFilter, of_account: bool) -> str:
    """The question for the newest entries of a kind below a place, as the filter wants them."""
    where = ""
    if of_account:
        where = f" AND {'e' if kind in CHANGES else 't'}.account_id = :account"
    if wanted.function is not None and kind != "complaint":
        where += f" AND {'c' if kind in _BY_ACTOR else 't'}.function = :function"
    template = STATEMENTS[kind]
    if wanted.person_id is not None:
        if kind == "touchpoint":
            template = OF_PERSON
        else:
            where += _ATTENDS if kind == "meeting" else " AND t.person_id = :person"
    return template.format(
        where=where + _period(kind, wanted), place=_place(kind), limit=" LIMIT :limit"
    )


def statement_of(kind: str, names: str) -> str:
    """The question for the entries of a kind with these ids, given as names of parameters."""
    return STATEMENTS[kind].format(where=f" AND t.id IN ({names})", place="", limit="")


def _place(kind: str) -> str:
    """Below the place and not below the bottom; a day is bounded as a day, for the index."""
    if kind in CHANGES:
        return f" AND e.change_id < :{kind} AND e.change_id >= :bottom_change"
    moment = _AT.get(kind)
    if moment is not None:
        return f" AND {moment} >= :bottom AND ({moment}, t.id) < (:before, :{kind})"
    day = _ON[kind]
    below = f"({day} || '{NOON}', t.id) < (:before, :{kind})"
    return f" AND {day} >= :bottom_day AND {day} <= :before_day AND {below}"


def _period(kind: str, wanted: TimelineFilter) -> str:
    words = ""
    if wanted.since is not None:
        words += f" AND {_ON[kind]} >= :since"
    return words if wanted.until is None else f"{words} AND {_ON[kind]} <= :until"
