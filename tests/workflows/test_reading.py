from collections.abc import Callable
from typing import Any

import pytest

from service.domain.actors import OrganisationKind, Region
from service.domain.errors import BadCursor, Unknown
from service.domain.permissions import Permission
from service.domain.phases import Phase
from service.domain.views import Page
from service.domain.views.amendments import AmendmentFilter
from service.domain.views.people import OrganisationRef
from service.workflows import library, people, reading, record
from service.workflows.context import Context
from service.workflows.pages import every
from service.workflows.readiness import Readiness, measures, readiness
from tests.builders import (
    ASK,
    a_comment,
    a_lesson,
    a_position,
    a_recommendation,
    a_released_edition,
    a_world,
    an_agenda,
    an_amendment,
    an_edition,
    consolidated,
    decided,
    endorsed,
    evidenced,
)
from tests.counting import counting
from tests.houses import House
from tests.worlds import World


def grow_comments(world: World) -> None:
    a_comment(world)


def grow_amendments(world: World) -> None:
    an_amendment(world, edit={"ask": f"{ASK} Now."})


def grow_evidence(world: World) -> None:
    evidenced(world)


def grow_lessons(world: World) -> None:
    a_lesson(world)


def grow_recommendations(world: World) -> None:
    a_recommendation(world.acting(world.rapporteur), world.agenda)


def grow_agendas(world: World) -> None:
    an_agenda(world.house, world.facility, ())


def grow_organisations(world: World) -> None:
    ctx = world.acting(world.facility)
    kind, region = OrganisationKind.LOCAL_AUTHORITY, Region.ASIA_PACIFIC
    name = f"Place {world.house.new_id()}"
    made = people.enter_organisation(ctx, people.EnterOrganisation(name, kind, "Lusvia", region))
    people.enter_partnership(ctx, people.EnterPartnership(name, region, (), made, (made,)))


def grow_editions(world: World) -> None:
    an_edition(world)


def grow_versions(world: World) -> None:
    number = world.text.number
    decided(world, an_amendment(world, edit={"ask": f"{ASK} Version {number}."}))
    consolidated(world)


def grow_positions(world: World) -> None:
    taken = len(reading.positions(world.house.stranger, world.recommendation).items)
    if taken < len(world.cities):
        a_position(world, by=world.cities[taken])


Read = Callable[[Context, World], object]
GROWING: dict[str, tuple[Phase, Callable[[World], None], Read]] = {
    "agendas": (Phase.AMENDING, grow_agendas, lambda c, _: reading.agendas(c)),
    "figures": (Phase.AMENDING, grow_amendments, lambda c, w: reading.figures(c, w.agenda)),
    "recommendations": (
        Phase.COMMENTING,
        grow_recommendations,
        lambda c, w: reading.recommendations(c, w.agenda),
    ),
    "current versions": (
        Phase.COMMENTING,
        grow_recommendations,
        lambda c, w: reading.current_versions(c, w.agenda),
    ),
    "versions": (Phase.AMENDING, grow_versions, lambda c, w: reading.versions(c, w.recommendation)),
    "origins": (Phase.AMENDING, grow_versions, lambda c, w: reading.origins(c, w.text.provenance)),
    "amendments": (
        Phase.AMENDING,
        grow_amendments,
        lambda c, w: reading.amendments(c, AmendmentFilter(recommendation_id=w.recommendation)),
    ),
    "collisions": (Phase.AMENDING, grow_amendments, lambda c, w: reading.collisions(c, w.recommendation)),
    "comments": (Phase.AMENDING, grow_comments, lambda c, w: reading.comments(c, w.recommendation)),
    "positions": (Phase.ENDORSEMENT, grow_positions, lambda c, w: reading.positions(c, w.recommendation)),
    "position grid": (Phase.ENDORSEMENT, grow_positions, lambda c, w: reading.position_grid(c, w.agenda)),
    "outcomes": (Phase.COMMENTING, grow_recommendations, lambda c, w: reading.outcomes(c, w.agenda)),
    "organisations": (Phase.AMENDING, grow_organisations, lambda c, _: library.organisations(c)),
    "partnerships": (Phase.AMENDING, grow_organisations, lambda c, _: library.partnerships(c)),
    "evidence": (Phase.AMENDING, grow_evidence, lambda c, w: library.evidence(c, w.agenda)),
    "evidence for": (Phase.AMENDING, grow_evidence, lambda c, w: library.evidence_for(c, w.recommendation)),
    "lessons": (Phase.AMENDING, grow_lessons, lambda c, w: library.lessons(c, w.agenda)),
    "editions": (Phase.PUBLICATION, grow_editions, lambda c, w: library.editions(c, w.agenda)),
    "record": (Phase.AMENDING, grow_comments, lambda c, w: record.entries(c, w.agenda)),
}


@pytest.mark.parametrize("name", GROWING)
def test_a_list_asks_the_database_as_often_for_thirty_items_as_for_one(
    sqlite_house: House, name: str
) -> None:
    phase, grow, read = GROWING[name]
    world = a_world(sqlite_house, phase)
    ctx = world.acting(world.rapporteur)
    asked, size = {}, 0
    for wanted in (1, 3, 30):
        while size < wanted:
            grow(world)
            size += 1
        with counting(sqlite_house) as statements:
            read(ctx, world)
        asked[wanted] = len(statements)
    assert asked[1] == asked[3] == asked[30]


def test_assembling_asks_as_often_for_many_recommendations_as_for_few_each(sqlite_house: House) -> None:
    world = endorsed(a_world(sqlite_house))
    with counting(sqlite_house) as few:
        an_edition(world)
    with counting(sqlite_house) as again:
        an_edition(world)
    assert len(again) == len(few)


PAGED: dict[str, Callable[[Context, int, str | None, World], Page[Any]]] = {
    "agendas": lambda c, limit, cursor, _: reading.agendas(c, limit, cursor),
    "amendments": lambda c, limit, cursor, w: reading.amendments(
        c, AmendmentFilter(agenda_id=w.agenda), limit, cursor
    ),
    "comments": lambda c, limit, cursor, w: reading.comments(c, w.recommendation, limit, cursor),
    "organisations": lambda c, limit, cursor, _: library.organisations(c, None, limit, cursor),
    "participants": lambda c, limit, cursor, w: library.organisations(c, w.agenda, limit, cursor),
    "evidence": lambda c, limit, cursor, w: library.evidence(c, w.agenda, limit, cursor),
    "lessons": lambda c, limit, cursor, w: library.lessons(c, w.agenda, limit, cursor),
    "record": lambda c, limit, cursor, w: record.entries(c, w.agenda, limit, cursor),
}


@pytest.mark.parametrize("name", PAGED)
def test_a_list_read_page_by_page_is_the_list(house: House, name: str) -> None:
    read = PAGED[name]
    world = a_world(house)
    for grow in (grow_comments, grow_amendments, grow_evidence, grow_lessons, grow_agendas):
        for _ in range(3):
            grow(world)
    ctx = house.stranger
    whole = read(ctx, 100, None, world)
    assert whole.next is None
    assert len(whole.items) >= 3
    assert every(lambda cursor: read(ctx, 2, cursor, world)) == whole.items
    with pytest.raises(BadCursor):
        read(ctx, 2, "made up", world)


@pytest.mark.parametrize("identifier", ["nobody", "\0", "\ud800"])
def test_what_is_not_there_is_unknown_to_every_reader(house: House, identifier: str) -> None:
    a_world(house)
    readers: tuple[Callable[[Context, str], object], ...] = (
        reading.agenda,
        reading.figures,
        reading.abilities,
        reading.recommendations,
        reading.recommendation,
        reading.versions,
        reading.version,
        reading.current_version,
        reading.current_versions,
        reading.amendment,
        reading.earlier_wordings,
        reading.collisions,
        reading.comments,
        reading.comment,
        reading.positions,
        reading.position,
        reading.position_grid,
        reading.outcome,
        reading.outcomes,
        library.organisation,
        library.mandates,
        library.evidence,
        library.evidence_for,
        library.one_evidence,
        library.lessons,
        library.lesson,
        library.editions,
        library.edition,
        record.entries,
    )
    for read in readers:
        with pytest.raises(Unknown):
            read(house.stranger, identifier)


def test_an_agenda_in_numbers(house: House) -> None:
    world = a_world(house)
    an_amendment(world, edit={"ask": ASK.replace("a contact", "two contacts")})
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("a contact", "one desk")})
    decided(world, an_amendment(world, by=world.service, edit={"why": "Because it works."}))
    an_amendment(world, draft=True)
    a_comment(world)
    figures = reading.figures(house.stranger, world.agenda)
    assert (figures.recommendations, figures.amendments, figures.open_amendments) == (1, 3, 2)
    assert (figures.colliding, figures.comments, figures.open_comments) == (2, 1, 1)
    assert (figures.partnerships, figures.active_partnerships, figures.organisations) == (1, 1, 6)
    assert (figures.shortlisted_lessons, figures.editions) == (0, 0)
    view = reading.recommendation(house.stranger, world.recommendation)
    assert (view.amendments, view.open_amendments, view.colliding) == (3, 2, 2)
    assert (view.comments, view.open_comments, view.positions) == (1, 1, 0)


def test_abilities_are_what_the_reader_may_do_and_for_whom(house: House) -> None:
    world = a_world(house)
    amara = world.cities[0]
    able = reading.abilities(world.acting(amara), world.agenda)
    assert able.may(Permission.AMENDMENT_TABLE)
    assert not able.may(Permission.AMENDMENT_DECIDE)
    assert able.organisations(Permission.AMENDMENT_TABLE) == (OrganisationRef(amara.organisation, "Amara"),)
    assert not able.may_for(Permission.AMENDMENT_TABLE, world.cities[1].organisation)
    rapporteur = reading.abilities(world.acting(world.rapporteur), world.agenda)
    assert rapporteur.may(Permission.AMENDMENT_DECIDE)
    stranger = reading.abilities(house.stranger, world.agenda)
    assert {p for p in Permission if stranger.may(p)} == {
        Permission.SESSION_OPEN_IN_DEMO,
        Permission.LINK_ASK,
        Permission.LINK_USE,
        Permission.ACCOUNT_USE,
        Permission.PASSKEY_USE,
    }


def test_the_record_tells_who_acted_for_whom(house: House) -> None:
    world = a_world(house)
    made = a_comment(world)
    last = record.entries(house.stranger, world.agenda, 100).items[-1]
    assert (last.name, last.subject_id, last.person_id, last.organisation) == (
        "comment.posted",
        made,
        world.cities[0].person,
        OrganisationRef(world.cities[0].organisation, "Amara"),
    )


def test_nobody_who_is_signed_in_is_no_me(house: House) -> None:
    assert library.me(house.stranger) is None
    assert library.me(house.operator) is None
    assert library.me(house.person("nobody")) is None


def test_an_instance_is_ready_when_all_is_in_order(house: House) -> None:
    assert readiness(house.stranger) == Readiness(database=True, migrations=True, keys=True)
    assert readiness(house.stranger).is_ready
    house.sealer.ready = False
    assert not readiness(house.stranger).is_ready


def test_a_monitor_is_told_of_jobs_and_of_the_record(house: House) -> None:
    world = endorsed(a_world(house))
    an_edition(world, approved=True)
    entries = len(house.record()) + len(house.record(world.agenda))
    assert measures(house.stranger) == {
        "jobs_ready": 1,
        "jobs_running": 0,
        "jobs_done": 0,
        "jobs_failed": 0,
        "record_entries": entries,
        "seal_days_left": (house.sealer.seal.valid_until - house.clock.moment).days,
    }
    house.work()
    a_released_edition(world)
    assert measures(house.stranger)["jobs_done"] == 2


def test_text_in_markdown_is_read_against_its_version_however_long_it_is(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.cities[0])
    title, ask, why = world.text.blocks
    costs: list[int] = []
    new = "New.\n\n"
    for count in (1, 3):
        written = f"# {title.text}\n\n{new * count}{why.text}\n\n{ask.text}"
        with counting(house) as statements:
            found = reading.rewording(ctx, world.version, written)
        costs.append(len(statements))
        assert [block.id for block in found if not block.id.startswith("new-")] == [title.id, why.id, ask.id]
    assert costs[0] == costs[1]


def test_text_in_markdown_needs_a_version_that_may_be_read(house: House) -> None:
    with pytest.raises(Unknown):
        reading.rewording(house.stranger, "nothing", "# Title\n\nAsk.")
