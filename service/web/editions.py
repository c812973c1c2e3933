"""Pages of editions: assembling, approving, following the paper until it is released, and reading it."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.editions import EditionState
from service.domain.errors import Unknown
from service.domain.halts import WAITS
from service.domain.permissions import Act, Permission
from service.domain.recommendations import RecommendationState
from service.domain.views.agendas import EditionView
from service.domain.views.recommendations import RecommendationSummary
from service.web import naming_signatories
from service.web.confirming import ask_to_confirm, confirming
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.web.remembering import remembered
from service.workflows import editions, library, reading, renditions
from service.workflows.context import Context
from service.workflows.editions import ApproveEdition
from service.workflows.pages import every

WAITING = (
    EditionState.APPROVED,
    EditionState.RENDERED,
    EditionState.SIGNED,
    EditionState.TIMESTAMPED,
    EditionState.VERIFIED,
)
STEPS = (EditionState.ASSEMBLED, *WAITING, EditionState.RELEASED)


@get("/agendas/{agenda_id:str}/editions", sync_to_thread=True, include_in_schema=False)
@remembered
def listed(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an agenda's editions."""
    with ctx.reading():
        return _list(request, ctx, agenda_id, Form())


@post("/agendas/{agenda_id:str}/editions", sync_to_thread=True, include_in_schema=False)
def assemble(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Freeze the agenda into an edition."""
    act = editions.assembling(agenda_id, form.text("number", "1"), form.all(naming_signatories.FIELD))
    edition_id = form.submit(lambda: confirming(ctx, act, lambda: _assembled(ctx, agenda_id, form)))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    if edition_id is None:
        return _list(request, ctx, agenda_id, form)
    return see_other(f"/editions/{edition_id}", Done.ASSEMBLED)


def _assembled(ctx: Context, agenda_id: str, form: Form) -> str:
    return editions.assemble(ctx, agenda_id, form.text("reason"), to_sign=naming_signatories.named(form))


@get("/agendas/{agenda_id:str}/paper", sync_to_thread=True, include_in_schema=False)
def newest_paper(agenda_id: FromPath[str], ctx: Asking) -> Response[None]:
    """Send to the paper of the newest edition that is published."""
    found = every(lambda cursor: library.editions(ctx, agenda_id, 100, cursor))
    released = [edition for edition in found if edition.state is EditionState.RELEASED]
    if not released:
        raise Unknown(thing="edition")
    newest = max(released, key=lambda edition: edition.number)
    return see_other(f"/editions/{newest.id}/paper.pdf")


@get("/editions/{edition_id:str}", sync_to_thread=True, include_in_schema=False)
@remembered
def edition(request: Asked, edition_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an edition and how far it has come."""
    with ctx.reading():
        return shown(request, ctx, edition_id, Form())


@get("/editions/{edition_id:str}/progress", sync_to_thread=True, include_in_schema=False)
def progress(request: Asked, edition_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show only how far an edition has come; a browser that asks again and again loads the page when it is done."""
    with ctx.reading():
        view = library.edition(ctx, edition_id)
        working = _working(view)
        values = {"edition": view, "steps": STEPS, "working": working}
        shown = page(request, ctx, "edition_progress.html", values, private=True)
    if not working:
        shown.headers["HX-Refresh"] = "true"
    return shown


@post("/editions/{edition_id:str}/approval", sync_to_thread=True, include_in_schema=False)
def approve(
    request: Asked, edition_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Approve exactly this edition; its paper is then made by itself."""
    command = ApproveEdition(edition_id, form.text("digest"))
    act = Act(Permission.EDITION_APPROVE, edition_id, command.digest)
    form.submit(lambda: confirming(ctx, act, lambda: editions.approve(ctx, command)))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    if form.refusal is not None:
        return shown(request, ctx, edition_id, form)
    with ctx.reading():
        waits = library.edition(ctx, edition_id).state is EditionState.ASSEMBLED
    return see_other(f"/editions/{edition_id}", Done.SIGNED if waits else Done.APPROVED)


@post("/editions/{edition_id:str}/withdrawal", sync_to_thread=True, include_in_schema=False)
def withdraw(
    request: Asked, edition_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Withdraw an edition."""
    act = Act(Permission.EDITION_WITHDRAW, edition_id, library.edition(ctx, edition_id).digest)
    form.submit(lambda: confirming(ctx, act, lambda: editions.withdraw(ctx, edition_id, form.text("reason"))))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    if form.refusal is not None:
        return shown(request, ctx, edition_id, form)
    return see_other(f"/editions/{edition_id}", Done.EDITION_WITHDRAWN)


@get("/editions/{edition_id:str}/paper.pdf", sync_to_thread=True, include_in_schema=False)
def paper(edition_id: FromPath[str], ctx: Asking) -> Response[bytes]:
    """Answer with the sealed paper."""
    with ctx.reading():
        view, content = library.edition(ctx, edition_id), editions.pdf(ctx, edition_id)
    headers = {
        "Content-Disposition": f'inline; filename="edition-{view.number}.pdf"',
        "Cache-Control": "public, max-age=3600",
    }
    return Response(content, media_type="application/pdf", headers=headers)


def _working(view: EditionView) -> bool:
    """Tell whether a paper is being made, or will be by itself."""
    return view.state in WAITING and (view.halt is None or view.halt in WAITS)


def _list(request: Asked, ctx: Context, agenda_id: str, form: Form) -> Response[str]:
    found = every(lambda cursor: library.editions(ctx, agenda_id, 100, cursor))
    newest = next((one.id for one in reversed(found) if one.state is EditionState.RELEASED), "")
    view, abilities = reading.agenda(ctx, agenda_id), reading.abilities(ctx, agenda_id)
    return page(
        request,
        ctx,
        "editions.html",
        status=form.status,
        agenda=view,
        editions=tuple(reversed(found)),
        newest=newest,
        tongues=(renditions.languages(ctx, newest) or ()) if newest else (),
        abilities=abilities,
        able=naming_signatories.able(ctx, abilities, view),
        form=form,
        published=_published(ctx, agenda_id),
        outcomes=reading.outcomes(ctx, agenda_id),
    )


def _published(ctx: Context, agenda_id: str) -> list[RecommendationSummary]:
    """Return the recommendations that stand in a published edition."""
    listed = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
    return [one for one in listed if one.state is RecommendationState.PUBLISHED]


def shown(request: Asked, ctx: Context, edition_id: str, form: Form) -> Response[str]:
    """Show an edition, and what was wrong with what was sent."""
    view = library.edition(ctx, edition_id)
    abilities = reading.abilities(ctx, view.agenda_id)
    may_approve = (
        not view.own
        and abilities.may(Permission.EDITION_APPROVE)
        and view.is_awaited(abilities.actor.person_id)
    )
    return page(
        request,
        ctx,
        "edition.html",
        status=form.status,
        tongues=renditions.languages(ctx, edition_id) or (),
        agenda=reading.agenda(ctx, view.agenda_id),
        edition=view,
        steps=STEPS,
        working=_working(view),
        verification=view.verification,
        may_approve=may_approve,
        changed=editions.changed(ctx, view)
        if may_approve or abilities.may(Permission.EDITION_ASSEMBLE)
        else (),
        may_take_off=abilities.may(Permission.EDITION_TAKE_OFF),
        abilities=abilities,
        form=form,
        published=_published(ctx, view.agenda_id) if view.released_at is not None else [],
        outcomes=reading.outcomes(ctx, view.agenda_id),
    )
