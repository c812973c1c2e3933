"""The agenda in Akoma Ntoso: valid by the standard's own schema, and with every word of the edition."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import distribution
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from service.adapters.pdf import akoma
from service.adapters.pdf.attached import MARKUP
from service.adapters.pdf.render import render
from service.domain.publication import Recommendation, Snapshot
from service.domain.text import Block, BlockKind, Mark, MarkKind
from tests.adapters.editions import VERIFY_URL, a_corrected_edition, an_approval, an_edition

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
EDITION = a_corrected_edition(asks=2, organisations=5, amendments=9, lessons=2)


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema as OASIS published it, out of the package `cobalt`."""
    file = Path(str(distribution("cobalt").locate_file("cobalt/xsd/akomantoso30.xsd")))
    return etree.XMLSchema(etree.parse(file))


def tree_of(snapshot: Snapshot) -> etree._Element:
    return etree.fromstring(akoma.write(snapshot))


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield block.text


def words_of(snapshot: Snapshot) -> Iterator[str]:
    """Yield every text of an edition that the document holds."""
    yield from (snapshot.title, snapshot.subtitle, snapshot.programme, snapshot.status, snapshot.mandate)
    yield from (snapshot.meeting.name, snapshot.meeting.place)
    for ask in snapshot.recommendations:
        yield from (ask.addressee, ask.theme, ask.due, ask.success, ask.outcome.sentence)
        yield from texts(ask.blocks)
        for one in ask.evidence:
            yield from (one.title, one.source, one.quotation, one.url)
        for amendment in ask.amendments:
            yield from (amendment.justification, amendment.reason, amendment.state.replace("_", " "))
            yield from texts(amendment.base + amendment.amended)
            yield from map(snapshot.organisation_name, amendment.organisations)
    for lesson in snapshot.lessons:
        yield lesson.text


@pytest.mark.parametrize(
    "snapshot",
    [
        EDITION,
        an_edition(asks=0, organisations=0, lessons=0),
        an_edition(asks=1, organisations=0, amendments=3),
    ],
    ids=["corrigendum", "empty", "without participants"],
)
def test_the_document_is_valid_by_the_schema_of_the_standard(
    snapshot: Snapshot, schema: etree.XMLSchema
) -> None:
    schema.validate(tree_of(snapshot))
    assert [error.message for error in schema.error_log] == []


def test_every_id_is_given_once_and_every_reference_leads_to_one() -> None:
    tree = tree_of(EDITION)
    given = Counter(str(value) for value in tree.xpath("//@eId"))
    asked = {str(value) for value in tree.xpath("//@href | //@source | //@refersTo") if value.startswith("#")}
    assert [one for one, times in given.items() if times > 1] == []
    assert {one for one in asked if one[1:] not in given} == set()
    assert {"#editor", "#rec_1", "#org_org0003"} <= asked


def test_all_words_come_back() -> None:
    held = "".join("".join(tree_of(EDITION).itertext()).split())
    assert [text for text in words_of(EDITION) if "".join(text.split()) not in held] == []


def test_a_text_comes_back_block_by_block_with_its_lasting_ids() -> None:
    for ask in EDITION.recommendations:
        whole = tree_of(EDITION).find(f".//{AKN}hcontainer[@eId='rec_{ask.number}']")
        assert whole is not None
        found = [(str(one.get("wId")), "".join(one.itertext())) for one in whole.iter() if one.get("wId")]
        assert found == [(f"block_{block.id}", block.text) for block in ask.blocks]


def test_an_amendment_quotes_what_was_and_what_it_proposes() -> None:
    (ask, *_) = EDITION.recommendations
    tree = tree_of(EDITION)
    for amendment in ask.amendments:
        for name, blocks in (("old", amendment.base), ("new", amendment.amended)):
            quoted = tree.find(f".//{AKN}quotedStructure[@eId='am_{amendment.number}__mod__{name}']")
            assert quoted is not None
            assert "".join(quoted.itertext()) == "".join(texts(blocks))


def one_block(block: Block) -> etree._Element:
    ask: Recommendation = replace(EDITION.recommendations[0], amendments=(), evidence=())
    text = (ask.blocks[0], block)
    tree = tree_of(replace(EDITION, recommendations=(replace(ask, blocks=text),), lessons=()))
    found = tree.find(f".//{AKN}p[@wId='block_{block.id}']")
    assert found is not None
    return found


def test_marks_are_elements_and_nothing_of_the_text_is_lost() -> None:
    marks = (
        Mark(MarkKind.LINK, 0, 6, "https://example.org/a?b=1&c=2"),
        Mark(MarkKind.STRONG, 4, 11),
        Mark(MarkKind.EMPHASIS, 7, 11),
    )
    found = one_block(Block("m", BlockKind.PARAGRAPH, "Cities & <towns> ask.", marks=marks))
    looks = [(one.tag.removeprefix(AKN), "".join(one.itertext())) for one in found.iter()][1:]
    assert looks == [("a", "Citi"), ("a", "es"), ("b", "es"), ("b", " "), ("b", "& <t"), ("i", "& <t")]
    assert "".join(found.itertext()) == "Cities & <towns> ask."
    assert [str(one.get("href")) for one in found.iter(f"{AKN}a")] == ["https://example.org/a?b=1&c=2"] * 2


def test_what_xml_cannot_hold_is_replaced_by_a_sign(schema: etree.XMLSchema) -> None:
    found = one_block(Block("m", BlockKind.PARAGRAPH, "a\x00b\x0bc\ufffe ]]> <!-- &amp;"))
    assert found.text == "a\ufffdb\ufffdc\ufffd ]]> <!-- &amp;"
    strange = replace(EDITION, title="\x07 <title>", editor='"&\x1f')
    schema.validate(tree_of(strange))
    assert [error.message for error in schema.error_log] == []


def test_the_paper_carries_the_document_as_another_form_of_itself() -> None:
    paper = render(EDITION, an_approval(), verify_url=VERIFY_URL)
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        held = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
        kinds = {str(one.UF): str(one.AFRelationship) for one in pdf.Root.AF}
    assert held[MARKUP] == akoma.write(EDITION)
    assert kinds == {
        "agenda.json": "/Source",
        "agenda.akn.xml": "/Alternative",
        "proofs.json": "/Data",
        "rendering.json": "/Supplement",
    }
