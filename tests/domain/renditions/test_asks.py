"""Recommendations in a rendition: who says what of them, and where their words come from."""

from dataclasses import replace

from service.domain.publication import Position, Snapshot
from service.domain.text import Block, BlockKind
from tests.adapters.editions import an_edition
from tests.domain.renditions.made import a_courtesy, rendered
from tests.domain.renditions.trees import section, told, words_in

EDITION = an_edition(asks=1, organisations=4)


def with_positions(*positions: Position) -> Snapshot:
    ask = replace(EDITION.recommendations[0], positions=positions)
    return replace(EDITION, recommendations=(ask,))


def said(snapshot: Snapshot) -> list[str]:
    """Return what stands between the outcome and where the words come from."""
    lines = told(section(rendered(snapshot), "recommendation-1"))
    return lines[lines.index("Adoption") + 2 : -1]


def test_reservations_objections_and_statements_stand_apart() -> None:
    positions = (
        Position("org0000", "endorsed_with_reservation", "scrutiny", "We look again."),
        Position("org0001", "objection", "", "It costs.", "A budget."),
        Position("org0002", "endorsed", statement="Well done."),
        Position("org0003", "endorsed"),
    )
    assert said(with_positions(*positions)) == [
        "Reservations",
        "Port Amara (Reservation: scrutiny): We look again.",
        "Objections",
        "Valle Lindahl: It costs. Would be resolved by: A budget.",
        "Statements",
        "San Firmo (Stance: endorsed): Well done.",
    ]


def test_who_gives_no_reason_is_named_all_the_same() -> None:
    positions = (
        Position("org0000", "endorsed_with_reservation"),
        Position("org0001", "endorsed_with_reservation", "linguistic"),
        Position("org0002", "endorsed_with_reservation"),
        Position("gone", "objection"),
    )
    assert said(with_positions(*positions)) == [
        "Reservations",
        "Valle Lindahl (Reservation: linguistic)",
        "Without a statement: Port Amara, San Firmo",
        "Objections",
        "Without a statement: gone",
    ]


def test_a_reservation_of_no_kind_is_told_by_its_stance() -> None:
    position = Position("org0000", "endorsed_with_reservation", statement="We look again.")
    assert said(with_positions(position)) == [
        "Reservations",
        "Port Amara (Stance: endorsed_with_reservation): We look again.",
    ]


def test_a_text_without_provenance_says_only_its_version() -> None:
    ask = replace(EDITION.recommendations[0], provenance=())
    last = told(section(rendered(replace(EDITION, recommendations=(ask,))), "recommendation-1"))[-1]
    assert last == f"From version 3. Digest of this text: {ask.version.digest}"


def test_what_is_said_in_another_language_says_so() -> None:
    position = Position("org0000", "objection", "", "Trop cher.", "Un budget.", language="fr")
    whole = with_positions(position)
    bare = replace(whole, recommendations=(replace(whole.recommendations[0], amendments=()),))
    spoken = [word for word in words_in(rendered(bare)) if word.language == "fr"]
    assert [word.text for word in spoken] == ["Trop cher.", "Un budget."]


def test_success_is_told_once_in_the_language_that_the_text_is_read_in() -> None:
    ask = EDITION.recommendations[0]
    why = ask.blocks[2]
    blocks = (*ask.blocks[:2], replace(why, text="Success can be seen when it is done."), *ask.blocks[3:])
    edition = replace(EDITION, recommendations=(replace(ask, blocks=blocks, success="it is done."),))

    def shown(**of: str) -> list[str]:
        offered = (a_courtesy(edition.recommendations[0], **of),) if of else ()
        lines = told(section(rendered(edition, language="fr", offered=offered), "recommendation-1"))
        return [one for one in lines if one in {"it is done.", "c’est fait.", "Fait.", blocks[2].text}]

    assert shown() == ["it is done."]
    # The authentic text stands whole below a translation.
    assert shown(b3="La réussite se verra quand c’est fait.") == [blocks[2].text, "c’est fait."]
    assert shown(b3="Fait.") == [blocks[2].text, "Fait."]


def test_a_deadline_is_told_once_in_the_language_that_the_text_is_read_in() -> None:
    ask = EDITION.recommendations[0]
    blocks = (*ask.blocks[:2], replace(ask.blocks[2], text="By when: May 2025"), *ask.blocks[3:])
    edition = replace(EDITION, recommendations=(replace(ask, blocks=blocks, due="May 2025"),))

    def shown(**of: str) -> list[list[str]]:
        offered = (a_courtesy(edition.recommendations[0], **of),) if of else ()
        whole = rendered(edition, language="fr", offered=offered)
        places = [told(section(whole, name)) for name in ("recommendation-1", "addressees")]
        return [[one for one in lines if "2025" in one and one != blocks[2].text] for lines in places]

    assert shown() == [["May 2025"], ["Recommendation 1 · By when: May 2025"]]
    assert shown(b3="Échéance : mai 2025") == [["mai 2025"], ["Recommendation 1 · By when: mai 2025"]]
    assert shown(b3="Fin mai 2025") == [["Fin mai 2025"], ["Recommendation 1 · By when: Fin mai 2025"]]


def test_a_translated_heading_runs_into_no_sentence() -> None:
    ask = EDITION.recommendations[0]
    heading = replace(
        ask.blocks[2], kind=BlockKind.HEADING, text="Success can be seen when", level=2, marks=()
    )
    answered = Block("b4", BlockKind.PARAGRAPH, "Cities are answered.")
    blocks = (*ask.blocks[:2], heading, answered, Block("b5", BlockKind.PARAGRAPH, "By when: May 2025"))
    own = replace(ask, blocks=blocks, success="Cities are answered.", due="May 2025")

    def shown(title: str) -> list[str]:
        offered = (a_courtesy(own, b3=title, b4="On répond.", b5="Fin mai 2025"),)
        whole = rendered(replace(EDITION, recommendations=(own,)), language="fr", offered=offered)
        lines = told(section(whole, "recommendation-1"))
        return [one for one in lines if "répond" in one or "mai" in one]

    for title in ("La réussite se verra quand", "Réussite"):
        assert shown(title) == ["Fin mai 2025", "On répond."]
