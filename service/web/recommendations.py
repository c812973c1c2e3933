"""Pages of a recommendation: its text with a working margin, its versions, where they differ, whose words they are."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.errors import Unknown
from service.domain.text import to_markdown
from service.domain.views.recommendations import CommentView, RecommendationSummary, VersionView
from service.web.done import Done
from service.web.forms import Sent
from service.web.margins import around, contests
from service.web.pages import Asked, Asking, page, see_other
from service.web.provenance import ancestry
from service.web.remembering import remembered
from service.workflows import assessments, library, looks, reading, translations
from service.workflows import margins as lying
from service.workflows.context import Context
from service.workflows.pages import every

MOST_LOST = 25
"""How many comments on words that are gone a comparison tells."""


@get("/recommendations/{recommendation_id:str}", sync_to_thread=True, include_in_schema=False)
@remembered
def recommendation(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show a recommendation with what is proposed, asked and said about each of its blocks."""
    seen = looks.last_look(ctx, recommendation_id) if not _fetched_ahead(request) else None
    with ctx.reading():
        view = reading.recommendation(ctx, recommendation_id)
        version = reading.version(ctx, view.current_version.id)
        margin = around(ctx, view.id, version.blocks)
        return page(
            request, ctx, "recommendation.html", recommendation=view, version=version, margin=margin,
            agenda=reading.agenda(ctx, view.agenda_id), blocks=contests(view.id, margin.rows),
            evidence=library.evidence_for(ctx, view.id), outcome=reading.outcome(ctx, view.id),
            positions=every(lambda cursor: reading.positions(ctx, recommendation_id, 100, cursor)),
            abilities=reading.abilities(ctx, view.agenda_id), seen=seen,
            assessments=assessments.standing(ctx, recommendation_id),
            translations=translations.offered(ctx, view.id),
        )  # fmt: skip


@post("/recommendations/{recommendation_id:str}/look", sync_to_thread=True, include_in_schema=False)
def look(recommendation_id: FromPath[str], form: Sent, ctx: Asking) -> Response[None]:
    """Remember that the reader has seen a version."""
    looks.seen(ctx, recommendation_id, form.text("version_id"))
    return see_other(f"/recommendations/{recommendation_id}", Done.READ)


@get("/recommendations/{recommendation_id:str}/versions", sync_to_thread=True, include_in_schema=False)
@remembered
def versions(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the versions of a recommendation, each with what it changed."""
    with ctx.reading():
        view = reading.recommendation(ctx, recommendation_id)
        listed = every(lambda cursor: reading.versions(ctx, recommendation_id, 100, cursor))
        pairs = [(listed[at], listed[at - 1] if at else None) for at in reversed(range(len(listed)))]
        agenda = reading.agenda(ctx, view.agenda_id)
        return page(request, ctx, "versions.html", recommendation=view, agenda=agenda, pairs=pairs)


@get(
    "/recommendations/{recommendation_id:str}/versions/{number:int}",
    sync_to_thread=True,
    include_in_schema=False,
)
@remembered
def version(
    request: Asked, recommendation_id: FromPath[str], number: FromPath[int], ctx: Asking
) -> Response[str]:
    """Show one version as it was."""
    with ctx.reading():
        view = reading.recommendation(ctx, recommendation_id)
        shown = _numbered(ctx, recommendation_id)[number]
        agenda = reading.agenda(ctx, view.agenda_id)
        values = {"recommendation": view, "agenda": agenda, "version": shown}
        settled = reading.settlements(ctx, shown.id)
        return page(request, ctx, "version.html", values, text=to_markdown(shown.blocks), settled=settled)


@get("/recommendations/{recommendation_id:str}/compare", sync_to_thread=True, include_in_schema=False)
@remembered
def compare(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show where two versions differ; without a choice, the current one and the one that the reader saw before."""
    seen = looks.last_look(ctx, recommendation_id) if not _fetched_ahead(request) else None
    with ctx.reading():
        view = reading.recommendation(ctx, recommendation_id)
        known = _numbered(ctx, recommendation_id)
        after = _asked(request, "to", view.current_version.number)
        looked_at = seen.number if seen is not None and seen.number < after else None
        before = _asked(request, "from", looked_at or max(after - 1, 1))
        agenda = reading.agenda(ctx, view.agenda_id)
        values: dict[str, object] = {"recommendation": view, "agenda": agenda, "versions": known}
        values["looked_at"] = looked_at == before
        values["side_by_side"] = request.query_params.get("view") == "columns"
        values["lost"] = _lost(ctx, recommendation_id, known[after].number)
        return page(request, ctx, "compare.html", values, before=known[before], after=known[after])


@get("/recommendations/{recommendation_id:str}/provenance", sync_to_thread=True, include_in_schema=False)
@remembered
def provenance(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show who brought which words of the current text."""
    with ctx.reading():
        view = reading.recommendation(ctx, recommendation_id)
        return _provenance(request, ctx, view, reading.version(ctx, view.current_version.id))


@get(
    "/recommendations/{recommendation_id:str}/versions/{number:int}/provenance",
    sync_to_thread=True,
    include_in_schema=False,
)
@remembered
def version_provenance(
    request: Asked, recommendation_id: FromPath[str], number: FromPath[int], ctx: Asking
) -> Response[str]:
    """Show who brought which words of one version, however old."""
    with ctx.reading():
        view = reading.recommendation(ctx, recommendation_id)
        return _provenance(request, ctx, view, _numbered(ctx, recommendation_id)[number])


def _provenance(
    request: Asked, ctx: Context, view: RecommendationSummary, version: VersionView
) -> Response[str]:
    known = _numbered(ctx, view.id) if version.lineage else {}
    return page(
        request, ctx, "provenance.html", recommendation=view, agenda=reading.agenda(ctx, view.agenda_id),
        version=version, origins=reading.origins(ctx, version.provenance), ancestry=ancestry(version, known),
    )  # fmt: skip


def _lost(ctx: Context, recommendation_id: str, number: int) -> list[CommentView]:
    """Return the comments on versions before that one whose words stand nowhere any more."""
    lost = [c.id for c in lying.comment_marks(ctx, recommendation_id) if c.lost and c.version < number]
    return list(lying.comments(ctx, lost[:MOST_LOST]).values())


def _fetched_ahead(request: Asked) -> bool:
    """Tell whether a browser fetches the page before anyone asked for it."""
    return "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", ""))


class _Versions(dict[int, VersionView]):
    def __missing__(self, number: int) -> VersionView:
        raise Unknown(thing="version")


def _numbered(ctx: Context, recommendation_id: str) -> _Versions:
    listed = every(lambda cursor: reading.versions(ctx, recommendation_id, 100, cursor))
    return _Versions({v.number: v for v in listed})


def _asked(request: Asked, name: str, otherwise: int) -> int:
    written = str(request.query_params.get(name, ""))
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else otherwise  # noqa: PLR2004 - far more versions than anyone writes
