"""What is pasted outside a field opens the right form, filled in: nothing of it is lost.

A mail opens the log form, an invitation the form of a meeting or, once past, the log form, a card
or a signature the form of a person; any other text is the note of a talk. Where the account is not
sure, it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from zlib import crc32

from planner.errors import TrustplanError
from planner.language import gettext as _
from tui.background import behind

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from tui.composition import BookQueries
    from tui.dialogs.choice import Choice
    from tui.screens.everywhere import Everywhere

MOST_ACCOUNTS = 8
ELSEWHERE = "elsewhere"
AS_NOTE = "note"
AS_PERSON = "person"
MOST_PASTED = 5_000_000


@dataclass(frozen=True, slots=True)
class Pasted:
    """A pasted text, read. ``form`` is the one to open, ``texts`` fill it.

    ``emails`` are those whose people take part; ``account_id`` is sure, ``maybe`` are (id, name) of
    those it may be. ``said`` is told first; ``logged`` is the account where it stands already.
    ``unsure``: it may as well be the note of a talk. ``stranger`` are the texts of a person who
    wrote and is not known.
    """

    form: str
    texts: dict[str, str]
    emails: tuple[str, ...] = ()
    account_id: int | None = None
    maybe: tuple[tuple[int, str], ...] = ()
    said: str = ""
    logged: int | None = None
    unsure: bool = False
    stranger: dict[str, str] = field(default_factory=dict)


def take_paste(screen: Everywhere, text: str) -> None:
    """Open what a text pasted on a main screen is."""
    if not text.strip():
        screen.say(_("The clipboard held no text."))
    elif len(text) > MOST_PASTED:
        screen.say(_("This is too long to paste; save it and use `trustplan log mail`."), warn=True)
    elif not screen.refuse_read_only():
        behind(screen, partial(_take, screen, text), "paste")


async def _take(screen: Everywhere, text: str) -> None:
    facts = screen.trust.facts
    if facts is None:
        return
    now, zone = screen.trust.launch.clock.now(), facts.zone
    try:
        pasted = await screen.store.read(lambda q: read_pasted(q, text, now, zone))
    except TrustplanError as error:
        screen.complain(error)
        pasted = _as_note(text)
    if pasted.said:
        screen.say(pasted.said)
    if pasted.logged is not None:
        screen.open_account(pasted.logged, tab="timeline")
    elif pasted.unsure:
        _ask_what(screen, pasted, text)
    else:
        _find_account(screen, pasted, text)


def _ask_what(screen: Everywhere, pasted: Pasted, text: str) -> None:
    from tui.dialogs.choice import Choice, ChoiceDialog

    def chosen(what: str | None) -> None:
        if what is not None:
            _find_account(screen, pasted if what == AS_PERSON else _as_note(text), text)

    choices = (
        Choice(AS_PERSON, _("a person: {name}").format(name=pasted.texts.get("name", ""))),
        Choice(AS_NOTE, _("the note of a talk")),
    )
    screen.app.push_screen(ChoiceDialog(_("What was pasted?"), choices), chosen)


def _find_account(screen: Everywhere, pasted: Pasted, text: str) -> None:
    """Go on with the account that is sure, that of this place, or the one that is chosen."""

    def go(account_id: int) -> None:
        behind(screen, partial(_open, screen, pasted, text, account_id), "paste")

    if pasted.account_id is not None:
        go(pasted.account_id)
    elif pasted.maybe:
        _ask_account(screen, pasted, go)
    elif screen.TOP and pasted.emails:  # the cursor of a list says nothing about a mail
        _search_account(screen, go)
    else:
        screen.with_account(go)


def _search_account(screen: Everywhere, go: Callable[[int], None]) -> None:
    from tui.dialogs.find import FindDialog, Found

    def found(one: Found | None) -> None:
        if one is not None:
            go(one.account_id)

    screen.app.push_screen(FindDialog(_("Which account?"), accounts_only=True), found)


def _ask_account(screen: Everywhere, pasted: Pasted, go: Callable[[int], None]) -> None:
    from tui.dialogs.choice import Choice, ChoiceDialog

    choices = [Choice(str(row_id), name) for row_id, name in pasted.maybe[:MOST_ACCOUNTS]]
    choices.append(Choice(ELSEWHERE, _("another account")))

    def chosen(value: str | None) -> None:
        if value == ELSEWHERE:
            _search_account(screen, go)
        elif value is not None:
            go(int(value))

    screen.app.push_screen(ChoiceDialog(_("Which account is it of?"), choices), chosen)


async def _open(screen: Everywhere, pasted: Pasted, text: str, account_id: int) -> None:
    try:
        who = await screen.store.read(lambda q: _people(q, account_id, pasted.emails))
    except TrustplanError as error:
        screen.complain(error)
        return
    texts = dict(pasted.texts)
    if who:
        texts["who"] = who
    if pasted.stranger:
        _offer_person(screen, pasted, texts, text, account_id)
    else:
        _open_form(screen, pasted.form, texts, text, account_id)


def _open_form(
    screen: Everywhere, form: str, texts: dict[str, str], text: str, account_id: int
) -> None:
    """Open the form; what was pasted has a draft of its own, so that no other one hides it."""
    from tui.dialogs.opening import open_form

    mark = crc32(text.encode("utf-8", "replace"))
    open_form(screen, form, preset=texts, account_id=account_id, pasted=mark)


def _offer_person(
    screen: Everywhere, pasted: Pasted, texts: dict[str, str], text: str, account_id: int
) -> None:
    """Ask whether who wrote and is not known is added first."""
    from tui.dialogs.choice import Choice, ChoiceDialog
    from tui.dialogs.opening import open_form

    person = pasted.stranger
    name = person.get("name") or person["email"]

    def log() -> None:
        behind(screen, partial(_log_known, screen, pasted, texts, text, account_id), "paste")

    def chosen(what: str | None) -> None:
        if what == AS_PERSON:
            open_form(
                screen, "person", preset=person, account_id=account_id, then=lambda _done: log(),
                pasted=crc32(text.encode("utf-8", "replace")),
            )  # fmt: skip
        elif what == AS_NOTE:
            _open_form(screen, pasted.form, texts, text, account_id)

    choices: list[Choice] = [
        Choice(AS_PERSON, _("add {name} to the account, then log").format(name=name)),
        Choice(AS_NOTE, _("log it without them")),
    ]
    title = _("{email} is nobody known.").format(email=person["email"])
    screen.app.push_screen(ChoiceDialog(title, choices), chosen)


async def _log_known(
    screen: Everywhere, pasted: Pasted, texts: dict[str, str], text: str, account_id: int
) -> None:
    """Open the log form with the person who was just added among those who took part."""
    who = await screen.store.read(lambda q: _people(q, account_id, pasted.emails))
    both = {**texts, **({"who": who, "two_way": "follows"} if who else {})}
    _open_form(screen, pasted.form, both, text, account_id)


def _people(q: BookQueries, account_id: int, emails: tuple[str, ...]) -> str:
    """The people of an account with these addresses, as a form calls them."""
    from tui.dialogs.names import tell_apart

    wanted = {one.id for one in q.addresses.known(emails).people_of(account_id, emails).values()}
    known = tell_apart((p.id, p.name, p.email) for p in q.people.of_account(account_id))
    return ", ".join(one.label for one in known if one.id in wanted)


# Reading


def read_pasted(q: BookQueries, text: str, now: datetime, zone: ZoneInfo) -> Pasted:
    """What a pasted text is, against the book. Raises ``Refused`` for a mail without a sender."""
    from planner.pasted_kind import kind_of

    kind = kind_of(text)
    if kind == "mail":
        return _mail(q, text, now, zone)
    if kind == "calendar":
        return _calendar(q, text, now, zone)
    if kind in ("card", "signature"):
        return _person(q, text, sure=kind == "card")
    return _as_note(text)


def _as_note(text: str) -> Pasted:
    return Pasted("touchpoint", {"note": text.replace("\x00", "").strip()})


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _mail(q: BookQueries, text: str, now: datetime, zone: ZoneInfo) -> Pasted:
    from planner.mail_logging import direction_of, note_of, strangers
    from planner.mail_reading import read_mail

    mail = read_mail(text, now=now, zone=zone)
    emails = tuple(one.email for one in mail.addresses if one.email)
    known = q.addresses.known(emails)
    logged = q.addresses.logged(mail.message_id)
    if logged is not None:
        return Pasted("", {}, said=_("This message was logged already."), logged=logged[1])
    colleagues = [one.name for one in q.colleagues()]
    way = direction_of(mail, known, colleagues)
    from_them = way == "in" and not mail.automatic and fold_in(known.people, mail.sender.email)
    texts = {
        "kind": "email",
        "when": _local(mail.sent_at, zone) if mail.sent_at is not None else "",
        "note": note_of(mail),
        "topic": mail.subject,
        "direction": way,
        "two_way": "yes" if from_them else "no",
        "external_id": mail.message_id or "",
        "answers": "\n".join(mail.answers),
    }
    choice = known.account(emails)
    new = {one.email: one for one in strangers(mail, known, colleagues)}.get(mail.sender.email)
    return Pasted(
        "touchpoint",
        {name: value for name, value in texts.items() if value},
        emails,
        choice.sure,
        tuple((one, known.names[one]) for one in choice.maybe),
        "; ".join(mail.said),
        stranger={"name": new.name, "email": new.email} if new is not None else {},
    )


def fold_in(people: object, email: str) -> bool:
    """Whether an address is among folded ones."""
    from planner.text import fold

    return isinstance(people, dict) and bool(email) and fold(email) in people


def _calendar(q: BookQueries, text: str, now: datetime, zone: ZoneInfo) -> Pasted:
    from planner.calendar_reading import read_calendar

    today = now.astimezone(zone).date()
    read = read_calendar(text, today=today, zone=zone)
    said = "; ".join(one.problem for one in read.problems)
    if not read.events:
        return Pasted("touchpoint", {"note": text.strip()}, said=said)
    ahead = [one for one in read.events if one.when.at >= now]
    event = min(ahead, key=lambda one: one.when.at) if ahead else read.events[-1]
    logged = q.addresses.logged(event.uid)
    if logged is not None:
        return Pasted("", {}, said=_("This meeting was logged already."), logged=logged[1])
    when = event.when.on.isoformat() if event.when.date_only else _local(event.when.at, zone)
    texts = {"kind": "meeting", "when": when}
    if event.cancelled:
        said = _("This invitation was cancelled.")
        texts |= {"status": "cancelled"}
    if ahead or event.cancelled:
        form = "meeting"
        texts |= {
            "title": event.title, "place": event.place or "", "note": event.note or "",
            "uid": event.uid, "sequence": str(event.sequence),
            "ends_at": event.ends_at.isoformat() if event.ends_at is not None else "",
        }  # fmt: skip
    else:
        form = "touchpoint"
        note = "\n\n".join(part for part in (event.title, event.note) if part)
        texts |= {"note": note, "external_id": event.uid}
    known = q.addresses.known(event.emails)
    choice = known.account(event.emails)
    return Pasted(
        form,
        {name: value for name, value in texts.items() if value},
        event.emails,
        choice.sure,
        tuple((one, known.names[one]) for one in choice.maybe),
        said,
    )


def _person(q: BookQueries, text: str, *, sure: bool) -> Pasted:
    from planner.card_reading import read_card, read_signature

    card = read_card(text) if sure else read_signature(text)
    if card is None:
        return _as_note(text)
    texts = {"name": card.name, "title": card.title, "email": card.email, "phone": card.phone}
    known = q.addresses.known([card.email])
    choice = known.account([card.email])
    said = ""
    if card.others:
        said = _("{count} further cards were not taken; paste one at a time.").format(
            count=card.others
        )
    if known.people:
        said = _("{email} belongs to somebody known already.").format(email=card.email)
    return Pasted(
        "person",
        {name: value for name, value in texts.items() if value},
        account_id=None,
        maybe=tuple((one, known.names[one]) for one in choice.maybe),
        said=said,
        unsure=not sure,
    )
