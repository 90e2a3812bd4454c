"""The settings that belong to a book, not to a person: zone, currency, name."""

from __future__ import annotations

from pydantic import field_validator

from planner.entity import Entity, Note

BASE_CURRENCY = "base_currency"
ZONE = "zone"
BOOK_NAME = "name"
KIND = "kind"
SAMPLE = "sample"


class Setting(Entity):
    """One setting of the book, by its key."""

    key: str
    value: Note

    @field_validator("key")
    @classmethod
    def _plain_key(cls, key: str) -> str:
        if not key or not key.replace("_", "").replace(".", "").isalnum():
            raise ValueError("a key holds letters, digits, dots and underscores")
        return key
