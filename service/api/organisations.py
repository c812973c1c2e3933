"""/organisations: who takes part, and who may act for them."""

from datetime import datetime
from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.lists import Cursor, Id, Limit, Listing, listing, whole
from service.api.schemas import Identifier, Moment, Request, moment, refuses, shown
from service.domain.actors import MandateLevel, MandateNature, OrganisationKind, Region, Role, Scope
from service.domain.errors import Invalid, PersonGone
from service.workflows import library, people
from service.workflows.context import Context

TAGS = ["Organisations"]


class Organisation(Struct, frozen=True):
    """A city or other local authority, an EU service, a network, or the coordination facility."""

    id: str
    name: str
    kind: OrganisationKind
    country: str
    region: Region
    invented: bool


class NewOrganisation(Request, frozen=True):
    """An organisation to enter; names are used once."""

    name: Annotated[str, Meta(description="Up to 200 characters.")]
    kind: OrganisationKind
    country: str
    region: Region
    invented: bool = False


class Mandate(Struct, frozen=True):
    """An authority to act for an organisation, with what it allows now."""

    id: str
    organisation_id: str
    organisation: str
    role: Role
    scopes: tuple[Scope, ...]
    level: MandateLevel
    nature: MandateNature
    expires_at: datetime | None


class NewMandate(Request, frozen=True):
    """An authority to write down, with the document it rests on."""

    person_id: Identifier
    role: Role
    scopes: tuple[Scope, ...]
    level: MandateLevel
    document: Annotated[str, Meta(description="Which document grants it, and of which date.")]
    expires_at: Moment | None = None


_organisation = shown(Organisation)
_mandate = shown(Mandate)


def current(ctx: Context, organisation_id: str) -> Organisation:
    """Return an organisation."""
    return _organisation(library.organisation(ctx, organisation_id))


@get("/organisations", tags=TAGS, sync_to_thread=True)
def list_organisations(ctx: Asking, limit: Limit = 50, cursor: Cursor = None) -> Listing[Organisation]:
    """List all organisations by name."""
    return listing(library.organisations(ctx, limit=limit, cursor=cursor), _organisation)


@get("/agendas/{agenda_id:str}/organisations", tags=TAGS, sync_to_thread=True)
def list_participants(
    agenda_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None
) -> Listing[Organisation]:
    """List the organisations that take part in an agenda, by name."""
    return listing(library.organisations(ctx, agenda_id, limit=limit, cursor=cursor), _organisation)


@post("/organisations", tags=TAGS, opt=refuses(Invalid), sync_to_thread=True)
def enter_organisation(
    data: JSONBody[NewOrganisation], ctx: Asking, attempt: NamedDependency[Attempt]
) -> Response[Organisation]:
    """Enter an organisation, as the coordination facility."""
    command = people.EnterOrganisation(data.name, data.kind, data.country, data.region, data.invented)
    return attempt.create(
        lambda: people.enter_organisation(ctx, command),
        lambda made: current(ctx, made),
        "/organisations/{id}",
    )


@get("/organisations/{organisation_id:str}", tags=TAGS, sync_to_thread=True)
def read_organisation(organisation_id: Id, ctx: Asking) -> Organisation:
    """Read an organisation."""
    return current(ctx, organisation_id)


@get("/organisations/{organisation_id:str}/mandates", tags=TAGS, sync_to_thread=True)
def list_mandates(organisation_id: Id, ctx: Asking) -> Listing[Mandate]:
    """List the mandates in force for an organisation."""
    return whole(library.mandates(ctx, organisation_id), _mandate)


@post(
    "/organisations/{organisation_id:str}/mandates",
    tags=TAGS,
    opt=refuses(Invalid, PersonGone),
    sync_to_thread=True,
)
def grant_mandate(
    organisation_id: Id,
    data: JSONBody[NewMandate],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Mandate]:
    """Write down on which authority a person acts for an organisation, as the coordination facility."""
    command = people.GrantMandate(
        data.person_id,
        organisation_id,
        data.role,
        data.scopes,
        data.level,
        data.document,
        moment(data.expires_at, "expires_at") if data.expires_at is not None else None,
    )

    def granted(made: str) -> Mandate:
        return next(_mandate(m) for m in library.mandates(ctx, organisation_id) if m.id == made)

    location = f"/organisations/{organisation_id}/mandates"
    return attempt.create(lambda: people.grant_mandate(ctx, command), granted, location)


ROUTES = [
    list_organisations,
    list_participants,
    enter_organisation,
    read_organisation,
    list_mandates,
    grant_mandate,
]
