"""What an empty section of a plan asks, and which key and form answer it. Pure."""

from __future__ import annotations

from typing import NamedTuple

from planner.language import gettext as _


class Ask(NamedTuple):
    """The question of an empty section, the key that opens its form, and the form's name."""

    words: str
    letter: str
    form: str


ENTER = "Enter"


def ask(section: str) -> Ask:
    """What to find out where a section holds nothing. Raises KeyError for an unknown section."""
    return {
        "header": Ask(_("from when to when, towards which figure?"), ENTER, "plan"),
        "team": Ask(_("who serves them in each of the four functions?"), "T", "team"),
        "why_bought": Ask(
            _("which pain did they want to be rid of, who really bought, what did they see in it?"),
            ENTER, "interview_bought",
        ),
        "why_stay": Ask(
            _("why did they renew, and what would they lose by leaving?"), ENTER, "interview_stay"
        ),
        "goals": Ask(
            _("what do they want to reach, from which number to which, by when?"),
            "O", "objective",
        ),
        "stakeholders": Ask(_("who decides, who pays, who is on our side?"), "P", "person"),
        "value": Ask(_("what did they gain so far, in a number they confirm?"), ENTER, "proof"),
        "health": Ask(_("how is it going, from where you stand?"), "L", "pulse"),
        "complaints": Ask(_("nothing open; what hurts them without a word?"), "c", "complaint"),
        "contact_plan": Ask(
            _("when are the quarterly reviews, who sends what, when are they left alone?"),
            ENTER, "line_contact_plan",
        ),
        "enablement": Ask(
            _("what do they have for being our customer, and for which behaviour?"),
            ENTER, "benefit",
        ),
        "renewal": Ask(
            _("what do they pay, until when, and when can they give notice?"), "C", "contract"
        ),
        "growth": Ask(
            _("what else could help them, in which part of the company?"), ENTER, "whitespace"
        ),
        "risks": Ask(_("what could make them leave, in a sentence?"), "R", "risk"),
        "actions": Ask(
            _("what do we do next, whose is it, by when, done means what?"), "X", "plan_action"
        ),
        "notes": Ask(
            _("what are we better at, what worse, who else is in there?"), ENTER, "line_notes"
        ),
        "reviews": Ask(
            _("what was decided when the plan was last read together?"), ENTER, "line_reviews"
        ),
    }[section]  # fmt: skip
