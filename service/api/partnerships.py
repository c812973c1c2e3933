"""/partnerships: city-to-city projects."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.lists import Cursor, Limit, Listing, listing
from service.api.schemas import Identifier, OrganisationRef, Request, refuses, shown
from service.domain.actors import Region
from service.domain.errors import Invalid
from service.workflows import library, people
from service.workflows.pages import every

TAGS = ["Organisations"]


class Partnership(Struct, frozen=True):
    """A city-to-city project with its members, the lead first."""

    id: str
    name: str
    region: Region
    themes: tuple[str, ...]
    lead_id: str
    members: tuple[OrganisationRef, ...]


class NewPartnership(Request, frozen=True):
    """A partnership to enter; the lead is one of the members."""

    name: Annotated[str, Meta(description="Up to 200 characters.")]
    region: Region
    themes: Annotated[tuple[str, ...], Meta(max_length=20)]
    lead_id: Identifier
    member_ids: Annotated[tuple[Identifier, ...], Meta(max_length=100)]


_partnership = shown(Partnership)


@get("/partnerships", tags=TAGS, sync_to_thread=True)
def list_partnerships(ctx: Asking, limit: Limit = 50, cursor: Cursor = None) -> Listing[Partnership]:
    """List the partnerships by name."""
    return listing(library.partnerships(ctx, limit=limit, cursor=cursor), _partnership)


@post("/partnerships", tags=TAGS, opt=refuses(Invalid), sync_to_thread=True)
def enter_partnership(
    data: JSONBody[NewPartnership], ctx: Asking, attempt: NamedDependency[Attempt]
) -> Response[Partnership]:
    """Enter a partnership of organisations, as the coordination facility."""
    command = people.EnterPartnership(data.name, data.region, data.themes, data.lead_id, data.member_ids)

    def entered(made: str) -> Partnership:
        known = every(lambda cursor: library.partnerships(ctx, limit=100, cursor=cursor))
        return next(_partnership(view) for view in known if view.id == made)

    return attempt.create(lambda: people.enter_partnership(ctx, command), entered, "/partnerships")


ROUTES = [list_partnerships, enter_partnership]
