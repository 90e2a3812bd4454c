"""The figures of surveys as a report: each with method, unit, sample and the rows behind. Pure."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from planner.language import gettext as _
from planner.language import ngettext
from planner.nps import (
    DETRACTORS,
    NEUTRAL_CSAT,
    PASSIVES,
    PROMOTERS,
    SCALES,
    Answer,
    Figure,
    Voice,
    counted,
    exact,
    part_of,
    shown,
    voice,
)
from planner.views.survey_figures import MONTH, FigureGroup, SurveyFacts

POINTS, PERCENT, MEAN_5, MEAN_7 = "points", "percent", "of_5", "of_7"
KEYS = (
    "nps", "weighted_nps", "csat", "csat_mean", "meh", "ces", "ces_top", "response_rate",
    "coverage",
)  # fmt: skip
"""The figures in the order in which they are shown."""
UNITS = {
    "nps": POINTS, "weighted_nps": POINTS, "csat": PERCENT, "csat_mean": MEAN_5, "meh": PERCENT,
    "ces": MEAN_7, "ces_top": PERCENT, "response_rate": PERCENT, "coverage": PERCENT,
}  # fmt: skip
OF_ANSWERS = {
    "nps": "nps", "weighted_nps": "nps", "csat": "csat", "csat_mean": "csat", "meh": "csat",
    "ces": "ces", "ces_top": "ces",
}  # fmt: skip
"""The kind of answers that a figure is made of."""


class Reported(NamedTuple):
    """One figure: what it is called, its value as text (None: unknown), its sample in words."""

    key: str
    name: str
    value: str | None
    unit: str
    figure: Figure
    sample: str
    method: str


def voice_of(facts: SurveyFacts) -> Voice:
    """The figures of what was read."""
    return voice(facts.answers, facts.sent, facts.arr, facts.covered)


def grouped(facts: SurveyFacts, by: str) -> list[tuple[FigureGroup, SurveyFacts]]:
    """The figures, and what they are made of, by tier, owner or stage of the account; those without
    one last, with answers of no account; or by month, in order. A group that was not asked and said
    nothing is left out.
    """
    if by == MONTH:
        days = [one.answered_on for one in facts.answers] + [one.sent_on for one in facts.sent]
        parts = [(month, facts.in_month(month)) for month in sorted({day[:7] for day in days})]
        return [(FigureGroup(month, voice_of(part)), part) for month, part in parts]
    groups: dict[str | None, set[int | None]] = {None: {None}}
    for face in facts.faces.values():
        groups.setdefault(face.group(by), set()).add(face.account_id)
    found = []
    for name in sorted(groups, key=lambda one: (one is None, one or "")):
        part = facts.of(frozenset(groups[name]))
        if part.answers or part.sent:
            found.append((FigureGroup(name, voice_of(part)), part))
    return found


def report(made: Voice) -> list[Reported]:
    """Every figure with what it rests on."""
    return [
        Reported(
            key,
            figure_name(key),
            shown_value(key, getattr(made, key).value),
            UNITS[key],
            getattr(made, key),
            _sample(key, made),
            method(key),
        )
        for key in KEYS
    ]


def shown_value(key: str, value: Fraction | None) -> str | None:
    """A figure as people read it: points with one decimal, shares with a sign, means with two."""
    text = shown(value, 2 if UNITS[key] in (MEAN_5, MEAN_7) else 1)
    return f"{text} %" if text is not None and UNITS[key] == PERCENT else text


def figure_name(key: str) -> str:
    """What a figure is called."""
    return {
        "nps": _("NPS"),
        "weighted_nps": _("NPS by revenue"),
        "csat": _("CSAT"),
        "csat_mean": _("CSAT mean"),
        "meh": _("meh"),
        "ces": _("CES"),
        "ces_top": _("CES easy"),
        "response_rate": _("response rate"),
        "coverage": _("revenue covered"),
    }[key]


def method(key: str) -> str:
    """How a figure is made, in a line."""
    return {
        "nps": _("share of 9 and 10 less share of 0 to 6; a person's latest answer counts"),
        "weighted_nps": _("mean of each account's +100, 0, -100, weighted by its ARR of today"),
        "csat": _("share of 4 and 5 among 1 to 5"),
        "csat_mean": _("mean of 1 to 5"),
        "meh": _("share of 3 among CSAT 1 to 5: neither good nor bad"),
        "ces": _("mean of 1 to 7, 7 is easy; where high is effort it is turned round"),
        "ces_top": _("share of 5 to 7 among 1 to 7, 7 is easy"),
        "response_rate": _("answers of the accounts that were asked / surveys delivered there"),
        "coverage": _("ARR of accounts with an answer of the last 90 days / all ARR"),
    }[key]


def _sample(key: str, made: Voice) -> str:
    """How many a figure rests on, in words."""
    figure: Figure = getattr(made, key)
    if key == "nps":
        said = _("{answers}: promoters {promoters}, passive {passives}, detractors {detractors}")
        return said.format(answers=_answers(figure.n), **made.parts._asdict())
    if key == "weighted_nps":
        accounts = _accounts(figure.n)
        if not made.unweighted:
            return accounts
        return _("{accounts}; without ARR {answers}").format(
            accounts=accounts, answers=_answers(made.unweighted)
        )
    if key == "response_rate":
        return _("{answered} of {n} delivered").format(answered=made.answered, n=figure.n)
    return _accounts(figure.n) if key == "coverage" else _answers(figure.n)


def _answers(count: int) -> str:
    return ngettext("{n} answer", "{n} answers", count).format(n=count)


def _accounts(count: int) -> str:
    return ngettext("{n} account", "{n} accounts", count).format(n=count)


def left_out(made: Voice) -> str:
    """What counts in no figure, in a sentence; empty when all does."""
    if not made.other_scale:
        return ""
    return _("On another scale, and in no figure: {answers}.").format(
        answers=_answers(made.other_scale)
    )


# The rows behind a figure


def answers_behind(facts: SurveyFacts, key: str) -> list[Answer]:
    """The answers that a figure is made of, the newest first; of the coverage each account's
    latest of the last 90 days that the window holds."""
    if key in OF_ANSWERS:
        chosen = counted(facts.answers, OF_ANSWERS[key])
        if key == "weighted_nps":
            arr = facts.arr
            chosen = [one for one in chosen if arr.get(one.account_id or 0)]
        if key == "meh":
            chosen = [one for one in chosen if one.score == NEUTRAL_CSAT]
        return chosen[::-1]
    if key == "coverage":
        newest = {one.account_id: one for one in facts.answers if one.account_id in facts.covered}
        return sorted(newest.values(), key=lambda one: (one.answered_at, one.id), reverse=True)
    asked = {(one.account_id, one.kind) for one in facts.sent if one.delivered}
    return [one for one in facts.answers if (one.account_id, one.kind) in asked][::-1]


def standing(kind: str, score: int, highest: int) -> str:
    """What an answer counts as in NPS, in a word; empty for another kind or scale."""
    if kind != "nps" or highest != SCALES["nps"]:
        return ""
    return {
        PROMOTERS: _("promoter"), PASSIVES: _("passive"), DETRACTORS: _("detractor"),
    }[part_of(score)]  # fmt: skip


def document(made: Voice, currency: str) -> dict[str, object]:
    """The figures as JSON: numbers as texts with six decimals, null where they are unknown."""
    found: dict[str, dict[str, object]] = {}
    for one in report(made):
        value = one.figure.value
        found[one.key] = {
            "value": None if value is None else exact(value),
            "unit": one.unit,
            "n": one.figure.n,
            "method": one.method,
        }
    extra: dict[str, dict[str, object]] = {
        "nps": made.parts._asdict(),
        "weighted_nps": {"without_arr": made.unweighted},
        "response_rate": {"answered": made.answered},
        "coverage": {
            "covered": {"minor": made.covered_minor, "currency": currency},
            "total": {"minor": made.total_minor, "currency": currency},
        },
    }
    for key, more in extra.items():
        found[key] |= more
    return {**found, "other_scale": made.other_scale}
