"""Use cases around erasure: what is known of a person goes, and the record's proofs still hold."""

from dataclasses import dataclass

from service.domain.actors import NOBODYS, Person
from service.domain.errors import Invalid, Unknown
from service.domain.events import PersonErased, WordsErased
from service.domain.permissions import Permission, Subject, require
from service.store import documents, erasure
from service.store.uow import UnitOfWork
from service.workflows.context import Context

NAME = "Erased person"
LANGUAGE, TIME_ZONE = "en", "UTC"


@dataclass(frozen=True, slots=True)
class EraseWords:
    """The words of one entry of an agenda's record, such as a reason in which somebody is named."""

    agenda_id: str
    sequence: int


def erase(ctx: Context, person_id: str) -> None:
    """The facility erases what is known of a person: name, address, how they came in, and who they are in the record.

    Their mandates end. What they did for their organisations stays, under an id behind which nobody is known any more.

    Raises:
        TryAgain: it is erased, and somebody else still reads, so that it is left on the disk until this is done again.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.PERSON_ERASE, Subject())
        person = work.persons.lock(person_id)
        if not person.erased:
            _erase(work, person)
    erasure.leave_no_trace(ctx.database)


def erase_by_address(ctx: Context, email: str) -> None:
    """The operator erases what is known of the person with this address."""
    with ctx.transaction() as work:
        require(work.actor, Permission.PERSON_ERASE, Subject())
        person = work.persons.find(email=email.strip().lower())
        if person is None:
            raise Invalid.field("email", "Nobody has an account with this address.")
    erase(ctx, person.id)


def _erase(work: UnitOfWork, person: Person) -> None:
    held = work.mandates.all(person_id=person.id)
    documents.forget(work.connection, person.id, [mandate.id for mandate in held])
    # The document may name the person whom it mandates, and goes along with what is passed on; so may why it ended.
    for lent in work.mandates.all(source_id=frozenset(mandate.id for mandate in held)):
        lent.document = ""
    for mandate in held:
        mandate.document = mandate.revocation = ""
        if mandate.expires_at is None or mandate.expires_at > work.now:
            mandate.expires_at = work.now
    erasure.forget(work.connection, person.id, person.email)
    person.name, person.email = NAME, _nobody(person)
    person.language, person.time_zone = LANGUAGE, TIME_ZONE
    work.pseudonyms.forget(person.id)
    work.record(PersonErased(person.id))


def _nobody(person: Person) -> str:
    """Return the address that a person bears who was erased: nobody's, as RFC 2606 has it."""
    return f"{person.id.lower()}{NOBODYS}"


def erase_words(ctx: Context, command: EraseWords) -> None:
    """The facility erases the words of an entry; the record keeps that there were some, and proves the rest.

    Raises:
        TryAgain: they are erased, and somebody else still reads, so that they are left on the disk.
    """
    with ctx.transaction() as work:
        agenda = work.agendas.lock(command.agenda_id)
        require(work.actor, Permission.PERSON_ERASE, agenda.subject(work.now))
        words = erasure.forget_words(work.connection, agenda.id, command.sequence)
        if not words:
            raise Unknown(thing="entry")
        # The reason for a decision also stands with the amendment.
        for amendment in work.amendments.all(agenda_id=agenda.id, decision_reason=words, lock=True):
            amendment.explain("")
        # And why a lesson stands on the shared list, with the lesson.
        for lesson in work.lessons.all(agenda_id=agenda.id, reason=words, lock=True):
            lesson.reason = ""
        # And why something was corrected, with the correction.
        for correction in work.corrections.all(agenda_id=agenda.id, reason=words, lock=True):
            correction.reason = ""
        # And why somebody did not sign, with the signatories.
        for signatory in work.signatories.all(agenda_id=agenda.id, reason=words, lock=True):
            signatory.reason = ""
        # And what an EU service notes, with its assessment.
        subject = erasure.subject_of(work.connection, agenda.id, command.sequence)
        for assessment in work.assessments.all(id=(subject,), lock=True):
            assessment.forget_notes()
        work.record(WordsErased(agenda.id, command.sequence), agenda_id=agenda.id)
    erasure.leave_no_trace(ctx.database)
