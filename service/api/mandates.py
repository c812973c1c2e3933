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
from service.api.schemas import Moment, OrganisationRef, Request, moment, refuses, shown
from service.domain.actors import MandateLevel, MandateNature, Role, Scope
from service.domain.errors import Invalid, MandateEnded, NotDelegable
from service.workflows import mandates, participants
from service.workflows.context import Context

TAGS = ["Organisations"]
Email = Annotated[str, Meta(max_length=320, examples=["ada@city.example"])]
Name = Annotated[str, Meta(description="Up to 200 characters; used where the address has no account yet.")]


class PassedOn(Struct, frozen=True):
    """A mandate that comes from another one, and ends with it."""

    id: str
    nature: MandateNature
    email: str
    scopes: tuple[Scope, ...]
    expires_at: datetime | None


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
    passed_on: tuple[PassedOn, ...]


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


_passed_on = shown(PassedOn)


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
        tuple(_passed_on(each) for each in found.passed_on),
    )


@get("/mandates/{mandate_id:str}", tags=TAGS, sync_to_thread=True)
def read_mandate(mandate_id: Id, ctx: Asking) -> MandateDetail:
    """Read a mandate that you hold or passed on; the coordination facility reads any."""
    return current(ctx, mandate_id)


@post(
    "/mandates/{mandate_id:str}/alternates",
    tags=TAGS,
    opt=refuses(NotDelegable, Invalid),
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
    opt=refuses(NotDelegable, Invalid),
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


ROUTES = [read_mandate, name_alternate, delegate_mandate, revoke_mandate]
