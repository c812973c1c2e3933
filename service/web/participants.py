"""Pages of an agenda's participants: who they are, whether they have come in, and a list to import."""

from urllib.parse import quote

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain import tables
from service.domain.actors import OrganisationKind, Region, Role
from service.domain.importing import Column, template
from service.domain.permissions import Permission
from service.domain.views.imports import Effect, ImportReport, Noun
from service.domain.views.participants import Invited, ParticipantFilter
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import PRIVATE, Asked, Asking, page, see_other
from service.workflows import importing, invitations, library, participants, reading
from service.workflows.context import Context
from service.workflows.importing import AddPerson, ImportPeople
from service.workflows.pages import every

SHOWN = 50
ASKED = (
    Column.ORGANISATION,
    Column.KIND,
    Column.COUNTRY,
    Column.REGION,
    Column.PARTNERSHIP,
    Column.PERSON,
    Column.EMAIL,
    Column.LANGUAGE,
    Column.ROLE,
)
"""What is asked of one person; a list can say more."""
CSV = "text/csv"
_FRAME = 64 * 1024


@get("/agendas/{agenda_id:str}/participants", sync_to_thread=True, include_in_schema=False)
def list_participants(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show who takes part, with their mandates and invitations."""
    with ctx.reading():
        return _page(request, ctx, agenda_id, Form())


@post("/agendas/{agenda_id:str}/participants/invitations", sync_to_thread=True, include_in_schema=False)
def invite(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Invite one person, or all who were not invited yet; or take an invitation back."""
    told = form.submit(lambda: _invited(ctx, agenda_id, form))
    if told is None:
        return _page(request, ctx, agenda_id, form)
    return see_other(f"/agendas/{agenda_id}/participants", *told)


@get("/agendas/{agenda_id:str}/participants/invitations", sync_to_thread=True, include_in_schema=False)
def ask_to_invite(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show how many mails an invitation of everyone would send, before it does."""
    with ctx.reading():
        must(reading.abilities(ctx, agenda_id), Permission.PARTICIPANT_INVITE)
        return page(
            request, ctx, "participants_invite.html", private=True, agenda=reading.agenda(ctx, agenda_id),
            attendance=participants.attendance(ctx, agenda_id),
        )  # fmt: skip


@get("/agendas/{agenda_id:str}/participants/new", sync_to_thread=True, include_in_schema=False)
def ask_for_one(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the form that adds one person."""
    with ctx.reading():
        return _one_page(request, ctx, agenda_id, Form())


@post("/agendas/{agenda_id:str}/participants/new", sync_to_thread=True, include_in_schema=False)
def add_one(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Add one person with their organisation and mandate."""
    command = AddPerson({column: form.text(column) for column in ASKED}, agenda_id)
    if form.submit(lambda: importing.add(ctx, command)) is None:
        return _one_page(request, ctx, agenda_id, form)
    found = quote(form.text(Column.EMAIL).strip().lower())
    return see_other(f"/agendas/{agenda_id}/participants?q={found}", Done.PERSON_ADDED)


@get("/agendas/{agenda_id:str}/participants/import", sync_to_thread=True, include_in_schema=False)
def ask_for_list(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the form that takes a list of participants."""
    with ctx.reading():
        return _import_page(request, ctx, agenda_id, Form(), None)


@post(
    "/agendas/{agenda_id:str}/participants/import",
    sync_to_thread=True,
    status_code=200,
    include_in_schema=False,
    request_max_body_size=tables.LARGEST + _FRAME,
)
def import_list(request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking) -> Response[str]:
    """Show what a list would do, or import it."""
    command = ImportPeople(form.files.get("file", b""), agenda_id)
    act = importing.run if form.text("step") == "import" else importing.preview
    report = form.submit(lambda: act(ctx, command))
    return _import_page(request, ctx, agenda_id, form, report)


@get("/participants/template.csv", sync_to_thread=True, include_in_schema=False)
def list_template() -> Response[str]:
    """Download a list of participants to fill in."""
    headers = {"Content-Disposition": 'attachment; filename="participants.csv"', "Cache-Control": PRIVATE}
    # The mark tells office programs that it is UTF-8.
    return Response("\ufeff" + template(), media_type=CSV, headers=headers)


def _invited(ctx: Context, agenda_id: str, form: Form) -> tuple[Done, int | None]:
    """Invite, or take an invitation back; returns which, and how many are invited."""
    person_id = form.text("person_id")
    if not person_id:
        return Done.INVITED, invitations.invite_all(ctx, agenda_id)
    if form.text("act") == "withdraw":
        invitations.withdraw(ctx, person_id)
        return Done.INVITATION_WITHDRAWN, None
    invitations.invite(ctx, person_id)
    return Done.INVITED, 1


def _page(request: Asked, ctx: Context, agenda_id: str, form: Form) -> Response[str]:
    must(reading.abilities(ctx, agenda_id), Permission.PARTICIPANT_INVITE)
    asked = request.query_params
    state, region = asked.get("state", ""), asked.get("region", "")
    wanted = ParticipantFilter(
        Invited(state) if state in set(Invited) else None,
        asked.get("q", "")[:200],
        Region(region) if region in set(Region) else None,
        asked.get("partnership") or None,
    )
    found = participants.participants(ctx, agenda_id, wanted, SHOWN, asked.get("after") or None)
    return page(
        request, ctx, "participants.html", status=form.status, private=True, form=form, wanted=wanted,
        agenda=reading.agenda(ctx, agenda_id), people=found.items, following=found.next,
        attendance=participants.attendance(ctx, agenda_id), states=tuple(Invited), regions=tuple(Region),
        partnerships=participants.partnerships(ctx, agenda_id),
    )  # fmt: skip


def _one_page(request: Asked, ctx: Context, agenda_id: str, form: Form) -> Response[str]:
    must(reading.abilities(ctx, agenda_id), Permission.PARTICIPANT_IMPORT)
    return page(
        request, ctx, "participants_new.html", status=form.status, private=True, form=form,
        agenda=reading.agenda(ctx, agenda_id), kinds=tuple(OrganisationKind), regions=tuple(Region),
        roles=tuple(Role), partnerships=participants.partnerships(ctx, agenda_id),
        organisations=every(lambda cursor: library.organisations(ctx, agenda_id, 100, cursor)),
    )  # fmt: skip


def _import_page(
    request: Asked, ctx: Context, agenda_id: str, form: Form, report: ImportReport | None
) -> Response[str]:
    must(reading.abilities(ctx, agenda_id), Permission.PARTICIPANT_IMPORT)
    return page(
        request, ctx, "participants_import.html", status=form.status, private=True, form=form, report=report,
        agenda=reading.agenda(ctx, agenda_id), nouns=tuple(Noun), effects=tuple(Effect),
    )  # fmt: skip
