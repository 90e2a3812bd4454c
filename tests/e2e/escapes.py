"""What in the bytes of a program could make a terminal do something, beyond what the program means
to do."""

from __future__ import annotations

import re
import unicodedata

CSI = re.compile(r"\x1b\[([0-?]*)([ -/]*[@-~])")
STRINGS = re.compile(r"\x1b([\]PX^_])(.*?)(?:\x07|\x1b\\|\Z)", re.DOTALL)
SHORT = re.compile(r"\x1b[=>78cDEHM]|\x1b[()][A-B0-2]")
OURS = frozenset("mHhlJKnuABCDtq") | {"$p"}
"""How the sequences end that Textual sends."""
POINTER = re.compile(r"22;[a-z-]+")
"""The shape of the mouse's pointer, which Textual sets."""
CLIPBOARD = re.compile(r"52;c;[A-Za-z0-9+/=]+")
PLANTED = "777"
"""A number that only the hostile texts put into a sequence."""
ORDERS = frozenset(
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C)
)
"""Signs that turn the direction of what follows."""
LINES = frozenset("\n\r")


def on_screen(raw: bytes, *, copied: bool = False) -> list[str]:
    """What is wrong with the bytes that the app sent; ``copied`` lets it write the clipboard."""
    text = raw.decode("utf-8")
    found = [
        f"a string sequence: {match[0][:60]!r}"
        for match in STRINGS.finditer(text)
        if not (POINTER.fullmatch(match[2]) or (copied and CLIPBOARD.fullmatch(match[2])))
    ]
    text = STRINGS.sub("", text)
    found += [
        f"a sequence that is not ours: {match[0]!r}"
        for match in CSI.finditer(text)
        if PLANTED in match[1].split(";") or match[2] not in OURS
    ]
    return found + in_text(SHORT.sub("", CSI.sub("", text)))


def in_text(text: str) -> list[str]:
    """Control characters but line ends, orders of direction, and anything else unseen that acts."""
    return [
        f"U+{ord(sign):04X} in {text[max(0, at - 30) : at + 30]!r}"
        for at, sign in enumerate(text)
        if (unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") and sign not in LINES)
        or sign in ORDERS
    ]
