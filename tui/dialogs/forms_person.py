"""The form of a person with their part in one account."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planner.errors import Refused
from planner.language import gettext as _
from planner.vocabulary import CHANNELS, CONSENTS, ROLES, STANCES
from tui.dialogs.loading import about, numbers, options, record_texts
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

OWN = (
    "name", "title", "email", "phone", "department", "language", "preferred_channel",
    "support_channel", "learning", "consent", "consent_on", "note",
)  # fmt: skip
PART = (
    "roles", "influence", "stance", "power", "reports_to_id", "relationship_owner_id",
    "personal_win", "topics", "contact_every_days", "contact_max_days",
    "contact_agreed_on", "community_since_on", "left_on",
)  # fmt: skip


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"person": person_form()}


def person_form() -> FormSpec:
    """A new person of an account (``account_id``), or one to change (``person_id`` too)."""
    levels = options("1", "2", "3")
    more = True
    return FormSpec(
        "person",
        _("Person"),
        (
            Field("name", _("Name")),
            Field("title", _("Title")),
            Field("email", _("E-mail")),
            Field("phone", _("Phone")),
            Field("roles", _("Roles"), "several", ROLES, also=("role",)),
            Field("influence", _("Influence"), "choice", levels, hint=_("3 is most")),
            Field("stance", _("Stance"), "choice", options(*STANCES)),
            Field("power", _("Power"), "choice", levels, hint=_("3 decides")),
            Field("reports_to_id", _("Reports to"), "person"),
            Field("personal_win", _("Their win"), more=more, hint=_("what they gain by it")),
            Field("topics", _("Topics"), more=more, hint=_("what they want to hear of")),
            Field("contact_every_days", _("Every"), "whole", more=more, hint=_("days, as agreed")),
            Field("contact_max_days", _("  at most"), "whole", more=more, hint=_("days")),
            Field("contact_agreed_on", _("  agreed"), "past_day", more=more),
            Field("department", _("Department"), more=more),
            Field("language", _("Language"), more=more),
            Field("preferred_channel", _("Channel"), "choice", options(*CHANNELS), more=more),
            Field("support_channel", _("Help by"), "choice", options(*CHANNELS), more=more),
            Field("learning", _("Learns by"), more=more),
            Field("consent", _("Consent"), "choice", CONSENTS, more=more),
            Field("consent_on", _("  on"), "past_day", more=more),
            Field("relationship_owner_id", _("Ours"), "colleague", more=more),
            Field(
                "community_since_on",
                _("Community"),
                "past_day",
                more=more,
                hint=_("since when a member"),
            ),
            Field("left_on", _("Left on"), "past_day", more=more),
            Field("note", _("Note"), "note", more=more),
        ),
        load_person,
        save_person,
        more_words=_("win · topics · every · channel · learning · consent · ours · left · note"),
    )


def load_person(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The person and their part; the account is the first they belong to when none is named."""
    person_id, account_id = subject.get("person_id"), subject.get("account_id")
    if person_id is None:
        filled, details = about(q, context, subject["account_id"])
        return Loaded(filled, {"consent": "unknown"}, (), details)
    parts = [part for part in q.people.parts_of(person_id) if account_id in (None, part.account_id)]
    if not parts:
        raise Refused(_("This person does not belong to the account."))
    filled, details = about(q, context, parts[0].account_id)
    person = q.record("person", person_id)
    part = q.record("membership", parts[0].membership_id)
    texts = {**record_texts(person, OWN, filled), **record_texts(part, PART, filled)}
    others = tuple(one for one in filled.people if one.id != person_id)
    return Loaded(replace(filled, people=others), texts, (person, part), details)


def save_person(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add the person to the account, or change both records in one step."""
    from planner.use_cases.people import add_person, edit_person

    if not loaded.records:
        part = _part(entered.given(PART))
        return Call(add_person, (subject["account_id"],), {"part": part, **entered.given(OWN)})
    fields = entered.only_changed(OWN)
    if "name" in fields:
        fields["name"] = fields["name"] or ""
    part = _part(entered.only_changed(PART))
    return Call(edit_person, loaded.records, {"part": part, **fields})


def _part(values: dict[str, Any]) -> dict[str, Any]:
    return numbers(values, "influence", "power")
