"""The seventh schema: threads of contacts, and a person's contacts by day.

``thread_id`` is the contact that began the thread which this one answers.
"""

from __future__ import annotations

SCHEMA = (
    "ALTER TABLE touchpoint ADD COLUMN thread_id INTEGER REFERENCES touchpoint(id)",
    "CREATE INDEX participant_person ON participant(person_id, occurred_on)",
    "CREATE INDEX touchpoint_thread ON touchpoint(thread_id) WHERE thread_id IS NOT NULL",
)
