"""Pages before a paper is made: the checklist, a look at what would be printed, and the keys that seal it."""

from litestar import Response, get
from litestar.params import FromPath

from service.domain.permissions import Permission
from service.web import naming_signatories
from service.web.forms import Form
from service.web.gates import must
from service.web.pages import Asked, Asking, page
from service.web.remembering import remembered
from service.workflows import checklists, library, reading, signatory_keys, translations
from service.workflows.pages import every


@get("/agendas/{agenda_id:str}/publication", sync_to_thread=True, include_in_schema=False)
def publication(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the facility what stands between an agenda and its paper, who approves, and what was published."""
    with ctx.reading():
        abilities = reading.abilities(ctx, agenda_id)
        must(abilities, Permission.AGENDA_EDIT)
        view = reading.agenda(ctx, agenda_id)
        editions = every(lambda cursor: library.editions(ctx, agenda_id, 100, cursor))
        return page(
            request, ctx, "publication.html", agenda=view, abilities=abilities,
            checklist=checklists.look(ctx, agenda_id), editions=tuple(reversed(editions)),
            stale=[one for one in translations.in_agenda(ctx, agenda_id) if one.stale],
            approvers=checklists.approvers(ctx, signatory_keys.published_by(view)), form=Form(),
            reader_id=abilities.actor.person_id, able=naming_signatories.able(ctx, abilities, view),
        )  # fmt: skip


@get("/agendas/{agenda_id:str}/publication/preview", sync_to_thread=True, include_in_schema=False)
def preview(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the facility what an edition would print if it were assembled now."""
    with ctx.reading():
        must(reading.abilities(ctx, agenda_id), Permission.AGENDA_EDIT)
        return page(
            request, ctx, "paper_preview.html", agenda=reading.agenda(ctx, agenda_id), edition=None,
            paper=checklists.draft_of(ctx, agenda_id),
        )  # fmt: skip


@get("/editions/{edition_id:str}/preview", sync_to_thread=True, include_in_schema=False)
@remembered
def frozen(request: Asked, edition_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show exactly what an edition prints: what is approved, word for word."""
    with ctx.reading():
        view = library.edition(ctx, edition_id)
        return page(
            request, ctx, "paper_preview.html", agenda=reading.agenda(ctx, view.agenda_id), edition=view,
            paper=checklists.frozen(ctx, edition_id),
        )  # fmt: skip


@get("/keys", sync_to_thread=True, include_in_schema=False)
def keys(request: Asked, ctx: Asking) -> Response[str]:
    """Show the facility which keys are in use, and until when."""
    with ctx.reading():
        keys, signing = checklists.keys(ctx), signatory_keys.listed(ctx)
        return page(request, ctx, "keys.html", private=True, keys=keys, signing=signing)
