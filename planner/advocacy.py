"""Advocacy: what a customer did for us: a reference, a referral, a case study, a review."""

from __future__ import annotations

from datetime import date

from planner.entity import Entity, Line, Name
from planner.vocabulary import AdvocacyKind


class Advocacy(Entity):
    """One thing that the account, or one of its people, did for us."""

    account_id: int
    person_id: int | None = None
    kind: AdvocacyKind
    advocacy: Name
    on_date: date
    link: Line | None = None
