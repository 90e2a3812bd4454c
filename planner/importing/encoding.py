"""From the bytes of a file to its text; which encoding it was and why is always stated."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from itertools import pairwise

from planner.errors import Refused
from planner.language import gettext as _
from planner.spelling import did_you_mean

CANDIDATES = ("cp1252", "cp1250", "cp1254", "iso-8859-9", "cp932", "gb18030", "cp1256")
"""The code pages that are considered, the likeliest first: the order decides between equals."""
FALLBACK = "cp1252"
SAMPLE_BYTES = 200_000
MANY_NULS = 4
NUL_SHARE = 50
MANY_CONTROLS = 32
CONTROL_SHARE = 12

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-",
    b"SQLite format 3\x00",
    b"\x1f\x8b\x08",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"7z\xbc\xaf\x27\x1c",
    b"BZh",
    b"\xfd7zXZ\x00",
)
_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
_TURKISH_LETTERS = set("ğşĞŞİ")
_ICELANDIC_VOWELS = set("áéíóúæÁÉÍÓÚÆ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text without a byte-order mark, its encoding's name, and how that was decided."""

    text: str
    encoding: str
    decided: str


def decode(data: bytes, forced: str | None = None) -> Decoded:
    """Decode a file: ``forced``, byte-order mark, strict UTF-8, the listed code pages, cp1252.

    Raises ``Refused`` for an empty file, for one that is no text, for an unknown encoding and for
    a forced or announced one that does not fit. Control characters play no part in the choice.
    """
    if not data:
        raise Refused(_("The file is empty."))
    _refuse_known_binary(data)
    if forced is not None:
        return _forced(data, forced)
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _announced(data, codec)
    if data.count(0) > max(MANY_NULS, len(data) // NUL_SHARE):
        raise Refused(_no_text())
    try:
        return Decoded(_filled(data.decode("utf-8")), "utf-8", _("it is valid UTF-8"))
    except UnicodeDecodeError:
        pass
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > max(MANY_CONTROLS, len(data) // CONTROL_SHARE):
        raise Refused(_no_text())
    return _by_code_page(data)


def _filled(text: str) -> str:
    if not text.strip():
        raise Refused(_("The file is empty: it holds no more than blank lines."))
    return text


def _no_text() -> str:
    return _("The file is no text: it holds binary data. Save it as CSV first.")


def _refuse_known_binary(data: bytes) -> None:
    if data.startswith(_MAGIC[:3]):
        raise Refused(_("The file is a spreadsheet or an archive, no text. Save it as CSV first."))
    if data.startswith(_MAGIC):
        raise Refused(_no_text())


def _forced(data: bytes, name: str) -> Decoded:
    try:
        text = data.decode(name)
    except LookupError:
        raise Refused(
            _("{name} is no encoding that is known here.").format(name=repr(name[:40]))
            + did_you_mean(name, ("utf-8", "utf-16", *CANDIDATES))
        ) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(
            _("The file is not {name}: line {line} cannot be read that way.").format(
                name=name, line=line
            )
        ) from None
    except ValueError:
        raise Refused(_("The file is not {name}.").format(name=repr(name[:40]))) from None
    return Decoded(_filled(text.removeprefix("\ufeff")), codecs.lookup(name).name, _("as asked"))


def _announced(data: bytes, codec: str) -> Decoded:
    shown = "utf-8" if codec == "utf-8-sig" else codec
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        raise Refused(
            _("The file begins with a {name} mark and is not {name}. Name its encoding.").format(
                name=shown
            )
        ) from None
    if shown != "utf-8" and text.count("\x00") > max(MANY_NULS, len(text) // NUL_SHARE):
        raise Refused(_no_text())
    return Decoded(_filled(text), shown, _("it begins with a byte-order mark"))


def _by_code_page(data: bytes) -> Decoded:
    for name in _likely(data):
        try:
            return Decoded(_filled(data.decode(name)), name, _("the likeliest code page"))
        except UnicodeDecodeError:
            continue
    decided = _("no code page fits better")
    return Decoded(_filled(_latin(data)), FALLBACK, decided)


def _latin(data: bytes) -> str:
    """cp1252 in which the five bytes without a meaning stand for the control of that number."""
    table = bytes(range(256)).decode("cp1252", "replace")
    full = "".join(chr(i) if c == "\ufffd" else c for i, c in enumerate(table))
    return codecs.charmap_decode(data, "strict", full)[0]


def _likely(data: bytes) -> list[str]:
    """The listed code pages that may be it, the likeliest first."""
    from charset_normalizer import from_bytes

    sample = _telling_lines(data)
    names = {codecs.lookup(name).name: name for name in CANDIDATES}
    pages = [codecs.lookup(name).name.replace("-", "_") for name in CANDIDATES]
    matches = from_bytes(
        sample, cp_isolation=pages, preemptive_behaviour=False, enable_fallback=False
    )
    ranked: list[tuple[float, float, int, int, str]] = []
    for match in matches:
        for page in match.could_be_from_charset:
            name = names.get(codecs.lookup(page).name)
            if name is not None:
                rank = CANDIDATES.index(name)
                odd = _oddness(str(match))
                ranked.append((match.chaos, -match.coherence, odd, rank, name))
    return [name for *_others, name in sorted(ranked)]


def _telling_lines(data: bytes) -> bytes:
    """The lines that are not ASCII, without control characters, up to a limit."""
    plain = data.translate(None, _CONTROLS)
    lines: list[bytes] = []
    size = 0
    for line in plain.splitlines():
        if not line.isascii():
            lines.append(line[:SAMPLE_BYTES])
            size += len(line)
        if size > SAMPLE_BYTES:
            break
    return b"\n".join(lines)


def _oddness(text: str) -> int:
    """How often the text shows what words do not: signs or capitals after a small letter.

    Turkish letters count in its favour where no Icelandic vowel stands: both share those bytes.
    """
    odd = sum(_odd_pair(before, after) for before, after in pairwise(text))
    letters = set(text)
    return odd - bool(letters & _TURKISH_LETTERS and not letters & _ICELANDIC_VOWELS)


def _odd_pair(before: str, after: str) -> bool:
    if before.isascii() and after.isascii():
        return False
    return (before.isalpha() and not after.isascii() and not after.isalnum()) or (
        before.islower() and after.isupper()
    )
