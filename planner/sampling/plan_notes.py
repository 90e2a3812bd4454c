"""What stands in the sections of the sample's plans: why they buy and stay, value, loyalty."""

from __future__ import annotations

from planner.sampling.locales import lines

WHY_BOUGHT: tuple[tuple[str, str], ...] = (
    ("pain", "Orders were typed twice, and every tenth one was wrong."),
    ("pain", "Three sites worked with three lists, none of them current."),
    ("pain", "Their supplier answered after days, if at all."),
    ("perceived_value", "One place for all orders, and a person who answers."),
    ("perceived_value", "The audit takes a day in place of a week."),
    ("evidence", "Letter of the managing director after the pilot."),
)
WHY_STAY: tuple[tuple[str, str, str], ...] = (
    ("why_renewed", "We renewed because the second site asked for it.", "quality"),
    ("justified", "Our finance saw the hours saved; that was enough for the board.", "cost"),
    ("value", "Fewer calls: our people order by themselves now.", "time"),
    ("without_it", "We would need two people more from the first month on.", "cost"),
    ("doubt", "After the price list mistake; the named contact removed the doubt.", "people"),
)
LOSES: tuple[tuple[str, str], ...] = (
    ("Leaving takes the order history of four years with it.", "insight"),
    ("No other supplier has a desk in their time zone.", "people"),
    ("Interfaces to their warehouse would be built anew.", "cost"),
)
PROOFS: tuple[tuple[str, float, str], ...] = (
    ("Hours saved in the order desk", 64.0, "h a month"),
    ("Returns avoided since the new labels", 118.0, "parcels"),
    ("Stock days fewer at the second site", 4.5, "days"),
    ("Invoices right at the first go", 98.2, "%"),
)
CONTACT_TOPICS: tuple[tuple[str, str, str], ...] = (
    ("marketing", "email", "what is new, once a month"),
    ("sales", "meeting", "terms and volumes, each quarter"),
    ("success", "phone", "goals and what hinders them"),
    ("service", "email", "open cases, when there are any"),
)
STRENGTHS: tuple[tuple[str, str], ...] = (
    ("strength", "Their people know ours by name."),
    ("weakness", "Our reports come late in the month."),
    ("opportunity", "The third site opens next year."),
    ("threat", "Purchasing moves to the parent company."),
    ("competitor", "Kestrel Supply, cheaper, no desk in the country."),
)
DECISIONS = lines("""
    Keep the rhythm; next look at the goals in a quarter.
    Show the savings to finance before the notice date.
    One named person answers from now on.""")
PRODUCTS = ("Order portal", "Scheduled deliveries", "Stock service", "Training", "Reports")
CENTRES = ("Operations", "Purchasing", "Second site")
OPPORTUNITIES = lines("""
    Stock service for the second site
    Reports for purchasing
    Scheduled deliveries for two depots""")
NEXT_STEPS = lines("""
    show it to their lead
    quote with volumes
    pilot for a month""")
BENEFITS: tuple[tuple[str, str, str], ...] = (
    ("service", "a named contact with a direct line", "no queue"),
    ("behavioural", "early view of the next season", "planning a month earlier"),
    ("financial", "loyalty price on the core range", "no yearly haggling"),
    ("emotional", "invitation of their team to the summer round", ""),
)
GESTURES: tuple[tuple[str, str, str, int], ...] = (
    ("emotional", "card and cake for the anniversary", "ten years a customer", 6_000),
    ("service", "free training day", "after two late deliveries", 90_000),
    ("financial", "one month credited", "the October price file", 240_000),
)
BEHAVIOURS: tuple[tuple[str, str, str, str], ...] = (
    ("orders online in place of by phone", "share of orders online", "points for each order",
     "scheduled deliveries"),
    ("tells a peer about us", "introductions a year", "a seat at the round table", "a reference"),
)  # fmt: skip
PROGRAMME = "Partner club"
PROGRAMME_TIERS = (("silver", 0), ("gold", 500), ("platinum", 2_000))
POINTS_FOR = lines("""
    orders of the quarter
    reference call with a prospect
    talk at the customer day""")
EXIT_WORDS: tuple[tuple[str, str, str, str], ...] = (
    ("service", "slow_answers", "“Nobody called back.”", "two people left our desk in spring"),
    ("price", "budget_cut", "“Headquarters decides on price.”", "finance never saw the value"),
)  # fmt: skip
