"""/mandates: passing a mandate on, and ending one."""

from datetime import datetime
from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.lists import Id
from service.api.schemas import Moment, OrganisationRef, Request, decoded, moment, refuses, shown
from service.domain.actors import MandateLevel, MandateNature, Role, Scope
from service.domain.documents import LARGEST
from service.domain.errors import ConfirmationNeeded, Invalid, MandateEnded, NotDelegable, PersonGone
from service.workflows import documents, mandates, participants
from service.workflows.context import Context

TAGS = ["Organisations"]
_FRAME = 64 * 1024
Email = Annotated[str, Meta(max_length=320, examples=["ada@city.example"])]
Name = Annotated[str, Meta(description="Up to 200 characters; used where the address has no account yet.")]


class PassedOn(Struct, frozen=True):
    """A mandate that comes from another one, and ends with it."""

    id: str
    nature: MandateNature
    email: str
    scopes: tuple[Scope, ...]
    expires_at: datetime | None


class AttachedDocument(Struct, frozen=True):
    """The document that a mandate rests on: its SHA-256, its size in bytes, and since when it is kept."""

    digest: str
    size: int
    added_at: datetime


class MandateDetail(Struct, frozen=True):
    """A mandate as its holder and the coordination facility see it, with what was passed on of it."""

    id: str
    organisation: OrganisationRef
    role: Role
    scopes: tuple[Scope, ...]
    level: MandateLevel
    document: str
    nature: MandateNature
    source_id: str | None
    valid_from: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    revocation: str
    in_force: bool
    attached: AttachedDocument | None
    passed_on: tuple[PassedOn, ...]


class NewDocument(Request, frozen=True):
    """The document that a mandate rests on; its content tells what it is."""

    file: Annotated[str, Meta(description="PDF, PNG or JPEG, up to 10 megabytes, in base64.")]


class NewAlternate(Request, frozen=True):
    """Who may act when the holder cannot."""

    email: Email
    name: Name


class NewDelegation(Request, frozen=True):
    """What is lent to whom, and until when."""

    email: Email
    name: Name
    scopes: Annotated[tuple[Scope, ...], Meta(max_length=10)]
    expires_at: Moment


class NewRevocation(Request, frozen=True):
    """Why a mandate ends."""

    reason: Annotated[str, Meta(description="Up to 1,000 characters.")]


_passed_on, _attached = shown(PassedOn), shown(AttachedDocument)


def current(ctx: Context, mandate_id: str) -> MandateDetail:
    """Return a mandate as it is now."""
    found = participants.mandate(ctx, mandate_id)
    one = found.detail
    return MandateDetail(
        one.id,
        OrganisationRef(one.organisation.id, one.organisation.name),
        one.role,
        one.scopes,
        one.level,
        one.document,
        one.nature,
        one.source_id,
        one.valid_from,
        one.expires_at,
        one.revoked_at,
        one.revocation,
        one.in_force,
        _attached(one.attached) if one.attached is not None else None,
        tuple(_passed_on(each) for each in found.passed_on),
    )


@get("/mandates/{mandate_id:str}", tags=TAGS, sync_to_thread=True)
def read_mandate(mandate_id: Id, ctx: Asking) -> MandateDetail:
    """Read a mandate that you hold or passed on; the coordination facility reads any."""
    return current(ctx, mandate_id)


@post(
    "/mandates/{mandate_id:str}/alternates",
    tags=TAGS,
    opt=refuses(NotDelegable, Invalid, ConfirmationNeeded),
    sync_to_thread=True,
)
def name_alternate(
    mandate_id: Id, data: JSONBody[NewAlternate], ctx: Asking, attempt: NamedDependency[Attempt]
) -> Response[MandateDetail]:
    """Name a second person who may act when the holder cannot."""
    command = mandates.NameAlternate(mandate_id, data.email, data.name)
    return attempt.create(
        lambda: mandates.name_alternate(ctx, command), lambda made: current(ctx, made), "/mandates/{id}"
    )


@post(
    "/mandates/{mandate_id:str}/delegations",
    tags=TAGS,
    opt=refuses(NotDelegable, Invalid, ConfirmationNeeded),
    sync_to_thread=True,
)
def delegate_mandate(
    mandate_id: Id, data: JSONBody[NewDelegation], ctx: Asking, attempt: NamedDependency[Attempt]
) -> Response[MandateDetail]:
    """Lend some of your mandate to another person until a date. It cannot be lent on."""
    until = moment(data.expires_at, "expires_at")
    command = mandates.Delegate(mandate_id, data.email, data.name, data.scopes, until)
    return attempt.create(
        lambda: mandates.delegate(ctx, command), lambda made: current(ctx, made), "/mandates/{id}"
    )


@post(
    "/mandates/{mandate_id:str}/revocation",
    tags=TAGS,
    opt=refuses(MandateEnded, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def revoke_mandate(mandate_id: Id, data: JSONBody[NewRevocation], ctx: Asking) -> MandateDetail:
    """End a mandate before its time, with all that was passed on of it."""
    current(ctx, mandate_id)
    mandates.revoke(ctx, mandates.Revoke(mandate_id, data.reason))
    return current(ctx, mandate_id)


@post(
    "/mandates/{mandate_id:str}/document",
    tags=TAGS,
    opt=refuses(PersonGone, Invalid),
    status_code=200,
    request_max_body_size=LARGEST * 4 // 3 + _FRAME,
    sync_to_thread=True,
)
def attach_document(mandate_id: Id, data: JSONBody[NewDocument], ctx: Asking) -> MandateDetail:
    """Keep the document that a mandate rests on, in the place of the one before, as the coordination facility."""
    documents.attach(ctx, mandate_id, decoded(data.file))
    return current(ctx, mandate_id)


@get(
    "/mandates/{mandate_id:str}/document",
    tags=TAGS,
    opt={"answers": "application/octet-stream"},
    media_type="application/octet-stream",
    sync_to_thread=True,
)
def read_document(mandate_id: Id, ctx: Asking) -> Response[bytes]:
    """Download the document of a mandate that you can read: a PDF, PNG or JPEG, as its media type says."""
    kind, content = documents.document(ctx, mandate_id)
    headers = {
        "Content-Disposition": f'attachment; filename="mandate.{kind.ending}"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=kind.value, headers=headers)


ROUTES = [read_mandate, name_alternate, delegate_mandate, revoke_mandate, attach_document, read_document]
