from dataclasses import replace
from datetime import UTC, datetime

from service.domain import publication
from service.domain.amendments import AmendmentAction
from service.domain.evidence import EvidenceKind
from service.domain.own_reasons import OwnReason
from service.domain.phases import Phase
from service.domain.positions import Stance
from service.domain.publication import Snapshot, Standing
from service.domain.recommendations import Addressee
from service.domain.record import head_of
from service.domain.text import Block, BlockKind
from service.domain.views.agendas import Underpinned
from service.workflows import (
    amendments,
    decisions,
    editions,
    evidence,
    lessons,
    positions,
    recommendations,
)
from service.workflows.evidence import AddEvidence
from service.workflows.lessons import ProposeLesson
from service.workflows.snapshots import snapshot_of
from tests.builders import (
    ASK,
    TITLE,
    WHY,
    a_comment,
    a_lesson,
    a_position,
    a_recommendation,
    a_world,
    an_amendment,
    an_edition,
    consolidated,
    decided,
    evidenced,
    taking,
)
from tests.houses import House
from tests.worlds import World


def frozen(world: World) -> Snapshot:
    return publication.from_json(editions.snapshot(world.house.stranger, an_edition(world)))


def a_full_round(house: House) -> World:
    """A round in which a little of everything happened, up to publication."""
    world = a_world(house, Phase.PREPARATION)
    rapporteur = world.acting(world.rapporteur)
    withdrawn = a_recommendation(rapporteur, world.agenda)
    world.in_phase(Phase.AMENDING)
    recommendations.withdraw(rapporteur, withdrawn, "Said elsewhere.")
    a_comment(world)
    evidenced(world)
    lessons.shortlist(rapporteur, a_lesson(world))
    a_lesson(world, "Not on the list.")
    decided(world, an_amendment(world, edit={"ask": ASK.replace("a contact", "two contacts")}))
    decided(world, an_amendment(world, by=world.cities[1]), AmendmentAction.REJECT)
    an_amendment(world, by=world.cities[2], draft=True)
    kept = an_amendment(world, by=world.cities[2], draft=True)
    amendments.withdraw(world.acting(world.cities[2]), kept)
    consolidated(world)
    world.in_phase(Phase.ENDORSEMENT)
    for city in world.cities[:3]:
        a_position(world, by=city)
    a_position(world, by=world.cities[3], stance=Stance.OBJECTION)
    return world.in_phase(Phase.PUBLICATION)


def test_a_snapshot_holds_what_the_edition_prints(house: House) -> None:
    world = a_full_round(house)
    found = frozen(world)
    (ask,) = found.recommendations
    assert (found.title, found.subtitle, found.edition, found.demo) == (
        "Cities as partners",
        "Port Alta 2026",
        1,
        True,
    )
    assert found.assembled_at == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert found.status == "1 of 1 recommendations adopted"
    assert (ask.title, ask.ask) == (TITLE, ASK.replace("a contact", "two contacts"))
    assert (ask.version.number, ask.version.digest) == (2, world.text.digest)
    assert (ask.outcome.passed, ask.outcome.sentence) == (
        True,
        (
            "Adopted. Of 4 organisations that count, 4 took a position; 2 had to. 3 endorse it; 1 objects. "
            "3 had to endorse it (2 of 3 of those for or against). 2 objections would have stopped it."
        ),
    )
    assert [p.stance for p in ask.positions] == [*["endorsed"] * 3, "objection"]
    assert [e.title for e in ask.evidence] == ["Water losses halved"]
    assert [one.text for one in found.lessons] == ["Small contracts arrive sooner."]
    assert (found.participants.invited, found.participants.active, found.participants.comments) == (1, 1, 1)


def test_what_was_never_tabled_is_not_printed(house: House) -> None:
    found = frozen(a_full_round(house))
    printed = [(a.number, a.state) for a in found.recommendations[0].amendments]
    assert printed == [(1, "accepted"), (2, "rejected")]
    assert found.method[:4] == (
        "2 amendments were tabled to the recommendations printed here: 1 adopted, 1 not adopted.",
        "Every one of them is printed in the annex, with what became of it.",
        "1 comment was written; 1 is still open.",
        f"Withdrawn, and not printed here: recommendation 2, “{TITLE}”.",
    )


def test_a_comment_whose_words_are_gone_is_still_open_on_paper(house: House) -> None:
    world = a_world(house)
    a_comment(world)
    decided(world, an_amendment(world, edit={"ask": "Ministries should listen."}))
    consolidated(world)
    a_comment(world, block=None)
    with (ctx := house.operator).reading() as reader:
        found = snapshot_of(ctx, world.agenda, 1, reader.now)
    assert "2 comments were written; 2 are still open." in found.method


def test_a_draft_shows_what_is_not_decided_yet(house: House) -> None:
    world = a_world(house)
    an_amendment(world)
    with (ctx := house.operator).reading() as reader:
        found = snapshot_of(ctx, world.agenda, 1, reader.now)
    (ask,) = found.recommendations
    assert (ask.outcome.standing, ask.outcome.sentence) == (Standing.UNDECIDED, "Not decided yet.")
    assert found.status == "nothing decided yet"
    assert [one.state for one in ask.amendments] == ["tabled"]


def test_the_record_ends_where_the_snapshot_says(house: House) -> None:
    world = a_full_round(house)
    head = head_of(world.house.leaves(world.agenda))
    found = frozen(world)
    assert (found.record.sequence, found.record.hash) == (head.size, head.root)


def test_the_steps_are_the_phases_as_they_opened(house: House) -> None:
    found = frozen(a_full_round(house))
    assert [step.what for step in found.steps][-1] == (
        "The time for positions ended, and the rule was applied."
    )
    assert len(found.steps) == 5


def test_an_amendment_is_printed_as_its_authors_proposed_it(house: House) -> None:
    world = a_world(house)
    proposed = ASK.replace("a contact", "two contacts")
    amendment = an_amendment(world, edit={"ask": proposed})
    modified = world.reworded(why=WHY + " Often.")
    decisions.decide(
        world.acting(world.rapporteur),
        decisions.Decide(amendment, AmendmentAction.ACCEPT_MODIFIED, "Say why.", modified),
    )
    consolidated(world)
    world.in_phase(Phase.PUBLICATION)
    (ask,) = frozen(world).recommendations
    (printed,) = ask.amendments
    # The block before stays, so that the paper shows the difference that the page shows.
    assert [b.text for b in printed.base] == [TITLE, ASK]
    assert [b.text for b in printed.amended] == [TITLE, proposed]
    assert (printed.target, printed.state, printed.reason) == (2, "accepted_modified", "Say why.")
    assert [b.text for b in ask.blocks[1:]] == [ASK, WHY + " Often."]


def test_the_reason_of_a_decision_is_printed_in_its_language_and_one_of_the_house_in_english(
    house: House,
) -> None:
    world = a_world(house)
    for language in ("", "pt", "en"):
        amendment = an_amendment(world, edit={"ask": ASK.replace("a contact", "two contacts")})
        decisions.decide(
            world.acting(world.rapporteur),
            decisions.Decide(amendment, AmendmentAction.REJECT, "So.", language=language),
        )
    made = [an_amendment(world, edit={"ask": ASK.replace("a contact", "two contacts")}) for _ in range(2)]
    for one in made:
        decided(world, one)
        consolidated(world)
    world.in_phase(Phase.PUBLICATION)
    (ask,) = frozen(world).recommendations
    assert [(one.reason, one.reason_language) for one in ask.amendments] == [
        ("So.", ""),
        ("So.", "pt"),
        ("So.", ""),
        ("", ""),
        (OwnReason.SAID_ALREADY, ""),
    ]
    assert world.amendment(made[-1]).reason_language == "en"


def test_what_is_said_in_another_language_is_printed_as_such(house: House) -> None:
    world = a_world(house, Phase.AMENDING).in_phase(Phase.ENDORSEMENT)
    french = replace(taking(world), statement="Très bien.", language="FR")
    positions.take(world.acting(world.cities[0]), french)
    silent, english = (
        replace(taking(world, by=one), language=tag)
        for one, tag in zip(world.cities[1:3], ("fr", ""), strict=True)
    )
    positions.take(world.acting(world.cities[1]), silent)
    positions.take(world.acting(world.cities[2]), replace(english, statement="Well done."))
    (ask,) = frozen(world.in_phase(Phase.PUBLICATION)).recommendations
    assert [(one.statement, one.language) for one in ask.positions] == [
        ("Très bien.", "fr"),
        ("", ""),
        ("Well done.", ""),
    ]


def test_the_origin_of_each_phrase_is_told_in_words(house: House) -> None:
    world = a_full_round(house)
    (ask,) = frozen(world).recommendations
    origins = {run.origin for block in ask.provenance for run in block.runs}
    assert origins == {"first draft", "amendment 1 (Amara)"}


def test_every_organisation_that_is_named_is_among_the_participants(house: House) -> None:
    found = frozen(a_full_round(house))
    (ask,) = found.recommendations
    known = {one.id for one in found.organisations}
    assert {p.organisation for p in ask.positions} <= known
    assert {o for a in ask.amendments for o in a.organisations} <= known
    partnered = {one.name: one.partnership for one in found.organisations}
    assert (partnered["Amara"], partnered["Kesi"]) == ("Water for all", "")


def test_words_in_another_language_than_the_agenda_are_frozen_with_it_and_all_others_without(
    house: House,
) -> None:
    world = a_world(house)
    city, rapporteur = world.cities[0], world.acting(world.rapporteur)
    for language in ("fr", "en"):
        command = ProposeLesson(world.agenda, city.organisation, f"In {language}.", language=language)
        lessons.shortlist(rapporteur, lessons.propose(world.acting(city), command))
        piece = AddEvidence(
            world.agenda, city.organisation, EvidenceKind.RESULT, "Title", "Source",
            underpins=(Underpinned(world.recommendation, None),), language=language,
        )  # fmt: skip
        evidence.add(world.acting(city), piece)
    world.in_phase(Phase.ENDORSEMENT)
    for member, language in zip(world.cities[:2], ("fr", ""), strict=True):
        taken = replace(taking(world, by=member), statement="So.", language=language)
        positions.take(world.acting(member), taken)
    found = frozen(world.in_phase(Phase.PUBLICATION))
    (ask,) = found.recommendations
    assert [one.language for one in found.lessons] == ["fr", ""]
    assert [one.language for one in ask.evidence] == ["fr", ""]
    assert sorted(one.language for one in ask.positions) == ["", "fr"]


def test_the_facility_publishes_under_the_licence_of_the_house(house: House) -> None:
    found = frozen(a_full_round(house))
    assert (found.editor, found.imprint) == ("Coordination facility", ("Share it with its source.",))


def test_success_and_deadline_come_from_the_text(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    why = "Success can be seen when the city answers."
    drafted = recommendations.DraftRecommendation(
        world.agenda,
        Addressee.CITIES,
        "Water",
        (
            Block("", BlockKind.HEADING, "Answer", level=1),
            Block("", BlockKind.PARAGRAPH, "Cities should answer."),
            Block("", BlockKind.PARAGRAPH, why),
            Block("", BlockKind.PARAGRAPH, "By when: May 2027."),
        ),
    )
    recommendations.table(
        world.acting(world.rapporteur), recommendations.draft(world.acting(world.rapporteur), drafted)
    )
    with (ctx := house.operator).reading() as reader:
        ask = snapshot_of(ctx, world.agenda, 1, reader.now).recommendations[-1]
    assert (ask.success, ask.due, ask.rationale) == ("the city answers.", "May 2027", ())
