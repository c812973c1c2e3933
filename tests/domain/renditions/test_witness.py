"""What the record proves, in a rendition."""

from dataclasses import replace

from service.domain.publication import Snapshot
from service.domain.receipts import Receipts
from tests.adapters.editions import a_corrected_edition, an_edition
from tests.domain.renditions.made import rendered
from tests.domain.renditions.trees import section, told

EDITION = a_corrected_edition(asks=2, organisations=3, amendments=0, lessons=0)


def proofs() -> Receipts:
    assert EDITION.proofs is not None
    return EDITION.proofs


def test_the_checkpoint_stands_as_it_is_signed_with_the_key() -> None:
    said = told(section(rendered(EDITION), "record"))
    signed = [one for one in proofs().checkpoint.splitlines() if one]
    assert said[:2] == ["Annex I", "What the record proves"]
    assert said[3 : 3 + len(signed)] == signed
    assert said[3 + len(signed) :][:2] == ["The key that signs", proofs().public_key]


def test_each_position_is_told_with_its_entry() -> None:
    said = told(section(rendered(EDITION), "record"))
    at = said.index("Organisation")
    entries = [{one.organisation: str(one.entry) for one in ask.positions} for ask in EDITION.recommendations]
    rows = [
        [one.name, *(known.get(one.id, "–") for known in entries)]
        for one in EDITION.organisations
        if any(one.id in known for known in entries)
    ]
    assert said[at:] == ["Organisation", "1", "2", *(cell for row in rows for cell in row)]


def test_where_no_entry_is_known_there_is_no_table() -> None:
    asks = tuple(
        replace(ask, positions=tuple(replace(one, entry=0) for one in ask.positions))
        for ask in EDITION.recommendations
    )
    said = told(section(rendered(replace(EDITION, recommendations=asks)), "record"))
    assert said[-1] == proofs().public_key


def test_the_files_inside_the_paper_are_named() -> None:
    def named(edition: Snapshot) -> list[str]:
        said = told(section(rendered(edition), "signatures"))
        return [one for one in said if one.endswith((".json", ".xml"))]

    assert named(EDITION) == ["agenda.json", "rendering.json", "agenda.akn.xml", "proofs.json"]
    without = replace(EDITION, proofs=replace(proofs(), receipts=()))
    assert named(without) == named(an_edition(asks=1)) == ["agenda.json", "rendering.json", "agenda.akn.xml"]


def test_an_edition_without_proofs_has_no_such_section() -> None:
    assert "record" not in [one.anchor for one in rendered(an_edition(asks=1)).sections]
