"""Small forms of a complaint: a note, declining it, withdrawing it, merging it into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from tui.dialogs.loading import about
from tui.dialogs.reading import NO, YES
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {
        "complaint_note": note_form(),
        "complaint_decline": decline_form(),
        "complaint_withdraw": withdraw_form(),
        "complaint_merge": merge_form(),
    }


def note_form() -> FormSpec:
    """A line under a complaint (``complaint_id``), or one to change (``complaint_note_id``)."""
    return FormSpec(
        "complaint_note",
        _("Note"),
        (
            Field("note", _("Note"), "note", required=True),
            Field("told", _("Told"), "yes_no", hint=_("no: it stays among us")),
            Field("when", _("When"), "when", also=("at",)),
            Field("person_id", _("Whom"), "person", also=("with",)),
        ),
        load_note,
        save_note,
    )  # fmt: skip


def load_note(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """A new line is of now and stays among us."""
    note_id = subject.get("complaint_note_id")
    if note_id is not None:
        note = q.record("complaint_note", note_id)
        record = q.record("complaint", note.complaint_id)
        texts = {"note": note.note, "told": YES if note.told else NO}
        hidden = frozenset({"when", "person_id"})
        return Loaded(context, texts, (note,), (record.number, record.title), hidden=hidden)
    record = q.record("complaint", subject["complaint_id"])
    filled, details = about(q, context, record.account_id)
    return Loaded(filled, {"told": NO, "when": _("now")}, (), (record.number, *details))


def save_note(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Write the line, or change it."""
    from planner.use_cases.complaint_notes import add_complaint_note, change_complaint_note

    said = {"note": entered["note"], "told": bool(entered["told"])}
    if loaded.records:
        return Call(change_complaint_note, (loaded.records[0],), said)
    more = entered.given(("when", "person_id"))
    return Call(add_complaint_note, (subject["complaint_id"],), {**said, **more})


def decline_form() -> FormSpec:
    """Why a complaint that was offered to me is not taken (``complaint_id``)."""
    reason = Field("reason", _("Why"), "note", required=True, hint=_("its owner reads it"))
    return FormSpec("complaint_decline", _("Decline"), (reason,), load_about, save_decline)


def withdraw_form() -> FormSpec:
    """Why a complaint counts no more (``complaint_id``)."""
    reason = Field("reason", _("Why"), "note", required=True, hint=_("the customer took it back"))
    return FormSpec("complaint_withdraw", _("Withdraw"), (reason,), load_about, save_withdraw)


def load_about(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Which complaint it is."""
    record = q.record("complaint", subject["complaint_id"])
    return Loaded(context, {}, (record,), (record.number, record.title))


def save_decline(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Leave it with its owner."""
    from planner.use_cases.complaint_handing import decline_complaint

    return Call(decline_complaint, (loaded.records[0], entered["reason"]))


def save_withdraw(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Take it out of the counts."""
    from planner.use_cases.complaint_merging import withdraw_complaint

    return Call(withdraw_complaint, (loaded.records[0], entered["reason"]))


def merge_form() -> FormSpec:
    """The complaint of the account that goes on for this one (``complaint_id``)."""
    return FormSpec(
        "complaint_merge",
        _("The same as"),
        (Field("into_id", _("Into"), "choice", ("",), required=True),),
        load_merge,
        save_merge,
    )


def load_merge(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The other complaints of its account that count."""
    record = q.record("complaint", subject["complaint_id"])
    others = [
        (str(one.id), f"{one.number} {one.title}")
        for one in q.complaints.of_account(record.account_id)
        if one.id != record.id and not one.excluded
    ]
    nothing = () if others else (("", _("there is no other complaint")),)
    choices = {"into_id": (*others, *nothing)}
    return Loaded(context, {}, (record,), (record.number, record.title), options=choices)


def save_merge(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Merge them."""
    from planner.use_cases.complaint_merging import merge_complaint
    from planner.use_cases.editing import refuse

    if not entered["into_id"]:
        raise refuse("into", _("there is no other complaint of this account"))
    return Call(merge_complaint, (loaded.records[0], int(entered["into_id"])))
