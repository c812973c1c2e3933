"""What rests on what, in a rendition."""

from dataclasses import replace

from service.domain.publication import Recommendation, Snapshot
from tests.adapters.editions import an_edition
from tests.domain.renditions.made import a_courtesy, rendered
from tests.domain.renditions.trees import section, told

EDITION = an_edition(asks=3, organisations=1, amendments=0, lessons=0)
FIRST, SECOND, THIRD = EDITION.recommendations


def of(*asks: Recommendation) -> Snapshot:
    return replace(EDITION, recommendations=asks)


def test_each_claim_stands_beside_its_evidence() -> None:
    report = (
        "1 Strategic and monitoring report. Coordination facility, p. 14: "
        "“nine of eleven water projects went on without us”"
    )
    assert told(section(rendered(of(FIRST)), "basis")) == [
        "Annex G",
        "What rests on what",
        "First the words that are underpinned, then the source, the page and what it says there.",
        f"Recommendation 1: {FIRST.title}",
        "Claim",
        "Evidence",
        "The recommendation as a whole",
        "2 Lesson learnt 3.",
        "3 Survey of Delegations, question 7. Survey. https://example.org/survey?question=7",
        FIRST.blocks[2].text,
        report,
        FIRST.blocks[3].text,
        report,
        "Paragraphs that no evidence names: 2 + 5 + 7.",
    ]


def test_what_has_no_evidence_is_named_where_something_else_has() -> None:
    whole = replace(FIRST, evidence=FIRST.evidence[1:2])
    bare = [replace(one, evidence=()) for one in (SECOND, THIRD)]
    assert told(section(rendered(of(whole, *bare)), "basis"))[-2:] == [
        "2 Lesson learnt 3.",
        "Recommendations for which no evidence was given: 2 + 3.",
    ]
    assert "basis" not in [one.anchor for one in rendered(of(*bare)).sections]


def test_the_title_is_translated_and_the_claims_stay_as_they_are_authentic() -> None:
    french = (a_courtesy(FIRST, b1="Nommer un contact"),)
    said = told(section(rendered(of(FIRST), language="fr", offered=french), "basis"))
    assert "Recommendation 1: Nommer un contact" in said
    assert FIRST.blocks[2].text in said
