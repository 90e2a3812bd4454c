"""Colours: light, dark, the terminal's own, and none at all.

Widgets name styles (``late``, ``band.red``); this file says what each name means in each theme.
Textual and rich are imported inside the functions, so that the theme names cost a command nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rich.style import Style
    from textual.app import App
    from textual.theme import Theme

THEME_NAMES: Final = ("dark", "light", "terminal")
"""What a person may choose. ``plain`` is taken when NO_COLOR is set."""

PLAIN: Final = "plain"

# Foregrounds keep a contrast of at least 4.5 with the background and with both cursor colours.
_DARK: Final = {
    "strong": "bold #ffffff",
    "muted": "#aab4bf",
    "title": "bold #9ccbff",
    "head": "#aab4bf",
    "key": "bold #9ccbff",
    "rule": "#4a5360",
    "gap": "italic #e6bd6a",
    "late": "bold #ff9d94",
    "warn": "#f0c070",
    "good": "#6fdc83",
    "error": "bold #ff9d94",
    "mark": "bold #9ccbff",
    "cursor.glyph": "bold #9ccbff",
    "state.ok": "#6fdc83",
    "news": "#6fdc83",
    "state.warn": "bold #f0c070",
    "band.red": "bold #ff9d94",
    "band.yellow": "#e8c547",
    "band.green": "#6fdc83",
    "band.grey": "#aab4bf",
    "cursor": "on #2b4257",
    "cursor.blur": "on #262c34",
}
_LIGHT: Final = {
    "strong": "bold #000000",
    "muted": "#525b66",
    "title": "bold #0a4a94",
    "head": "#525b66",
    "key": "bold #0a4a94",
    "rule": "#b4bbc4",
    "gap": "italic #6b4300",
    "late": "bold #9c1019",
    "warn": "#6b4300",
    "good": "#0f5323",
    "error": "bold #9c1019",
    "mark": "bold #0a4a94",
    "cursor.glyph": "bold #0a4a94",
    "state.ok": "#0f5323",
    "news": "#0f5323",
    "state.warn": "bold #6b4300",
    "band.red": "bold #9c1019",
    "band.yellow": "#6b4a00",
    "band.green": "#0f5323",
    "band.grey": "#525b66",
    "cursor": "on #cfe3ff",
    "cursor.blur": "on #e7e9ec",
}
_TERMINAL: Final = {
    "strong": "bold",
    "muted": "dim",
    "title": "bold",
    "head": "dim",
    "key": "bold",
    "rule": "dim",
    "gap": "italic yellow",
    "late": "bold red",
    "warn": "yellow",
    "good": "green",
    "error": "bold red",
    "mark": "bold",
    "cursor.glyph": "bold",
    "state.ok": "green",
    "news": "green",
    "state.warn": "bold yellow",
    "band.red": "bold red",
    "band.yellow": "yellow",
    "band.green": "green",
    "band.grey": "dim",
    "cursor": "reverse",
    "cursor.blur": "underline",
}
_COLOURS: Final = frozenset({"red", "yellow", "green"})
_DEFINITIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "dark": _DARK,
    "light": _LIGHT,
    "terminal": _TERMINAL,
    PLAIN: {
        name: " ".join(word for word in words.split() if word not in _COLOURS) or "none"
        for name, words in _TERMINAL.items()
    },
}
STYLE_NAMES: Final = frozenset(_DARK)
BACKGROUNDS: Final = {"dark": ("#16191d", "#d8dce2"), "light": ("#fbfbf9", "#1f2328")}
"""Background and plain text of the two themes with colours of their own."""

_FEW_COLOURS: Final = ("linux", "ansi", "vt100", "vt220", "cygwin", "screen")


def choose_theme(wanted: str | None, environ: Mapping[str, str]) -> str:
    """The name of the theme to start with.

    NO_COLOR (set and not empty) wins; then ``wanted`` when it is one of THEME_NAMES; a terminal of
    few colours gets its own; otherwise dark. A name that is not known counts as not given.
    """
    if environ.get("NO_COLOR"):
        return PLAIN
    if wanted in THEME_NAMES:
        return str(wanted)
    term = environ.get("TERM", "")
    if not environ.get("COLORTERM") and (term in _FEW_COLOURS or term.endswith("-16color")):
        return "terminal"
    return "dark"


def palette(theme: str) -> dict[str, Style]:
    """Style name -> rich style. ``theme`` is dark, light, terminal or plain; else KeyError."""
    from rich.style import Style

    return {name: Style.parse(words) for name, words in _DEFINITIONS[theme].items()}


def palette_name(app: App[Any]) -> str:
    """Which palette fits the theme that the app shows, also when that is one of Textual's own."""
    theme = app.current_theme
    if theme.name in _DEFINITIONS:
        return theme.name
    if theme.ansi:
        return "terminal"
    return "dark" if theme.dark else "light"


def textual_themes() -> tuple[Theme, ...]:
    """The themes as Textual knows them, for the widgets that are Textual's own."""
    from textual.theme import Theme

    return (
        Theme(
            name="dark",
            primary="#3f78b5",
            secondary="#2b4257",
            accent="#9ccbff",
            warning="#f0c070",
            error="#ff9d94",
            success="#6fdc83",
            background=BACKGROUNDS["dark"][0],
            foreground=BACKGROUNDS["dark"][1],
            surface="#1c2127",
            panel="#22282f",
            dark=True,
        ),
        Theme(
            name="light",
            primary="#0a4a94",
            secondary="#cfe3ff",
            accent="#0a4a94",
            warning="#6b4300",
            error="#9c1019",
            success="#0f5323",
            background=BACKGROUNDS["light"][0],
            foreground=BACKGROUNDS["light"][1],
            surface="#f1f2f0",
            panel="#e7e9ec",
            dark=False,
        ),
        _ansi_theme("terminal", coloured=True),
        _ansi_theme(PLAIN, coloured=False),
    )


def _ansi_theme(name: str, *, coloured: bool) -> Theme:
    """A theme of the terminal's own colours; without colour what is chosen is shown reversed."""
    from textual.theme import Theme

    def ansi(colour: str) -> str:
        return f"ansi_{colour}" if coloured else "ansi_default"

    return Theme(
        name=name,
        ansi=True,
        dark=True,
        primary=ansi("blue"),
        secondary=ansi("cyan"),
        warning=ansi("yellow"),
        error=ansi("red"),
        success=ansi("green"),
        accent=ansi("cyan"),
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={
            "ansi-background": "ansi_default",
            "ansi-foreground": "ansi_default",
            "input-cursor-background": "ansi_default",
            "input-cursor-foreground": "ansi_default",
            "input-cursor-text-style": "reverse",
            "block-cursor-foreground": "ansi_default",
            "block-cursor-background": "ansi_default",
            "block-cursor-text-style": "bold reverse",
            "block-cursor-blurred-text-style": "underline",
            "border": ansi("cyan"),
            "border-blurred": ansi("bright_black"),
            "scrollbar": ansi("bright_black"),
            "scrollbar-hover": ansi("bright_black"),
            "scrollbar-background": "ansi_default",
            "scrollbar-background-hover": "ansi_default",
            "scrollbar-background-active": "ansi_default",
        },
    )


def install(app: App[Any], name: str) -> None:
    """Register the themes on an app that does not run yet and start it in ``name``.

    Textual picks its NO_COLOR filter once, in ``App.__init__``, by the theme of that moment: with
    the terminal's own colours that filter paints black on black. Here every app that must not use
    colour gets the filter that removes colour and keeps bold, dim and reverse.
    """
    from textual.filter import Monochrome, NoColor

    for theme in textual_themes():
        app.register_theme(theme)
    app.theme = name
    app._filters[:] = [f for f in app._filters if not isinstance(f, Monochrome | NoColor)]
    if name == PLAIN:
        app._filters.append(NoColor())
