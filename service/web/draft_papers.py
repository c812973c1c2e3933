"""Pages of the draft of a paper: having one made, waiting for it, and downloading it."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.handing import handed
from service.web.pages import PRIVATE, Asked, Asking, page, see_other
from service.workflows import drafts, reading
from service.workflows.context import Context


@get("/agendas/{agenda_id:str}/draft-paper", sync_to_thread=True, include_in_schema=False)
def draft_paper(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show what there is of a draft of the paper."""
    return _page(request, ctx, agenda_id, Form())


@post("/agendas/{agenda_id:str}/draft-paper", sync_to_thread=True, include_in_schema=False)
def make_draft(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Have a draft made of the agenda as it stands."""
    form.submit(lambda: drafts.ask(ctx, agenda_id))
    return (
        _page(request, ctx, agenda_id, form)
        if form.refusal
        else see_other(f"/agendas/{agenda_id}/draft-paper", Done.DRAFT_PAPER_ASKED)
    )


@get("/agendas/{agenda_id:str}/draft-paper/draft.pdf", sync_to_thread=True, include_in_schema=False)
def draft_pdf(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[bytes] | Response[None]:
    """Hand out the last draft that was made."""
    headers = {"Content-Disposition": 'attachment; filename="draft.pdf"', "Cache-Control": PRIVATE}
    return handed(request, drafts.pdf(ctx, agenda_id), "application/pdf", headers)


def _page(request: Asked, ctx: Context, agenda_id: str, form: Form) -> Response[str]:
    with ctx.reading():
        draft = drafts.draft(ctx, agenda_id)
        agenda = reading.agenda(ctx, agenda_id)
        return page(
            request, ctx, "draft_paper.html", status=form.status, agenda=agenda, draft=draft, form=form
        )
