"""Where the marks of the pictures stand, and that each picture is told in words and as a table, too."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from service.domain.actors import Region
from service.domain.overviews import Day, Stage
from service.domain.phases import Phase
from service.domain.positions import PositionState, Stance
from service.domain.recommendations import Addressee, RecommendationState
from service.domain.text import Block, BlockKind
from service.domain.views.overviews import BlockContest, PartnershipOverview
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import (
    PositionView,
    RecommendationSummary,
    VersionRef,
    VersionView,
)
from service.web import pictures
from service.web.engine import environment

NOW = datetime(2026, 3, 2, tzinfo=UTC)
AMARA, DAWA = OrganisationRef("amara", "Amara"), OrganisationRef("dawa", "Dawa")
WATER = PartnershipOverview("water", "Water for all", Region.ASIA_PACIFIC, (AMARA, DAWA), ("amara",))
PARKS = replace(WATER, id="parks", name="Parks", members=(DAWA,), heard=())
TRAMS = replace(PARKS, id="trams", name="Trams", region=Region.EUROPEAN_UNION)
ASK = RecommendationSummary(
    id="r1",
    agenda_id="a",
    number=1,
    title="Name a contact",
    addressee=Addressee.CITIES,
    theme="Partnership",
    state=RecommendationState.TABLED,
    current_version=VersionRef("v1", 1, "0" * 64),
    changed_at=NOW,
    amendments=4,
    open_amendments=3,
    colliding=2,
    comments=1,
    open_comments=1,
    positions=0,
    revision=1,
)
DRAFT = replace(
    ASK, id="r2", number=2, state=RecommendationState.DRAFT, amendments=0, open_amendments=0, colliding=0
)
DROPPED = replace(DRAFT, id="r3", number=3, state=RecommendationState.NOT_ADOPTED)
TEXT = VersionView(
    "v1",
    "r1",
    1,
    None,
    "0" * 64,
    "",
    NOW,
    (Block("t", BlockKind.HEADING, "Name a contact", 1), Block("b", BlockKind.PARAGRAPH, "A contact.")),
    {},
    {},
)
CONTESTED = BlockContest("r1", "b", 2, 2, 1)
DAYS = (Day(date(2026, 3, 2), 2, 2), Day(date(2026, 3, 5), 4, 1))


def said(by: OrganisationRef, stance: Stance, *, counts: bool = True) -> PositionView:
    return PositionView(
        f"p-{by.id}",
        "r1",
        by,
        ASK.current_version,
        stance,
        None,
        "",
        "",
        PositionState.STANDING,
        NOW,
        counts,
        1,
    )


def test_open_recommendation_stands_as_far_as_its_amendments_are_decided() -> None:
    drawn = pictures.stages((ASK, DRAFT, DROPPED), Phase.AMENDING, mirrored=False)
    assert [(t.stage, t.ended, t.at, t.passed) for t in drawn.tracks] == [
        (Stage.OPEN, False, "34%", ("10%", "30%")),
        (Stage.DRAFTED, False, "10%", ()),
        (Stage.SETTLED, True, "50%", ("10%", "30%")),
    ]
    assert (drawn.height, drawn.stops) == (102, ("10%", "30%", "50%", "70%", "90%"))


def test_everything_is_turned_for_whoever_reads_from_right_to_left() -> None:
    stages = pictures.stages((ASK,), Phase.AMENDING, mirrored=True)
    strips = pictures.strips((ASK,), (TEXT,), (CONTESTED,), mirrored=True)
    bars = pictures.regions((WATER,), mirrored=True)
    (grid,) = pictures.grids(pictures.by_partnership((WATER,), (ASK,), ()), (1,), mirrored=True)
    found = (
        stages.tracks[0].at,
        [cell.x for cell in strips.strips[0].cells],
        (bars.bars[0].x, bars.bars[0].after),
        (grid.name_x, grid.columns),
        pictures.curve(DAYS, mirrored=True).open,
    )
    assert found == (
        "66%",
        ["50.05%", "4.55%"],
        ("30%", "28%"),
        (360, ((1, 20.0),)),
        "M100 100H100V50H25V75H0",
    )


def test_curve_steps_on_the_day_on_which_the_number_changes() -> None:
    drawn = pictures.curve(DAYS, mirrored=False)
    assert (drawn.most, drawn.tabled, drawn.open, drawn.area) == (
        4,
        "M0 100H0V50H75V0H100",
        "M0 100H0V50H75V75H100",
        "M0 100H0V50H75V75H100V100Z",
    )


def test_curve_of_nothing_is_empty() -> None:
    drawn = pictures.curve((), mirrored=False)
    assert (drawn.most, drawn.tabled, drawn.area) == (0, "", "")


def test_strip_holds_a_field_for_each_block_and_leaves_out_a_text_that_is_not_there() -> None:
    before = BlockContest("r1", None, 1, 0, 0)
    drawn = pictures.strips((ASK, DRAFT), (TEXT,), (before, CONTESTED), mirrored=False)
    assert (drawn.height, [s.ask.number for s in drawn.strips]) == (44, [1])
    assert [(c.number, c.contest, c.x, c.width) for c in drawn.strips[0].cells] == [
        (1, before, "9%", "40.95%"),
        (2, CONTESTED, "54.5%", "40.95%"),
    ]


def test_bars_are_as_long_as_a_region_has_partnerships() -> None:
    drawn = pictures.regions((WATER, PARKS, TRAMS), mirrored=False)
    assert [(b.region, b.active, b.total, b.width, b.filled) for b in drawn.bars] == [
        (Region.ASIA_PACIFIC, 1, 2, "70%", "35%"),
        (Region.EUROPEAN_UNION, 0, 1, "35%", "0%"),
    ]
    assert (drawn.active, drawn.total) == (1, 3)


def test_members_who_say_the_same_are_told_as_one_voice() -> None:
    same = (said(AMARA, Stance.ENDORSED), said(DAWA, Stance.ENDORSED))
    apart = (said(AMARA, Stance.OBJECTION), said(DAWA, Stance.ENDORSED, counts=False))
    (one,) = pictures.by_partnership((WATER,), (ASK,), same)
    (two,) = pictures.by_partnership((WATER,), (ASK, DRAFT), apart)
    assert one.cells == ((pictures.Said(Stance.ENDORSED, True, ("Amara", "Dawa")),),)
    assert [[(v.stance, v.counts) for v in cell] for cell in two.cells] == [
        [(Stance.ENDORSED, False), (Stance.OBJECTION, True)],
        [],
    ]


def test_voices_stand_side_by_side_and_each_region_has_a_grid_of_its_own() -> None:
    apart = (said(AMARA, Stance.OBJECTION), said(DAWA, Stance.ENDORSED))
    rows = pictures.by_partnership((WATER, replace(PARKS, members=()), TRAMS), (ASK,), apart)
    drawn = pictures.grids(rows, (1,), mirrored=False)
    assert [(g.region, g.height, g.columns) for g in drawn] == [
        (Region.ASIA_PACIFIC, 72, ((1, 340.0),)),
        (Region.EUROPEAN_UNION, 48, ((1, 340.0),)),
    ]
    assert [[(r.name, r.y, [m.x for m in r.marks]) for r in g.rows] for g in drawn] == [
        [("Water for all", 36, [333.5, 346.5]), ("Parks", 60, [340.0])],
        [("Trams", 36, [340.0])],
    ]


def test_names_stand_above_the_marks_where_a_page_is_narrow() -> None:
    rows = pictures.by_partnership((WATER, PARKS), (ASK, DRAFT), ())
    (drawn,) = pictures.grids(rows, (1, 2), narrow=True, mirrored=False)
    assert (drawn.width, drawn.height, drawn.columns) == (280, 116, ((1, 12.0), (2, 36.0)))
    assert [(r.y, r.marks_y) for r in drawn.rows] == [(36, 56), (82, 102)]


def test_rows_are_filtered_by_region_and_by_what_is_said() -> None:
    rows = pictures.by_partnership((WATER, TRAMS), (ASK,), (said(DAWA, Stance.OBJECTION),))
    asia, objects = Region.ASIA_PACIFIC, Stance.OBJECTION
    wanted = ((None, None), (asia, None), (None, objects), (asia, Stance.ENDORSED))
    found = [[r.partnership.name for r in pictures.wanted_rows(rows, *pair)] for pair in wanted]
    assert found == [["Water for all", "Trams"], ["Water for all"], ["Water for all", "Trams"], []]


CALLS = {
    "stages": "stages(asks, phase)",
    "convergence": "convergence(days, 2)",
    "contested": "contested(asks, versions, blocks)",
    "regions": "regions(partnerships)",
    "partnerships-1": "grid(rows, asks)",
}
EVERYTHING = {
    "asks": (ASK, DRAFT, DROPPED),
    "phase": Phase.AMENDING,
    "days": DAYS,
    "versions": (TEXT,),
    "blocks": (CONTESTED,),
    "partnerships": (WATER, TRAMS),
    "rows": pictures.by_partnership(
        (WATER, TRAMS), (ASK, DRAFT, DROPPED), (said(AMARA, Stance.RECUSED, counts=False),)
    ),
}


def drawn(call: str, values: Mapping[str, object]) -> str:
    names = "stages, convergence, contested, regions, grid"
    template = f'{{% from "parts/pictures.html" import {names} %}}{{{{ {call} }}}}'
    return environment("en").from_string(template).render(values)


@pytest.mark.parametrize("name", CALLS)
def test_picture_has_a_title_a_description_and_a_table(name: str) -> None:
    html = drawn(CALLS[name], EVERYTHING)
    told = (
        f'role="img" aria-labelledby="{name}-t {name}-d"',
        f'<title id="{name}-t">',
        f'<desc id="{name}-d">',
        "<caption",
    )
    assert [part in html for part in told] == [True] * 4


@pytest.mark.parametrize("name", CALLS)
def test_picture_of_nothing_says_what_will_stand_there(name: str) -> None:
    html = drawn(CALLS[name], dict.fromkeys(EVERYTHING, ()) | {"phase": Phase.AMENDING})
    assert ("<svg" in html, html.strip().startswith('<p class="soft">')) == (False, True)


def test_table_tells_what_the_shapes_tell() -> None:
    html = {name: drawn(call, EVERYTHING) for name, call in CALLS.items()}
    assert "<td>2 amendments, 2 of them in each other’s way, 1 comment</td>" in html["contested"]
    assert "<td>recused (Amara; of an earlier text)</td>" in html["partnerships-1"]
    assert "<td>4, 3 open, 2 collide</td>" in html["stages"]
    assert '<td class="num">4</td><td class="num">1</td>' in html["convergence"]
    assert '<td class="num">1</td><td class="num">1</td>' in html["regions"]
