"""Which lines the sections of a plan hold: a closed vocabulary with the question behind each.

The five prompts of the stay and of the exit interview are those of the article; so are the
preamble's calm and the two levels of why they leave. Value drivers are suggestions: any other
words do, and are folded when they are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planner.language import gettext as _
from planner.text import fold

Dated = Literal["no", "day", "span"]
PersonMeans = Literal["", "said", "buyer", "told", "gets"]


@dataclass(frozen=True, slots=True)
class PlanField:
    """One kind of line. ``prompt`` is the question that it answers, ``label`` its short name.

    ``interview``: the interview that asks it. ``dated``: whether it needs a day, or a first day
    and a last one; the text may then be empty. ``person`` is what the person of the line did.
    ``driver`` and ``told``: whether it speaks of a value driver, and whether the customer can be
    told it. ``sends``: it is a row of who sends what, with a function, a channel and a topic.
    ``past``: its day cannot lie ahead.
    """

    section: str
    name: str
    label: str
    prompt: str
    interview: str = ""
    dated: Dated = "no"
    person: PersonMeans = ""
    driver: bool = False
    told: bool = False
    sends: bool = False
    past: bool = False


def plan_fields() -> tuple[PlanField, ...]:
    """Every kind of line, by section, in the order in which they are asked and shown."""
    return (*_bought(), *_stay(), *_exit(), *_contact_plan(), *_others())


def _bought() -> tuple[PlanField, ...]:
    section, kind = "why_bought", "bought"
    return (
        PlanField(section, "pain", _("Pain solved"),
                  _("Which pain did they want to be rid of when they bought?"),
                  kind, person="said", driver=True, past=True),
        PlanField(section, "real_buyer", _("Real buyer"),
                  _("Who really bought, and why did they want it?"),
                  kind, person="buyer", past=True),
        PlanField(section, "perceived_value", _("Perceived value"),
                  _("What value did they see in it then, in their words?"),
                  kind, person="said", driver=True, past=True),
        PlanField(section, "evidence", _("Evidence"), _("What shows it: a figure, a mail, a deck?"),
                  person="said", past=True),
    )  # fmt: skip


def _stay() -> tuple[PlanField, ...]:
    section, kind = "why_stay", "stay"
    return (
        PlanField(section, "why_renewed", _("Why they renewed"),
                  _("Why did you renew, or take more?"), kind, person="said", driver=True,
                  past=True),
        PlanField(section, "justified", _("How justified"),
                  _("How did you justify it to procurement, or to your boss?"), kind,
                  person="said", driver=True, past=True),
        PlanField(section, "value", _("Value they get"), _("What value do you get from it?"), kind,
                  person="said", driver=True, past=True),
        PlanField(section, "without_it", _("Without it"),
                  _("What would have happened if you had not renewed?"), kind, person="said",
                  driver=True, past=True),
        PlanField(section, "doubt", _("Doubt removed"),
                  _("Was it ever in doubt, and what removed the doubt?"), kind, person="said",
                  driver=True, past=True),
        PlanField(section, "value_driver", _("Value driver"),
                  _("How are we different, and which value does that make?"), person="told",
                  driver=True, told=True, past=True),
        PlanField(section, "lost_by_leaving", _("Lost by leaving"),
                  _("What would they lose by leaving, and do they know it?"), person="told",
                  driver=True, told=True, past=True),
    )  # fmt: skip


def _exit() -> tuple[PlanField, ...]:
    section, kind = "why_stay", "exit"
    return (
        PlanField(section, "solved", _("Did we solve it"),
                  _("Did we solve the problem for which you came to us?"), kind, person="said",
                  past=True),
        PlanField(section, "changed", _("What changed"),
                  _("Did the problem vanish, or did we get worse at solving it?"), kind,
                  person="said", past=True),
        PlanField(section, "went_to", _("Where they go"),
                  _("Will you do it in-house, or with another vendor?"), kind, person="said",
                  past=True),
        PlanField(section, "analysed", _("How they weighed it"),
                  _("How did you analyse the choice?"), kind, person="said", past=True),
        PlanField(section, "well_and_better", _("Well, and better"),
                  _("What went well with us, and what should we improve?"), kind, person="said",
                  past=True),
    )  # fmt: skip


def _contact_plan() -> tuple[PlanField, ...]:
    section = "contact_plan"
    return (
        PlanField(section, "qbr", _("QBR"), _("When is the next quarterly review?"), dated="day"),
        PlanField(section, "cadence", _("Cadence"),
                  _("How often do we talk, with whom, as they agreed it?"), person="gets"),
        PlanField(section, "cap", _("Cap"), _("How much contact is too much for them?"),
                  person="gets"),
        PlanField(section, "sends", _("Who sends what"),
                  _("Which function sends what to whom, over which channel?"), person="gets",
                  sends=True),
        PlanField(section, "quiet", _("Quiet time"),
                  _("From when to when does nobody write to them, and why?"), dated="span",
                  person="gets"),
    )  # fmt: skip


def _others() -> tuple[PlanField, ...]:
    return (
        PlanField("growth", "problem", _("Problem not solved yet"),
                  _("Which problem of theirs does nobody solve yet?"), person="said"),
        PlanField("notes", "strength", _("Strength"), _("What are we better at here?")),
        PlanField("notes", "weakness", _("Weakness"), _("What are we worse at here?")),
        PlanField("notes", "opportunity", _("Opportunity"), _("What could we win together?")),
        PlanField("notes", "threat", _("Threat"), _("What could turn against us?")),
        PlanField("notes", "competitor", _("Competitor"),
                  _("Who else is in there, with what, and since when?")),
        PlanField("notes", "note", _("Note"), _("What else should everybody know?")),
        PlanField("reviews", "review", _("Review"), _("What was decided in the review?"),
                  dated="day", past=True),
    )  # fmt: skip


def fields_of(section: str) -> tuple[PlanField, ...]:
    """The kinds of lines of a section; none for a section without lines."""
    return tuple(one for one in plan_fields() if one.section == section)


def prompts_of(kind: str) -> tuple[PlanField, ...]:
    """What an interview asks, in its order."""
    return tuple(one for one in plan_fields() if one.interview == kind)


def plan_field(section: str, name: str) -> PlanField | None:
    """The kind of line with this name, or None where a section has no such lines."""
    return next((one for one in fields_of(section) if one.name == name), None)


def line_sections() -> tuple[str, ...]:
    """The sections that hold lines."""
    return tuple(dict.fromkeys(one.section for one in plan_fields()))


def preamble(kind: str) -> str:
    """What is said before the questions of an interview."""
    return {
        "bought": _("Ask, listen and write down what they say. Their view counts, not ours."),
        "stay": _("Thank them for staying, then ask what made them. Listen more than you talk."),
        "exit": _(
            "Thank you for the time together. We want to learn, not to change your mind: nothing "
            "you say will be argued with."
        ),
    }[kind]


# Why they leave, in two levels


def exit_reasons() -> dict[str, tuple[str, dict[str, str]]]:
    """Reason to (its words, detail to its words). Both levels are closed."""
    return {
        "value": (_("too little value"), {
            "not_adopted": _("hardly used"),
            "goal_missed": _("their goal was not reached"),
            "value_unseen": _("the value was not seen"),
            "need_vanished": _("the need vanished"),
        }),
        "product": (_("the product"), {
            "missing_function": _("a function is missing"),
            "poor_quality": _("poor quality"),
            "too_hard": _("too hard to use"),
            "does_not_fit": _("does not fit their systems"),
        }),
        "service": (_("the service"), {
            "slow_answers": _("slow answers"),
            "complaint_unsolved": _("a complaint was not solved"),
            "bad_start": _("a bad start"),
            "our_people_changed": _("our people changed too often"),
        }),
        "relationship": (_("the relationship"), {
            "neglected": _("we did not keep in touch"),
            "champion_left": _("their champion left"),
            "sponsor_changed": _("a new sponsor decides"),
            "trust_lost": _("they lost trust"),
        }),
        "price": (_("the price"), {
            "too_expensive": _("too expensive"),
            "price_rise": _("the price rise"),
            "budget_cut": _("their budget was cut"),
            "terms": _("the terms"),
        }),
        "other_vendor": (_("another vendor"), {
            "better_offer": _("a better product"),
            "cheaper_offer": _("a lower price"),
            "bundle": _("part of a bundle"),
            "group_decision": _("their group decided"),
        }),
        "in_house": (_("in-house"), {
            "built_own": _("they built it"),
            "moved_inside": _("an inner team took it over"),
        }),
        "their_business": (_("their business"), {
            "closed_down": _("closed down"),
            "taken_over": _("merged or taken over"),
            "new_strategy": _("a new strategy"),
        }),
        "not_known": (_("not known"), {}),
    }  # fmt: skip


def reason_words(reason: str | None, detail: str | None = None) -> str:
    """A reason in words, with its detail where it has one: ``the price: too expensive``."""
    if reason is None:
        return ""
    words, details = exit_reasons().get(reason, (reason, {}))
    return words if detail is None else f"{words}: {details.get(detail, detail)}"


# What value is about


def value_drivers() -> dict[str, str]:
    """Suggested value drivers with their words; any other text is one too."""
    return {
        "time": _("time saved"),
        "cost": _("lower cost"),
        "revenue": _("more revenue"),
        "risk": _("less risk"),
        "quality": _("better quality"),
        "ease": _("ease of use"),
        "people": _("the people"),
        "compliance": _("compliance"),
        "insight": _("insight"),
        "speed": _("speed to market"),
    }


def driver_of(text: str | None) -> str | None:
    """A driver as it is stored: the suggestion that a text means, else the text; None for none."""
    if text is None or not text.strip():
        return None
    key = fold(text)
    for code, words in value_drivers().items():
        if key in (fold(code), fold(words)):
            return code
    return text.strip()


def driver_words(driver: str) -> str:
    """A stored driver in words."""
    return value_drivers().get(driver, driver)
