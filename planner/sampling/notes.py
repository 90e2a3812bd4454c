"""What colleagues write down: notes by function and mood, complaints, reasons, risks, steps."""

from __future__ import annotations

from random import Random

from planner.sampling.locales import lines

GOOD, PLAIN, BAD = 1, 0, -1

OPENINGS: dict[str, tuple[str, ...]] = {
    "success": lines("""
        Went through {area} with {who}.
        Regular check-in with {who}, mostly about {area}.
        {who} showed how their team works with {area} now.
        Looked at the goals with {who}; {area} took most of the time.
        Review of the last weeks with {who}.
        {who} asked how others in the sector handle {area}.
        Walked {who} through what changed in {area}."""),
    "service": lines("""
        {who} had a question about {area}.
        Looked into {area} together with {who}.
        {who} reported an oddity in {area}; reproduced it on the phone.
        Closed the loop with {who} on {area}.
        Second-level answer on {area} for {who}.
        {who} needs access rights for two new people."""),
    "sales": lines("""
        Talked with {who} about the terms and {area}.
        {who} wants a quote that covers {area}.
        Budget round with {who}.
        {who} explained how they decide on spending this year.
        Went over volumes and price steps with {who}.
        First talk with {who} about the next term."""),
    "marketing": lines("""
        Invited {who} to the customer day; {area} is on the agenda.
        {who} is open to a short case story on {area}.
        Sent {who} the guide on {area}.
        {who} came to the webinar on {area}.
        Asked {who} for a quote for the autumn issue."""),
}
OUTCOMES: dict[int, tuple[str, ...]] = {
    GOOD: lines("""
        They are pleased and said so.
        Numbers are ahead of what we agreed.
        {who} will recommend us to a sister company.
        Nothing open on their side.
        They want to widen it to a second site.
        The team there works with it every day now.
        Good mood, short call."""),
    PLAIN: lines("""
        Next look in a month.
        They will come back with figures.
        No decision yet; {who} checks inside.
        Left it with them.
        Fine for now, two small wishes noted.
        {who} is waiting for a colleague to return.
        Agreed to keep the rhythm."""),
    BAD: lines("""
        They are annoyed that it takes so long.
        {who} said their boss asks why they pay for this.
        The promise from last month is still open.
        They did not want to fix a date for the next talk.
        A competitor was mentioned in passing.
        {who} sounded tired of explaining it again.
        They hold back two orders until this is solved."""),
}
ONE_WAY: dict[str, tuple[str, ...]] = {
    "call": lines("""
        Tried to reach {who} about {area}, left word.
        No answer; asked {who} to call back about {area}.
        Rang twice on {area}, nobody picked up."""),
    "chat": lines("""
        Told {who} about the maintenance window.
        Sent the workaround for {area}.
        Left the status of {area} in the chat."""),
    "webinar": lines("""
        {who} had a seat in the webinar on {area}.
        Webinar on {area}; they listened, no questions."""),
    "event": lines("""
        {who} came by at the trade fair, took the leaflet on {area}.
        Their team was at the customer day, talk on {area}."""),
    "social": lines("""
        Thanked {who} in public for the post on {area}.
        Shared their news about {area}."""),
    "letter": lines("""
        Card for the company's anniversary.
        Printed season's catalogue, {area} marked."""),
    "success": lines("""
        Sent {who} the summary of the month.
        Wrote to {who} about {area}, no answer yet.
        Shared the updated action list with {who}.
        Asked {who} for a date to look at {area}."""),
    "service": lines("""
        Told {who} about the maintenance window.
        Sent the workaround for {area}.
        Status mail on {area}."""),
    "sales": lines("""
        Sent {who} the price list for next year.
        Sent draft terms to {who}.
        Offer for {area}, waiting for word."""),
    "marketing": lines("""
        Newsletter on {area}.
        Invitation to the webinar on {area}.
        Season's offer, no answer.
        Asked {who} whether they join the customer day."""),
}
COMPLAINTS: tuple[tuple[str, str, str], ...] = (
    ("Invoice wrong again: {area}", "billing", "The amount does not match what was agreed."),
    ("Delivery late, {area} stood still", "supply", "They waited three days and had to improvise."),
    ("No answer to three mails about {area}", "contact", "They feel passed from desk to desk."),
    ("Price file for {area} out of date", "master data", "Orders were booked at the old price."),
    ("Export of {area} drops lines", "defect", "Some rows are missing since the last release."),
    ("Training on {area} was cancelled twice", "planning", "Their people had cleared the day."),
    ("Access for new people takes a week", "process", "Two new colleagues could not work."),
    ("Promised call about {area} never came", "contact", "The call was promised for Tuesday."),
    ("Wrong parts sent for {area}", "supply", "The box held parts of another order."),
    ("Report on {area} cannot be read on site", "defect", "The file opens on no tablet they own."),
)  # fmt: skip
REMEDIES = lines("""
    Corrected it, credited one month and called to make sure.
    Sent a replacement the same day.
    Named one person who answers from now on.
    Fixed in the release of that week; they checked it.
    Gave two free training days.""")
SOUGHT = lines("""
    A correct invoice and an excuse in writing.
    One person who is responsible.
    A date that holds.
    A credit for the lost days.""")
PULSE_REASONS: dict[int, tuple[str, ...]] = {
    GOOD: lines("""
        They use it daily and tell others.
        New sponsor is on our side.
        Asked for more seats without being asked.
        Every promise of the quarter was kept."""),
    PLAIN: lines("""
        Steady, but nobody there fights for us.
        Waiting for the budget round.
        Good people, little time."""),
    BAD: lines("""
        Third repeat of the same fault.
        They stopped coming to the calls.
        Finance asks what they get for the money.
        Our contact looks for another supplier."""),
}
OBJECTIVES: tuple[tuple[str, str, str, float, float], ...] = (
    ("returns below two per cent", "returns", "%", 4.1, 2.0),
    ("nine of ten orders online", "orders online", "%", 58.0, 90.0),
    ("answer their customers within a day", "hours to answer", "h", 52.0, 24.0),
    ("monthly closing in three days", "days to close", "d", 8.0, 3.0),
    ("all sites on the new price file", "sites", "sites", 1.0, 6.0),
    ("half the manual entries", "manual entries a week", "entries", 240.0, 120.0),
    ("every shift trained", "people trained", "people", 5.0, 40.0),
    ("stock-outs under one a month", "stock-outs", "a month", 6.0, 1.0),
    ("reports without spreadsheets", "reports moved", "reports", 0.0, 12.0),
    ("a reference visit for their own customers", "visits", "visits", 0.0, 2.0),
)
STEPS: tuple[tuple[str, str, str], ...] = (
    ("send the savings sheet", "sheet with their own figures sent", "we"),
    ("meet the buyer about the next term", "the buyer names two conditions in writing", "we"),
    ("send a quote for the second site", "quote with price steps sent", "we"),
    ("name one person for their orders", "name and phone sent to all sites", "we"),
    ("check the price file with their team", "both sides signed the list", "we"),
    ("train the late shift", "attendance list received", "we"),
    ("show the new report on site", "their lead uses it in a meeting", "we"),
    ("agree the dates of the next reviews", "three dates in both calendars", "we"),
    ("write down the case story", "text approved by them", "we"),
    ("find out who signs above the limit", "name and role known", "we"),
    ("send the order list for January", "list received", "they"),
    ("name the people for the training", "names and mail addresses received", "they"),
    ("confirm the volumes for next year", "figure confirmed by mail", "they"),
    ("open the firewall for the interface", "test call goes through", "they"),
    ("give feedback on the draft terms", "comments received", "they"),
)
RISKS: tuple[tuple[str, str, str], ...] = (
    ("Finance never saw the savings and will ask at renewal.", "the buyer skips two meetings",
     "savings sheet agreed with the buyer"),
    ("All contact hangs on one person.", "only one name in the last ten notes",
     "two more people met this quarter"),
    ("A merger may bring another supplier in.", "questions about contract transfer",
     "meet the other side's lead before spring"),
    ("The same complaint came back twice.", "third ticket with the same cause",
     "cause found and shown to them"),
    ("Their project lead is overloaded.", "answers take more than a week",
     "take two tasks off their list"),
    ("Price is compared with a cheaper offer.", "they ask for a breakdown",
     "value review before the offer"),
)  # fmt: skip
KEEP_REASONS: dict[str, tuple[str, ...]] = {
    "invest": ("Room for two more sites and a sponsor who wants it.", "Fastest growing in sector."),
    "protect": ("Reference in the sector.", "Large share of the region's revenue."),
    "maintain": ("Stable and content, little room to grow.", "Pays on time, asks for little."),
    "let_go": ("Costs more service than it brings.", "No fit with what we build next."),
}
ACCOUNT_NOTES = lines("""
    Prefers calls before ten. Invoices go to a shared mailbox, not to the buyer.
    Closed the last two weeks of December.
    Procurement moved to the parent company; local team still decides on content.
    Everything in writing, please; they forward it to three sites.
    Likes to be shown figures first, pictures later.
    Holiday shutdown in July; orders go to the deputy.""")
PERSON_NOTES = lines("""
    Speaks English well, likes a greeting in the own language.
    Short answers by mail, long ones on the phone.
    Was with a competitor before; knows the market.
    Back from parental leave since spring.
    Wants to become head of the department.""")
TITLES: dict[str, tuple[str, ...]] = {
    "sponsor": ("Managing director", "Head of division", "Member of the board"),
    "economic_buyer": ("Head of purchasing", "Finance director", "CFO"),
    "champion": ("Operations manager", "Head of customer service", "Project lead"),
    "day_to_day": ("Team lead", "Order desk", "Coordinator"),
    "technical": ("IT lead", "Systems engineer", "Data manager"),
    "": ("Assistant", "Analyst", "Shift lead", "Controller"),
}
DEPARTMENTS = {
    "sponsor": "Management",
    "economic_buyer": "Finance",
    "champion": "Operations",
    "day_to_day": "Operations",
    "technical": "IT",
    "": "Office",
}
CELEBRATIONS = lines("""
    founded
    customer since
    opening of the second site
    anniversary of the first order
    summer party""")
TAGS = ("reference", "pilot", "beta", "partner", "multi-site", "price-sensitive", "export",
        "family-owned", "public tender")  # fmt: skip


def note_of(rng: Random, function: str, mood: int, who: str, area: str) -> str:
    """A note of a talk: what it was about and how it ended."""
    text = f"{rng.choice(OPENINGS[function])} {rng.choice(OUTCOMES[mood])}"
    return text.format(who=who, area=area)


def one_way_note(rng: Random, kind: str, function: str, who: str, area: str) -> str:
    """A note of something we sent; what mails say depends on the function."""
    return rng.choice(ONE_WAY.get(kind, ONE_WAY[function])).format(who=who, area=area)


def mood_of(sentiment: int) -> int:
    """Good, plain or bad."""
    return GOOD if sentiment > 0 else BAD if sentiment < 0 else PLAIN
