"""Pages of the evidence: what underpins the claims of an agenda."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.evidence import EvidenceKind
from service.domain.views.agendas import Underpinned
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.web.remembering import remembered
from service.workflows import evidence, library, reading, weighing
from service.workflows.context import Context
from service.workflows.evidence import AddEvidence
from service.workflows.pages import every


@get("/agendas/{agenda_id:str}/evidence", sync_to_thread=True, include_in_schema=False)
@remembered
def listed(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an agenda's evidence."""
    with ctx.reading():
        return _page(request, ctx, agenda_id, _asked_for(request))


@get("/agendas/{agenda_id:str}/evidence/claims", sync_to_thread=True, include_in_schema=False)
@remembered
def claims(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show which claims of the recommendations no evidence names yet, or all of them with theirs."""
    with ctx.reading():
        return page(
            request, ctx, "claims.html", agenda=reading.agenda(ctx, agenda_id),
            abilities=reading.abilities(ctx, agenda_id), found=weighing.claims(ctx, agenda_id),
            evidence={piece.id: piece for piece in weighing.evidence(ctx, agenda_id)},
            every=request.query_params.get("show") == "all",
        )  # fmt: skip


@post("/agendas/{agenda_id:str}/evidence", sync_to_thread=True, include_in_schema=False)
def add(request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking) -> Response[str] | Response[None]:
    """Add a piece of evidence."""
    made = form.submit(lambda: evidence.add(ctx, _evidence(form, agenda_id)))
    if made is None:
        return _page(request, ctx, agenda_id, form)
    return see_other(
        f"/agendas/{agenda_id}/evidence#e{library.one_evidence(ctx, made).number}", Done.EVIDENCE_ADDED
    )


def _asked_for(request: Asked) -> Form:
    """Return the form as an address begins it: for one recommendation, or one block of it."""
    names = ("recommendation_id", "block_id")
    return Form({name: (str(request.query_params[name]),) for name in names if name in request.query_params})


def _evidence(form: Form, agenda_id: str) -> AddEvidence:
    target = form.text("recommendation_id")
    return AddEvidence(
        agenda_id=agenda_id,
        organisation_id=form.text("organisation_id"),
        kind=form.choice("kind", EvidenceKind),
        title=form.text("title"),
        source=form.text("source"),
        page=form.text("page"),
        quotation=form.text("quotation"),
        url=form.text("url"),
        language=form.text("language"),
        underpins=(Underpinned(target, form.text("block_id") or None),) if target else (),
    )


def _page(request: Asked, ctx: Context, agenda_id: str, form: Form) -> Response[str]:
    form.places = {"underpins.0.block_id": "recommendation_id"}
    block = form.text("block_id")
    claim = next(
        (b for c in weighing.claims(ctx, agenda_id) for b in c.found.claims if b.block.id == block), None
    )
    asks = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
    return page(
        request,
        ctx,
        "evidence.html",
        status=form.status,
        agenda=reading.agenda(ctx, agenda_id),
        evidence=every(lambda cursor: library.evidence(ctx, agenda_id, 100, cursor)),
        recommendations={ask.id: ask for ask in asks},
        kinds=tuple(EvidenceKind),
        claim=claim,
        abilities=reading.abilities(ctx, agenda_id),
        form=form,
    )
