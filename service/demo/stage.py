"""Where the demonstration's story is told: a house, its clock, and everyone who acts in it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from service.app import House
from service.demo.content import model
from service.demo.content.people import FACILITY, ORGANISATIONS, PEOPLE
from service.demo.content.places import PARTNERSHIPS
from service.demo.hours import StoryClock, office_hours
from service.domain.actors import ROLE_SCOPES, MandateLevel, OrganisationKind, Region, Role, Scope
from service.store.identity import Identity
from service.workflows import mandates, people
from service.workflows.context import Context

Act = Callable[[], object]
"""Something that one person does at one moment, by the use cases alone."""

DOCUMENTS = {
    MandateLevel.COUNCIL_RESOLUTION: "Council resolution on the partnership (invented)",
    MandateLevel.POLITICAL: "Letter of the mayor (invented)",
    MandateLevel.TECHNICAL: "Letter of the head of service (invented)",
}


@dataclass
class Stage:
    """The house in which the story is told, with the ids of its people and organisations by their keys."""

    house: House
    clock: StoryClock
    persons: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)

    @property
    def operator(self) -> Context:
        """Whoever runs the service."""
        return self.house.context(Identity(operator=True))

    def acting(self, account: str) -> Context:
        """Return the context in which the person with this account acts."""
        return self.house.context(Identity(self.persons[account]))

    def voice(self, account: str) -> str:
        """Return the id of the organisation for which the person with this account acts."""
        return self.organisations[_ORGANISATION_OF[account]]

    def play(self, acts: Sequence[Act], opens: datetime, closes: datetime, zone: tzinfo) -> None:
        """Let the acts happen one after the other, over the office hours between two moments."""
        if acts:
            for moment, act in zip(office_hours(opens, closes, zone, len(acts)), acts, strict=True):
                self.clock.move_to(moment)
                act()


_ORGANISATION_OF = {person.local: person.organisation for person in PEOPLE}


def enter_everyone(stage: Stage) -> None:
    """Enter every organisation, person, mandate and partnership: the operator the facility, which enters the rest."""
    first = PEOPLE[0]
    with (operator := stage.operator).transaction():
        _enter_organisation(stage, operator, FACILITY)
        _enter_person(stage, operator, first)
    with (facility := stage.acting(first.local)).transaction():
        for organisation in ORGANISATIONS:
            if organisation is not FACILITY:
                _enter_organisation(stage, facility, organisation)
        for person in PEOPLE[1:]:
            _enter_person(stage, facility, person)
        for partnership in PARTNERSHIPS:
            _enter_partnership(stage, facility, partnership)


def pass_on(stage: Stage, until: datetime) -> None:
    """Let one city name an alternate, and another lend its voice in the discussion to an adviser."""
    for account, name in (("city1", "Deputy"), ("city2", "Adviser")):
        ctx = stage.acting(account)
        with ctx.reading() as reader:
            source = reader.actor.authorities[0]
        email, called = f"{name.lower()}@example.org", f"{name} of {source.organisation}"
        if name == "Deputy":
            mandates.name_alternate(ctx, mandates.NameAlternate(source.mandate_id, email, called))
        else:
            lent = (Scope.COMMENT,)
            mandates.delegate(ctx, mandates.Delegate(source.mandate_id, email, called, lent, until))


def _enter_organisation(stage: Stage, ctx: Context, organisation: model.Organisation) -> None:
    stage.organisations[organisation.key] = people.enter_organisation(
        ctx,
        people.EnterOrganisation(
            organisation.name,
            OrganisationKind(organisation.kind),
            organisation.country,
            Region(organisation.region),
            invented=True,
        ),
    )


def _enter_person(stage: Stage, ctx: Context, person: model.Person) -> None:
    entered = people.enter_person(
        ctx, people.EnterPerson(person.email, person.name, person.language, person.zone)
    )
    stage.persons[person.local] = entered
    role = Role(person.role)
    level = _level(role, len(stage.persons))
    people.grant_mandate(
        ctx,
        people.GrantMandate(
            entered, stage.voice(person.local), role, scopes_of(role), level, DOCUMENTS[level]
        ),
    )


def scopes_of(role: Role) -> tuple[Scope, ...]:
    """Return all that a mandate in this capacity can hold, in the order in which scopes are declared."""
    return tuple(scope for scope in Scope if scope in ROLE_SCOPES[role])


def _level(role: Role, number: int) -> MandateLevel:
    """Return how binding a mandate is: cities differ, officers act under a letter of their service."""
    levels = tuple(MandateLevel)
    return levels[number % len(levels)] if role is Role.REPRESENTATIVE else MandateLevel.TECHNICAL


def _enter_partnership(stage: Stage, ctx: Context, partnership: model.Partnership) -> None:
    lead, partner = (stage.organisations[f"city{n}"] for n in (partnership.lead, partnership.partner))
    people.enter_partnership(
        ctx,
        people.EnterPartnership(
            f"{partnership.name}: {partnership.project}",
            Region(partnership.region),
            tuple(partnership.themes),
            lead,
            (lead, partner),
        ),
    )


def side_by_side(*strands: Iterable[Act]) -> list[Act]:
    """Return the acts of several strands as one, each strand in its own order and spread over the whole."""
    listed = [list(strand) for strand in strands]
    placed = [
        ((place + 0.5) / len(strand), number, act)
        for number, strand in enumerate(listed)
        for place, act in enumerate(strand)
    ]
    return [act for _, _, act in sorted(placed, key=lambda each: each[:2])]
