"""Finding the one record that somebody means by a name, an e-mail, an external id or an id."""

from __future__ import annotations

from collections.abc import Sequence

from db.engine import Connection
from planner.errors import Ambiguous, NotFound
from planner.language import gettext as _
from planner.spelling import did_you_mean
from planner.text import fold, name_key

LONGEST_LIST = 10
LONGEST_NAME = 80
"""Characters of a name that answers to nothing, where a message repeats it."""


class NameQueries:
    """Names to ids. Every method raises ``NotFound`` for none and ``Ambiguous`` for several."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def account(self, text: str) -> int:
        """The id of a live account."""
        rows = self._connection.rows(
            "SELECT id, name, external_id FROM account WHERE archived_at IS NULL"
            " AND (name_key = :key OR external_id = :text OR id = :id)"
            " ORDER BY id",
            {"key": fold(text) or text, "text": text, "id": _as_id(text)},
        )
        exact = [row for row in rows if row[1] == text or row[2] == text or str(row[0]) == text]
        chosen = exact if len(exact) == 1 else rows
        if len(chosen) > 1:
            raise _several(
                _("Several accounts answer to {name}.").format(name=_told(text)),
                [f"{name} ({ext or ''} id {row_id})" for row_id, name, ext in chosen],
            )
        if not chosen:
            raise NotFound(_("No account answers to {name}.").format(name=_told(text)))
        return int(chosen[0][0])

    def person(self, text: str, account_id: int | None = None) -> int:
        """The id of a live person, among the people of the account if one is given."""
        key = fold(text) or text
        where, params = "", {"key": key, "text": text, "id": _as_id(text)}
        if account_id is not None:
            where = (
                " AND EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id"
                " AND m.account_id = :account AND m.archived_at IS NULL)"
            )
            params["account"] = account_id
        rows = self._connection.rows(
            "SELECT p.id, p.name, p.email FROM person p WHERE p.archived_at IS NULL AND"
            " (p.name_key = :key OR p.email_key = :key OR p.external_id = :text OR p.id = :id)"
            f"{where} ORDER BY p.id",
            params,
        )
        if len(rows) > 1:
            raise _several(
                _("Several people answer to {name}.").format(name=_told(text)),
                [f"{name} {mail or ''} (id {row_id})" for row_id, name, mail in rows],
            )
        if not rows:
            raise NotFound(_("No person answers to {name}.").format(name=_told(text)))
        return int(rows[0][0])

    def colleague(self, text: str) -> int:
        """The id of a colleague."""
        key = fold(text) or text
        rows = [
            row
            for row in self._connection.rows(
                "SELECT id, name, email FROM colleague WHERE archived_at IS NULL ORDER BY id"
            )
            if (fold(row[1]) or row[1]) == key
            or (row[2] and fold(row[2]) == key)
            or str(row[0]) == text
        ]
        if len(rows) > 1:
            raise _several(
                _("Several colleagues answer to {name}.").format(name=_told(text)),
                [f"{name} {mail or ''} (id {row_id})" for row_id, name, mail in rows],
            )
        if not rows:
            raise NotFound(_("No colleague answers to {name}.").format(name=_told(text)))
        return int(rows[0][0])

    def complaint(self, text: str) -> int:
        """The id of a complaint by its number, such as ``C-118``, or its id."""
        row = self._connection.one(
            "SELECT id FROM complaint WHERE archived_at IS NULL"
            " AND (UPPER(number) = :number OR id = :id)",
            {"number": text.strip().upper(), "id": _as_id(text)},
        )
        if row is None:
            raise NotFound(_("There is no complaint {number}.").format(number=text))
        return int(row[0])

    def action(self, text: str, account_id: int) -> int:
        """The id of an action of the account by its id, its words, how they begin, or a part."""
        rows = self.actions(account_id)
        by_id = [row for row in rows if str(row[0]) == text.strip()]
        key = fold(text)
        folded = [(row, fold(row[1])) for row in rows]
        for found in (
            by_id,
            [row for row, words in folded if words == key],
            [row for row, words in folded if key and words.startswith(key)],
            [row for row, words in folded if key and key in words],
        ):
            if len(found) > 1:
                raise _several(
                    _("Several actions answer to {name}.").format(name=_told(text)),
                    [f"{words} ({due or '-'}, id {row_id})" for row_id, words, due in found],
                )
            if found:
                return found[0][0]
        raise NotFound(_("No action of this account answers to {name}.").format(name=_told(text)))

    def actions(self, account_id: int) -> list[tuple[int, str, str | None]]:
        """(id, words, due day) of what an account's action may wait for: open ones first."""
        rows = self._connection.rows(
            "SELECT id, action, due_on FROM action WHERE account_id = :id"
            " AND archived_at IS NULL AND status <> 'dropped'"
            " ORDER BY CASE WHEN status = 'open' THEN 0 ELSE 1 END, COALESCE(due_on, '9999'), id",
            {"id": account_id},
        )
        return [(int(row[0]), row[1], row[2]) for row in rows]


def named_row(rows: Sequence[tuple[int, str]], text: str, nobody: str, several: str) -> int:
    """The id of the one of (id, name) that a text means: its id, its name, else its folded name.

    Raises ``NotFound`` and ``Ambiguous`` with the sentences given.
    """
    key = name_key(text)
    found = [row for row in rows if str(row[0]) == text.strip() or name_key(row[1]) == key]
    exact = [row for row in found if row[1] == text or str(row[0]) == text.strip()]
    chosen = exact if len(exact) == 1 else found
    if len(chosen) > 1:
        raise _several(several, [f"{name} (id {row_id})" for row_id, name in chosen])
    if not chosen:
        raise NotFound(nobody + did_you_mean(text, [name for _id, name in rows]))
    return chosen[0][0]


def _told(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def _as_id(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


def _several(message: str, candidates: list[str]) -> Ambiguous:
    shown = candidates[:LONGEST_LIST]
    if len(candidates) > LONGEST_LIST:
        shown.append(_("and {count} more").format(count=len(candidates) - LONGEST_LIST))
    return Ambiguous(message + " " + "; ".join(shown), shown)
