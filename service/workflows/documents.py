"""Use cases around the documents that mandates rest on: handing one in, and reading it."""

from service.domain.documents import DocumentType, told_by
from service.domain.errors import PersonGone, Unknown
from service.domain.people_events import MandateDocumentAttached
from service.domain.permissions import Permission, Subject, require, visible_to
from service.store import documents
from service.workflows import participants
from service.workflows.context import Context


def attach(ctx: Context, mandate_id: str, content: bytes) -> str:
    """The facility keeps the document that a mandate rests on, in the place of the one before; returns its SHA-256.

    Raises:
        Invalid: it is no PDF, PNG or JPEG, or too large.
        PersonGone: whoever held the mandate was erased.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.MANDATE_ATTACH, Subject())
        kind = told_by(content)
        mandate = work.mandates.get(mandate_id)
        # Whoever erases the person waits for this, or this for them.
        if work.persons.lock(mandate.person_id, share=True).erased:
            raise PersonGone
        by = work.actor.person_id
        digest = documents.keep(work.connection, mandate.id, content, kind, by=by, now=work.now)
        work.record(MandateDocumentAttached(mandate.id, mandate.organisation_id, digest))
        return digest


def document(ctx: Context, mandate_id: str) -> tuple[DocumentType, bytes]:
    """Return the document of a mandate to whoever may read the mandate.

    Raises:
        Unknown: there is none, or the mandate is not theirs to read.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        participants.mandate(ctx, mandate_id)
        found = documents.of_mandate(reader.connection, mandate_id)
        if found is None:
            raise Unknown(thing="document")
        return found
