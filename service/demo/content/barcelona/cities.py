"""What Barcelona asks of the cities themselves: recommendations 7 to 9 as first drafted."""

from service.demo.content.model import BlockText, Mark, Recommendation

RECOMMENDATIONS: tuple[Recommendation, ...] = (
    Recommendation(
        key="budget",
        number=7,
        addressees=("cities",),
        theme="governance and digital",
        deadline="from the budgets of 2025",
        blocks=(
            BlockText(
                "title",
                "heading",
                "Set aside one per cent of each partner’s own budget for what comes after",
                level=1,
            ),
            BlockText(
                "ask",
                "paragraph",
                "Each partner city should set aside one per cent of its yearly investment budget, from 2025, for keeping alive what the partnership has built.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "We ask much of the EU in this agenda, and it is fair to be asked in return what we will give. Sustainability begins at home: a kiosk without a caretaker, a bicycle lane without paint and a data portal without an editor are monuments to a grant.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "The sum is small, but it is decided every year in public. This is its use. A council that votes on it has to ask what the partnership is worth, and residents can read the answer.",
            ),
            BlockText(
                "why3",
                "paragraph",
                "Good practice is already with us. Some partners pay the travel of their experts themselves, some lend staff, and some have opened a budget line that outlives the project.",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, in the budgets for 2026, at least half of the partner cities show such a line and report what it paid for.",
            ),
        ),
    ),
    Recommendation(
        key="council",
        number=8,
        addressees=("cities",),
        theme="integrated urban development",
        deadline="by June 2025",
        blocks=(
            BlockText(
                "title",
                "heading",
                "Anchor the partnership in a council decision, not in one person’s diary",
                level=1,
            ),
            BlockText(
                "ask",
                "paragraph",
                "Partner cities should confirm their partnership by a decision of the council, with a term of at least six years and a named office, by June 2025.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "Partnerships live through people, and they end with them. A mayor is not re-elected, a head of unit retires, and a friendship of ten years becomes a folder that nobody opens.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "A decision of the council does not replace trust. It gives trust a second address:",
            ),
            BlockText(
                "item1", "list_item", "an office that answers the telephone, whoever is mayor;", level=1
            ),
            BlockText("item2", "list_item", "a deputy for each contact person, in both cities;", level=1),
            BlockText(
                "item3",
                "list_item",
                "a short report to the council every year, published on the same day.",
                level=1,
            ),
            BlockText(
                "why3",
                "paragraph",
                "A term of six years is longer than most mandates, and that is the point. It lets a partnership survive an election on either side without being renegotiated by people who have never met.",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, after the next local elections, nine partnerships out of ten still meet, and both councils can name the office in charge.",
            ),
        ),
    ),
    Recommendation(
        key="residents",
        number=9,
        addressees=("cities", "other_actors"),
        theme="culture and youth",
        deadline="in every plan of work from 2025",
        blocks=(
            BlockText(
                "title",
                "heading",
                "Open the partnership to utilities, universities and young residents",
                level=1,
            ),
            BlockText(
                "ask",
                "paragraph",
                "Partner cities should open their partnership to public utilities, universities and young residents, and give each of them a task in every plan of work from 2025.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "Two town halls can agree on almost anything. Whether it lasts is decided by others: the utility that runs the pump, the university that trains the next planner, the young people who will live with the result for sixty years.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "Young residents are often invited to give colour to a partnership. They should be invited to give it direction. Where they wrote the call for ideas and judged the answers, more people came and fewer things were broken.",
                marks=(Mark("emphasis", "direction"),),
            ),
            BlockText(
                "why3",
                "paragraph",
                "Opening a partnership means sharing its agenda, not only its photographs. We propose that one activity in three be led by someone other than the two administrations.",
            ),
            BlockText(
                "quote",
                "quotation",
                "“They asked us what colour the benches should be. We told them where the bus should stop.” (A member of a youth council, invented for the demonstration.)",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, by 2026, every partnership names at least one utility, one university and one group of young residents, and says what each of them has done.",
            ),
        ),
    ),
)
