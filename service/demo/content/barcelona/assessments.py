"""What two EU services find of the recommendations; the policies that they name are invented."""

from service.demo.content.model import Assessment

ASSESSMENTS: tuple[Assessment, ...] = (
    Assessment(
        "instrument",
        "intpa",
        "needs_new",
        "some",
        1,
        fit_note="The present instrument has no line for decentralised cooperation. It would have to be in the proposal.",
        strength_note="Five results are named. One from a small city would carry further.",
        reference="Regulation on external financing, article 14 (invented)",
    ),
    Assessment(
        "library",
        "intpa",
        "fits",
        "strong",
        1,
        fit_note="The knowledge platform that we run could hold it.",
        reference="Guidelines on open results, chapter 3 (invented)",
    ),
    Assessment("programmes", "delegation", "fits", "some", 1, reference="Country programme, mid-term review"),
    Assessment(
        "table",
        "delegation",
        "fits",
        "weak",
        2,
        strength_note="Two of the three examples are of one country.",
    ),
    Assessment(
        "contracts",
        "delegation",
        "conflicts",
        "some",
        2,
        fit_note="Simplified rules end at EUR 60,000. Above that the text asks for what the rules exclude.",
        reference="Financial rules of the programme, article 8 (invented)",
    ),
    Assessment(
        "gateway",
        "intpa",
        "needs_new",
        "none",
        2,
        fit_note="Cities are heard today, and are not partners.",
        strength_note="We found no project in which it was tried. Has one of you?",
    ),
)
