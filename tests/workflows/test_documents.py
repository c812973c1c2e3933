import hashlib
from concurrent.futures import ThreadPoolExecutor, wait

from sqlalchemy import func, select

from service.domain.documents import DocumentType
from service.domain.errors import Denied, PersonGone, Unknown
from service.domain.views.participants import AttachedDocument
from service.store.bookkeeping import files, record_words
from service.store.tables import mandate_documents
from service.workflows import documents, erasure, library, participants
from service.workflows.mandates import NameAlternate, name_alternate
from tests.builders import a_world
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import Member, World

LETTER, OTHER = b"%PDF-1.7\nLetter for the person of Amara", b"\x89PNG\r\n\x1a\nA scan"
DIGEST = hashlib.sha256(LETTER).hexdigest()


def mandate_of(world: World, member: Member) -> str:
    view = library.me(world.acting(member))
    assert view is not None
    return view.mandates[0].id


def attached(world: World, member: Member, content: bytes = LETTER) -> str:
    mandate = mandate_of(world, member)
    documents.attach(world.acting(world.facility), mandate, content)
    return mandate


def kept(house: House) -> tuple[int, int]:
    """Return how many documents of mandates there are, and how many files."""
    with house.database.reading() as connection:
        counted = [
            connection.scalars(select(func.count()).select_from(table)).one()
            for table in (mandate_documents, files)
        ]
    return counted[0], counted[1]


def test_a_document_is_kept_with_its_mandate_and_the_record_commits_to_its_digest(house: House) -> None:
    world = a_world(house)
    with world.recording("house") as entries:
        mandate = attached(world, world.cities[0])
    assert [(e.name, e.subject_id, e.data) for e in entries] == [
        (
            "mandate.document_attached",
            mandate,
            {"mandate_id": mandate, "organisation_id": world.cities[0].organisation, "document": DIGEST},
        )
    ]
    holder = world.acting(world.cities[0])
    assert participants.mandate(holder, mandate).detail.attached == AttachedDocument(
        DIGEST, len(LETTER), house.clock.moment
    )
    assert documents.document(holder, mandate) == (DocumentType.PDF, LETTER)
    house.check_records()


def test_a_document_takes_the_place_of_the_one_before(house: House) -> None:
    world = a_world(house)
    attached(world, world.cities[0])
    mandate = attached(world, world.cities[0], OTHER)
    assert documents.document(world.acting(world.facility), mandate) == (DocumentType.PNG, OTHER)
    assert kept(house) == (1, 1)
    attached(world, world.cities[0], OTHER)
    assert kept(house) == (1, 1)


def test_a_file_that_two_mandates_rest_on_stays_while_one_of_them_lets_go_of_it(house: House) -> None:
    world = a_world(house)
    first, second = mandate_of(world, world.cities[0]), attached(world, world.cities[1])
    facility = world.acting(world.facility)
    with ThreadPoolExecutor() as threads:
        with facility.transaction():
            documents.attach(facility, first, LETTER)
            replacing = threads.submit(documents.attach, world.acting(world.facility), second, OTHER)
            # Long enough for it to delete whatever it deletes before it waits.
            wait([replacing], timeout=0.5)
        replacing.result()
    found = [documents.document(facility, mandate)[1] for mandate in (first, second)]
    assert (found, kept(house)) == ([LETTER, OTHER], (2, 2))


def test_a_document_is_read_by_whoever_may_read_its_mandate(house: House) -> None:
    world = a_world(house)
    mandate = attached(world, world.cities[0])
    for ctx in (house.stranger, world.acting(world.cities[1])):
        refused(world, Unknown, lambda c=ctx: documents.document(c, mandate))  # type: ignore[misc]  # a default in a lambda
    for ctx in (world.acting(world.cities[0]), world.acting(world.facility), house.operator):
        assert documents.document(ctx, mandate) == (DocumentType.PDF, LETTER)
    without = mandate_of(world, world.cities[1])
    refused(world, Unknown, lambda: documents.document(world.acting(world.cities[1]), without))


def test_the_facility_alone_attaches_what_it_vouches_for(house: House) -> None:
    world = a_world(house)
    mandate = mandate_of(world, world.cities[0])
    refused(world, Denied, lambda: documents.attach(world.acting(world.cities[0]), mandate, LETTER))
    facility = world.acting(world.facility)
    refused(world, Unknown, lambda: documents.attach(facility, "no-such-mandate", LETTER))
    assert fields(world, lambda: documents.attach(facility, mandate, b"<html>")) == ["file"]


def test_a_document_goes_with_the_person_whom_it_mandates(house: House) -> None:
    world = a_world(house)
    facility = world.acting(world.facility)
    mandate = attached(world, world.cities[0])
    # The same letter mandates two.
    attached(world, world.cities[1])
    assert kept(house) == (2, 1)
    alternate = name_alternate(facility, NameAlternate(mandate, "bea@example.org", "Bea"))
    house.work()
    erasure.erase(facility, world.cities[0].person)
    assert kept(house) == (1, 1)
    assert documents.document(facility, mandate_of(world, world.cities[1]))[1] == LETTER
    refused(world, Unknown, lambda: documents.document(facility, mandate))
    refused(world, PersonGone, lambda: documents.attach(facility, mandate, LETTER))
    assert participants.mandate(facility, alternate).detail.attached is None
    with house.database.reading() as connection:
        told = select(func.count()).where(record_words.c.field == "document", record_words.c.words == DIGEST)
        assert connection.scalars(told).one() == 1
    erasure.erase(facility, world.cities[1].person)
    assert kept(house) == (0, 0)
    house.check_records()


def test_a_document_goes_with_the_person_who_handed_it_in(house: House) -> None:
    world = a_world(house)
    attached(world, world.cities[0])
    erasure.erase(house.operator, world.facility.person)
    assert kept(house) == (0, 0)


def test_a_mandate_costs_the_same_with_a_document(house: House) -> None:
    world = a_world(house)
    mandate, costs = mandate_of(world, world.cities[0]), []
    for content in (None, LETTER):
        if content is not None:
            documents.attach(world.acting(world.facility), mandate, content)
        reader = world.acting(world.facility)
        with counting(house) as statements:
            participants.mandate(reader, mandate)
        costs.append(len(statements))
    assert costs[0] == costs[1]
