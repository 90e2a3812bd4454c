"""The cells of survey answers as values: score, kind, scale, polarity, what it was sent for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from planner.errors import Refused
from planner.importing.columns import FALSE_WORDS, TRUE_WORDS, Cell, whole_numbers
from planner.importing.mapping import ACCOUNT_FIELDS
from planner.importing.problems import Problem
from planner.importing.table import shown_value
from planner.language import gettext as _
from planner.spelling import did_you_mean
from planner.surveys import HIGHEST
from planner.text import fold, unstorable
from planner.vocabulary import SURVEY_KINDS, SURVEY_TRIGGERS

SURVEY_FIELDS: Mapping[str, tuple[str, ...]] = {
    "answered": (
        "timestamp", "answered at", "answered on", "date", "submitted", "submitted at",
        "submit date", "completed at", "response date",
    ),
    "score": ("rating", "nps score", "csat score", "ces score", "nps", "csat", "ces"),
    "kind": ("survey", "survey kind", "survey type"),
    "highest": ("out of", "scale"),
    "effort_high": ("polarity", "high is hard"),
    "comment": ("comments", "verbatim", "why"),
    "account": (*ACCOUNT_FIELDS["name"], "account id", "company id", "customer id"),
    "person": ("contact", "contact name", "respondent", "respondent name"),
    "email": ("e mail", "email address", "contact email", "respondent email"),
    "trigger": ("sent for",),
    "external_id": ("id", "response id", "survey id", "record id"),
}  # fmt: skip
"""The fields of an answer, each with the further column names that mean exactly it."""
TEXTS = ("comment", "account", "person", "email", "external_id")
KIND_NAMES = {
    "net promoter score": "nps", "customer satisfaction": "csat", "customer effort score": "ces",
    "customer effort": "ces", "satisfaction": "csat", "effort": "ces",
}  # fmt: skip
EFFORT_WORDS = frozenset({"effort high", "effort", "hard", "high is hard", *TRUE_WORDS})
EASE_WORDS = frozenset({"agree easy", "easy", "ease", "high is easy", *FALSE_WORDS})
LONGEST_LINE = 1_000
LONGEST_COMMENT = 100_000
MOST_HIGHEST = 100

CellsOf = Callable[[str], list[Cell]]


@dataclass(slots=True)
class Found:
    """What came out of the cells: values by field and line, problems, lines that are left out."""

    columns: Mapping[str, str]
    problems: list[Problem]
    values: dict[str, dict[int, Any]] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)

    def take(self, name: str, line: int, value: Any) -> None:
        """Keep a value."""
        self.values.setdefault(name, {})[line] = value

    def get(self, name: str, line: int) -> Any:
        """A value, or None."""
        return self.values.get(name, {}).get(line)

    def warn(self, line: int, name: str, value: str, sentence: str) -> None:
        """A value is left out, its row goes on."""
        self._say(line, name, value, sentence, kept=True)

    def refuse(self, line: int, name: str, value: str, sentence: str) -> None:
        """The row is left out."""
        if line not in self.skipped:
            self._say(line, name, value, sentence, kept=False)
            self.refused.add(line)

    def skip(self, line: int, name: str, value: str, sentence: str) -> None:
        """The row is left out, and nothing is wrong with that."""
        self._say(line, name, value, sentence, kept=False)
        self.skipped.add(line)

    def _say(self, line: int, name: str, value: str, sentence: str, *, kept: bool) -> None:
        column = self.columns.get(name, "")
        self.problems.append(Problem(line, column, shown_value(value), sentence, kept))

    def said(self) -> list[Problem]:
        """The problems by line; those of a row that is left out say so."""
        out = self.refused | self.skipped
        kept = [replace(one, kept=one.kept and one.line not in out) for one in self.problems]
        return sorted(kept, key=lambda one: one.line)


def read_cells(found: Found, cells_of: CellsOf, kind: str | None, *, effort_high: bool) -> str:
    """Read every mapped column but the day; returns how the kind is known."""
    for name in TEXTS:
        if name in found.columns:
            _texts(found, name, cells_of(name))
    scores = _wholes(found, "score", cells_of("score"))
    highest = _wholes(found, "highest", cells_of("highest")) if "highest" in found.columns else {}
    decided = _kinds(found, cells_of, kind, scores, highest)
    if "trigger" in found.columns:
        _triggers(found, cells_of("trigger"))
    for line, score in scores.items():
        _score(found, line, score, highest.get(line))
    if "effort_high" in found.columns:
        _polarities(found, cells_of("effort_high"))
    elif effort_high:
        for line in scores:
            if found.get("kind", line) == "ces":
                found.take("effort_high", line, True)
    _one_polarity(found, scores)
    return decided


def _texts(found: Found, name: str, cells: Iterable[Cell]) -> None:
    longest = LONGEST_COMMENT if name == "comment" else LONGEST_LINE
    for line, text in cells:
        if not text.strip():
            continue
        reason = unstorable(text)
        if reason is None and len(text) > longest:
            reason = _("it is longer than {most} characters").format(most=longest)
        if reason is None:
            found.take(name, line, text.strip())
        elif name == "comment":
            found.warn(line, name, text, reason)
        else:
            found.refuse(line, name, text, reason)


def _wholes(found: Found, name: str, cells: Sequence[Cell]) -> dict[int, int]:
    """Whole numbers; a row with another text there is left out, one without an answer too."""
    typed = whole_numbers(cells, found.columns[name])
    for one in typed.problems:
        if one.line in typed.values:
            found.problems.append(one)
        else:
            found.refuse(one.line, name, one.value, one.problem)
    if name == "score":
        for line, text in cells:
            if not text.strip():
                found.skip(line, name, "", _("no score: they gave no answer"))
    return dict(typed.values)


def _kinds(
    found: Found,
    cells_of: CellsOf,
    kind: str | None,
    scores: Mapping[int, int],
    highest: Mapping[int, int],
) -> str:
    """Take the kind of every row from its cell, else from what was asked or is proven."""
    default, decided = _default_kind(found, kind, scores, highest)
    empty = set(scores)
    if "kind" in found.columns:
        for line, text in cells_of("kind"):
            plain = " ".join(fold(text).replace("_", " ").split())
            named = KIND_NAMES.get(plain, plain)
            if named in SURVEY_KINDS:
                found.take("kind", line, named)
                empty.discard(line)
            elif plain:
                choices = ", ".join(SURVEY_KINDS)
                said = _("this is no survey; it is one of {choices}").format(choices=choices)
                found.refuse(line, "kind", text, said)
                empty.discard(line)
        decided = _("as its column says")
    if empty and default is None:
        raise Refused(_("Which survey was it? Say --survey nps, --survey csat or --survey ces."))
    for line in empty:
        found.take("kind", line, default)
    return decided


def _default_kind(
    found: Found, kind: str | None, scores: Mapping[int, int], highest: Mapping[int, int]
) -> tuple[str | None, str]:
    if kind is not None:
        return kind, _("as asked")
    words = fold(found.columns["score"]).replace("_", " ").split()
    named = [one for one in SURVEY_KINDS if one in words]
    if len(named) == 1:
        return named[0], _("its column is called so")
    plain = [score for line, score in scores.items() if line not in highest]
    if any(score == 0 or HIGHEST["ces"] < score <= HIGHEST["nps"] for score in plain):
        return "nps", _("only NPS has such scores")
    return None, ""


def _score(found: Found, line: int, score: int, highest: int | None) -> None:
    kind = found.get("kind", line)
    if not isinstance(kind, str):
        return
    top = HIGHEST[kind] if highest is None else highest
    low = 0 if kind == "nps" else 1
    words = {"kind": kind.upper(), "low": low, "highest": top}
    if not 1 <= top <= MOST_HIGHEST:
        said = _("the top of a scale lies between 1 and {most}").format(most=MOST_HIGHEST)
        found.refuse(line, "highest", str(top), said)
    elif score < 0:
        said = _("a score is never negative; {kind} runs from {low} to {highest}")
        found.refuse(line, "score", str(score), said.format(**words))
    elif not low <= score <= top:
        said = _("{kind} runs from {low} to {highest}")
        found.refuse(line, "score", str(score), said.format(**words))
    else:
        found.take("score", line, score)
        found.take("highest", line, top)


def _triggers(found: Found, cells: Iterable[Cell]) -> None:
    for line, text in cells:
        plain = "_".join(fold(text).replace("_", " ").replace("-", " ").split())
        if plain in SURVEY_TRIGGERS:
            found.take("trigger", line, plain)
        elif plain:
            choices = ", ".join(SURVEY_TRIGGERS)
            said = _("this is none of {choices}").format(choices=choices)
            found.warn(line, "trigger", text, said + did_you_mean(text, SURVEY_TRIGGERS))


def _polarities(found: Found, cells: Iterable[Cell]) -> None:
    for line, text in cells:
        plain = " ".join(fold(text).replace("_", " ").replace("-", " ").split())
        if found.get("kind", line) != "ces" or not plain:
            continue
        if plain in EFFORT_WORDS or plain in EASE_WORDS:
            found.take("effort_high", line, plain in EFFORT_WORDS)
        else:
            said = _("this is neither effort_high (yes) nor agree_easy (no)")
            found.refuse(line, "effort_high", text, said)


def _one_polarity(found: Found, lines: Iterable[int]) -> None:
    """Refuse the CES rows whose polarity is another one than that of the first of the file."""
    first: tuple[int, bool] | None = None
    for line in sorted(lines):
        if found.get("kind", line) != "ces" or line in found.refused:
            continue
        hard = bool(found.get("effort_high", line))
        if first is None:
            first = line, hard
        elif hard is not first[1]:
            said = _(
                "its polarity is another one than that of line {line}; one file holds one polarity"
            ).format(line=first[0])
            found.refuse(line, "effort_high", "", said)
