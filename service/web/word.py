"""Pages for those who work in Word: texts and amendments to take along, and the form that takes them back."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.errors import Unknown
from service.domain.permissions import Permission
from service.domain.word.tracked import LARGEST
from service.web import proposals
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import PRIVATE, Asked, Asking, language_of, page
from service.workflows import library, reading, word
from service.workflows.context import Context
from service.workflows.pages import every
from service.workflows.word import Say, WordFile

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FRAME = 64 * 1024


@get(
    "/recommendations/{recommendation_id:str}/versions/{number:int}/word",
    sync_to_thread=True,
    include_in_schema=False,
)
def version_in_word(
    request: Asked, recommendation_id: FromPath[str], number: FromPath[int], ctx: Asking
) -> Response[bytes]:
    """Hand out a version as a document."""
    with ctx.reading():
        listed = every(lambda cursor: reading.versions(ctx, recommendation_id, 100, cursor))
        version_id = next((version.id for version in listed if version.number == number), "")
        if not version_id:
            raise Unknown(thing="version")
        return _document(word.version_document(ctx, version_id, _say(request, ctx)))


@get("/amendments/{amendment_id:str}/word", sync_to_thread=True, include_in_schema=False)
def amendment_in_word(request: Asked, amendment_id: FromPath[str], ctx: Asking) -> Response[bytes]:
    """Hand out an amendment as a document with its changes tracked."""
    with ctx.reading():
        return _document(word.amendment_document(ctx, amendment_id, _say(request, ctx)))


@get("/recommendations/{recommendation_id:str}/amend/word", sync_to_thread=True, include_in_schema=False)
def ask_for_document(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show how an amendment is written in Word, and the form that takes it."""
    with ctx.reading():
        return _page(request, ctx, recommendation_id, Form())


@post(
    "/recommendations/{recommendation_id:str}/amend/word",
    sync_to_thread=True,
    status_code=200,
    include_in_schema=False,
    request_max_body_size=LARGEST + _FRAME,
)
def hand_in(request: Asked, recommendation_id: FromPath[str], form: Sent, ctx: Asking) -> Response[str]:
    """Show what a document proposes in the form in which amendments are written; nothing is kept yet."""
    content = form.files.get("file", b"")
    found = form.submit(lambda: word.hand_in(ctx, recommendation_id, content))
    if found is None:
        return _page(request, ctx, recommendation_id, form)
    return proposals.brought_along(request, ctx, found)


def _page(request: Asked, ctx: Context, recommendation_id: str, form: Form) -> Response[str]:
    view = reading.recommendation(ctx, recommendation_id)
    must(reading.abilities(ctx, view.agenda_id), Permission.AMENDMENT_TABLE)
    agenda = reading.agenda(ctx, view.agenda_id)
    return page(
        request,
        ctx,
        "amend_word.html",
        status=form.status,
        private=True,
        form=form,
        recommendation=view,
        agenda=agenda,
    )


def _say(request: Asked, ctx: Context) -> Say:
    return language_of(request, library.me(ctx)).say


def _document(file: WordFile) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}.docx"', "Cache-Control": PRIVATE}
    return Response(file.content, media_type=DOCX, headers=headers)
