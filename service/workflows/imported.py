"""One import of participants while it is carried out: what was known, what is new, what a row cannot say."""

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from service.domain.actors import Mandate, MandateNature, Organisation, Partnership, Person
from service.domain.errors import FieldError, Invalid
from service.domain.events import (
    Event,
    MandateGranted,
    OrganisationAdmitted,
    ParticipantsAdmitted,
    PartnershipEntered,
    PersonEntered,
)
from service.domain.importing import Column, ImportRow, RowError
from service.domain.people_events import (
    MandateRevoked,
    OrganisationCorrected,
    PartnershipRejoined,
    PersonCorrected,
)
from service.domain.text import normalise
from service.domain.views.imports import Change, Effect, Noun
from service.store.uow import UnitOfWork
from service.workflows.context import Context
from service.workflows.people import COUNTRY_LENGTH, DOCUMENT_LENGTH, address, check_zone, name_of

T = TypeVar("T")
REPLACED = "Replaced by an import of participants."


class Imported:
    """What an import knows and does; new things are written at the end, all of a kind at once."""

    def __init__(self, ctx: Context, work: UnitOfWork, agenda_id: str | None) -> None:
        self._ctx, self._work, self._agenda_id = ctx, work, agenda_id
        self.changes: list[Change] = []
        self.errors: list[RowError] = []
        self._events: list[Event] = []
        self._organisations: dict[str, Organisation] = {}
        self._persons: dict[str, Person] = {}
        self._mandates: dict[tuple[str, str, str], Mandate] = {}
        self._new: tuple[list[Organisation], list[Person], list[Mandate]] = ([], [], [])
        self._told: dict[tuple[Noun, str], int] = {}
        self._joining: dict[str, list[tuple[ImportRow, Organisation]]] = {}

    def take(self, rows: Iterable[ImportRow], faulty: Collection[int]) -> None:
        """Carry out what the rows say, and note what is wrong with them; `faulty` are those that could not be read.

        Partnerships come last: a row that is missing might be the one that leads.
        """
        listed = tuple(rows)
        agenda = self._work.agendas.lock(self._agenda_id) if self._agenda_id is not None else None
        self._organisations = {o.name.casefold(): o for o in self._work.organisations.all()}
        self._persons = {
            p.email: p for p in self._work.persons.all(email=frozenset(row.email for row in listed))
        }
        self._mandates = {
            (m.person_id, m.organisation_id, m.role.value): m
            for m in self._work.mandates.all(person_id=frozenset(p.id for p in self._persons.values()))
            if m.nature is MandateNature.OWN and m.in_force(self._work.now)
        }
        for row in listed:
            if row.number in faulty:
                self._look_at(row)
            else:
                self._row(row)
        joining = self._checked_partnerships() if not (faulty or self.errors) else []
        if self.errors or faulty:
            return
        self._work.organisations.add_all(self._new[0])
        self._work.persons.add_all(self._new[1])
        self._work.mandates.add_all(self._new[2])
        for partnership, known in joining:
            self._join(partnership, known)
        if agenda is not None:
            self._admit(agenda.id)

    def record(self) -> None:
        """Write down what was done."""
        for event in self._events:
            agenda_id = self._agenda_id if isinstance(event, ParticipantsAdmitted) else None
            self._work.record(event, agenda_id=agenda_id)

    def _look_at(self, row: ImportRow) -> None:
        """Note what else is wrong in a row that could not be read."""
        if row.email:
            self._checked(row, Column.EMAIL, lambda: address(row.email))
        self._checked(row, Column.TIME_ZONE, lambda: check_zone(row.time_zone))

    def _row(self, row: ImportRow) -> None:
        organisation = self._organisation(row)
        if organisation is None:
            return
        if row.partnership:
            name = self._checked(row, Column.PARTNERSHIP, lambda: name_of(row.partnership, limit=300))
            if name is not None:
                self._joining.setdefault(name, []).append((row, organisation))
        person = self._person(row) if row.email else None
        if person is not None:
            self._mandate(row, person, organisation)

    def _organisation(self, row: ImportRow) -> Organisation | None:
        name = self._checked(row, Column.ORGANISATION, lambda: name_of(row.organisation))
        country = self._checked(
            row, Column.COUNTRY, lambda: name_of(row.country, limit=COUNTRY_LENGTH) if row.country else ""
        )
        if name is None or country is None:
            return None
        known = self._organisations.get(name.casefold())
        if known is not None:
            wanted = {"kind": row.kind, "country": country, "region": row.region}
            self._correct(row, known, {k: v for k, v in wanted.items() if v and v != getattr(known, k)})
            return known
        missing = [
            column
            for column, value in (
                (Column.KIND, row.kind),
                (Column.COUNTRY, country),
                (Column.REGION, row.region),
            )
            if not value
        ]
        for column in missing:
            self._refuse(row, column, "This organisation is new, so please fill this in.")
        if row.kind is None or row.region is None or not country:
            return None
        made = Organisation(self._ctx.new_id(), name, row.kind, country, row.region)
        self._organisations[name.casefold()] = made
        self._new[0].append(made)
        self._tell(row, Noun.ORGANISATION, Effect.CREATED, name, OrganisationAdmitted(made.id))
        return made

    def _correct(self, row: ImportRow, known: Organisation, changed: dict[str, object]) -> None:
        if (Noun.ORGANISATION, known.name) in self._told:
            for column in changed:
                self._refuse(row, Column(column), "An earlier row says something else of this organisation.")
            return
        for field, value in changed.items():
            setattr(known, field, value)
        event = OrganisationCorrected(known.id, tuple(changed)) if changed else None
        effect = Effect.UPDATED if changed else Effect.UNCHANGED
        self._tell(row, Noun.ORGANISATION, effect, known.name, event)

    def _person(self, row: ImportRow) -> Person | None:
        email = self._checked(row, Column.EMAIL, lambda: address(row.email))
        name = self._checked(row, Column.PERSON, lambda: name_of(row.person))
        zone = self._checked(row, Column.TIME_ZONE, lambda: check_zone(row.time_zone))
        if email is None or name is None or zone is None:
            return None
        known = self._persons.get(email)
        if known is None:
            # Language and zone are a suggestion: whoever has an account chooses them.
            made = Person(self._ctx.new_id(), email, name, row.language, zone)
            self._persons[email] = made
            self._new[1].append(made)
            self._tell(row, Noun.PERSON, Effect.CREATED, email, PersonEntered(made.id))
            return made
        differs = known.name != name
        if differs and (Noun.PERSON, email) in self._told:
            self._refuse(row, Column.PERSON, "An earlier row gives this address to somebody else.")
            return None
        known.name = name
        effect = Effect.UPDATED if differs else Effect.UNCHANGED
        self._tell(row, Noun.PERSON, effect, email, PersonCorrected(known.id) if differs else None)
        return known

    def _mandate(self, row: ImportRow, person: Person, organisation: Organisation) -> None:
        document = self._checked(row, Column.DOCUMENT, lambda: normalise(row.document, field="document"))
        if document is not None and len(document) > DOCUMENT_LENGTH:
            self._refuse(
                row, Column.DOCUMENT, "Please keep this under %(limit)s characters.", limit=DOCUMENT_LENGTH
            )
            return
        if row.expires_at is not None and row.expires_at <= self._work.now:
            self._refuse(row, Column.EXPIRES, "The mandate would have ended already.")
        if not row.role or document is None:
            return
        key = (person.id, organisation.id, row.role.value)
        title = f"{person.email}, {organisation.name}, {row.role.value}"
        known = self._mandates.get(key)
        made = Mandate(
            self._ctx.new_id(), person.id, organisation.id, row.role, row.scopes, row.level, document,
            self._work.now, row.expires_at,
        )  # fmt: skip
        if known is not None and _says(known) == _says(made):
            self._tell(row, Noun.MANDATE, Effect.UNCHANGED, title)
            return
        if known is not None and (Noun.MANDATE, title) in self._told:
            self._refuse(row, Column.ROLE, "An earlier row says something else of this mandate.")
            return
        if known is not None:
            known.revoked_at, known.revoked_by = self._work.now, self._work.actor.person_id
            known.revocation = REPLACED
            self._events.append(MandateRevoked(known.id, known.organisation_id))
        self._mandates[key] = made
        self._new[2].append(made)
        scopes = tuple(scope.value for scope in made.scopes)
        granted = MandateGranted(made.id, person.id, organisation.id, made.role.value, scopes)
        effect = Effect.CREATED if known is None else Effect.UPDATED
        self._tell(row, Noun.MANDATE, effect, title, granted)

    def _checked_partnerships(self) -> list[tuple[Partnership, Partnership | None]]:
        """Return each partnership as the list has it, and as it is known, if it is."""
        there = self._work.memberships.partnerships(self._joining.keys())
        found: list[tuple[Partnership, Partnership | None]] = []
        for name, joining in self._joining.items():
            row, members = joining[0][0], {o.id: o for _, o in joining}
            leads = list(dict.fromkeys(o.id for each, o in joining if each.lead))
            known = there.get(name)
            if len(leads) > 1:
                self._refuse(row, Column.LEAD, "Only one organisation leads a partnership.")
            elif known is not None:
                lead_id = leads[0] if leads else known.lead_id
                joined = tuple(dict.fromkeys((*known.member_ids, *members)))
                wanted = Partnership(known.id, name, known.region, known.themes, lead_id, joined)
                found.append((wanted, known))
                changed = wanted.lead_id != known.lead_id or joined != known.member_ids
                self._tell(row, Noun.PARTNERSHIP, Effect.UPDATED if changed else Effect.UNCHANGED, name)
            elif not leads:
                self._refuse(
                    row, Column.LEAD, "This partnership is new, so one of its rows has to say who leads."
                )
            else:
                lead = members[leads[0]]
                new = Partnership(self._ctx.new_id(), name, lead.region, (), lead.id, tuple(members))
                found.append((new, None))
                self._tell(row, Noun.PARTNERSHIP, Effect.CREATED, name, PartnershipEntered(new.id))
        return found

    def _join(self, wanted: Partnership, known: Partnership | None) -> None:
        if known is None:
            self._work.memberships.add_partnership(wanted)
            return
        new = tuple(m for m in wanted.member_ids if m not in known.member_ids)
        if new or wanted.lead_id != known.lead_id:
            self._work.memberships.rejoin(wanted, new)
            self._events.append(PartnershipRejoined(wanted.id, new, wanted.lead_id))

    def _admit(self, agenda_id: str) -> None:
        there = self._work.memberships.participants(agenda_id)
        by_name = {name: row for (noun, name), row in self._told.items() if noun is Noun.ORGANISATION}
        listed = [(self._organisations[name.casefold()], row) for name, row in by_name.items()]
        new = tuple(o.id for o, _ in listed if o.id not in there)
        for organisation, row in listed:
            effect = Effect.CREATED if organisation.id in new else Effect.UNCHANGED
            self.changes.append(Change(row, Noun.PARTICIPATION, effect, organisation.name))
        if new:
            self._work.memberships.admit(agenda_id, new)
            self._events.append(ParticipantsAdmitted(agenda_id, new))

    def _tell(
        self, row: ImportRow, noun: Noun, effect: Effect, name: str, event: Event | None = None
    ) -> None:
        """Note what becomes of a thing, once."""
        if event is not None:
            self._events.append(event)
        if self._told.setdefault((noun, name), row.number) == row.number:
            self.changes.append(Change(row.number, noun, effect, name))

    def _refuse(self, row: ImportRow, column: Column, template: str, **values: object) -> None:
        self.errors.append(RowError(row.number, column.value, FieldError(column.value, template, values)))

    def _checked(self, row: ImportRow, column: Column, check: Callable[[], T]) -> T | None:
        try:
            return check()
        except Invalid as refusal:
            self.errors += [RowError(row.number, column.value, fault) for fault in refusal.errors]
            return None


def _says(mandate: Mandate) -> tuple[object, ...]:
    return (frozenset(mandate.scopes), mandate.level, mandate.document, mandate.expires_at)
