"""Rule alerts: what a rule may ask, and how an alert reads. Pure, free of the validator."""

from __future__ import annotations

from planner.language import gettext as _
from planner.segments import Filter, FilterRefused, Special, Term, parse


def alert_segment(text: str) -> Filter:
    """The parts of a rule's filter; it has at least one. Raises ``FilterRefused``.

    A rule is the whole team's: ``owner:me`` and ``star``, which differ by reader, are refused.
    """
    parts = parse(text)
    if not parts:
        raise FilterRefused(_("Say which accounts, such as: tier:1 touch>45"), 0)
    for part in parts:
        if isinstance(part, Term) and (part.field == "star" or Special.ME in part.values):
            raise FilterRefused(
                _("A rule is the whole team's; owner:me and star differ by who reads."),
                max(0, text.lower().find(part.field)),
            )
    return parts


def alert_words(rule: str, advice: str | None) -> str:
    """An alert on Today: the rule, then what to do."""
    return f"{rule}: {advice}" if advice else rule
