"""The words of the current language: ``gettext``, looked up once for each message; ``ngettext``.

The standard library's ``gettext.gettext`` looks for catalogues on disk at every call (about 20
microseconds); lists call it for every cell. ``use`` changes the language for the whole process.
"""

from __future__ import annotations

import gettext as catalogues
from functools import cache


@cache
def _installed() -> list[catalogues.NullTranslations]:
    return [catalogues.NullTranslations()]


@cache
def gettext(message: str) -> str:
    """The message in the current language."""
    return _installed()[0].gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message for this many in the current language."""
    return _installed()[0].ngettext(one, many, count)


def use(translations: catalogues.NullTranslations) -> None:
    """Speak another language from now on."""
    _installed()[0] = translations
    gettext.cache_clear()


def code() -> str:
    """The tag of the current language, such as ``en``."""
    return _installed()[0].info().get("language", "").replace("_", "-") or "en"


def is_right_to_left() -> bool:
    """Whether the current language is written from right to left."""
    return code().partition("-")[0] in ("ar", "fa", "he", "ur")
