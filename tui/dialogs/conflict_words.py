"""The lines of the dialog for what two people changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.cell_width import clean
from planner.language import gettext as _
from tui.dialogs.conflict import Choice, Clash, diff_lines, local_words
from tui.dialogs.spec import Context
from tui.widgets.cells import Cell, fit, width_of
from tui.widgets.wrap import Line

LABEL_CELLS = 13
CHOICE_CELLS = 9
NAME_CELLS = 8
GAP = " "


def head_line(width: int) -> Line:
    """The names of the columns."""
    columns = _columns(width, _("was"), _("theirs"), _("mine"))
    return Line(((fit(_("field"), LABEL_CELLS) + GAP, "head"), (columns, "head"),
                 (_("choice"), "head")))  # fmt: skip


def row_line(clash: Clash, choice: Choice, mine: str, width: int) -> Line:
    """A field on one line: was, theirs, mine and what is chosen."""
    if clash.field is None and not clash.label:
        words = _("archived by {who}").format(who=clash.who)
        said = _("restore with my change") if choice == "mine" else _("discard my change")
        room = width - width_of(said) - len(GAP)
        return Line((fit(words, room) + GAP, (said, "mark")), clash.name)
    texts = [clash.words(text) for text in (clash.was, clash.theirs, mine)]
    cells = width_of(_columns(width, "", "", "")) // 3 - 1
    styles = ("muted", _style(choice == "theirs"), _style(choice in ("mine", "edit")))
    spans: list[Cell] = [fit(clash.label, LABEL_CELLS) + GAP]
    spans += [(fit(text, cells) + GAP, style) for text, style in zip(texts, styles, strict=True)]
    chosen = {"": "?", "theirs": _("theirs"), "mine": _("mine"), "edit": _("edited")}[choice]
    return Line((*spans, (chosen, "mark" if choice else "late")), clash.name)


def _style(chosen: bool) -> str:
    return "strong" if chosen else "muted"


def _columns(width: int, *words: str) -> str:
    cells = (width - LABEL_CELLS - CHOICE_CELLS - 1) // len(words) - 1
    return "".join(fit(one, max(3, cells)) + GAP for one in words)


def clash_lines(
    clash: Clash, choice: Choice, mine: str, context: Context, width: int
) -> Iterable[Line]:
    """A field in full: was, theirs with who and when, mine; long texts as a diff."""
    who = _("{who}, {when}").format(who=clash.who, when=local_words(clash.when, context))
    head: list[Cell] = [(clash.label, "strong")]
    if clash.who:
        head.append((_("  ·  theirs is by {author}").format(author=who), "muted"))
    yield Line(tuple(head), wrap=True, hang=2)
    called = _("edited") if choice == "edit" else _("mine")
    if clash.is_long(mine):
        was = next(iter(clash.was.splitlines()), "")
        yield Line(((fit(_("was"), NAME_CELLS) + GAP, "head"), (was or "--", "muted")))
        yield from _diff(clash, mine, (clash.who or _("theirs"), called), width)
        return
    yield from _text_lines(_("was"), clash.words(clash.was), "muted", width)
    yield from _text_lines(_("theirs"), clash.words(clash.theirs), _style(choice == "theirs"),
                           width)  # fmt: skip
    yield from _text_lines(called, clash.words(mine), _style(choice in ("mine", "edit")), width)


def _text_lines(name: str, text: str, style: str, width: int) -> Iterable[Line]:
    for place, line in enumerate(text.splitlines() or [""]):
        first = fit("" if place else name, NAME_CELLS)
        for number, piece in enumerate(_folded(line, width - NAME_CELLS - 1)):
            start = " " * NAME_CELLS if number else first
            yield Line(((start + GAP, "head"), (piece, style)))


def _diff(clash: Clash, mine: str, names: tuple[str, str], width: int) -> Iterable[Line]:
    lines = diff_lines(clash.theirs, mine, names=names)
    if not lines:
        yield Line(((_("Theirs and mine differ in blanks and line ends only."), "muted"),))
    styles = {"-": "late", "+": "good", "@": "muted"}
    for line in lines:
        style = styles.get(line[:1], "")
        for number, piece in enumerate(_folded(line, width - 2)):
            yield Line((("  " if number else "", ""), (piece, style)))


def _folded(text: str, width: int) -> Iterable[str]:
    """A text in pieces of at most ``width`` cells, at blanks where there are some."""
    left = clean(text)
    while width_of(left) > width:
        head = _head(left, width)
        blank = head.rfind(" ")
        place = blank + 1 if blank > width // 2 else len(head)
        yield left[:place].rstrip(" ") if blank > width // 2 else head
        left = left[place:]
    yield left


def _head(text: str, width: int) -> str:
    used = 0
    for place, character in enumerate(text):
        used += width_of(character)
        if used > width:
            return text[: max(1, place)]
    return text


def archived_lines(
    clash: Clash, choice: Choice, changes: Sequence[tuple[str, str]], context: Context
) -> Iterable[Line]:
    """What happened to the record, what Enter does, and what my change is."""
    words = _("{who} archived this, {when}.")
    said = words.format(who=clash.who, when=local_words(clash.when, context))
    yield Line(((said, "strong"),), wrap=True)
    if choice == "mine":
        then = _("It comes back, with your change in it; → discards your change instead.")
    else:
        then = _("It stays archived and your change is thrown away; ← brings it back instead.")
    yield Line((then,), wrap=True)
    yield Line()
    if changes:
        yield Line(((_("your change"), "head"),))
    for label, text in changes:
        yield Line(
            ((fit(label, LABEL_CELLS) + GAP, "muted"), text), wrap=True, hang=LABEL_CELLS + 1
        )
