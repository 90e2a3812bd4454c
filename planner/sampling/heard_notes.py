"""What the sample hears and plans, in words."""

from __future__ import annotations

SIGNALS = (
    ("mention", "named us in a talk on suppliers at the trade fair", "trade fair", 1),
    ("rumour", "is said to look at another supplier", "a partner of theirs", -1),
    ("social", "praised the new ordering page in a post", "LinkedIn", 2),
    ("forum", "asked in the user forum why exports take so long", "user forum", -1),
    ("review", "left three of five stars", "a review site", 0),
    ("news", "opens a second site next spring", "local paper", 1),
    ("usage", "orders online fell by a third this month", "order figures", -1),
)
"""(kind, words, source, sentiment)."""
SURVEY_WORDS = (
    ("Too slow, and nobody calls back.", "We explain the same thing every week."),
    ("Does what it should.", "Fine, could be simpler."),
    ("Quick help, every time.", "I would not want to work without it."),
)
"""By thirds of the scale, the worst first."""
MEETINGS = (
    ("meeting", "Check-in"), ("meeting", "Terms of the next year"), ("qbr", "Quarterly review"),
    ("training", "Ordering online, for the new team"), ("call", "Open questions"),
)  # fmt: skip
PLACES = ("video", "their office", "our office", "phone")
ACHIEVEMENTS = (
    "won the regional logistics award", "opened a second site", "went public",
    "signed their largest customer yet", "celebrated 50 years",
)  # fmt: skip
ADVOCACY = (
    ("reference", "spoke to a prospect for us"), ("referral", "named us to a sister company"),
    ("case_study", "let us write their story"), ("review", "wrote a public review"),
    ("answer", "answered another customer's question in the forum"),
)  # fmt: skip
REQUESTS = (
    ("price_list", "send the price list for next year"), ("quote", "quote for the second site"),
    ("information", "how long do returns take?"), ("document", "send the new certificate"),
)  # fmt: skip
SNOOZE_REASONS = ("stocktaking, they asked for quiet", "their buyer is on leave", "year end")
