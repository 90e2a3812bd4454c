"""Offering a section of a plan to a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.plan_sections import FILLS_ITSELF
from planner.vocabulary_words import section_names
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"offer_section": offer_form()}


def offer_form() -> FormSpec:
    """Another keeper for a section of an account's plan (``account_id``, preset ``section``)."""
    names = tuple(
        (section, name) for section, name in section_names().items() if section != FILLS_ITSELF
    )
    return FormSpec(
        "offer_section",
        _("Offer a section"),
        (
            Field("to_id", _("To"), "colleague", required=True, also=("to",)),
            Field("section", _("Section"), "choice", tuple(one for one, _name in names),
                  labels=names),
        ),
        load_offer,
        save_offer,
    )  # fmt: skip


def load_offer(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The section under the cursor; it stays its owner's until it is accepted."""
    from tui.dialogs.loading import about

    filled, details = about(q, context, subject["account_id"])
    hints = {"to_id": _("it stays yours until they accept")}
    texts = {"section": subject.preset.get("section", "goals")}
    return Loaded(filled, texts, (), details, hints)


def save_offer(_q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered) -> Call:
    """Offer it."""
    from planner.use_cases.plan_sections import offer_section

    return Call(
        offer_section, (subject["account_id"], entered["section"]), {"to_id": entered["to_id"]}
    )
