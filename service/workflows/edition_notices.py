"""What those who sign an edition, and those who assembled it, are told of it."""

from collections.abc import Iterator

from service.domain.signatories import SignatoryState
from service.store import notifications as store
from service.store.notifications import Happened
from service.workflows.desk import Desk, Notice, Values


def signature_awaited(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Who is named to sign an edition that was assembled hears that it waits for them."""
    edition = desk.work.editions.get(entry.data["edition_id"])
    for one in desk.work.signatories.all(edition_id=edition.id, state=SignatoryState.AWAITED):
        signatory = store.reader(desk.work.connection, one.person_id)
        values: Values = {
            **_edition(desk, edition.id, edition.number),
            "organisation": desk.name(one.organisation_id),
            "digest": edition.digest,
        }
        readers = (signatory,) if signatory is not None else ()
        yield Notice("signature_awaited", values, edition.id, readers)


def signature_declined(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Who assembled an edition hears that somebody does not sign it, and why."""
    edition = desk.work.editions.get(entry.data["edition_id"])
    assembler = store.reader(desk.work.connection, edition.assembled_by)
    if assembler is None or entry.organisation_id is None:
        return
    values: Values = {
        **_edition(desk, edition.id, edition.number),
        "organisation": desk.name(entry.organisation_id),
        "reason": entry.data["reason"],
    }
    yield Notice("signature_declined", values, edition.id, (assembler,))


def _edition(desk: Desk, edition_id: str, number: int) -> Values:
    return {"agenda": desk.agenda, "edition_id": edition_id, "number": number}
