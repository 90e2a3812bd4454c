"""Colleagues and the team that serves an account, one person per function."""

from __future__ import annotations

from datetime import date

from pydantic import model_validator

from planner.entity import Entity, Line, Name
from planner.vocabulary import Function, Seniority


class Colleague(Entity):
    """One of us. ``away_from`` to ``away_to`` are both days away; the cover takes the rows."""

    name: Name
    email: Line | None = None
    function: Function | None = None
    seniority: Seniority = "account_manager"
    away_from: date | None = None
    away_to: date | None = None
    cover_id: int | None = None
    retired_on: date | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Colleague:
        if self.away_from and self.away_to and self.away_to < self.away_from:
            raise ValueError("away_to: the end lies before the start")
        if self.cover_id is not None and self.cover_id == self.id:
            raise ValueError("cover: nobody covers for themselves")
        return self


class Seat(Entity):
    """Who serves an account in one function."""

    account_id: int
    function: Function
    colleague_id: int
    backup_id: int | None = None
    responsibility: Line | None = None

    @model_validator(mode="after")
    def _backed_up_by_another(self) -> Seat:
        if self.backup_id is not None and self.backup_id == self.colleague_id:
            raise ValueError("backup: nobody is their own backup")
        return self
