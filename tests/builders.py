"""Invented rounds, built by the use cases themselves: a house, a world in it, and what happens there.

A test says what matters to it (`an_amendment(world, by=world.cities[1], edit={"ask": "…"})`) and leaves the rest
to the builder.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from service.domain.actors import ROLE_SCOPES, MandateLevel, OrganisationKind, Region, Role
from service.domain.adoption import AdoptionRule, Share
from service.domain.amendments import AmendmentAction
from service.domain.comments import CommentKind
from service.domain.evidence import EvidenceKind
from service.domain.phases import Phase
from service.domain.positions import Reservation, Stance
from service.domain.recommendations import Addressee
from service.domain.text import Block, BlockKind
from service.domain.views.agendas import Underpinned
from service.domain.views.record import RecordView
from service.workflows import (
    agendas,
    amendments,
    comments,
    consolidation,
    decisions,
    editions,
    evidence,
    lessons,
    people,
    positions,
    reading,
    recommendations,
)
from service.workflows.context import Context
from tests.houses import House
from tests.replicas import world_in
from tests.worlds import Member, World

RULE = AdoptionRule(
    counts=(OrganisationKind.LOCAL_AUTHORITY,),
    quorum=Share(1, 2),
    threshold=Share(2, 3),
    blocking_objections=2,
)
TITLE = "Name cities as partners"
ASK = "EU Delegations should name a contact for city partnerships in every country."
WHY = "Partnerships have shown results that other programmes rarely reach."
NAMES = ("title", "ask", "why")
BLOCKS = (
    Block("title", BlockKind.HEADING, TITLE, 1),
    Block("ask", BlockKind.PARAGRAPH, ASK),
    Block("why", BlockKind.PARAGRAPH, WHY),
)
CITIES = (
    ("Amara", "Arendia", Region.SUB_SAHARAN_AFRICA),
    ("Vilaró", "Lusvia", Region.EUROPEAN_UNION),
    ("Kesi", "Tamsa", Region.EASTERN_NEIGHBOURHOOD),
    ("Dawa", "Kordova", Region.ASIA_PACIFIC),
    ("Bukori", "Oostmark", Region.LATIN_AMERICA_CARIBBEAN),
)


Place = tuple[str, Region]


def names(entries: list[RecordView]) -> list[str]:
    """Return what happened, in order."""
    return [entry.name for entry in entries]


def grant(ctx: Context, person: str, organisation: str, role: Role) -> str:
    """Grant all that a mandate in this capacity can hold; returns its id."""
    scopes = tuple(sorted(ROLE_SCOPES[role]))
    return people.grant_mandate(
        ctx,
        people.GrantMandate(person, organisation, role, scopes, MandateLevel.POLITICAL, "Letter of 2025"),
    )


def a_colleague(house: House, member: Member, role: Role) -> Member:
    """Enter someone else who acts for a member's organisation, in this capacity."""
    email = f"{role.value}.{member.email}"
    person = people.enter_person(house.operator, people.EnterPerson(email, f"{member.name}’s {role.value}"))
    grant(house.operator, person, member.organisation, role)
    return replace(member, person=person, email=email)


def a_world(
    house: House, phase: Phase = Phase.AMENDING, *, rule: AdoptionRule = RULE, cities: int = 4
) -> World:
    """Build a round with everyone in it and one recommendation, and bring it to `phase`.

    Args:
        house: where.
        phase: how far the round has come; the recommendation is a draft in preparation, tabled later.
        rule: what it takes to adopt.
        cities: how many cities take part, at most five.
    """
    return world_in(house, (phase, rule, cities), lambda: _a_new_world(house, phase, rule, cities))


def _a_new_world(house: House, phase: Phase, rule: AdoptionRule, cities: int) -> World:
    kinds = OrganisationKind
    operator = house.operator
    with operator.transaction():
        facility = a_member(operator, "Coordination facility", Role.FACILITY, kinds.FACILITY)
        rapporteur = a_member(operator, "City network", Role.RAPPORTEUR, kinds.NETWORK)
        approvers = tuple(
            a_member(operator, name, Role.SIGNATORY, kinds.EU_SERVICE) for name in ("Unit one", "Unit two")
        )
        service = a_member(operator, "EU Delegation to Arendia", Role.STAKEHOLDER, kinds.EU_SERVICE)
        members = tuple(
            a_member(operator, name, Role.REPRESENTATIVE, kinds.LOCAL_AUTHORITY, (country, region))
            for name, country, region in CITIES[:cities]
        )
        outsider = a_member(operator, "Port Nova", Role.REPRESENTATIVE, kinds.LOCAL_AUTHORITY)
        newcomer = people.enter_person(operator, people.EnterPerson("newcomer@example.org", "A newcomer"))
        people.enter_partnership(
            operator,
            people.EnterPartnership(
                "Water for all",
                Region.SUB_SAHARAN_AFRICA,
                ("water",),
                members[0].organisation,
                tuple(m.organisation for m in members[:2]),
            ),
        )
    agenda = an_agenda(house, facility, (*members, service, rapporteur), rule=rule)
    drafting = house.person(rapporteur.person)
    recommendation = a_recommendation(drafting, agenda)
    version = reading.current_version(drafting, recommendation)
    world = World(
        house,
        agenda,
        facility,
        rapporteur,
        approvers,
        members,
        service,
        outsider,
        newcomer,
        recommendation,
        version.id,
        dict(zip(NAMES, version.blocks, strict=True)),
    )
    return world.in_phase(phase)


def a_member(
    ctx: Context,
    name: str,
    role: Role,
    kind: OrganisationKind,
    place: Place = ("Arendia", Region.EUROPEAN_UNION),
) -> Member:
    """Enter an organisation, and a person with all that a mandate in this capacity can hold."""
    organisation = people.enter_organisation(ctx, people.EnterOrganisation(name, kind, *place, invented=True))
    email = f"{name.lower().replace(' ', '.').replace('ó', 'o')}@example.org"
    person = people.enter_person(ctx, people.EnterPerson(email, f"{name}’s person"))
    grant(ctx, person, organisation, role)
    return Member(person, organisation, name, email)


def an_agenda(
    house: House, facility: Member, participants: tuple[Member, ...], *, rule: AdoptionRule = RULE
) -> str:
    """Open a round and admit its participants; returns its id."""
    ctx = house.person(facility.person)
    with ctx.transaction():
        agenda = agendas.create(ctx, creation(rule=rule))
        agendas.admit_participants(ctx, agenda, [m.organisation for m in participants])
    return agenda


def creation(*, rule: AdoptionRule = RULE) -> agendas.CreateAgenda:
    """Return the command that opens a round."""
    return agendas.CreateAgenda(
        title="Port Alta 2026",
        headline="Cities as partners",
        programme="Partnerships of cities",
        meeting="Annual meeting",
        place="Port Alta",
        starts_on=date(2026, 3, 2),
        ends_on=date(2026, 3, 4),
        language="en",
        time_zone="Europe/Brussels",
        rule=rule,
        invented=True,
    )


def a_recommendation(ctx: Context, agenda: str, blocks: tuple[Block, ...] = BLOCKS) -> str:
    """Draft a recommendation; returns its id."""
    return recommendations.draft(
        ctx,
        recommendations.DraftRecommendation(agenda, Addressee.EU_DELEGATIONS, "Partnership", blocks),
    )


def tabling(world: World, *, by: Member | None = None) -> amendments.TableAmendment:
    """Return the command that tables an amendment to the current version's ask."""
    text = world.text
    return amendments.TableAmendment(
        world.recommendation,
        text.id,
        (by or world.cities[0]).organisation,
        world.reworded(ask=ASK.replace("a contact", "two contacts")),
        "One contact is not enough.",
    )


def an_amendment(
    world: World, *, by: Member | None = None, edit: Mapping[str, str] | None = None, draft: bool = False
) -> str:
    """Table an amendment to the current version, or keep it as a draft; returns its id.

    Args:
        world: where.
        by: whose, the first city's if nobody is named.
        edit: the name of a block (title, ask, why) to its new words.
        draft: whether it stays a draft.
    """
    member = by or world.cities[0]
    command = replace(tabling(world, by=member), draft=draft)
    if edit is not None:
        command = replace(command, blocks=world.reworded(**edit))
    return amendments.table(world.acting(member), command)


def a_compromise(
    world: World, *covers: str, by: Member | None = None, ask: str = "", draft: bool = False
) -> str:
    """Table a compromise that covers these amendments, or keep it as a draft; returns its id."""
    member = by or world.cities[-1]
    words = world.reworded(ask=ask or ASK.replace("a contact", "one or two contacts"))
    command = replace(tabling(world, by=member), blocks=words, covers=covers, draft=draft)
    return amendments.table(world.acting(member), command)


def decided(world: World, amendment: str, action: AmendmentAction = AmendmentAction.ACCEPT) -> str:
    """Let the rapporteur decide on an amendment; returns its id."""
    reason = "" if action is AmendmentAction.ACCEPT else "It says what the text says already."
    decisions.decide(world.acting(world.rapporteur), decisions.Decide(amendment, action, reason))
    return amendment


def consolidated(world: World) -> str:
    """Work the accepted amendments in; returns the version's id."""
    return consolidation.consolidate(
        world.acting(world.rapporteur), consolidation.Consolidate(world.recommendation)
    )


def a_comment(
    world: World, *, by: Member | None = None, block: str | None = "ask", quotation: str = "a contact"
) -> str:
    """Post a comment on a phrase, or on the whole; returns its id."""
    member = by or world.cities[0]
    return comments.post(
        world.acting(member),
        comments.PostComment(
            world.recommendation,
            member.organisation,
            CommentKind.TECHNICAL,
            "Who pays for it?",
            block_id=world.blocks[block].id if block is not None else None,
            quotation=quotation if block is not None else "",
        ),
    )


def taking(world: World, *, by: Member | None = None) -> positions.TakePosition:
    """Return the command by which an organisation endorses the current version."""
    text = world.text
    return positions.TakePosition(
        world.recommendation, (by or world.cities[0]).organisation, text.id, text.digest, Stance.ENDORSED
    )


def a_position(world: World, *, by: Member | None = None, stance: Stance = Stance.ENDORSED) -> str:
    """Take a position on the current version; returns its id."""
    member = by or world.cities[0]
    command = replace(taking(world, by=member), stance=stance)
    if stance is Stance.ENDORSED_WITH_RESERVATION:
        command = replace(
            command, reservation=Reservation.SCRUTINY, statement="The council still looks at it."
        )
    if stance is Stance.OBJECTION:
        command = replace(command, statement="It is too vague.", resolved_by="A named contact.")
    return positions.take(world.acting(member), command)


def evidenced(world: World) -> str:
    """Add evidence that underpins the ask; returns its id."""
    member = world.cities[0]
    return evidence.add(
        world.acting(member),
        evidence.AddEvidence(
            world.agenda,
            member.organisation,
            EvidenceKind.RESULT,
            "Water losses halved",
            "Partnership report",
            underpins=(Underpinned(world.recommendation, world.blocks["ask"].id),),
        ),
    )


def a_lesson(world: World, text: str = "Small contracts arrive sooner.") -> str:
    """Propose a lesson; returns its id."""
    member = world.cities[0]
    return lessons.propose(
        world.acting(member), lessons.ProposeLesson(world.agenda, member.organisation, text)
    )


def endorsed(world: World) -> World:
    """Let every city endorse, and close the time for positions."""
    world.in_phase(Phase.ENDORSEMENT)
    for city in world.cities:
        a_position(world, by=city)
    return world.in_phase(Phase.PUBLICATION)


REASON = "A misprint is put right."


def an_edition(world: World, *, approved: bool = False) -> str:
    """Assemble an edition of an agenda in publication, and let someone approve it; returns its id."""
    edition = editions.assemble(world.acting(world.facility), world.agenda, REASON)
    if approved:
        approve(world, edition)
    return edition


def approve(world: World, edition: str) -> None:
    """Let the first approver approve exactly what was assembled."""
    ctx = world.acting(world.approvers[0])
    editions.approve(ctx, editions.ApproveEdition(edition, world.edition(edition).digest))


def a_released_edition(world: World) -> str:
    """Assemble, approve and publish an edition; returns its id."""
    edition = an_edition(world, approved=True)
    world.house.work()
    return edition
