"""Where everybody amends the same words, all are answered as quickly as elsewhere, and no amendment is lost."""

import time

import pytest

from bench.crowding import Ground, Scale, Voice, crowd
from service.domain.phases import Phase
from service.domain.text import Block, BlockKind
from service.workflows import consolidation, deciding
from service.workflows.consolidation import Consolidate
from tests.domain.text.builders import paragraph
from tests.stored import a_text, amended
from tests.web.visitors import Site
from tests.worlds import World

AT_ONCE = 1.0
"""Seconds of a processor that a page may cost."""
LARGEST = 200_000
"""Bytes that a page of collisions may have."""
CROWD = 200
WORDS = [f"word{number}" for number in range(60)]
TITLE = Block("title", BlockKind.HEADING, "What cities ask for", 1)
BASE = (TITLE, paragraph("p", " ".join(WORDS)), paragraph("q", "Nobody amends this."))


@pytest.fixture
def phase() -> Phase:
    return Phase.CONSOLIDATION


def reworded(number: int) -> tuple[Block, ...]:
    """The text with other words in a passage that overlaps the passages of all others."""
    before, after = WORDS[: number % 20], WORDS[25 + number % 30 :]
    return TITLE, paragraph("p", " ".join([*before, f"other{number}", *after])), BASE[2]


def test_a_paragraph_that_two_hundred_amend_is_shown_at_once(site: Site, world: World) -> None:
    text = a_text(world, BASE)
    ids = amended(world, text, BASE, map(reworded, range(CROWD)))
    about, rapporteur = f"/recommendations/{text[0]}", site.acting(world.rapporteur)
    spent = {}
    for path in (
        *(f"{about}{page}" for page in ("", "/collisions", "/deciding-order", "/consolidate", "/scenarios")),
        *(f"/amendments/{ids[0]}", f"/agendas/{world.agenda}/amendments"),
        *(f"/api/v1{about}{thing}" for thing in ("", "/collisions", "/deciding-order", "/amendments")),
    ):
        begun = time.process_time()
        page = rapporteur.opens(path)
        assert page.status == 200, path
        spent[path] = time.process_time() - begun
    assert f"and {CROWD - 1 - 10} more" in rapporteur.opens(f"{about}/deciding-order").words
    meetings = rapporteur.opens(f"{about}/collisions")
    assert (len(meetings.html) <= LARGEST, "Wordings 1 to 25 of 200" in meetings.words) == (True, True)
    assert len(rapporteur.opens(f"/api/v1{about}/collisions").html) <= LARGEST
    assert [(path, cost) for path, cost in spent.items() if cost > AT_ONCE] == []


def test_of_two_hundred_amendments_to_a_paragraph_each_is_told_and_none_is_merged(world: World) -> None:
    text = a_text(world, BASE)
    ids = amended(world, text, BASE, map(reworded, range(CROWD)))
    ctx = world.acting(world.rapporteur)
    begun = time.process_time()
    seen = consolidation.preview(ctx, Consolidate(text[0], amendments=ids))
    page = deciding.order(ctx, text[0], 100)
    assert time.process_time() - begun < AT_ONCE
    decisions = [*page.decisions, *deciding.order(ctx, text[0], 100, page.next).decisions]
    pairs = {(c.first.id, c.second.id) for c in seen.unresolved}
    assert (seen.blocks, len(pairs)) == (None, CROWD * (CROWD - 1) // 2)
    assert sorted(one.id for decision in decisions for one in decision.amendments) == sorted(ids)
    assert [len(decision.falls) + decision.more_falls for decision in decisions] == [CROWD - 1] * CROWD


def test_a_recommendation_that_everybody_talks_about_is_opened_in_no_time_and_a_few_bytes(
    site: Site, world: World
) -> None:
    voices = [Voice(city.person, city.organisation) for city in world.cities]
    made = crowd(Ground(world.house.database, world.house.new_id, world.agenda), voices, Scale(replies=0))
    begun = time.process_time()
    page = site.acting(world.rapporteur).opens(f"/recommendations/{made.recommendation}")
    # Twice what is asked of it, so that a slow machine passes and a page that reads everything does not.
    assert time.process_time() - begun < 2 * 0.3
    assert (page.status, int(page.headers["content-length"]) <= 60_000) == (200, True)
    assert "500 amendments" in page.words
