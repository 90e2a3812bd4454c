"""Every action of the app, once: id, keys, words, group. Bindings, the bottom line, the menu, help
and the key table in the README are made from this list.

An action runs the method ``action_<id with dots as underscores>`` of the screen or the app.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from planner.language import gettext as _

if TYPE_CHECKING:
    from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do.

    ``keys``: Textual key names, the first is the one shown. ``short``: words for the bottom line.
    ``writes``: whether it changes the book, so that a read-only book can say so.
    """

    id: str
    keys: tuple[str, ...]
    short: str
    words: str
    group: str
    writes: bool = False

    @property
    def method(self) -> str:
        """The name after ``action_``."""
        return self.id.replace(".", "_")


ANYWHERE = "anywhere"
LISTS = "lists"
ACCOUNT = "account"
FORMS = "forms"
DIALOGS = "dialogs"
CLASHES = "clashes"
"""The dialog for what two people changed. It has no text field, so letters work in it."""

KeyHint: TypeAlias = tuple[str, str]
"""(key as shown, short words)."""


_own_keys: dict[str, tuple[str, ...]] = {}


def use_keys(keys: Mapping[str, tuple[str, ...]]) -> None:
    """Show the person's own keys from now on, by action id; the others keep the registry's."""
    _own_keys.clear()
    _own_keys.update(keys)


def all_actions() -> tuple[Action, ...]:
    """The registry with the person's keys, in the order of the menu and of help."""
    return tuple(
        replace(action, keys=_own_keys[action.id]) if action.id in _own_keys else action
        for action in registry()
    )


def registry() -> tuple[Action, ...]:
    """Every action with the keys that it has of itself."""
    return (
        Action("go.today", ("1",), _("Today"), _("go to Today"), ANYWHERE),
        Action("go.accounts", ("2",), _("Accounts"), _("go to Accounts"), ANYWHERE),
        Action("go.complaints", ("3",), _("Complaints"), _("go to Complaints"), ANYWHERE),
        Action("go.renewals", ("4",), _("Renewals"), _("go to Renewals"), ANYWHERE),
        Action("go.activity", ("7",), _("Activity"), _("who did what: the audit"), ANYWHERE),
        Action("go.signals", (), _("Signals"), _("signals inbox: what was heard, not acted on"),
               ANYWHERE),
        Action("go.feedback", (), _("Feedback"), _("feedback inbox: acted on, declined or open"),
               ANYWHERE),
        Action("go.voice", (), _("Voice"), _("voice: NPS, CSAT, CES and what they rest on"),
               ANYWHERE),
        Action("go.silent", (), _("Silent"), _("silent accounts: no contact, answer or complaint"),
               ANYWHERE),
        Action("go.causes", (), _("Causes"), _("causes of complaints: the few behind most of them"),
               ANYWHERE),
        Action("go.improvements", (), _("Improvements"),
               _("improvements: what was changed because of feedback"), ANYWHERE),
        Action("go.calendars", (), _("Calendars"),
               _("calendars: hours and holidays the clocks of complaints run by"), ANYWHERE),
        Action("go.incidents", (), _("Incidents"),
               _("incidents: one disturbance, many accounts, who was told"), ANYWHERE),
        Action("go.validation", (), _("Health, checked"),
               _("health, checked: was it right about renewals?"), ANYWHERE),
        Action("go.requests", (), _("Requests"),
               _("requests: what they asked for and wait for"), ANYWHERE),
        Action("go.radar", (), _("Radar"), _("risk radar: who might be on the way out"), ANYWHERE),
        Action("go.cadence", (), _("Cadence"), _("cadence: overdue, upcoming, losing touch"),
               ANYWHERE),
        Action("go.rules", (), _("Rules"), _("alert rules and success criteria by segment"),
               ANYWHERE),
        Action("go.journey", (), _("Journey"), _("journey matrix: stage by channel, with gaps"),
               ANYWHERE),
        Action("go.talk_time", (), _("Talk time"), _("talk time: minutes by tier and account"),
               ANYWHERE),
        Action("go.dropoff", (), _("Drop-off"),
               _("drop-off: where customers are lost, and stop buying"), ANYWHERE),
        Action("find", ("slash",), _("find"), _("find accounts, people, notes, complaints"),
               ANYWHERE),
        Action("menu", ("f2", "colon", "ctrl+p"), _("menu"), _("everything that works here"),
               ANYWHERE),
        Action("help", ("question_mark", "f1"), _("help"), _("help for where I am"), ANYWHERE),
        Action("log.touchpoint", ("t",), _("log"), _("log a touchpoint"), ANYWHERE, True),
        Action("log.complaint", ("c",), _("complaint"), _("log a complaint"), ANYWHERE, True),
        Action("log.action", ("a",), _("follow-up"), _("add a follow-up"), ANYWHERE, True),
        Action("log.signal", (), _("signal"), _("log a signal: a mention, a rumour, a post"),
               ANYWHERE, True),
        Action("log.survey", (), _("answer"), _("log an answer to a survey: NPS, CSAT, CES"),
               ANYWHERE, True),
        Action("log.meeting", (), _("meeting"), _("plan a meeting"), ANYWHERE, True),
        Action("undo", ("u",), _("undo"), _("undo my last change"), ANYWHERE, True),
        Action("redo", ("U",), _("redo"), _("redo what I undid"), ANYWHERE, True),
        Action("recent", ("b",), _("recent"), _("the last nine accounts"), ANYWHERE),
        Action("copy", ("y",), _("copy"), _("copy what is under the cursor"), ANYWHERE),
        Action("scope", ("S",), _("scope"), _("mine or everybody's"), ANYWHERE),
        Action("theme", (), _("theme"), _("change the theme: dark, light, terminal"), ANYWHERE),
        Action("back", ("escape",), _("back"), _("back"), ANYWHERE),
        Action("close", ("q",), _("close"), _("back; on a top screen quit"), ANYWHERE),
        Action("quit", ("ctrl+q",), _("quit"), _("quit; drafts are kept"), ANYWHERE),
        Action("list.new", ("n",), _("new"), _("new one of what this list holds"), LISTS, True),
        Action("list.edit", ("e",), _("edit"), _("edit the marked ones or this one"), LISTS, True),
        Action("list.filter", ("f",), _("filter"), _("filter the list"), LISTS),
        Action("list.sort", ("s",), _("sort"), _("sort by another column"), LISTS),
        Action("list.mark_all", ("A",), _("all"), _("mark all that are shown"), LISTS),
        Action("list.star", ("w",), _("star"), _("star, or take the star off"), LISTS, True),
        Action("list.done", ("d",), _("done"), _("done: tick off what is due"), LISTS, True),
        Action("list.later", ("z",), _("later"), _("later: another day, with a reason"), LISTS,
               True),
        Action("list.hand", ("o",), _("hand over"), _("hand over to a colleague"), LISTS, True),
        Action("list.rang", ("r",), _("rang"), _("rang without answer, logged at once"), LISTS,
               True),
        Action("list.remove", ("delete",), _("archive"), _("archive, after a question"), LISTS,
               True),
        Action("board.owners", (), _("by owner"),
               _("complaints by owner and function: open, late, at risk, waiting"), LISTS),
        Action("board.closed", (), _("closed"), _("closed complaints, or the open ones again"),
               LISTS),
        Action("incident.link", (), _("incident"),
               _("this complaint comes from a running incident"), LISTS, True),
        Action("incident.log", ("l",), _("log"), _("the messages of this incident"), LISTS),
        Action("incident.say", ("m",), _("message"),
               _("write a message about this incident"), LISTS, True),
        Action("complaint.accept", (), _("take over"),
               _("take over the complaint that is offered to me"), LISTS, True),
        Action("complaint.decline", (), _("decline"),
               _("decline the complaint that is offered to me, with a reason"), LISTS, True),
        Action("complaint.note", (), _("note"),
               _("a note under this complaint: among us, or what they were told"), LISTS, True),
        Action("complaint.withdraw", (), _("withdraw"),
               _("the customer took this complaint back"), LISTS, True),
        Action("complaint.merge", (), _("the same as"),
               _("this complaint is the same as another of the account"), LISTS, True),
        Action("complaint.links", (), _("same cause"),
               _("complaints with the same cause: decided and proposed"), LISTS),
        Action("complaint.advocate", (), _("advocate"),
               _("the customer of this complaint speaks for us now, or not after all"), LISTS,
               True),
        Action("account.tab_next", ("right", "l"), _("tab"), _("next tab"), ACCOUNT),
        Action("account.tab_previous", ("left", "h"), _("tab"), _("previous tab"), ACCOUNT),
        Action("account.go", ("g",), _("go"), _("go to a tab: o p t e c h m y"), ACCOUNT),
        Action("account.next", ("full_stop",), _("next"), _("next account of the list"), ACCOUNT),
        Action("account.previous", ("comma",), _("previous"), _("previous account of the list"),
               ACCOUNT),
        Action("account.person", ("P",), _("person"), _("add a person"), ACCOUNT, True),
        Action("account.contract", ("C",), _("contract"), _("add a contract"), ACCOUNT, True),
        Action("account.team", ("T",), _("team"), _("name the account team"), ACCOUNT, True),
        Action("account.plan", ("N",), _("plan"), _("start the plan, or activate it"), ACCOUNT,
               True),
        Action("account.starter", (), _("starter"),
               _("starter plan: goal, key person, contract end, next action on one screen"),
               ACCOUNT, True),
        Action("account.template", ("M",), _("template"), _("start the plan from a template"),
               ACCOUNT, True),
        Action("account.playbook", ("B",), _("playbook"), _("start a playbook: its dated tasks"),
               ACCOUNT, True),
        Action("account.objective", ("O",), _("objective"), _("add an objective to the plan"),
               ACCOUNT, True),
        Action("account.plan_action", ("X",), _("action"), _("add an action to the plan"), ACCOUNT,
               True),
        Action("account.risk", ("R",), _("risk"), _("add a risk to the plan"), ACCOUNT, True),
        Action("account.still_true", ("x",), _("still true"),
               _("still true: the section under the cursor holds"), ACCOUNT, True),
        Action("account.add_section", (), _("section"), _("add a section to the plan"), ACCOUNT,
               True),
        Action("account.accept_section", (), _("accept"), _("take over the section offered to me"),
               ACCOUNT, True),
        Action("account.decline_section", (), _("decline"), _("decline the section offered to me"),
               ACCOUNT, True),
        Action("account.sign", (), _("sign"), _("sign the plan for my function"), ACCOUNT, True),
        Action("account.review", (), _("review"),
               _("put the plan under review, or end its review"), ACCOUNT, True),
        Action("account.versions", (), _("versions"),
               _("versions of the plan: compare two, or bring one back"), ACCOUNT),
        Action("account.close_plan", (), _("close plan"), _("close the plan"), ACCOUNT, True),
        Action("account.bought", (), _("bought"), _("interview: why they bought"), ACCOUNT, True),
        Action("account.stay", (), _("stay"), _("interview: why they stay"), ACCOUNT, True),
        Action("account.exit", (), _("leave"), _("interview: why they leave"), ACCOUNT, True),
        Action("account.line", (), _("line"),
               _("add a line to the plan: a pain, a QBR, a competitor, a note"), ACCOUNT, True),
        Action("account.customer", ("v",), _("customer's view"),
               _("what the customer sees of the plan, exactly"), ACCOUNT),
        Action("account.customer_file", (), _("to a file"),
               _("write the customer's view to a file"), ACCOUNT),
        Action("account.customer_shared", (), _("given"),
               _("mark the customer's view as given to them today"), ACCOUNT, True),
        Action("account.measure", (), _("measure"),
               _("measure an objective: what its metric reads now"), ACCOUNT, True),
        Action("account.proof", (), _("value"), _("add value delivered to the plan"), ACCOUNT,
               True),
        Action("account.growth", (), _("growth"),
               _("growth: how a product stands at a buying centre"), ACCOUNT, True),
        Action("account.opportunity", (), _("opportunity"), _("add an opportunity"), ACCOUNT,
               True),
        Action("account.cadence", (), _("cadence"),
               _("how often contact is wanted, as they agreed it"), ACCOUNT, True),
        Action("account.snooze", (), _("snooze"),
               _("let contact rest until a day, with the reason"), ACCOUNT, True),
        Action("account.pin", ("K",), _("pin"),
               _("pin an entry on top of the timeline, or unpin it"), ACCOUNT, True),
        Action("account.reply", (), _("reply"), _("log the answer to the entry under the cursor"),
               ACCOUNT, True),
        Action("account.person_timeline", (), _("their timeline"),
               _("the timeline of the person under the cursor"), ACCOUNT),
        Action("account.person_everywhere", (), _("their timeline everywhere"),
               _("the timeline of the person under the cursor in all accounts"), ACCOUNT),
        Action("account.benefit", (), _("benefit"), _("add a benefit of the account"), ACCOUNT,
               True),
        Action("account.sends", (), _("sends"), _("who sends what: planned beside what went out"),
               ACCOUNT),
        Action("account.gesture", (), _("gesture"), _("log a gesture: something given once"),
               ACCOUNT, True),
        Action("account.request", (), _("request"),
               _("they asked for something: a price list, a quote, an answer"), ACCOUNT, True),
        Action("account.celebration", (), _("celebrate"),
               _("keep a date to celebrate, or an achievement of theirs"), ACCOUNT, True),
        Action("account.advocacy", (), _("advocacy"),
               _("log what they did for us: a reference, a referral, a review"), ACCOUNT, True),
        Action("account.purchase", ("dollar_sign",), _("purchase"),
               _("log a purchase or a return of theirs"), ACCOUNT, True),
        Action("account.draft", (), _("draft"),
               _("draft text to write to them; nothing is sent"), ACCOUNT),
        Action("account.behaviour", (), _("behaviour"),
               _("set the loyal behaviour that is wanted"), ACCOUNT, True),
        Action("account.enrol", (), _("enrol"), _("take the account into a loyalty programme"),
               ACCOUNT, True),
        Action("account.renewal", (), _("renewal"),
               _("plan the renewal: amount, terms, price, who decides"), ACCOUNT, True),
        Action("account.product", (), _("product"), _("add a product that we sell"), ACCOUNT,
               True),
        Action("account.programme", (), _("programme"), _("add a loyalty programme to the book"),
               ACCOUNT, True),
        Action("account.stakeholder_map", (), _("map"),
               _("export the stakeholder map to a file: Mermaid, DOT, text"), ACCOUNT),
        Action("account.pulse", ("L",), _("pulse"), _("give my function's pulse"), ACCOUNT, True),
        Action("account.edit", ("E",), _("edit account"), _("edit the account"), ACCOUNT, True),
        Action("form.save", ("ctrl+s", "f9"), _("save"), _("save"), FORMS, True),
        Action("form.leave", ("escape",), _("leave"), _("leave, the draft is kept"), FORMS),
        Action("filter.complete", ("tab",), _("complete"), _("take the first completion"), DIALOGS),
        Action("filter.clear", ("escape",), _("clear"), _("take the filter off"), DIALOGS),
        Action("dialog.leave", ("escape",), _("leave"), _("leave without a choice"), DIALOGS),
        Action("conflict.save", ("enter",), _("save"),
               _("save, once every field is decided"), CLASHES, True),
        Action("conflict.next", ("right", "space"), _("choose"),
               _("the next choice: theirs, mine, another text"), CLASHES),
        Action("conflict.previous", ("left",), _("choose"), _("the choice before"), CLASHES),
        Action("conflict.theirs", ("t",), _("theirs"), _("take theirs"), CLASHES),
        Action("conflict.mine", ("m",), _("mine"), _("keep mine"), CLASHES),
        Action("conflict.edit", ("e",), _("edit"), _("write another text"), CLASHES),
        Action("form.discard", ("ctrl+g",), _("discard"),
               _("discard what I typed, after a question"), FORMS),
        Action("form.reload", ("ctrl+r",), _("reload"),
               _("take in what others saved; what I typed stays"), FORMS),
        Action("form.complaint", ("f8",), _("complaint"),
               _("from the log form: a complaint with the same account, person and note"), FORMS,
               True),
        Action("form.more", ("ctrl+o",), _("more"),
               _("go to More; there a first letter goes to a field"), FORMS),
        Action("form.editor", ("f4",), _("editor"), _("open a long text in $EDITOR"), FORMS),
    )  # fmt: skip


def actions_by_id() -> dict[str, Action]:
    """The registry by id."""
    return {action.id: action for action in all_actions()}


def bindings(*ids: str) -> list[Binding]:
    """Textual bindings of these actions with the registry's keys, hidden: the bottom line is ours.

    The person's keys come in through ``App.set_keymap``.
    """
    from textual.binding import Binding

    known = {action.id: action for action in registry()}
    return [
        Binding(",".join(known[one].keys), known[one].method, known[one].words, show=False, id=one)
        for one in ids
        if known[one].keys
    ]


KEY_SIGNS = {
    "slash": "/", "colon": ":", "question_mark": "?", "full_stop": ".", "comma": ",",
    "dollar_sign": "$",
    "escape": "Esc", "delete": "Del", "right": "→", "left": "←", "enter": "Enter", "space": "Space",
}  # fmt: skip


def key_text(key: str) -> str:
    """A key as people write it: ``ctrl+s`` is Ctrl+S, ``f2`` F2, ``slash`` /."""
    if key in KEY_SIGNS:
        return KEY_SIGNS[key]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key[5:].upper()
    return key.upper() if key[:1] == "f" and key[1:].isdigit() else key


def dialog_hints() -> list[KeyHint]:
    """The keys of a dialog with a list, for its bottom line."""
    return [(_("Enter"), _("choose")), ("↑↓", _("move")), *hints(("dialog.leave",))]


def hints(ids: Iterable[str]) -> list[KeyHint]:
    """(key as shown, short words) of actions, for the bottom line."""
    known = actions_by_id()
    return [(key_text(known[one].keys[0]), known[one].short) for one in ids if known[one].keys]
