"""What Barcelona asks of EU Delegations: recommendations 4 to 6 as first drafted."""

from service.demo.content.model import BlockText, Mark, Recommendation

RECOMMENDATIONS: tuple[Recommendation, ...] = (
    Recommendation(
        key="programmes",
        number=4,
        addressees=("eu_delegations",),
        theme="integrated urban development",
        deadline="by the 2024 mid-term review",
        blocks=(
            BlockText(
                "title", "heading", "Make room for city partnerships in every country programme", level=1
            ),
            BlockText(
                "ask",
                "paragraph",
                "EU Delegations should give city-to-city partnerships a place of their own in each multiannual country programme, with a named contact and a yearly dialogue, starting with the 2024 mid-term review.",
                marks=(Mark("strong", "a place of their own"),),
            ),
            BlockText(
                "why1",
                "paragraph",
                "Partnerships have shown results that programmes of other kinds rarely reach: water boards that learn from each other, waste collected in quarters without an address, transport plans that survive an election. Yet in most countries they stand beside the portfolio, not in it.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "The mid-term review of programming is the moment to change this. What is not written into the programmes now will wait until the next cycle, and by then many of the partnerships will have ended.",
            ),
            BlockText(
                "why3",
                "paragraph",
                "A place in the programme costs little. It asks of a Delegation that one colleague knows the cities by name, that the urban part of the portfolio is read together with them, and that what they have tried is asked about before a larger project repeats it.",
            ),
            BlockText(
                "quote",
                "quotation",
                "“For three years we worked two streets away from the Delegation. We met in Brussels.” (A city engineer, invented for the demonstration.)",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, by 2026, at least two thirds of the Delegations name a contact for cities and report on the dialogue.",
            ),
        ),
    ),
    Recommendation(
        key="table",
        number=5,
        addressees=("eu_delegations",),
        theme="sustainable mobility",
        deadline="from January 2025",
        blocks=(
            BlockText(
                "title",
                "heading",
                "Let mayors sit at the table when Global Gateway reaches their city",
                level=1,
            ),
            BlockText(
                "ask",
                "paragraph",
                "EU Delegations should invite the mayors concerned to every policy dialogue on works in their city, and send them the papers at least ten working days before, from January 2025.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "A mayor who is invited to the inauguration has been invited too late. The choices that decide whether a new road serves a city or only crosses it are made two or three years earlier, in meetings between a ministry, a bank and a Delegation.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "The partnerships on mobility have learnt what is missing when the city is missing: where people change from one bus to another, which slope floods, which market will move with the stop and which will die.",
            ),
            BlockText("why3", "paragraph", "The invitation should follow three plain rules:"),
            BlockText(
                "item1",
                "list_item",
                "the mayor may bring one technician and one representative of the residents;",
                level=1,
            ),
            BlockText(
                "item2", "list_item", "papers come in a language that the town hall works in;", level=1
            ),
            BlockText(
                "item3",
                "list_item",
                "the minutes say what the city asked for and what was answered.",
                level=1,
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, in 2026, no dialogue on works in a partner city is held without the city, and the minutes of each can be read by its residents.",
            ),
        ),
    ),
    Recommendation(
        key="contracts",
        number=6,
        addressees=("eu_delegations", "eu_headquarters"),
        theme="water and sanitation",
        deadline="from the annual action plans of 2025",
        blocks=(
            BlockText(
                "title", "heading", "Pay small contracts through cities that have proven they can", level=1
            ),
            BlockText(
                "ask",
                "paragraph",
                "EU Delegations should pay contracts of up to EUR 200,000 through cities that have closed a partnership grant with a clean audit, under simplified rules, from the annual action plans of 2025.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "A pump, forty metres of pipe and a trained caretaker are a small contract. Tendered from a capital, they take as long as a treatment plant. Tendered by the town hall, they are in the ground before the rains.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "The partnerships have been a school of public finance: the first open tender, the first published award, the first audit without findings. A city that has passed this school should not have to sit in the first class again.",
            ),
            BlockText(
                "why3",
                "paragraph",
                "Trust needs limits, and we propose them. The ceiling is low, the list of works is closed, and a city that fails one audit loses the right until it has passed another.",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, by the end of 2026, fifty small contracts have been paid through cities, nine out of ten of them finished within twelve months of the transfer.",
            ),
        ),
    ),
)
