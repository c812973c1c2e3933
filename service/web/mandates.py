"""The page of a mandate: what it allows, whom it was passed on to, and how it ends."""

from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.actors import Scope
from service.domain.documents import LARGEST
from service.domain.errors import Invalid, SignInNeeded
from service.web import dates
from service.web.confirming import ask_to_confirm, confirming
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import documents, library, mandates, participants
from service.workflows.context import Context
from service.workflows.mandates import Delegate, NameAlternate, Revoke

# What a form adds around its one file.
_FRAME = 64 * 1024


@get("/mandates/{mandate_id:str}", sync_to_thread=True, include_in_schema=False)
def mandate(request: Asked, mandate_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show a mandate to its holder, to whoever passed it on, and to the facility."""
    with ctx.reading():
        return _page(request, ctx, mandate_id, Form())


@post("/mandates/{mandate_id:str}/passing-on", sync_to_thread=True, include_in_schema=False)
def pass_on(
    request: Asked, mandate_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Name an alternate, or lend some of a mandate."""
    command = form.submit(lambda: _passing_on(ctx, mandate_id, form))
    if command is not None:
        act = mandates.passing_on(command)
        form.submit(lambda: confirming(ctx, act, lambda: _pass_on(ctx, command)))
        if form.unconfirmed:
            return ask_to_confirm(request, ctx, act, form)
    if form.refusal is not None:
        return _page(request, ctx, mandate_id, form)
    return see_other(f"/mandates/{mandate_id}", Done.MANDATE_PASSED_ON)


@post("/mandates/{mandate_id:str}/revocation", sync_to_thread=True, include_in_schema=False)
def revoke(
    request: Asked, mandate_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """End a mandate before its time."""
    form.submit(lambda: mandates.revoke(ctx, Revoke(mandate_id, form.text("reason"))))
    if form.refusal is not None:
        return _page(request, ctx, mandate_id, form)
    return see_other(f"/mandates/{mandate_id}", Done.MANDATE_REVOKED)


@get("/mandates/{mandate_id:str}/document", sync_to_thread=True, include_in_schema=False)
def download(mandate_id: FromPath[str], ctx: Asking) -> Response[bytes]:
    """Download the document that a mandate rests on; a browser never shows it as a page of ours."""
    kind, content = documents.document(ctx, mandate_id)
    headers = {
        "Content-Disposition": f'attachment; filename="mandate.{kind.ending}"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=kind.value, headers=headers)


@post(
    "/mandates/{mandate_id:str}/document",
    sync_to_thread=True,
    include_in_schema=False,
    request_max_body_size=LARGEST + _FRAME,
)
def attach(
    request: Asked, mandate_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Keep the document that a mandate rests on."""
    form.submit(lambda: documents.attach(ctx, mandate_id, form.files.get("file", b"")))
    if form.refusal is not None:
        return _page(request, ctx, mandate_id, form)
    return see_other(f"/mandates/{mandate_id}", Done.DOCUMENT_KEPT)


def _passing_on(ctx: Context, mandate_id: str, form: Form) -> NameAlternate | Delegate:
    email, name = form.text("email"), form.text("name")
    if form.text("how") == "alternate":
        return NameAlternate(mandate_id, email, name)
    if form.text("how") != "delegated":
        raise Invalid.field("how", "Choose one of these.")
    scopes = tuple(scope for scope in Scope if scope.value in form.all("scopes"))
    return Delegate(mandate_id, email, name, scopes, _until(ctx, form))


def _pass_on(ctx: Context, command: NameAlternate | Delegate) -> str:
    if isinstance(command, Delegate):
        return mandates.delegate(ctx, command)
    return mandates.name_alternate(ctx, command)


def _until(ctx: Context, form: Form) -> datetime:
    me = library.me(ctx)
    if me is None:
        raise SignInNeeded
    try:
        return dates.from_local_field(form.text("expires_at").strip(), me.time_zone)
    except (ValueError, OverflowError):
        raise Invalid.field("expires_at", "Give a day and an hour, such as 2024-02-09T18:00.") from None


def _page(request: Asked, ctx: Context, mandate_id: str, form: Form) -> Response[str]:
    found = participants.mandate(ctx, mandate_id)
    return page(
        request, ctx, "mandate.html", status=form.status, private=True, mandate=found.detail,
        passed_on=found.passed_on, may=[permission.value for permission in found.may], form=form,
    )  # fmt: skip
