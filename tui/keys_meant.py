"""What a key was meant as: other scripts' digits, Persian letters by position, Esc and a digit.

Terminals send Esc quickly followed by a digit as one key, which Textual 8.2.8 reads as a sign of a
Macintosh keyboard, and Esc followed by a letter as Alt with the letter. Pure.
"""

from __future__ import annotations

import unicodedata

_ESCAPED_DIGITS = dict(zip("¡™£¢∞§¶•ªº", "1234567890", strict=True))
_PERSIAN = dict(
    zip("ضصثقفغعهخحشسیبلاتنمکگظطزرذدپو؟:", "qwertyuiopasdfghjkl;'zxcvbnm,?:", strict=True)
)
_ARABIC = {"ي": "d", "ك": ";", "؟": "?"}
_NAMES = {"?": "question_mark", ",": "comma", ";": "semicolon", "'": "apostrophe", ":": "colon"}

MeantKey = tuple[str, str | None]
"""(Textual key name, character or None)."""


def keys_meant(key: str, character: str | None, *, typing: bool) -> list[MeantKey]:
    """The keys that one key was meant as; the key itself when there is nothing to say.

    ``typing`` is whether a text field has the focus: there characters stay as they are.
    """
    if typing:
        return [(key, character)]
    if key.startswith("alt+") and len(key) == len("alt+x"):
        return [("escape", "\x1b"), (key[4:], key[4:])]
    if character is None or character.isascii():
        return [(key, character)]
    if character in _ESCAPED_DIGITS:
        digit = _ESCAPED_DIGITS[character]
        return [("escape", "\x1b"), (digit, digit)]
    digit_value = unicodedata.decimal(character, None)
    if digit_value is not None:
        return [(str(digit_value), str(digit_value))]
    letter = _ARABIC.get(character) or _PERSIAN.get(character)
    if letter is not None:
        return [(_NAMES.get(letter, letter), letter)]
    return [(key, character)]
