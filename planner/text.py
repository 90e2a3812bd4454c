"""Text that people and imports write: how it is matched, shown and refused.

Stored text is never normalised. ``fold`` makes the form that search and matching use,
``visible`` makes the form that a screen may print, ``unstorable`` finds what no store keeps.
"""

from __future__ import annotations

import unicodedata

_FOLD_PAIRS = {
    "ı": "i",
    "ي": "ی",
    "ى": "ی",
    "ك": "ک",
    "ۀ": "ه",
    "ة": "ه",
    "ە": "ه",
    "ہ": "ه",
}
# The last two: the Arabic letter mark, and the tatweel that only stretches a word.
_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u061c\u0640"
_FOLD_TABLE = str.maketrans({**_FOLD_PAIRS, **dict.fromkeys(_ZERO_WIDTH, "")})
_ASCII_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}
MOST_TAILS = 40
"""How far into a word its endings begin; nobody looks for more of a longer one."""
_BIDI_SIGNS = {
    "\u202a": "⟪LRE⟫",
    "\u202b": "⟪RLE⟫",
    "\u202c": "⟪PDF⟫",
    "\u202d": "⟪LRO⟫",
    "\u202e": "⟪RLO⟫",
    "\u2066": "⟪LRI⟫",
    "\u2067": "⟪RLI⟫",
    "\u2068": "⟪FSI⟫",
    "\u2069": "⟪PDI⟫",
    "\u200e": "⟪LRM⟫",
    "\u200f": "⟪RLM⟫",
    "\u061c": "⟪ALM⟫",
    "\u200b": "⟪ZWSP⟫",
    "\u2028": "⟪LS⟫",
    "\u2029": "⟪PS⟫",
    "\ufeff": "⟪BOM⟫",
    "\u00ad": "⟪SHY⟫",
}
_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "␡",
    **{code: f"⟪{code:02X}⟫" for code in range(0x80, 0xA0)},
    **{code: f"⟪{code:04X}⟫" for code in (*range(0x206A, 0x2070), 0xFFF9, 0xFFFA, 0xFFFB)},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **{ord(sign): shown for sign, shown in _BIDI_SIGNS.items()},
}
_VISIBLE_LINES = {code: shown for code, shown in _VISIBLE.items() if code not in (0x0A, 0x09)}
_VISIBLE_LINES[0x09] = "    "
_VISIBLE_LINES[0x0D] = ""


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, casefold, no marks, no zero-width characters.

    Dotted and dotless i meet, and so do Persian and Arabic yeh, kaf and digits.
    Runs of white space become one space; the ends are trimmed.
    """
    folded = text
    while not folded.isascii():
        again = _fold_once(folded)
        if again == folded:
            return folded
        folded = again
    return " ".join(folded.lower().split())


def _fold_once(text: str) -> str:
    """One round of folding; some characters (U+0345, for one) need a second."""
    if text.isascii():  # nothing to decompose, and most texts
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_FOLD_TABLE)
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    digits = "".join(_ascii_digit(c) for c in unicodedata.normalize("NFC", bare))
    return " ".join(digits.translate(_FOLD_TABLE).split())


def _ascii_digit(character: str) -> str:
    if character.isascii():
        return character
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def name_key(name: str) -> str:
    """The form in which two names are the same name."""
    return fold(name) or name


def search_words(*texts: str | None) -> str:
    """Folded words of all texts, everything but letters and digits turned into spaces."""
    folded = fold(" ".join(text for text in texts if text))
    if folded.isascii():
        return " ".join(folded.translate(_ASCII_WORDS).split())
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def word_tails(text: str) -> str:
    """The words of ``search_words(text)`` with every ending of theirs, so that parts begin one.

    ``nordic`` gives nordic, ordic, rdic and so on: an index of beginnings then finds parts.
    """
    tails: dict[str, None] = {}
    for word in search_words(text).split():
        for start in range(min(len(word), MOST_TAILS)):
            tails[word[start:]] = None
    return " ".join(tails)


def visible(text: str) -> str:
    """One line in which control characters and direction overrides are signs, not commands.

    The joiners that scripts and emoji need (ZWJ, ZWNJ) stay. Half a surrogate pair, which no
    terminal can be sent, becomes U+FFFD.
    """
    if text.isprintable():
        return text
    return text.translate(_VISIBLE)


def visible_lines(text: str) -> str:
    """Like ``visible`` for text of several lines: line feeds stay, a tab is four spaces."""
    if text.isprintable():
        return text
    return text.translate(_VISIBLE_LINES)


def unstorable(text: str) -> str | None:
    """The reason why no store can keep this text, or None."""
    if "\x00" in text:
        return "it holds a NUL character"
    if text.isascii():
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return "it holds half of a surrogate pair, which is no character"
    return None
