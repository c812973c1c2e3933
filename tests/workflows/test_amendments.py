import re
from dataclasses import replace

import pytest

from service.domain.amendments import AmendmentAction, AmendmentState, Opinion
from service.domain.errors import (
    AlreadySigned,
    EmptyChange,
    ForeignOrganisation,
    IllegalMove,
    Invalid,
    NotCounted,
    PhaseClosed,
    SignInNeeded,
    StaleBase,
    StaleState,
    Unknown,
)
from service.domain.phases import Phase
from service.domain.text import CollisionKind
from service.domain.views.amendments import AmendmentFilter
from service.store.uow import HOUSE
from service.workflows import amendments, amendments_carried, decisions, reading, recommendations
from service.workflows.amendments import EditDraft, Foresee, SignAmendment
from service.workflows.amendments_carried import CarryOver
from tests.builders import (
    ASK,
    WHY,
    a_recommendation,
    a_world,
    an_amendment,
    consolidated,
    decided,
    names,
    tabling,
)
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World

BOLD = ASK.replace("should", "must")


def editing(world: World, draft: str, **texts: str) -> EditDraft:
    return EditDraft(draft, world.reworded(**texts), "Because.", "fr")


def test_a_city_tables_an_amendment(house: House) -> None:
    world = a_world(house)
    amara = world.cities[0]
    with world.recording() as entries:
        made = amendments.table(world.acting(amara), tabling(world))
    view = world.amendment(made)
    assert (view.state, view.number, view.stale) == (AmendmentState.TABLED, 1, False)
    assert [o.name for o in view.organisations] == ["Amara"]
    assert (view.base_version.id, view.base_blocks) == (world.version, world.text.blocks)
    assert view.block_ids == (world.blocks["ask"].id,)
    assert view.tabled_at == house.clock.moment
    assert [(e.name, e.organisation_id, e.person_id, e.data["number"]) for e in entries] == [
        ("amendment.tabled", amara.organisation, amara.person, 1)
    ]


def test_amendments_are_numbered_in_the_order_of_tabling(house: House) -> None:
    world = a_world(house)
    draft = an_amendment(world, draft=True)
    first, second = an_amendment(world, by=world.cities[1]), an_amendment(world, by=world.service)
    amendments.table_draft(world.acting(world.cities[0]), draft)
    assert [world.amendment(a).number for a in (first, second, draft)] == [1, 2, 3]


def test_tabling_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    amara, command = world.acting(world.cities[0]), tabling(world)

    def table(kind: type[Exception], **changes: object) -> None:
        changed = replace(command, **changes)  # type: ignore[arg-type] # fields of the command
        refused(world, kind, lambda: amendments.table(amara, changed))  # type: ignore[arg-type] # a refusal

    refused(world, SignInNeeded, lambda: amendments.table(house.stranger, command))
    table(ForeignOrganisation, organisation_id=world.cities[1].organisation)
    table(Unknown, recommendation_id="nobody")
    table(Unknown, base_version_id="nobody")
    table(EmptyChange, blocks=world.text.blocks)
    outsider = replace(command, organisation_id=world.outsider.organisation)
    refused(world, NotCounted, lambda: amendments.table(world.acting(world.outsider), outsider))
    assert fields(world, lambda: amendments.table(amara, replace(command, justification=" "))) == [
        "justification"
    ]
    assert fields(world, lambda: amendments.table(amara, replace(command, language="xx"))) == ["language"]
    world.in_phase(Phase.CONSOLIDATION)
    table(PhaseClosed)


def test_an_amendment_to_an_older_version_is_refused(house: House) -> None:
    world = a_world(house)
    stale = tabling(world)
    decided(world, an_amendment(world))
    consolidated(world)
    told = refused(world, StaleBase, lambda: amendments.table(world.acting(world.cities[0]), stale))
    assert told.values == {"current": 2, "base": 1}


def test_a_withdrawn_recommendation_takes_no_amendments(house: House) -> None:
    world = a_world(house)
    command = tabling(world)
    recommendations.withdraw(world.acting(world.rapporteur), world.recommendation, "Said elsewhere.")
    refused(world, IllegalMove, lambda: amendments.table(world.acting(world.cities[0]), command))


def test_a_draft_is_its_organisations_alone(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    draft = an_amendment(world, draft=True)
    wanted = AmendmentFilter(agenda_id=world.agenda)
    assert reading.amendment(amara, draft).number is None
    assert [a.id for a in reading.amendments(amara, wanted).items] == [draft]
    for ctx in (house.stranger, *map(world.acting, (world.cities[1], world.rapporteur, world.facility))):
        with pytest.raises(Unknown):
            reading.amendment(ctx, draft)
        with pytest.raises(Unknown):
            reading.earlier_wordings(ctx, draft)
        assert reading.amendments(ctx, wanted).items == ()
        figures = reading.figures(ctx, world.agenda)
        assert (figures.amendments, figures.open_amendments, figures.active_partnerships) == (0, 0, 0)
        assert reading.recommendation(ctx, world.recommendation).amendments == 0
        assert reading.collisions(ctx, world.recommendation).items == ()


def test_nobody_else_can_do_anything_to_a_draft_or_learn_that_it_is_there(house: House) -> None:
    world = a_world(house)
    draft = an_amendment(world, draft=True)
    other, rapporteur = world.acting(world.cities[1]), world.acting(world.rapporteur)
    signing = SignAmendment(draft, world.cities[1].organisation)
    refused(world, Unknown, lambda: amendments.edit_draft(other, editing(world, draft, ask=BOLD)))
    refused(world, Unknown, lambda: amendments.table_draft(other, draft))
    refused(world, Unknown, lambda: amendments.sign(other, signing))
    refused(world, Unknown, lambda: amendments.withdraw(other, draft))
    refused(world, Unknown, lambda: amendments_carried.carry_over(other, CarryOver(draft)))
    refused(world, Unknown, lambda: amendments_carried.preview_rebase(other, draft))
    decide = decisions.Decide(draft, AmendmentAction.ADMIT)
    refused(world, Unknown, lambda: decisions.decide(rapporteur, decide))
    advice = decisions.Advise(draft, Opinion.REJECT, "So.")
    refused(world, Unknown, lambda: decisions.advise(rapporteur, advice))


def test_a_draft_that_is_withdrawn_stays_its_organisations_own(house: House) -> None:
    world = a_world(house)
    draft = an_amendment(world, draft=True)
    amendments.withdraw(world.acting(world.cities[0]), draft)
    assert world.amendment(draft, by=world.cities[0]).state is AmendmentState.WITHDRAWN
    with pytest.raises(Unknown):
        world.amendment(draft)
    assert reading.figures(house.stranger, world.agenda).amendments == 0


def test_a_draft_may_lack_its_reason_and_is_not_tabled_without(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    draft = amendments.table(amara, replace(tabling(world), justification="", draft=True))
    assert fields(world, lambda: amendments.table_draft(amara, draft)) == ["justification"]
    amendments.edit_draft(amara, editing(world, draft, ask=BOLD))
    with world.recording() as entries:
        amendments.table_draft(amara, draft)
    assert names(entries) == ["amendment.tabled"]
    view = world.amendment(draft)
    assert (view.state, view.language, view.justification) == (AmendmentState.TABLED, "fr", "Because.")
    refused(world, IllegalMove, lambda: amendments.table_draft(amara, draft))
    refused(world, IllegalMove, lambda: amendments.edit_draft(amara, editing(world, draft, ask=ASK + "!")))


def test_a_draft_is_edited_on_the_revision_that_was_read(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    draft = an_amendment(world, draft=True)
    revision = world.amendment(draft, by=world.cities[0]).revision
    with world.recording(HOUSE) as entries:
        amendments.edit_draft(amara, replace(editing(world, draft, ask=BOLD), revision=revision))
    assert names(entries) == ["amendment.drafted"]
    again = replace(editing(world, draft, ask=ASK + "!"), revision=revision)
    refused(world, StaleState, lambda: amendments.edit_draft(amara, again))
    refused(world, EmptyChange, lambda: amendments.edit_draft(amara, editing(world, draft)))


def test_a_draft_begun_on_an_older_version_is_carried_over_first(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    draft = an_amendment(world, draft=True)
    decided(world, an_amendment(world, by=world.cities[1], edit={"why": WHY + " Often."}))
    consolidated(world)
    refused(world, StaleBase, lambda: amendments.table_draft(amara, draft))
    amendments_carried.carry_over(amara, CarryOver(draft))
    amendments.table_draft(amara, draft)
    assert world.amendment(draft).base_version.number == 2


def test_others_put_their_names_under_an_amendment(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world)
    for city in world.cities[1:3]:
        with world.recording() as entries:
            amendments.sign(world.acting(city), SignAmendment(amendment, city.organisation))
        assert [(e.name, e.organisation_id) for e in entries] == [("amendment.signed", city.organisation)]
    assert [o.name for o in world.amendment(amendment).organisations] == ["Amara", "Vilaró", "Kesi"]
    by_kesi = AmendmentFilter(agenda_id=world.agenda, organisation_id=world.cities[2].organisation)
    assert [a.id for a in reading.amendments(house.stranger, by_kesi).items] == [amendment]


def test_signing_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world)
    author, other = world.cities[:2]
    signing = SignAmendment(amendment, other.organisation)
    refused(world, SignInNeeded, lambda: amendments.sign(house.stranger, signing))
    refused(world, ForeignOrganisation, lambda: amendments.sign(world.acting(author), signing))
    own = SignAmendment(amendment, author.organisation)
    refused(world, AlreadySigned, lambda: amendments.sign(world.acting(author), own))
    outsider = SignAmendment(amendment, world.outsider.organisation)
    refused(world, NotCounted, lambda: amendments.sign(world.acting(world.outsider), outsider))
    refused(world, Unknown, lambda: amendments.sign(world.acting(other), replace(signing, amendment_id="no")))
    amendments.sign(world.acting(other), signing)
    told = refused(world, AlreadySigned, lambda: amendments.sign(world.acting(other), signing))
    assert told.message == "Vilaró has already signed this amendment."
    decided(world, amendment)
    third = SignAmendment(amendment, world.cities[2].organisation)
    refused(world, IllegalMove, lambda: amendments.sign(world.acting(world.cities[2]), third))


def test_its_authors_withdraw_an_amendment_until_it_is_decided(house: House) -> None:
    world = a_world(house)
    amendment, other = an_amendment(world), an_amendment(world)
    amara = world.acting(world.cities[0])
    refused(world, ForeignOrganisation, lambda: amendments.withdraw(world.acting(world.cities[1]), amendment))
    with world.recording() as entries:
        amendments.withdraw(amara, amendment)
    assert names(entries) == ["amendment.withdrawn"]
    assert world.amendment(amendment).state is AmendmentState.WITHDRAWN
    refused(world, IllegalMove, lambda: amendments.withdraw(amara, amendment))
    decided(world, other)
    refused(world, IllegalMove, lambda: amendments.withdraw(amara, other))
    refused(world, Unknown, lambda: amendments.withdraw(amara, "nobody"))


def test_what_is_done_to_a_draft_stands_in_no_record_that_others_read(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    with world.recording() as shown, world.recording(HOUSE) as kept:
        draft = an_amendment(world, draft=True)
        amendments.edit_draft(amara, editing(world, draft, ask=BOLD))
        amendments.withdraw(amara, draft)
    assert names(shown) == []
    assert names(kept) == ["amendment.drafted", "amendment.drafted", "amendment.withdrawn"]


def test_a_draft_is_written_in_a_language_that_is_known(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    command = replace(tabling(world), language="x" * 40, draft=True)
    assert fields(world, lambda: amendments.table(amara, command)) == ["language"]
    draft = an_amendment(world, draft=True)
    again = replace(editing(world, draft, ask=BOLD), language="tlh")
    assert fields(world, lambda: amendments.edit_draft(amara, again)) == ["language"]


def test_a_wording_is_seen_with_what_it_meets_before_it_is_sent(house: House) -> None:
    world = a_world(house)
    same = an_amendment(world, by=world.cities[1])
    other = an_amendment(world, by=world.cities[2], edit={"ask": ASK.replace("a contact", "a desk")})
    an_amendment(world, by=world.cities[3], edit={"why": WHY + " Often."})
    wording = tabling(world).blocks
    seen = amendments.foresee(
        world.acting(world.cities[0]), Foresee(world.recommendation, world.version, wording)
    )
    assert (seen.base_blocks, seen.blocks) == (world.text.blocks, wording)
    assert [ref.id for ref in seen.identical] == [same]
    assert [(c.second.id, c.kind, c.first.number) for c in seen.collisions] == [
        (other, CollisionKind.OVERLAP, None)
    ]


def test_a_wording_on_an_older_version_is_shown_without_what_it_meets(house: House) -> None:
    world = a_world(house)
    wording = tabling(world).blocks
    decided(world, an_amendment(world, by=world.cities[1], edit={"ask": BOLD}))
    consolidated(world)
    seen = amendments.foresee(
        world.acting(world.cities[0]), Foresee(world.recommendation, world.version, wording)
    )
    assert (seen.collisions, seen.identical) == ((), ())


def test_what_cannot_be_foreseen_is_refused(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    same = Foresee(world.recommendation, world.version, world.text.blocks)
    refused(world, EmptyChange, lambda: amendments.foresee(amara, same))
    refused(world, Unknown, lambda: amendments.foresee(amara, replace(same, recommendation_id="nobody")))
    refused(world, Unknown, lambda: amendments.foresee(amara, replace(same, base_version_id="nobody")))


def test_an_amendment_to_another_recommendations_version_is_refused(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    rapporteur = world.acting(world.rapporteur)
    other = a_recommendation(rapporteur, world.agenda)
    recommendations.table(rapporteur, other)
    world.in_phase(Phase.AMENDING)
    elsewhere = reading.current_version(rapporteur, other)
    command = replace(tabling(world), base_version_id=elsewhere.id)
    refused(world, Unknown, lambda: amendments.table(world.acting(world.cities[0]), command))


def test_tabling_asks_no_more_than_it_has_to_know(sqlite_house: House) -> None:
    world = a_world(sqlite_house)
    an_amendment(world)
    city, command = world.acting(world.cities[0]), tabling(world)
    with counting(sqlite_house) as statements:
        amendments.table(city, command)
    does = re.compile(r"IMMEDIATE|(?:FROM|UPDATE|INTO) \w+")
    assert [does.findall(statement)[0] for statement in statements] == [
        "IMMEDIATE",
        "FROM recommendations",
        "FROM persons",
        "FROM participations",
        "UPDATE agendas",
        "INTO amendments",
        "INTO amendment_claims",
        "FROM record_heads",
        "INTO events",
        "UPDATE record_heads",
    ]


def test_an_author_replaces_an_amendment_that_is_not_yet_decided(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    earlier = an_amendment(world)
    with world.recording() as entries:
        later = amendments.table(amara, replace(tabling(world), replaces=earlier))
    old, new = world.amendment(earlier), world.amendment(later)
    assert (old.state, old.decision_reason) == (
        AmendmentState.SUPERSEDED,
        "Its authors replaced it by amendment 2.",
    )
    assert (old.replaced_by and old.replaced_by.id, new.replaces and new.replaces.id) == (later, earlier)
    assert [(e.name, e.subject_id) for e in entries] == [
        ("amendment.tabled", later),
        ("amendment.moved", earlier),
    ]


def test_a_draft_replaces_nothing_until_it_is_tabled(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    earlier = an_amendment(world)
    draft = amendments.table(amara, replace(tabling(world), draft=True, replaces=earlier))
    assert (world.amendment(earlier).state, world.amendment(earlier).replaced_by) == (
        AmendmentState.TABLED,
        None,
    )
    amendments.table_draft(amara, draft)
    assert world.amendment(earlier).state is AmendmentState.SUPERSEDED


def test_nobody_replaces_an_amendment_of_others_or_one_that_is_decided(house: House) -> None:
    world = a_world(house)
    theirs = an_amendment(world, by=world.cities[1])
    mine = decided(world, an_amendment(world))
    amara = world.acting(world.cities[0])
    refused(world, Invalid, lambda: amendments.table(amara, replace(tabling(world), replaces=theirs)))
    refused(world, IllegalMove, lambda: amendments.table(amara, replace(tabling(world), replaces=mine)))
