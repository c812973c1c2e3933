"""The chapters of a paper: those that its renditions have, in the same order and under the same letters."""

from dataclasses import replace

import pytest

from service.adapters.pdf import chapters
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.structure import Element
from service.adapters.pdf.voice import voice_of
from service.domain.anatomy import places
from service.domain.publication import Snapshot
from tests.adapters.editions import VERIFY_URL, a_corrected_edition, an_approval, an_edition
from tests.domain.renditions.made import rendered
from tests.domain.renditions.trees import plain

EVERYTHING = a_corrected_edition(asks=2, organisations=3, amendments=1, lessons=1)
PLAIN = an_edition(asks=1, organisations=2, amendments=0, lessons=0)
NOTHING = replace(PLAIN, recommendations=(), organisations=())


def made(snapshot: Snapshot, verify_url: str = VERIFY_URL) -> list[Chapter]:
    return chapters.chapters(
        snapshot, an_approval(), Element("Document"), verify_url, "0" * 64, voice=voice_of("en")
    )


def annexes(heads: list[str]) -> list[str]:
    return [head.strip() for head in heads if head.startswith("Annex")]


@pytest.mark.parametrize("edition", [EVERYTHING, PLAIN, NOTHING])
def test_the_paper_and_its_renditions_have_the_same_parts(edition: Snapshot) -> None:
    printed = made(edition)
    *sections, imprint = rendered(edition).sections
    assert [one.anchor for one in printed] == [one.anchor for one in sections]
    assert imprint.anchor == "imprint"
    heads = [one.head.partition(" · ")[0] for one in printed]
    assert annexes(heads) == annexes([plain(one.kicker) for one in sections])


def test_the_contents_name_each_part_by_its_place() -> None:
    entries = chapters.entries(places(EVERYTHING), voice_of("en"))
    assert [one.anchor for one in entries] == [one.anchor for one in made(EVERYTHING)]
    assert [one.label for one in entries][2:4] == ["1", "2"]


def test_a_draft_is_signed_by_nobody() -> None:
    anchors = [one.anchor for one in made(EVERYTHING)]
    assert [one.anchor for one in made(EVERYTHING, "")] == anchors[:-1]
    assert [one.anchor for one in chapters.places(EVERYTHING, draft=True)] == anchors[:-1]
