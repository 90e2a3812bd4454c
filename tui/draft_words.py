"""A draft text of an account, and what speaks against sending it now. The app and the command
line share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planner.draft_texts import Draft, DraftText
    from tui.composition import BookQueries


class DraftFound(NamedTuple):
    """A filled text with its notes: what is not known, and contact pressure."""

    draft: Draft
    notes: tuple[str, ...]


def filled_draft(
    q: BookQueries, text: DraftText, account_id: int, person_id: int | None
) -> DraftFound:
    """Fill a text for an account, for one of its people where somebody is named."""
    from planner.draft_texts import fill_draft, missing_words
    from planner.pressure import Touch
    from tui.pressure_words import before_outreach

    draft = fill_draft(text, q.draft_texts.facts(account_id, person_id))
    today = q.frame.today
    people = q.pressure.people_of(account_id) if person_id is not None else ()
    meant = [one for one in people if one.id == person_id]
    subjects = [*meant, *q.pressure.accounts([account_id])]
    pressure = before_outreach(subjects, Touch(today, "", planned=True), today)
    return DraftFound(draft, tuple(one for one in (missing_words(draft), pressure) if one))
