"""The form of a meeting that is planned, from an invitation or by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.vocabulary import TOUCHPOINT_KINDS
from tui.dialogs.loading import about
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

OWN = ("title", "kind", "place", "note")


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"meeting": meeting_form()}


def meeting_form() -> FormSpec:
    """A meeting with an account (``account_id``)."""
    return FormSpec(
        "meeting",
        _("Plan a meeting"),
        (
            Field("title", _("Title"), required=True),
            Field("who", _("Who"), "people", also=("with",)),
            Field("when", _("When"), "coming", required=True, also=("starts_at",)),
            Field("kind", _("What"), "choice", TOUCHPOINT_KINDS),
            Field("place", _("Place")),
            Field("note", _("Note"), "note"),
        ),
        load_meeting,
        save_meeting,
    )


def load_meeting(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The account; a cancelled invitation says so above its title."""
    filled, details = about(q, context, subject["account_id"])
    prompts = {}
    if subject.preset.get("status") == "cancelled":
        prompts["title"] = _("this invitation was cancelled: saving cancels the known meeting")
    return Loaded(filled, {"kind": "meeting"}, (), details, prompts=prompts)


def save_meeting(_q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered) -> Call:
    """Plan the meeting; one that is known by its uid is changed, or cancelled."""
    from planner.use_cases.meetings import cancel_known_meeting, plan_meeting

    preset = subject.preset
    sequence = int(preset.get("sequence", "0"))
    account_id = subject["account_id"]
    if preset.get("status") == "cancelled":
        return Call(cancel_known_meeting, (account_id, preset.get("uid", ""), sequence))
    values: dict[str, Any] = entered.given(OWN)
    when = entered["when"]
    if preset.get("uid"):
        values |= {"uid": preset["uid"], "sequence": sequence}
    if preset.get("ends_at"):
        ends = datetime.fromisoformat(preset["ends_at"])
        values["ends_at"] = ends if ends >= when.at.astimezone(UTC) else None
    return Call(
        plan_meeting, (account_id,), {"when": when, "person_ids": entered["who"] or (), **values}
    )
