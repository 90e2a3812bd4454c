"""The person's own keys: ``[keys]`` of config.toml, read and checked. Pure.

An entry is the id of an action and a key or a list of keys: ``"list.star" = ["J", "f6"]``. A wrong
entry is left out and said in a sentence that names it; the others apply.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from planner.language import gettext as _
from tui.actions import CLASHES, DIALOGS, FORMS, Action, key_text
from tui.keys_meant import keys_meant

FIXED = frozenset({
    "escape", "enter", "tab", "shift+tab", "space", "up", "down", "left", "right",
    "home", "end", "pageup", "pagedown", "j", "k", "ctrl+c",
})  # fmt: skip
"""Keys that choose, move and leave everywhere: they stay with what they do."""

SAME_AS = {
    "ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+j": "Enter", "ctrl+h": "Backspace",
    "ctrl+left_square_bracket": "Esc",
}  # fmt: skip
"""Keys that arrive as another one."""

NAMED = frozenset({"insert", "delete", "backspace", *(f"f{number}" for number in range(1, 13))})
EDITING = frozenset(f"ctrl+{letter}" for letter in "acdefkuvwxyz") | {"delete", "backspace"}
"""What edits text while a field has the focus."""

IN_FORMS = frozenset({"quit", "menu", "help"})
"""Actions of everywhere that work in forms and dialogs too."""

_SIGNS = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at",
    "hyphen_minus": "minus", "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keymap:
    """``keys``: Textual key names by action id, of the entries that apply; ``problems``: one
    sentence for each that does not."""

    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def for_textual(self) -> dict[str, str]:
        """As ``App.set_keymap`` takes it."""
        return {one: ",".join(keys) for one, keys in self.keys.items()}


def read_keymap(section: object, actions: Iterable[Action]) -> Keymap:
    """Check ``[keys]`` (None when there is none) against the registry with its own keys."""
    if section is None:
        return Keymap()
    if not isinstance(section, Mapping):
        return Keymap(problems=(_("[keys] in config.toml must be a table of actions and keys."),))
    known = {action.id: action for action in actions}
    kept: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for one, value in _entries(section):
        action = known.get(one)
        if action is None:
            problems.append(_unknown(one, known))
            continue
        keys, problem = _keys_of(action, value)
        if problem:
            problems.append(problem)
        else:
            stays = (key for key in action.keys if key in FIXED and key not in keys)
            kept[one] = (*keys, *stays)
    while (clash := _clash(kept, known)) is not None:
        dropped, key, owner = clash
        del kept[dropped]
        problems.append(
            _("{action}: {key} is the key of {other} already; give that one another key too.")
            .format(action=dropped, key=key_text(key), other=owner)
        )  # fmt: skip
    return Keymap(kept, tuple(problems))


def _entries(section: Mapping[object, object], before: str = "") -> Iterable[tuple[str, object]]:
    """Entries by id; ``list.star = "J"`` without quotes is a table in a table."""
    for name, value in section.items():
        if isinstance(value, Mapping):
            yield from _entries(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _unknown(one: str, known: Iterable[str]) -> str:
    near = get_close_matches(one, list(known), 1)
    if near:
        return _("{action}: there is no such action; {near} is spelt like it.").format(
            action=one, near=near[0]
        )
    return _("{action}: there is no such action.").format(action=one)


def _keys_of(action: Action, value: object) -> tuple[tuple[str, ...], str]:
    """The Textual names of an entry's keys, or a problem."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not texts or not all(isinstance(t, str) for t in texts):
        return (), _('{action}: a key is a text such as "J", or a list of them.').format(
            action=action.id
        )
    names = []
    for text in texts:
        name = key_name(text)
        why = _refusal(name, text, action)
        if why:
            return (), why.format(action=action.id, key=text, same=SAME_AS.get(name, ""))
        names.append(name)
    return tuple(dict.fromkeys(names)), ""


def key_name(text: str) -> str:
    """Textual's name of a key as people write it: ``/`` is slash, ``Ctrl+S`` ctrl+s, ``F5`` f5."""
    if text == " ":
        return "space"
    text = text.strip()
    if len(text) == 1:
        return _character_name(text)
    lower = (
        text.lower().replace("control+", "ctrl+").replace("esc", "escape", text.lower() == "esc")
    )
    head, plus, last = lower.rpartition("+")
    if plus and not last:
        head, last = lower[:-2], "+"
    if head == "shift" and len(last) == 1 and last.isalpha():
        return last.upper()
    if not head:
        return {"del": "delete", "ins": "insert"}.get(last, last)
    return f"{head}+{_character_name(last) if len(last) == 1 else last}"


def _character_name(character: str) -> str:
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _SIGNS.get(name, name)


def _character(name: str, text: str) -> str | None:
    """The character that a key types, None for keys that type nothing."""
    if len(text) == 1:
        return text
    if len(name) == 1:
        return name
    if name in NAMED:
        return None
    plain = {ours: theirs for theirs, ours in _SIGNS.items()}.get(name, name)
    for spelt in (plain.replace("_", " "), plain.replace("_", "-")):
        try:
            found = unicodedata.lookup(spelt)
        except KeyError:
            continue
        return found if found.isascii() and found.isprintable() else None
    return None


def _refusal(name: str, text: str, action: Action) -> str:
    """Why this key cannot be this action's, with {action} and {key} to fill; empty when it can."""
    if name in FIXED and name not in action.keys:
        return _("{action}: {key} stays what it is everywhere; choose another key.")
    if name in FIXED:
        return ""
    if name in SAME_AS:
        return _("{action}: terminals send {key} as {same}; choose another key.")
    in_forms = action.group in (FORMS, DIALOGS)
    if in_forms and name in EDITING:
        return _("{action}: {key} edits text in a form; choose another key.")
    character = _character(name, text.strip())
    if character is not None:
        if keys_meant(name, character, typing=False) != [(name, character)]:
            return _("{action}: {key} is read as another key; choose another one.")
        if in_forms or action.id == "quit":
            return _("{action}: {key} would be typed into the text; take Ctrl or an F key.")
        return ""
    return "" if _is_sent(name) else _("{action}: no terminal sends {key}; choose another key.")


def _is_sent(name: str) -> bool:
    if name in NAMED:
        return True
    return name.startswith("ctrl+") and len(name) == len("ctrl+x") and "a" <= name[-1] <= "z"


def _together(one: Action, other: Action) -> bool:
    """Whether two actions can be met on the same screen."""
    if CLASHES in (one.group, other.group):
        return one.group == other.group or "help" in (one.id, other.id)
    if one.group in (FORMS, DIALOGS):
        return other.group == one.group or other.id in IN_FORMS
    if other.group in (FORMS, DIALOGS):
        return one.id in IN_FORMS
    return True


def _clash(
    kept: dict[str, tuple[str, ...]], known: Mapping[str, Action]
) -> tuple[str, str, str] | None:
    """(entry to leave out, key, whose key it is) of the last entry that takes another's key."""
    for one in reversed(kept):
        for other, action in known.items():
            if other == one or not _together(known[one], action):
                continue
            theirs = kept.get(other, action.keys)
            for key in kept[one]:
                if key in theirs and key not in known[one].keys:
                    return one, key, other
    return None
