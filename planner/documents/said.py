"""You said, we did, as a document. It is made from its model alone and cannot say more."""

from __future__ import annotations

from planner.documents.blocks import Block, Document, Part, grid, hint
from planner.language import gettext as _
from planner.said import YouSaid


def said_document(said: YouSaid) -> Document:
    """What they said and what was done, one row for each."""
    blocks: list[Block] = [
        *grid(
            (_("You said"), _("Who"), _("When"), _("We did")),
            ((line.words, line.who, line.said_on, "\n".join(line.done)) for line in said.lines),
        )
    ]
    if not said.lines:
        blocks += hint(_("nothing can be told yet"))
    return Document(
        title=_("{account}: you said, we did").format(account=said.account),
        lead=(_("as of {day}").format(day=said.as_of),),
        parts=(Part(_("What came of your words"), tuple(blocks)),),
        foot=_("as of {day}").format(day=said.as_of),
    )
