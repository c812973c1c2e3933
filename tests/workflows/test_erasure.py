from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import String, Text, select

from service.adapters.notary import is_signed
from service.domain import canonical
from service.domain.actors import Role, Scope
from service.domain.amendments import AmendmentAction
from service.domain.assessments import EvidenceStrength, Finding, PolicyFit
from service.domain.errors import Denied, Invalid, SignInNeeded, Unknown
from service.domain.events import MandateGranted
from service.domain.phases import Phase
from service.domain.record_checks import Trust, check
from service.domain.verification import Verdict
from service.store import bookkeeping
from service.store.bookkeeping import mails, record_persons
from service.store.columns import metadata
from service.store.erasure import PERSONAL
from service.store.tables import mandates
from service.workflows import access, agendas, assessments, erasure, notifications, people, record
from service.workflows.assessments import GiveAssessment
from service.workflows.comments import Answer, answer
from service.workflows.decisions import Decide, decide
from service.workflows.mandates import NameAlternate, Revoke, name_alternate, revoke
from tests.builders import a_colleague, a_comment, a_position, a_world, an_amendment, grant
from tests.houses import House
from tests.worlds import Member, World

NAME, EMAIL, LETTER = (
    "Wilhelmina Featherstonehaugh",
    "wilhelmina@featherstonehaugh.example",
    "Letter for Wilhelmina",
)
AUTHORED = {
    *(
        "agenda",
        "amendments",
        "amendment_revisions",
        "comments",
        "corrections",
        "editions",
        "edition_signatories",
        "evidence",
        "assessments",
        "lessons",
        "mandates",
        "mandate_documents",
    ),
    *("positions", "record_persons", "replies", "signatures", "translations", "versions"),
}
"""The tables in which a person stands as who did something, and those that erasure sees to by name."""


def a_person_who_acts(world: World) -> tuple[Member, str]:
    """Let somebody with a name of their own act for the first city; returns them, and the position that they took."""
    house, city = world.house, world.cities[0]
    person = people.enter_person(house.operator, people.EnterPerson(EMAIL, NAME))
    grant(house.operator, person, city.organisation, Role.REPRESENTATIVE)
    with house.operator.transaction() as work:
        (mandate,) = work.mandates.all(person_id=person)
        mandate.document = LETTER
        work.record(MandateGranted(mandate.id, person, city.organisation, mandate.role, ()))
    member = Member(person, city.organisation, NAME, EMAIL)
    access.sign_in_as(house.stranger, person)
    issue = access.IssueToken(
        EMAIL, (Scope.POSITION,), house.clock.advance(days=0).replace(year=2026, month=2)
    )
    access.issue_token(house.operator, issue)
    return member, a_position(world, by=member)


def traces(house: House, secrets: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield where the secrets are found: in the raw files of SQLite, in every column of text on PostgreSQL."""
    if house.database.is_sqlite:
        file = Path(str(house.database.engine.url.database))
        for part in file.parent.glob(f"{file.name}*"):
            content = part.read_bytes().lower()
            yield from ((part.suffix, secret) for secret in secrets if secret.lower().encode() in content)
        return
    with house.database.reading() as connection:
        for table in metadata.sorted_tables:
            texts = [c for c in table.columns if isinstance(c.type, String | Text) or hasattr(c.type, "impl")]
            for row in connection.execute(select(*texts)):
                yield from ((table.name, s) for s in secrets if s.lower() in str(tuple(row)).lower())


def salt_of(house: House, person: str) -> str:
    with house.database.reading() as connection:
        query = select(record_persons.c.salt).where(record_persons.c.person_id == person)
        salt: str = connection.scalars(query).one()
        return salt


def test_nothing_is_left_of_a_person_and_every_proof_still_holds(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    member, position = a_person_who_acts(world)
    secrets = (NAME, EMAIL, LETTER, "Featherstonehaugh", salt_of(house, member.person))
    receipt, kept = record.position_receipt(house.stranger, position), house.leaves(world.agenda)
    assert {secret for _, secret in traces(house, secrets)} == set(secrets)
    erasure.erase(world.acting(world.facility), member.person)
    assert list(traces(house, secrets)) == []
    trust = Trust(frozenset({house.notary.key.public}), is_signed)
    whole = record.whole(house.stranger, world.agenda)
    assert [check(canonical.to_json(file), trust).verdict for file in (receipt, whole)] == [Verdict.VALID] * 2
    assert house.leaves(world.agenda) == kept


def test_what_was_passed_on_or_ended_names_nobody_either(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    member, _ = a_person_who_acts(world)
    facility = world.acting(world.facility)
    with house.operator.reading() as reader:
        query = select(mandates.c.id).where(mandates.c.person_id == member.person)
        mandate = reader.connection.scalars(query).one()
    name_alternate(facility, NameAlternate(mandate, "newcomer@example.org", "A newcomer"))
    revoke(facility, Revoke(mandate, "Featherstonehaugh has retired."))
    erasure.erase(facility, member.person)
    assert list(traces(house, (LETTER, "Featherstonehaugh"))) == []


def test_nobody_writes_to_whoever_is_erased(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    comment = a_comment(world)
    erasure.erase(house.operator, world.cities[0].person)
    answer(world.acting(world.service), Answer(comment, world.service.organisation, "We do."))
    house.tell()
    with house.database.reading() as connection:
        assert connection.scalars(select(mails.c.template).where(mails.c.template == "answer")).all() == []


def test_the_record_tells_that_somebody_was_erased_and_no_more_who(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    member, _ = a_person_who_acts(world)
    entry = house.record(world.agenda)[-1]
    assert entry.person_id == member.person
    erasure.erase(house.operator, member.person)
    erased, after = house.record()[-1], house.record(world.agenda)[-1]
    assert (erased.name, erased.subject_id, erased.data) == (
        "person.erased",
        entry.person,
        {"person_id": None},
    )
    assert (after.person, after.person_id) == (entry.person, None)


def test_whoever_is_erased_can_no_longer_act(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    member, _ = a_person_who_acts(world)
    secret = access.sign_in_as(house.stranger, member.person)
    erasure.erase(house.operator, member.person)
    assert access.identify_session(house.stranger, secret).person_id is None
    with house.database.reading() as connection:
        query = select(mandates.c.expires_at).where(mandates.c.person_id == member.person)
        assert connection.scalars(query).all() == [house.clock()]


def test_erasing_once_more_writes_nothing(house: House) -> None:
    world = a_world(house)
    member = a_colleague(house, world.cities[0], Role.REPRESENTATIVE)
    erasure.erase_by_address(house.operator, f" {member.email.upper()} ")
    before = house.record()
    erasure.erase(house.operator, member.person)
    assert house.record() == before


def test_only_the_facility_and_the_operator_erase(sqlite_house: House) -> None:
    world = a_world(sqlite_house)
    with pytest.raises(Denied):
        erasure.erase(world.acting(world.rapporteur), world.newcomer)
    with pytest.raises(SignInNeeded):
        erasure.erase(sqlite_house.stranger, world.newcomer)
    with pytest.raises(Unknown):
        erasure.erase(sqlite_house.operator, "nobody")
    with pytest.raises(Invalid, match="another look"):
        erasure.erase_by_address(sqlite_house.operator, "nobody@example.org")


def test_words_are_erased_and_the_entry_is_still_proven(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    reason = "Featherstonehaugh is ill, so we go on."
    agendas.move_phase(world.acting(world.facility), agendas.MovePhase(world.agenda, Phase.AMENDING, reason))
    (entry,) = [e for e in house.record(world.agenda) if e.data.get("reason") == reason]
    erasure.erase_words(world.acting(world.facility), erasure.EraseWords(world.agenda, entry.sequence))
    after = house.record(world.agenda)
    assert (after[entry.sequence - 1].data["reason"], after[-1].name) == (None, "agenda.words_erased")
    assert list(traces(house, (reason, "Featherstonehaugh"))) == []
    trust = Trust(frozenset({house.notary.key.public}), is_signed)
    assert (
        check(canonical.to_json(record.whole(house.stranger, world.agenda)), trust).verdict is Verdict.VALID
    )
    with pytest.raises(Unknown):
        erasure.erase_words(house.operator, erasure.EraseWords(world.agenda, entry.sequence))


def test_every_table_that_names_a_person_is_seen_to() -> None:
    naming = {
        table.name
        for table in metadata.sorted_tables
        if any(key.column.table.name == "persons" for key in table.foreign_keys)
    }
    assert bookkeeping.sessions in PERSONAL
    assert naming - {table.name for table in PERSONAL} == AUTHORED & naming


def test_a_reason_that_names_somebody_goes_from_the_amendment_and_from_mails_too(house: House) -> None:
    world = a_world(house)
    reason = "“Featherstonehaugh” wrote 100 % of it."
    decide(world.acting(world.rapporteur), Decide(an_amendment(world), AmendmentAction.REJECT, reason))
    number = house.record(world.agenda)[-1].sequence
    notifications.find_due(house.operator)
    house.work()
    with house.database.reading() as connection:
        assert reason in {facts.get("reason") for facts in connection.scalars(select(mails.c.facts))}
    erasure.erase_words(house.operator, erasure.EraseWords(world.agenda, number))
    assert list(traces(house, ("Featherstonehaugh",))) == []


def test_notes_that_name_somebody_go_from_the_assessment_too(house: House) -> None:
    world = a_world(house)
    service, text = world.service, world.text
    notes = ("Featherstonehaugh says so.", "Featherstonehaugh measured it.", "Featherstonehaugh, 2025")
    finding = Finding(PolicyFit.CONFLICTS, EvidenceStrength.WEAK, *notes)
    command = GiveAssessment(world.recommendation, service.organisation, text.id, text.digest, finding)
    given = assessments.give(world.acting(service), command)
    number = house.record(world.agenda)[-1].sequence
    erasure.erase_words(world.acting(world.facility), erasure.EraseWords(world.agenda, number))
    left = assessments.assessment(house.stranger, given)
    assert (left.fit, left.fit_note, left.strength_note, left.reference) == (PolicyFit.CONFLICTS, "", "", "")
    assert list(traces(house, ("Featherstonehaugh",))) == []
