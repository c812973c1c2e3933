"""What the first meeting asked, as first drafted."""

from service.demo.content.model import BlockText, Mark, Recommendation

RECOMMENDATIONS: tuple[Recommendation, ...] = (
    Recommendation(
        "contact",
        1,
        ("eu_delegations",),
        "governance and digital",
        "by September 2023",
        (
            BlockText("title", "heading", "Give each partnership a contact in the EU Delegation", level=1),
            BlockText(
                "ask",
                "paragraph",
                "EU Delegations should name, by September 2023, a contact for the partnerships in their country and make the name known to both cities.",
                marks=(Mark("strong", "a contact"),),
            ),
            BlockText(
                "why1",
                "paragraph",
                "A partnership has two town halls, two languages and two sets of rules. It needs one door in the Delegation behind which somebody knows that it exists.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "The contact need not be an expert in drains or in bus lanes. It is enough to know whom to ask, and to answer within a week.",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, by the end of 2023, every partnership can name its contact and has met that person once.",
            ),
        ),
    ),
    Recommendation(
        "calendar",
        2,
        ("eu_headquarters",),
        "integrated urban development",
        "from 2024",
        (
            BlockText("title", "heading", "Publish the calendar of calls a year ahead", level=1),
            BlockText(
                "ask",
                "paragraph",
                "The partnerships call on EU headquarters to publish each autumn, from 2024, the calendar of calls that are open to cities in the following year.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "A council votes its budget before the winter. A call that appears in February and closes in April finds the money spent and the engineers on other sites.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "A calendar is not a promise. It may carry a note of caution for each date:",
            ),
            BlockText("item1", "list_item", "the month in which the call is expected;", level=1),
            BlockText("item2", "list_item", "who may apply, and from which countries;", level=1),
            BlockText("item3", "list_item", "the share that the city has to pay itself.", level=1),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, in 2025, half of the applicants say that they knew of the call before their budget was voted.",
            ),
        ),
    ),
    Recommendation(
        "rules",
        3,
        ("eu_headquarters", "eu_delegations"),
        "governance and digital",
        "by December 2023",
        (
            BlockText(
                "title", "heading", "Explain the rules once, in the languages of the partners", level=1
            ),
            BlockText(
                "ask",
                "paragraph",
                "EU headquarters should explain the financial rules of the partnerships in one short handbook, in English, French, Spanish and Portuguese, by December 2023.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "The same question is asked in 57 places: whether a travel day counts, which exchange rate applies, who signs for the partner. It is answered in 57 ways.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "A handbook of thirty pages, with examples, would free more time for the work itself than a year of training.",
            ),
            BlockText(
                "quote",
                "quotation",
                "“I have read the contract eleven times. I know it by heart, and I still do not know whether the bus is eligible.” (A treasurer, invented for the demonstration.)",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when the number of questions on eligibility has fallen by half one year after the handbook appears.",
            ),
        ),
    ),
    Recommendation(
        "exchange",
        4,
        ("eu_headquarters", "cities"),
        "water and sanitation",
        "in every plan of work from 2024",
        (
            BlockText("title", "heading", "Pay for the second visit as well as the first", level=1),
            BlockText(
                "ask",
                "paragraph",
                "EU headquarters and the cities should plan every exchange of experts as at least two visits, a year apart, in every plan of work from 2024.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "On the first visit experts are shown what works. On the second they are shown what does not, and there the learning begins.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "A second visit costs a ticket and a week. It is often the first thing to be cut, because the report of the first one reads so well.",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when two exchanges out of three that begin in 2024 have led to a second visit by the end of 2025.",
            ),
        ),
    ),
    Recommendation(
        "failures",
        5,
        ("cities", "other_actors"),
        "local economy",
        "from the second half of 2023",
        (
            BlockText("title", "heading", "Share what fails as freely as what works", level=1),
            BlockText(
                "ask",
                "paragraph",
                "Partner cities and their networks should publish, from the second half of 2023, one failure for every three successes, with what was learnt from it.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "Fifty-seven partnerships that publish only their successes will repeat each other’s mistakes in private. A failure that is told well saves the neighbour a year.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "This asks for courage, and courage needs cover. A failure that has been published and explained should not count against a city when it applies again.",
                marks=(Mark("emphasis", "courage needs cover"),),
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, at the second global meeting, at least ten partnerships tell a failure on the stage.",
            ),
        ),
    ),
    Recommendation(
        "quota",
        6,
        ("eu_headquarters",),
        "integrated urban development",
        "from 2024",
        (
            BlockText("title", "heading", "Reserve a fifth of urban funding for city partnerships", level=1),
            BlockText(
                "ask",
                "paragraph",
                "The partnerships call on EU headquarters to reserve, from 2024, one fifth of all external funding for urban development for partnerships between cities.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "What is nobody’s share is soon nobody’s. A fixed part of urban funding would protect decentralised cooperation from the fashions of each year.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "One fifth is a figure that can be discussed. It is large enough to be felt and leaves four fifths for works that no partnership could carry.",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when the annual action plans of 2025 show the share and the reports of 2026 show that it was spent.",
            ),
        ),
    ),
)
