"""What Barcelona asks of EU headquarters: recommendations 1 to 3 as first drafted."""

from service.demo.content.model import BlockText, Mark, Recommendation

RECOMMENDATIONS: tuple[Recommendation, ...] = (
    Recommendation(
        key="instrument",
        number=1,
        addressees=("eu_headquarters",),
        theme="integrated urban development",
        deadline="before the next financing instrument is proposed in 2025",
        blocks=(
            BlockText(
                "title",
                "heading",
                "Write decentralised cooperation into the next financing instrument with an amount of its own",
                level=1,
            ),
            BlockText(
                "ask",
                "paragraph",
                "The partnerships call on EU headquarters to write decentralised cooperation into the next external financing instrument, with an amount of its own, before that instrument is proposed in 2025.",
                marks=(Mark("strong", "with an amount of its own"),),
            ),
            BlockText(
                "why1",
                "paragraph",
                "The EU decided in 2018 to support decentralised cooperation between cities, and 57 partnerships grew out of that decision. For many of them 2024 is the last year of implementation. A council that cannot see beyond December will not commit its engineers beyond December either.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "The mid-term evaluation of the European Financing Instruments will be concluded by the time we meet. It is the moment to say plainly what one round of grants can start and what it cannot do: plan ahead, renew what works and let new cities in.",
            ),
            BlockText("why3", "paragraph", "An amount of its own would change three things:"),
            BlockText(
                "item1",
                "list_item",
                "partnerships could apply in a rhythm that fits the budget year of a town hall;",
                level=1,
            ),
            BlockText(
                "item2",
                "list_item",
                "small and medium-sized cities could join, and not only those that already know their way to Brussels;",
                level=1,
            ),
            BlockText(
                "item3",
                "list_item",
                "results could be followed over a whole programming period instead of the life of one grant.",
                level=1,
            ),
            BlockText(
                "quote",
                "quotation",
                "“A partnership is not a project with two addresses. It is two town halls that have decided to become better at the same thing.” (A deputy mayor, invented for the demonstration.)",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when the legal proposal names decentralised cooperation, gives it a distinct amount and says how often cities can apply.",
            ),
        ),
    ),
    Recommendation(
        key="library",
        number=2,
        addressees=("eu_headquarters", "other_actors"),
        theme="governance and digital",
        deadline="by December 2024",
        blocks=(
            BlockText(
                "title",
                "heading",
                "Keep what the programme has learnt open to every city, in one place, after the projects end",
                level=1,
            ),
            BlockText(
                "ask",
                "paragraph",
                "EU headquarters should keep the reports, methods and contacts of all 57 partnerships open to every city in one place, with the cost of its upkeep secured by December 2024.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "The programme was never only about funding activities. It also set out “to promote joint learning” among cities, their residents, EU Delegations and headquarters. Learning of that kind is lost quietly: a website lapses, a file stays on the computer of someone who has left, a method is known to two people in two cities.",
                marks=(Mark("emphasis", "joint learning"),),
            ),
            BlockText(
                "why2",
                "paragraph",
                "The first draft Strategic and Monitoring Report, shared with the partnerships in December 2023, shows how much has been gathered. It should be the first shelf of a library, not the last page of a file.",
            ),
            BlockText(
                "why3",
                "paragraph",
                "Such a place need not be large. It needs an editor who knows the cities, texts in the languages that town halls work in, and the patience to ask each partnership two years later what has lasted.",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, one year after the last partnership has ended, a city that took no part can find a method, read it in its own working language and reach the person who used it.",
            ),
        ),
    ),
    Recommendation(
        key="gateway",
        number=3,
        addressees=("eu_headquarters",),
        theme="local economy",
        deadline="for projects agreed from 2025",
        blocks=(
            BlockText(
                "title",
                "heading",
                "Name cities as partners in Global Gateway projects that are built on their ground",
                level=1,
            ),
            BlockText(
                "ask",
                "paragraph",
                "The partnerships call on EU headquarters to name cities as partners, from the first study onwards, in every Global Gateway project that is built on their ground, beginning with projects agreed in 2025.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "A port, a power line or a data centre lands in a municipality. The municipality grants the permits, moves the market, finds other homes for the families on the route and answers for the drains when the contractor has left.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "The policy note on cities and local authorities in Global Gateway, prepared by the coordination facility for this meeting, opens the question of what their part should be. Our answer is short:",
            ),
            BlockText(
                "item1",
                "list_item",
                "a seat for the city in the steering committee, with the papers in time to read them;",
                level=1,
            ),
            BlockText(
                "item2",
                "list_item",
                "a share of the preparation budget for the local works that make the large work useful;",
                level=1,
            ),
            BlockText(
                "item3",
                "list_item",
                "a duty to publish what was promised to residents and what became of it.",
                level=1,
            ),
            BlockText(
                "why3",
                "paragraph",
                "None of this slows a project down. What slows a project down is a city that first hears of it from a surveyor.",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, by the end of 2026, every new Global Gateway project with works in a city names that city in its agreement and reports once a year on what the city has received.",
            ),
        ),
    ),
)
