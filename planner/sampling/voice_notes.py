"""What the sample says about causes, improvements, an incident, purchases and rules, in words."""

from __future__ import annotations

from planner.sampling.notes import COMPLAINTS

CALENDARS = (
    ("Berlin office", "Europe/Berlin", "mon-fri 09:00-17:00", None),
    ("Helsinki office", "Europe/Helsinki", "mon-fri 08:00-16:00", "FI"),
)
"""(name, zone, hours, country)."""
_FIRST, _SECOND = (cause for _title, cause, _detail in COMPLAINTS[:2])
IMPROVEMENTS = (
    (90, 40, _FIRST, "one person answers for each delivery until it is there",
     "since then you hear from the same person until it is solved"),
    (30, 0, _SECOND, "prices on invoices are checked against the contract before they leave", None),
)  # fmt: skip
"""(days ago recorded, days ago done or 0, root cause, words, result)."""
INCIDENT = (
    "orders of the morning were not taken over",
    "The ordering page confirmed orders that did not reach the warehouse.",
    "a certificate ran out",
)
INCIDENT_LOG = (
    (9 * 60 + 10, False, "seen by service: no order since 08:40"),
    (10 * 60, True, "Orders of this morning may be missing; we are on it and call by noon."),
    (15 * 60, True, "All orders of the morning are taken over. Nothing is lost."),
)
"""(minute, told to customers, words)."""
NOTES = (
    (False, "the warehouse knows of two more such cases"),
    (False, "they are angrier than they sound"),
    (True, "we look into it and call back with a date"),
    (True, "the cause is found; a replacement is on its way"),
)
"""(told, words)."""
PURCHASES = (("Gloves", 200, 1_500), ("Filters", 500, 4_000), ("Service hours", 300, 2_500))
"""(product, least, most in major units)."""
CRITERIA = (
    ("complaints a month, tier 1", "tier:1", "complaints a month", 2.0, 5.0),
    ("orders online, first year", "stage:onboarding,adopting", "orders online in percent",
     60.0, 30.0),
)  # fmt: skip
"""(name, segment, metric, good, poor)."""
RULES = (
    ("tier 1 goes quiet", "tier:1 touch>45", None, "Call, do not write."),
    ("renewal near and red", "renewal<90 band:red", "sales", "Open a save case."),
)
"""(name, segment, function, advice)."""
