"""/agendas/{id}/persons, imports and invitations: who takes part, as the coordination facility sees it."""

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.lists import ID, Cursor, Id, Limit, Listing, listing
from service.api.schemas import Identifier, Request, decoded, refuses, shown
from service.domain import tables
from service.domain.actors import Region
from service.domain.errors import Denied, IllegalMove, Invalid, PersonGone, SignInNeeded, Unknown
from service.domain.views.imports import Effect, ImportReport, Noun
from service.domain.views.participants import Invited, NextStep, ParticipantFilter, ParticipantView
from service.workflows import importing, invitations, participants
from service.workflows.context import Context
from service.workflows.importing import ImportPeople

TAGS = ["People"]
_FRAME = 64 * 1024


class HeldMandate(Struct, frozen=True):
    """A mandate of a participant; more of it is told at `/mandates/{id}`."""

    id: str
    in_force: bool


class Participant(Struct, frozen=True):
    """A person who takes part in an agenda, and how far they have come in."""

    person_id: str
    name: str
    email: str
    language: str
    invited: Invited
    mandates: tuple[HeldMandate, ...]
    next_step: Annotated[NextStep, Meta(description="What the facility does next for them.")]


class NewImport(Request, frozen=True):
    """A list of participants to look through, or to import."""

    file: Annotated[str, Meta(description="The CSV or XLSX file, in base64; up to 5 MB and 5,000 rows.")]
    dry_run: Annotated[bool, Meta(description="Only tell what would happen.")] = True


class Change(Struct, frozen=True):
    """What becomes of one thing, and the first row that says so."""

    row: int
    noun: Noun
    effect: Effect
    name: str


class RowFault(Struct, frozen=True):
    """What is wrong in a row, and what to do about it."""

    row: int
    column: str
    message: str


class Imported(Struct, frozen=True):
    """What an import did, or would do, where `written` is false."""

    written: bool
    changes: tuple[Change, ...]
    errors: tuple[RowFault, ...]


class NewInvitations(Request, frozen=True):
    """Whom to invite: one person, or everyone of the agenda who was not invited yet."""

    person_id: Identifier | None = None


class Invitations(Struct, frozen=True):
    """How many invitations were sent."""

    sent: int


_held = shown(HeldMandate)
_change = shown(Change)


@get("/agendas/{agenda_id:str}/persons", tags=TAGS, opt=refuses(SignInNeeded, Denied), sync_to_thread=True)
def list_persons(
    agenda_id: Id,
    ctx: Asking,
    *,
    invited: Annotated[Invited | None, QueryParameter(description="How far they have come in.")] = None,
    q: Annotated[
        str, QueryParameter(max_length=200, description="Words of a name, an address or an organisation.")
    ] = "",
    region: Annotated[
        Region | None, QueryParameter(description="Where an organisation is that they act for.")
    ] = None,
    partnership: Annotated[
        str | None,
        QueryParameter(pattern=ID, description="To which an organisation belongs that they act for."),
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Listing[Participant]:
    """List the persons who take part in an agenda, by name, as the coordination facility."""
    wanted = ParticipantFilter(invited, q, region, partnership)
    with ctx.reading() as reader:
        found = participants.participants(ctx, agenda_id, wanted, limit, cursor)
        return listing(found, lambda view: _participant(view, reader.now))


@post(
    "/agendas/{agenda_id:str}/imports",
    tags=TAGS,
    opt=refuses(Invalid),
    status_code=200,
    request_max_body_size=tables.LARGEST * 4 // 3 + _FRAME,
    sync_to_thread=True,
)
def import_participants(agenda_id: Id, data: JSONBody[NewImport], ctx: Asking) -> Imported:
    """Import a list of participants, or tell what that would do. All of it is written, or nothing."""
    return _imported(_run(ctx, agenda_id, data))


@post(
    "/agendas/{agenda_id:str}/invitations",
    tags=TAGS,
    opt=refuses(IllegalMove, PersonGone),
    status_code=200,
    sync_to_thread=True,
)
def invite_participants(agenda_id: Id, data: JSONBody[NewInvitations], ctx: Asking) -> Invitations:
    """Invite a person, once more if need be, or everyone of the agenda who was not invited yet."""
    if data.person_id is None:
        return Invitations(invitations.invite_all(ctx, agenda_id))
    invitations.invite(ctx, data.person_id)
    return Invitations(1)


@post(
    "/persons/{person_id:str}/invitation/withdrawal",
    tags=TAGS,
    opt=refuses(IllegalMove, Unknown),
    status_code=204,
    sync_to_thread=True,
)
def withdraw_invitation(person_id: Id, ctx: Asking) -> None:
    """Take an invitation back: its link opens nothing any more."""
    invitations.withdraw(ctx, person_id)


def _participant(view: ParticipantView, now: datetime) -> Participant:
    held = tuple(_held(mandate) for mandate in view.mandates)
    return Participant(
        view.person_id, view.name, view.email, view.language, view.invited, held, view.next_step(now)
    )


def _run(ctx: Context, agenda_id: str, data: NewImport) -> ImportReport:
    command = ImportPeople(decoded(data.file), agenda_id)
    return importing.preview(ctx, command) if data.dry_run else importing.run(ctx, command)


def _imported(report: ImportReport) -> Imported:
    return Imported(
        report.written,
        tuple(_change(change) for change in report.changes),
        tuple(RowFault(error.row, error.column, error.fault.message) for error in report.errors),
    )


ROUTES = [list_persons, import_participants, invite_participants, withdraw_invitation]
