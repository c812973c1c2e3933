from dataclasses import replace

from service.adapters.pdf import design, matrix
from service.adapters.pdf.structure import Element
from service.adapters.pdf.voice import voice_of
from service.domain.publication import Snapshot
from tests.adapters.editions import an_edition


def laid(snapshot: Snapshot) -> Element:
    """Return the structure of the tables."""
    tree = Element("Sect")
    list(matrix.tables(snapshot, snapshot.recommendations, tree, voice_of("en")))
    return tree


def tags(tree: Element, tag: str) -> list[Element]:
    """Return the elements of a kind below an element, in reading order."""
    found = [tree] if tree.tag == tag else []
    return found + [one for kid in tree.kids if isinstance(kid, Element) for one in tags(kid, tag)]


def test_fifty_recommendations_stand_in_tables_of_similar_width_with_a_heading_each() -> None:
    tree = laid(an_edition(asks=50, organisations=3, amendments=0))

    heads = [tags(table, "THead")[0] for table in tags(tree, "Table")]
    assert [len(tags(head, "TH")) - 1 for head in heads] == [16, 17, 17]
    assert len(tags(tree, "H3")) == 3


def test_up_to_eighteen_recommendations_stand_in_one_table_without_a_heading() -> None:
    tree = laid(an_edition(asks=18, organisations=3, amendments=0))

    assert len(tags(tree, "Table")) == 1
    assert tags(tree, "H3") == []


def test_every_region_is_a_body_of_its_own_headed_by_its_name() -> None:
    tree = laid(an_edition(asks=3, organisations=12))

    bodies = tags(tree, "TBody")
    heads = [tags(body, "TR")[0] for body in bodies]
    assert [[cell.columns for cell in (*tags(row, "TH"), *tags(row, "TD"))] for row in heads] == [[1, 3]] * 5
    assert sum(len(tags(body, "TR")) - 1 for body in bodies) == 12


def test_one_region_alone_is_not_named() -> None:
    edition = an_edition(asks=3, organisations=12)
    here = replace(edition, organisations=tuple(replace(one, region="") for one in edition.organisations))

    assert len(tags(laid(here), "TH")) == 4 + 12


def test_organisations_that_said_nothing_are_named_below_the_table() -> None:
    edition = an_edition(asks=2, organisations=4)
    heard = {edition.organisations[0].id}
    quiet = replace(
        edition,
        recommendations=tuple(
            replace(ask, positions=tuple(one for one in ask.positions if one.organisation in heard))
            for ask in edition.recommendations
        ),
    )

    pieces = list(matrix.tables(quiet, quiet.recommendations, Element("Sect"), voice_of("en")))

    assert len(pieces) == 2
    assert pieces[1].height(design.COLUMN) > 0
    assert len(tags(laid(quiet), "TH")) == 1 + 2 + 1


def test_regions_are_in_order_and_those_without_one_are_last() -> None:
    first, second, third = an_edition(organisations=3).organisations
    listed = (replace(first, region=""), replace(second, region="Europe"), replace(third, region="Africa"))

    assert [region for region, _ in matrix.by_region(listed)] == ["Africa", "Europe", ""]
