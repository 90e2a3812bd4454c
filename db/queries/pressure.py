"""Contact pressure of people and accounts: what went out, what is planned, what is quiet.

A fixed number of statements for up to ``BATCH`` people or accounts, asked in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from db.engine import Connection, placeholders
from db.frame import Frame
from planner.errors import NotFound
from planner.language import gettext as _
from planner.pressure import (
    VIP_TIER,
    Caps,
    Clash,
    Pressure,
    Quiet,
    Subject,
    Touch,
    caps_of,
    clashes,
    longest,
    pressure_of,
    weighs,
)

T = TypeVar("T")

BATCH = 500
"""People or accounts of one go."""
ROOM = timedelta(days=2)
"""A moment in UTC and its local day are never further apart than this."""

SETTINGS = "SELECT key, value FROM setting WHERE archived_at IS NULL AND key LIKE 'pressure.%'"
PEOPLE = """
SELECT p.id, COALESCE(NULLIF(p.name, ''), p.email, p.phone), p.consent, p.preferred_channel,
  m.topics, a.name, a.tier
FROM person p LEFT JOIN membership m ON m.person_id = p.id AND m.archived_at IS NULL
  AND (m.left_on IS NULL OR m.left_on > :today)
LEFT JOIN account a ON a.id = m.account_id AND a.archived_at IS NULL
WHERE p.archived_at IS NULL AND p.id IN ({ids}) ORDER BY m.id"""
ACCOUNTS = "SELECT id, name FROM account WHERE archived_at IS NULL AND id IN ({ids})"
CONTACT = """t.id, t.account_id, t.occurred_on, t.kind, t.function, c.name, t.intent, t.direction,
  h.direction, t.complaint_id"""
BESIDE = """LEFT JOIN colleague c ON c.id = t.colleague_id
LEFT JOIN touchpoint h ON h.id = t.thread_id"""
# With an upper end a server keeps one plan; of an open one it makes a new plan each time.
PERSON_CONTACTS = f"""
SELECT x.person_id, {CONTACT}, k.person_id
FROM participant x JOIN touchpoint t ON t.id = x.touchpoint_id {BESIDE}
LEFT JOIN complaint k ON k.id = t.complaint_id
WHERE x.person_id IN ({{ids}}) AND x.occurred_on > :since AND x.occurred_on < '9999'
  AND x.archived_at IS NULL AND t.archived_at IS NULL AND t.direction = 'out'"""
ACCOUNT_CONTACTS = f"""
SELECT t.account_id, {CONTACT}, NULL
FROM touchpoint t {BESIDE}
WHERE t.account_id IN ({{ids}}) AND t.occurred_at >= :since_at AND t.occurred_on > :since
  AND t.archived_at IS NULL AND t.direction = 'out'"""
# COALESCE keeps to the rows of the accounts: by what is due, or by a line's field, the whole book
# would be read.
PLANNED = """
SELECT x.{whose}, x.id, x.account_id, x.due_on, x.action, c.function, c.name
FROM action x LEFT JOIN colleague c ON c.id = x.owner_id
WHERE x.account_id IN ({accounts}) AND x.status = 'open' AND x.due_on >= :today
  AND COALESCE(x.side, '') = 'we' AND x.archived_at IS NULL AND {theirs}
  AND (x.origin <> 'complaint' OR x.survey_trigger IS NOT NULL)"""
PARTS = "SELECT m.account_id FROM membership m WHERE m.person_id IN ({ids})"
SURVEYS = """
SELECT s.{whose}, s.id, s.account_id, s.sent_on FROM survey_sent s
WHERE s.account_id IN ({accounts}) AND s.sent_at >= :since_at AND s.sent_on > :since
  AND s.delivered = 1 AND s.archived_at IS NULL{theirs}"""
LIVE_LINE = """e.archived_at IS NULL AND e.closed_on IS NULL AND e.section = 'contact_plan'
  AND (e.plan_id IS NULL OR e.plan_id IN (SELECT p.id FROM plan p WHERE p.account_id = e.account_id
    AND p.archived_at IS NULL AND p.status <> 'closed'))"""
PERSON_LINES = f"""
SELECT m.person_id, e.id, e.account_id, e.field, e.on_date, e.to_date, e.entry, NULL, NULL
FROM membership m JOIN entry e ON e.account_id = m.account_id
WHERE m.person_id IN ({{ids}}) AND m.archived_at IS NULL AND COALESCE(e.field, '') = 'quiet'
  AND (m.left_on IS NULL OR m.left_on > :today)
  AND (e.person_id IS NULL OR e.person_id = m.person_id)
  AND COALESCE(e.to_date, e.on_date) >= :today AND {LIVE_LINE}"""
ACCOUNT_LINES = f"""
SELECT e.account_id, e.id, e.account_id, e.field, e.on_date, e.to_date, e.entry, c.function, c.name
FROM entry e LEFT JOIN colleague c ON c.id = e.colleague_id
WHERE e.account_id IN ({{ids}}) AND (COALESCE(e.field, '') = 'qbr'
  OR (COALESCE(e.field, '') = 'quiet' AND e.person_id IS NULL))
  AND COALESCE(e.to_date, e.on_date) >= :today AND {LIVE_LINE}"""
TEAM = """
SELECT DISTINCT m.person_id FROM membership m JOIN person p ON p.id = m.person_id
WHERE m.account_id = :id AND m.archived_at IS NULL AND p.archived_at IS NULL
  AND (m.left_on IS NULL OR m.left_on > :today) ORDER BY m.person_id"""
AHEAD = """
SELECT x.account_id, x.their_owner_id FROM action x JOIN account a ON a.id = x.account_id
WHERE x.status = 'open' AND x.side = 'we' AND x.due_on >= :today AND x.due_on <= :last
  AND x.archived_at IS NULL AND x.their_owner_id IS NOT NULL
  AND (x.origin <> 'complaint' OR x.survey_trigger IS NOT NULL)
  AND a.archived_at IS NULL
UNION SELECT t.account_id, x.person_id FROM touchpoint t
LEFT JOIN participant x ON x.touchpoint_id = t.id AND x.archived_at IS NULL
JOIN account a ON a.id = t.account_id
WHERE t.occurred_at >= :today AND t.occurred_on > :today AND t.occurred_on <= :last
  AND t.archived_at IS NULL AND t.direction = 'out' AND a.archived_at IS NULL"""
QBR_AHEAD = f"""
SELECT e.account_id, NULL FROM entry e JOIN account a ON a.id = e.account_id
WHERE e.field = 'qbr' AND e.on_date >= :today AND e.on_date <= :last AND a.archived_at IS NULL
  AND {LIVE_LINE}"""


PERSON_QUESTIONS = (
    PEOPLE,
    PERSON_CONTACTS,
    PLANNED.format(whose="their_owner_id", accounts=PARTS, theirs="x.their_owner_id IN ({ids})"),
    PERSON_LINES,
    SURVEYS.format(whose="person_id", accounts=PARTS, theirs=" AND s.person_id IN ({ids})"),
)
ACCOUNT_QUESTIONS = (
    ACCOUNTS,
    ACCOUNT_CONTACTS,
    PLANNED.format(whose="account_id", accounts="{ids}", theirs="x.their_owner_id IS NOT NULL"),
    ACCOUNT_LINES,
    SURVEYS.format(whose="account_id", accounts="{ids}", theirs=""),
)


class Facts(NamedTuple):
    """Rows of one go; what weighs and what is quiet by whom it belongs to."""

    heads: list[tuple[Any, ...]]
    touches: dict[int, tuple[Touch, ...]]
    quiets: dict[int, tuple[Quiet, ...]]


class PressureQueries:
    """Who hears how much from us. Each question is about the frame's day."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame

    def person(self, person_id: int) -> Pressure:
        """A person's pressure. Raises ``NotFound``."""
        found = self.people([person_id])
        if not found:
            raise NotFound(_("There is no person with the id {id}.").format(id=person_id))
        return pressure_of(found[0], self._frame.today)

    def account(self, account_id: int) -> Pressure:
        """An account's pressure. Raises ``NotFound``."""
        found = self.accounts([account_id])
        if not found:
            raise NotFound(_("There is no account with the id {id}.").format(id=account_id))
        return pressure_of(found[0], self._frame.today)

    def people_of(self, account_id: int) -> tuple[Subject, ...]:
        """Everybody who is at an account now, with all that weighs on them."""
        rows = self._connection.rows(TEAM, {"id": account_id, "today": self._today})
        return self.people([int(row[0]) for row in rows])

    def people(self, ids: Sequence[int]) -> tuple[Subject, ...]:
        """Live people with all that weighs on them, wherever they take part; in the given order."""
        return self._read(ids, PERSON_QUESTIONS, _people)

    def accounts(self, ids: Sequence[int]) -> tuple[Subject, ...]:
        """Live accounts with all that weighs on them, in the given order."""
        return self._read(ids, ACCOUNT_QUESTIONS, _accounts)

    def clashes(self, days: int) -> tuple[Clash, ...]:
        """What is planned for the next days and would be too much, the nearest day first."""
        last = self._frame.today + timedelta(days=days - 1)
        params = {"today": self._today, "last": last.isoformat()}
        actions, reviews = self._connection.rows_of((AHEAD, QBR_AHEAD), params)
        rows = [*actions, *reviews]
        accounts = sorted({int(row[0]) for row in rows})
        people = sorted({int(row[1]) for row in rows if row[1] is not None})
        found = [
            clash
            for subject in (*self.people(people), *self.accounts(accounts))
            for clash in clashes(subject, self._frame.today, days)
        ]
        found.sort(key=lambda one: (one.on, one.subject.name.casefold(), one.subject.id))
        return tuple(found)

    @property
    def _today(self) -> str:
        return self._frame.today.isoformat()

    @cached_property
    def caps(self) -> Caps:
        """The caps of the book."""
        return caps_of(dict(self._connection.rows(SETTINGS)))

    def _read(
        self,
        ids: Sequence[int],
        questions: Sequence[str],
        subjects: Callable[[Facts, Caps], Iterable[Subject]],
    ) -> tuple[Subject, ...]:
        found: dict[int, Subject] = {}
        for part in _batches(ids):
            facts = self._facts(part, questions)
            found.update((one.id, one) for one in subjects(facts, self.caps))
        return tuple(found[one] for one in dict.fromkeys(ids) if one in found)

    def _facts(self, ids: Sequence[int], questions: Sequence[str]) -> Facts:
        names, params = placeholders("i", ids)
        since = self._frame.today - timedelta(days=longest(self.caps))
        given = {
            **params,
            "today": self._today,
            "since": since.isoformat(),
            "since_at": (since - ROOM).isoformat(),
        }
        heads, contacts, planned, lines, surveys = self._connection.rows_of(
            [one.format(ids=names) for one in questions], given
        )
        quiet = [row for row in lines if row[3] == "quiet"]
        reviews = [row for row in lines if row[3] == "qbr"]
        touches = (
            *_logged(contacts, self._frame.today), *_to_do(planned), *_reviews(reviews),
            *_sent(surveys),
        )  # fmt: skip
        return Facts(heads, _by_owner(touches), _by_owner(_quiet_times(quiet)))


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    wanted = tuple(dict.fromkeys(ids))
    for start in range(0, len(wanted), BATCH):
        yield wanted[start : start + BATCH]


def _by_owner(pairs: Iterable[tuple[int, T]]) -> dict[int, tuple[T, ...]]:
    """What belongs to whom; the same thing twice counts once."""
    found: dict[int, dict[T, None]] = {}
    for owner, one in pairs:
        found.setdefault(owner, {})[one] = None
    return {owner: tuple(each) for owner, each in found.items()}


def _logged(rows: Iterable[tuple[Any, ...]], today: date) -> Iterator[tuple[int, Touch]]:
    for row in rows:
        whose, row_id, account_id, on, kind, function, colleague, intent = row[:8]
        direction, began, complaint, complainer = row[8:]
        own = complaint is not None and complainer in (None, whose)
        if weighs(direction, thread_began=began, function=function, own_complaint=own):
            day = date.fromisoformat(on)
            yield whose, Touch(
                day, kind, function, colleague, intent, day > today, "touchpoint", row_id,
                account_id,
            )  # fmt: skip


def _to_do(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Touch]]:
    for whose, row_id, account_id, due, words, function, colleague in rows:
        day = date.fromisoformat(due)
        yield (
            whose,
            Touch(day, words, function, colleague, None, True, "action", row_id, account_id),
        )


def _reviews(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Touch]]:
    for whose, row_id, account_id, _field, on, _to, _words, function, colleague in rows:
        day = date.fromisoformat(on)
        yield whose, Touch(day, "qbr", function, colleague, None, True, "entry", row_id, account_id)


def _sent(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Touch]]:
    """Surveys that were sent and arrived; of which function is not kept."""
    for whose, row_id, account_id, on in rows:
        day = date.fromisoformat(on)
        yield whose, Touch(day, "survey", source="survey_sent", id=row_id, account_id=account_id)


def _quiet_times(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Quiet]]:
    for row in rows:
        first = date.fromisoformat(row[4])
        last = first if row[5] is None else date.fromisoformat(row[5])
        yield row[0], Quiet(first, last, row[6])


def _people(facts: Facts, caps: Caps) -> Iterator[Subject]:
    parts: dict[int, list[tuple[Any, ...]]] = {}
    for row in facts.heads:
        parts.setdefault(row[0], []).append(row)
    for person_id, rows in parts.items():
        name, consent, channel = rows[0][1:4]
        vip = any(row[6] == VIP_TIER for row in rows)
        yield Subject(
            "person",
            person_id,
            name,
            (*caps.person, *(caps.vip if vip else ())),
            facts.touches.get(person_id, ()),
            facts.quiets.get(person_id, ()),
            consent == "withdrawn",
            caps.sell_guide,
            channel,
            tuple(dict.fromkeys(row[4] for row in rows if row[4])),
            next((row[5] for row in rows if row[5]), ""),
        )


def _accounts(facts: Facts, caps: Caps) -> Iterator[Subject]:
    for account_id, name in facts.heads:
        yield Subject(
            "account",
            account_id,
            name,
            caps.account,
            facts.touches.get(account_id, ()),
            facts.quiets.get(account_id, ()),
            sell_guide=caps.sell_guide,
            account=name,
        )
