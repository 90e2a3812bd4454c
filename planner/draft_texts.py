"""Draft texts with merge fields: what a person reads, changes and sends themselves. Pure.

A text comes as the mapping that TOML gives. A line with a field that has no value is left out, and
said; in the subject such a field stands in brackets. Nothing here sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.language import gettext as _
from planner.spelling import did_you_mean
from planner.text import visible, visible_lines
from planner.written_file import FileProblem, Table, shown

MERGE_FIELDS = (
    "first_name", "account", "owner", "days_since_contact", "open_request", "next_qbr",
    "value_proof",
)  # fmt: skip
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class DraftText:
    """A text with merge fields such as ``{first_name}``."""

    name: str
    about: str | None
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with its fields filled; ``missing`` are the fields that had no value."""

    name: str
    subject: str
    text: str
    missing: tuple[str, ...]

    @property
    def whole(self) -> str:
        """Subject and text as they are copied."""
        return _("Subject: {subject}").format(subject=self.subject) + "\n\n" + self.text


def read_draft(
    document: Mapping[str, object], file: str
) -> tuple[DraftText | None, tuple[FileProblem, ...]]:
    """The text of a file, and everything that is wrong with it; None when anything is."""
    top = Table(file, document)
    name = top.text("name", needed=True)
    about = top.text("about")
    subject = top.text("subject", needed=True)
    text = top.prose("text", needed=True)
    for key, value in (("subject", subject), ("text", text)):
        for number, line in enumerate((value or "").split("\n"), 1):
            where = _("{key}, line {number}").format(key=key, number=number)
            for problem in _problems(line):
                top.note(where if key == "text" else key, problem)
    top.end()
    if name is None or subject is None or text is None or top.problems:
        return None, tuple(top.problems)
    return DraftText(name, about, subject, text.strip("\n")), ()


def _problems(line: str) -> Iterable[str]:
    for word in _FIELD.findall(line):
        if word not in MERGE_FIELDS:
            yield _("{field} is no merge field; there are {known}.").format(
                field=shown("{" + word + "}"), known=", ".join(MERGE_FIELDS)
            ) + did_you_mean(word, MERGE_FIELDS)
    rest = _FIELD.sub("", line)
    if "{" in rest or "}" in rest:
        yield _("a brace stands alone; merge fields are written like {example}.").format(
            example="{first_name}"
        )


def fill_draft(draft: DraftText, values: Mapping[str, str | None]) -> Draft:
    """Fill the fields; what users wrote is put in as one printable line."""
    known = {
        name: " ".join(visible(text).split())
        for name, text in values.items()
        if text is not None and text.strip()
    }
    missing: dict[str, None] = {}

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in known:
            missing[name] = None
        return known.get(name, f"[{field_words(name)}]")

    lines = []
    subject = _FIELD.sub(value, draft.subject)
    for line in draft.text.split("\n"):
        filled = _FIELD.sub(value, line)
        if all(name in known for name in _FIELD.findall(line)):
            lines.append(filled)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return Draft(draft.name, visible(subject), visible_lines(text), tuple(missing))


def field_words(name: str) -> str:
    """A merge field as people say it."""
    return {
        "first_name": _("first name"),
        "account": _("account"),
        "owner": _("owner"),
        "days_since_contact": _("days since the last contact"),
        "open_request": _("what they asked for"),
        "next_qbr": _("day of the next quarterly review"),
        "value_proof": _("value that was proven to them"),
    }.get(name, name)


def missing_words(draft: Draft) -> str:
    """What was not known, in a sentence; empty where all was."""
    if not draft.missing:
        return ""
    return _("Not known, so left out: {fields}.").format(
        fields=", ".join(field_words(one) for one in draft.missing)
    )
