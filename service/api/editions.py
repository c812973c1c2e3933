"""/editions: published states of an agenda, from the frozen snapshot to the signed PDF."""

from datetime import datetime
from typing import Annotated

from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import Cursor, Id, Limit, Listing, listing, whole
from service.api.schemas import Digest, Identifier, OrganisationRef, Request, refuses, shown
from service.api.verifications import PDF, Report, report
from service.domain.corrigenda import REASON_LENGTH
from service.domain.editions import EditionState
from service.domain.errors import (
    AgendaChanged,
    ConfirmationNeeded,
    DemoKey,
    Denied,
    EditionRefused,
    FourEyes,
    IllegalMove,
    Invalid,
    NoKey,
    NotNamedToSign,
    NotReady,
    NotReleased,
    OnlySignatory,
    OtherText,
    PhaseClosed,
    SealAway,
    SealNotInForce,
    SealPinRefused,
    SignatoryKeyAway,
    SignatoryKeyNotInForce,
    SignatoryKeyOfAnother,
    SignatoryKeyShut,
    SignatoryPinRefused,
    StampsExpired,
)
from service.domain.halts import Halt
from service.domain.seals import KeyPlace
from service.domain.signatories import SignatoryState
from service.domain.signatory_keys import KeyFault, KeyHint
from service.domain.views.agendas import EditionView
from service.workflows import checklists, editions, library, signatories
from service.workflows.context import Context

_SEALING = (
    NoKey,
    DemoKey,
    SealAway,
    SealNotInForce,
    SealPinRefused,
    SignatoryKeyAway,
    SignatoryKeyNotInForce,
    SignatoryKeyOfAnother,
    SignatoryKeyShut,
    SignatoryPinRefused,
    StampsExpired,
)
"""What keeps the last signature away: nothing could be sealed after it."""
TAGS = ["Editions"]


class EditionRef(Struct, frozen=True):
    """An edition, named."""

    id: str
    number: int


class Signatory(Struct, frozen=True):
    """One who is to sign an edition, for an organisation; `digest` is the edition's, `reason` why they declined."""

    id: str
    name: str
    organisation: OrganisationRef
    state: SignatoryState
    digest: str
    acted_at: datetime | None
    reason: str


class Edition(Struct, frozen=True):
    """A published state of the agenda. `digest` is that of its snapshot, `file_digest` that of the signed PDF.

    `own` tells whether the reader assembled it: then someone else has to approve it. It is approved when all its
    `signatories` have signed; where nobody was named, when the first who may has. `reason` says why it replaces the
    edition before; `superseded_by` is the newest edition that stands, where that is a later one. Its paper stays
    readable and can be checked; so does that of one that was withdrawn, `withdrawn_because` of what is said there.
    `halt` is what keeps it from being published: it was overtaken, it waits for the key, or its job was given up; lists
    leave it out.
    """

    id: str
    number: int
    state: EditionState
    digest: str
    agenda_id: str
    agenda: str
    file_digest: str | None
    assembled_at: datetime
    approved_at: datetime | None
    released_at: datetime | None
    own: bool
    signatories: tuple[Signatory, ...]
    reason: str
    superseded_by: EditionRef | None
    withdrawn_because: str
    withdrawn_at: datetime | None
    halt: Halt | None


class KeyTerm(Struct, frozen=True):
    """From when until when a certificate is in force."""

    begins: datetime
    ends: datetime


class SignatoryKey(Struct, frozen=True):
    """The key with which somebody signs papers, as it was found last; nothing of it is secret.

    `place` is where it is, `fingerprint` the SHA-256 of its certificate; it and `term` are empty until it was found.
    `fault` is what keeps it from signing now.
    """

    place: KeyPlace
    fingerprint: str
    term: KeyTerm | None
    fault: KeyFault | None


class Approver(Struct, frozen=True):
    """Someone who may be named to sign an edition, and for whom.

    `key` is what is known of the key that signs papers for them: who has none signs by account. `hint` is what should
    be known of it before they are named.
    """

    person_id: str
    name: str
    organisation: OrganisationRef
    key: SignatoryKey | None
    hint: KeyHint | None


Why = Annotated[str, Meta(max_length=REASON_LENGTH, description="Printed in the paper, and shown beside it.")]


class NewEdition(Request, frozen=True):
    """What changed and why: needed as soon as an edition of the agenda is published; and who is to sign it.

    `signatories` are ids of persons; where nobody is named, the first who may approves it.
    """

    reason: Why = ""
    signatories: Annotated[tuple[Identifier, ...], Meta(max_length=50)] = ()


class EditionWithdrawal(Request, frozen=True):
    """Why an edition does not stand any more."""

    reason: Why


class Approval(Request, frozen=True):
    """The approval of exactly the edition with this digest."""

    digest: Digest


class Refusal(Request, frozen=True):
    """Why a signatory does not sign exactly the edition with this digest; every reader sees it."""

    digest: Digest
    reason: str


_reference, _signatory, _approver = shown(EditionRef), shown(Signatory), shown(Approver)


def current(ctx: Context, edition_id: str) -> Edition:
    """Return an edition as it is now."""
    return _edition(library.edition(ctx, edition_id))


def _edition(view: EditionView) -> Edition:
    by = view.superseded_by
    nested = {"superseded_by", "signatories"}
    shared = {name: getattr(view, name) for name in Edition.__struct_fields__ if name not in nested}
    return Edition(
        **shared,
        signatories=tuple(map(_signatory, view.signatories)),
        superseded_by=_reference(by) if by is not None else None,
    )


@get("/agendas/{agenda_id:str}/editions", tags=TAGS, sync_to_thread=True)
def list_editions(agenda_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None) -> Listing[Edition]:
    """List an agenda's editions by number."""
    return listing(library.editions(ctx, agenda_id, limit=limit, cursor=cursor), _edition)


@post(
    "/agendas/{agenda_id:str}/editions",
    tags=TAGS,
    opt=refuses(PhaseClosed, NotReady, ConfirmationNeeded, Invalid),
    sync_to_thread=True,
)
def assemble_edition(
    agenda_id: Id, ctx: Asking, attempt: NamedDependency[Attempt], data: JSONBody[NewEdition | None] = None
) -> Response[Edition]:
    """Freeze the agenda into an edition, as the coordination facility, and name who is to sign it.

    A further edition says what changed, and why.
    """
    asked = data if data is not None else NewEdition()
    return attempt.create(
        lambda: editions.assemble(ctx, agenda_id, asked.reason, to_sign=asked.signatories),
        lambda made: current(ctx, made),
        "/editions/{id}",
    )


@get("/approvers", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def list_approvers(ctx: Asking) -> Listing[Approver]:
    """List who may be named to sign an edition that they did not assemble; for the coordination facility."""
    return whole(checklists.approvers(ctx), _approver)


@get("/editions/{edition_id:str}", tags=TAGS, sync_to_thread=True)
def read_edition(edition_id: Id, ctx: Asking) -> Edition:
    """Read how far an edition has come."""
    return current(ctx, edition_id)


@post(
    "/editions/{edition_id:str}/approval",
    tags=TAGS,
    opt=refuses(
        PhaseClosed,
        FourEyes,
        NotNamedToSign,
        OtherText,
        AgendaChanged,
        EditionRefused,
        IllegalMove,
        NotReady,
        ConfirmationNeeded,
        *_SEALING,
    ),
    status_code=200,
    sync_to_thread=True,
)
def approve_edition(
    edition_id: Id,
    data: JSONBody[Approval],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Edition:
    """Sign an edition, as someone else than who assembled it. Once all have, it is printed, sealed and released."""
    condition.honoured(lambda: current(ctx, edition_id))
    editions.approve(ctx, editions.ApproveEdition(edition_id, data.digest))
    return current(ctx, edition_id)


@post(
    "/editions/{edition_id:str}/refusal",
    tags=TAGS,
    opt=refuses(PhaseClosed, FourEyes, NotNamedToSign, OtherText, IllegalMove),
    status_code=200,
    sync_to_thread=True,
)
def decline_edition(
    edition_id: Id, data: JSONBody[Refusal], ctx: Asking, condition: NamedDependency[Condition]
) -> Edition:
    """Decline to sign an edition, as one who was named to. It can then only be withdrawn and assembled anew."""
    condition.honoured(lambda: current(ctx, edition_id))
    signatories.decline(ctx, signatories.Decline(edition_id, data.digest, data.reason))
    return current(ctx, edition_id)


@post(
    "/editions/{edition_id:str}/signatories/{signatory_id:str}/removal",
    tags=TAGS,
    opt=refuses(
        PhaseClosed,
        AgendaChanged,
        OnlySignatory,
        IllegalMove,
        NotReady,
        ConfirmationNeeded,
        *_SEALING,
    ),
    status_code=200,
    sync_to_thread=True,
)
def take_off_signatory(edition_id: Id, signatory_id: Id, ctx: Asking) -> Edition:
    """Go on without a signatory who is silent, as the coordination facility; those who are left have to sign."""
    signatories.take_off(ctx, signatories.TakeOff(edition_id, signatory_id))
    return current(ctx, edition_id)


@post(
    "/editions/{edition_id:str}/withdrawal",
    tags=TAGS,
    opt=refuses(PhaseClosed, IllegalMove, ConfirmationNeeded, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def withdraw_edition(
    edition_id: Id, data: JSONBody[EditionWithdrawal], ctx: Asking, condition: NamedDependency[Condition]
) -> Edition:
    """Withdraw an edition that should not stand, and say why; its paper stays readable."""
    condition.honoured(lambda: current(ctx, edition_id))
    editions.withdraw(ctx, edition_id, data.reason)
    return current(ctx, edition_id)


@get(
    "/editions/{edition_id:str}/pdf",
    tags=TAGS,
    opt=refuses(NotReleased) | {"answers": PDF},
    media_type=PDF,
    sync_to_thread=True,
)
def read_pdf(edition_id: Id, ctx: Asking) -> Response[bytes]:
    """Download the signed PDF of a released edition."""
    content = editions.pdf(ctx, edition_id)
    number = library.edition(ctx, edition_id).number
    named = {"Content-Disposition": f'attachment; filename="advocacy-agenda-edition-{number}.pdf"'}
    return Response(content, media_type=PDF, headers=named)


@get(
    "/editions/{edition_id:str}/snapshot",
    tags=TAGS,
    opt={"answers": MediaType.JSON.value},
    sync_to_thread=True,
)
def read_snapshot(edition_id: Id, ctx: Asking) -> Response[bytes]:
    """Read what an edition was made from, as canonical JSON: its SHA-256 is the edition's digest."""
    return Response(editions.snapshot(ctx, edition_id).encode(), media_type=MediaType.JSON)


@get("/editions/{edition_id:str}/verification", tags=TAGS, opt=refuses(NotReleased), sync_to_thread=True)
def read_verification(edition_id: Id, ctx: Asking) -> Report:
    """Read what the check of the sealed file found before it was released."""
    view = library.edition(ctx, edition_id)
    if view.verification is None:
        raise NotReleased(state=view.state.value)
    return report(view.verification)


ROUTES = [
    list_editions,
    assemble_edition,
    read_edition,
    approve_edition,
    decline_edition,
    take_off_signatory,
    list_approvers,
    withdraw_edition,
    read_pdf,
    read_snapshot,
    read_verification,
]
