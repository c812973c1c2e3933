"""What Barcelona asks of other actors: recommendations 10 to 12 as first drafted."""

from service.demo.content.model import BlockText, Mark, Recommendation

RECOMMENDATIONS: tuple[Recommendation, ...] = (
    Recommendation(
        key="banks",
        number=10,
        addressees=("other_actors", "eu_headquarters"),
        theme="climate adaptation",
        deadline="by the end of 2025",
        blocks=(
            BlockText("title", "heading", "Prepare climate projects with cities, not for them", level=1),
            BlockText(
                "ask",
                "paragraph",
                "Public development banks should open, by the end of 2025, a window for small urban climate projects, in which the city itself leads the preparation with the help of its partner city.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "Cities do not lack ideas for living with heat, floods and drought. They lack the eighteen months of studies between an idea and a loan. Consultants write these studies, and take the knowledge home with them.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "A partner city can do what no consultant does: send the engineer who built the same drain ten years ago, and send the same engineer again when it overflows.",
            ),
            BlockText(
                "why3",
                "paragraph",
                "A window of this kind should accept projects that are too small for the rules of today, count the hours of city staff as a contribution, and lend in the currency in which the city earns.",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, by the end of 2027, thirty urban climate projects prepared by partner cities have reached a financing decision.",
            ),
        ),
    ),
    Recommendation(
        key="associations",
        number=11,
        addressees=("other_actors",),
        theme="housing",
        deadline="from 2025",
        blocks=(
            BlockText("title", "heading", "Carry each lesson to the cities that had no partnership", level=1),
            BlockText(
                "ask",
                "paragraph",
                "National associations of local governments should carry the lessons of the partnerships to the cities that had none, with one exchange a year in each country, from 2025.",
            ),
            BlockText(
                "why1",
                "paragraph",
                "Fifty-seven partnerships are many, and they are a handful beside the thousands of towns that face the same questions. A method for upgrading homes without eviction is of little use if it stays in the one quarter where it was found.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "Associations know which of their members are ready to listen, and in which language. They also speak with the ministry that writes the building code. They need three things:",
            ),
            BlockText("item1", "list_item", "methods that are written down by those who used them;", level=1),
            BlockText("item2", "list_item", "a small budget for visits between neighbouring towns;", level=1),
            BlockText("item3", "list_item", "a seat at the yearly dialogue with the EU Delegation.", level=1),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, by the end of 2026, each lesson of this agenda has been tried by three cities that had no partnership, and they have said what they had to change.",
            ),
        ),
    ),
    Recommendation(
        key="law",
        number=12,
        addressees=("other_actors", "eu_delegations"),
        theme="governance and digital",
        deadline="by the end of 2026",
        blocks=(
            BlockText("title", "heading", "Give cities the legal room to receive and to spend", level=1),
            BlockText(
                "ask",
                "paragraph",
                "National governments should allow cities, by the end of 2026, to receive international grants directly and to spend them under their own responsibility, and EU Delegations should support them in this reform.",
                marks=(Mark("strong", "directly"),),
            ),
            BlockText(
                "why1",
                "paragraph",
                "In several partner countries a city may sign an agreement but may not open the account that the agreement needs. The money waits at the treasury, and the season for building passes.",
            ),
            BlockText(
                "why2",
                "paragraph",
                "We do not ask for less control. We ask for control after the act instead of permission before each of its steps: an audit by the national court of auditors, accounts that residents can read, and a clear sanction for misuse.",
            ),
            BlockText(
                "why3",
                "paragraph",
                "Decentralisation is decided by each country for itself. The EU can help those who have chosen it, with advice, with the experience of its own Member States and with budget support that counts what reaches the cities.",
            ),
            BlockText(
                "success",
                "paragraph",
                "Success can be seen when, by the end of 2026, the median time between the payment of a grant and its arrival in the account of the city is below thirty days.",
            ),
        ),
    ),
)
