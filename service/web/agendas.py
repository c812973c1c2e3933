"""Pages of an agenda: overview and document."""

from itertools import groupby

from litestar import Response, get
from litestar.params import FromPath

from service.domain.permissions import Permission
from service.domain.text import to_markdown
from service.web.handing import handed
from service.web.pages import Asked, Asking, keeping, page
from service.web.remembering import remembered
from service.workflows import moving, overviews, reading
from service.workflows.pages import every


@get("/agendas/{agenda_id:str}", sync_to_thread=True, include_in_schema=False)
@remembered
def agenda(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an agenda: its figures, and its recommendations by whom they ask."""
    with ctx.reading():
        listed = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
        abilities = reading.abilities(ctx, agenda_id)
        moves = abilities.may(Permission.AGENDA_MOVE_PHASE)
        return page(
            request,
            ctx,
            "agenda.html",
            agenda=reading.agenda(ctx, agenda_id),
            figures=reading.figures(ctx, agenda_id),
            recommendations=listed,
            groups=[(who, tuple(asks)) for who, asks in groupby(listed, key=lambda r: r.addressee)],
            abilities=abilities,
            versions=reading.current_versions(ctx, agenda_id),
            blocks=overviews.contested(ctx, agenda_id),
            days=overviews.convergence(ctx, agenda_id),
            partnerships=overviews.partnerships(ctx, agenda_id),
            held=moving.held_back(ctx, agenda_id) if moves else None,
            undo=moving.undoable(ctx, agenda_id) if moves else None,
        )


@get("/agendas/{agenda_id:str}/document", sync_to_thread=True, include_in_schema=False)
@remembered
def document(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the whole agenda as one text to read or to print."""
    with ctx.reading():
        return page(
            request,
            ctx,
            "document.html",
            agenda=reading.agenda(ctx, agenda_id),
            recommendations=every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor)),
            versions={v.recommendation_id: v for v in reading.current_versions(ctx, agenda_id)},
            contested={(c.recommendation_id, c.block_id): c for c in overviews.contested(ctx, agenda_id)},
            outcomes=reading.outcomes(ctx, agenda_id),
            figures=reading.figures(ctx, agenda_id),
        )


@get("/agendas/{agenda_id:str}/document.md", sync_to_thread=True, include_in_schema=False)
def document_as_text(
    request: Asked, agenda_id: FromPath[str], ctx: Asking
) -> Response[bytes] | Response[None]:
    """Hand out the whole agenda as one text in Markdown."""
    with ctx.reading():
        agenda = reading.agenda(ctx, agenda_id)
        texts = [to_markdown(version.blocks) for version in reading.current_versions(ctx, agenda_id)]
    headers = {"Content-Disposition": 'attachment; filename="agenda.md"', "Cache-Control": keeping(ctx)}
    whole = f"*{agenda.headline}*\n\n" + "\n".join(texts)
    return handed(request, whole.encode(), "text/markdown", headers)
