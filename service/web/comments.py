"""Pages of the discussion: a comment on a phrase, its thread, and how it is settled."""

from itertools import pairwise

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.comments import LIFECYCLE, Audience, CommentAction, CommentKind
from service.domain.errors import Invalid
from service.domain.permissions import Permission
from service.domain.text import Block
from service.domain.text.tokens import sentence_starts
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.web.remembering import remembered
from service.workflows import answers, comments, reading
from service.workflows.comments import Answer, Attach, PostComment, Settle
from service.workflows.context import Context
from service.workflows.pages import every

OFFICIAL = "official"
SHOWN = 50
_ABOUT = frozenset({"block_id", "amendment_id"})
SETTLING = (CommentAction.RESOLVE, CommentAction.DECLINE, CommentAction.REOPEN)


@get("/recommendations/{recommendation_id:str}/comment", sync_to_thread=True, include_in_schema=False)
def ask(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the form for a comment, on the block that the address names or on the whole."""
    with ctx.reading():
        form = Form({name: (value,) for name, value in request.query_params.items() if name in _ABOUT})
        return _form(request, ctx, recommendation_id, form)


@post("/recommendations/{recommendation_id:str}/comment", sync_to_thread=True, include_in_schema=False)
def asked(
    request: Asked,
    recommendation_id: FromPath[str],
    form: Sent,
    ctx: Asking,
) -> Response[str] | Response[None]:
    """Post a comment."""
    comment_id = form.submit(lambda: comments.post(ctx, _comment(form, recommendation_id)))
    if comment_id is None:
        return _form(request, ctx, recommendation_id, form)
    if form.text("amendment_id"):
        return see_other(f"/amendments/{form.text('amendment_id')}#c-{comment_id}", Done.COMMENTED)
    return see_other(f"/comments/{comment_id}", Done.COMMENTED)


@get("/comments/{comment_id:str}", sync_to_thread=True, include_in_schema=False)
@remembered
def comment(request: Asked, comment_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show a thread."""
    with ctx.reading():
        return _thread(request, ctx, comment_id, Form())


@get("/agendas/{agenda_id:str}/open-comments", sync_to_thread=True, include_in_schema=False)
def open_comments(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the comments of an agenda that wait for an answer, or those on one recommendation."""
    wanted = request.query_params.get("recommendation", "")
    with ctx.reading():
        asks = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
        known = next((one for one in asks if one.id == wanted), None)
        cursor = request.query_params.get("cursor")
        found = answers.open_comments(ctx, agenda_id, known.id if known else None, SHOWN, cursor)
        return page(
            request, ctx, "open_comments.html", agenda=reading.agenda(ctx, agenda_id), found=found,
            recommendations={one.id: one for one in asks}, narrowed=known,
            total=known.open_comments if known else reading.figures(ctx, agenda_id).open_comments,
        )  # fmt: skip


@post("/comments/{comment_id:str}/replies", sync_to_thread=True, include_in_schema=False)
def reply(
    request: Asked, comment_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Answer in a thread."""
    said = Answer(comment_id, form.text("organisation_id"), form.text("text"), form.text("language"))
    reply_id = form.submit(lambda: comments.answer(ctx, said))
    if reply_id is None:
        return _thread(request, ctx, comment_id, form)
    return see_other(f"/comments/{comment_id}#r-{reply_id}", Done.ANSWERED)


@post("/comments/{comment_id:str}/resolution", sync_to_thread=True, include_in_schema=False)
def settle(
    request: Asked, comment_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Resolve a thread, decline it, or open it again."""
    form.places = {"text": "resolution"}
    form.submit(
        lambda: comments.settle(
            ctx, Settle(comment_id, form.choice("action", CommentAction), form.text("resolution"))
        )
    )
    if form.refusal is not None:
        return _thread(request, ctx, comment_id, form)
    reopened = form.text("action") == CommentAction.REOPEN
    return see_other(f"/comments/{comment_id}", Done.COMMENT_REOPENED if reopened else Done.COMMENT_SETTLED)


@post("/comments/{comment_id:str}/place", sync_to_thread=True, include_in_schema=False)
def place(
    request: Asked, comment_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Give a thread whose words are gone its place in the current text."""
    command = Attach(comment_id, form.text("block_id"), quotation=form.text("quotation").strip())
    form.submit(lambda: comments.attach(ctx, command))
    if form.refusal is not None:
        return _thread(request, ctx, comment_id, form)
    return see_other(f"/comments/{comment_id}", Done.COMMENT_PLACED)


def _comment(form: Form, recommendation_id: str) -> PostComment:
    quotation = form.text("quotation").strip()
    # Words that were selected come with their place; those that were typed have to stand there once.
    chosen = form.text("range") if quotation else form.text("sentence")
    start, end = _range(chosen)
    return PostComment(
        recommendation_id=recommendation_id,
        organisation_id=form.text("organisation_id"),
        kind=form.choice("kind", CommentKind),
        text=form.text("text"),
        version_id=form.text("version_id") or None,
        block_id=form.text("block_id") or None,
        start=start,
        end=end,
        quotation=quotation,
        audience=Audience.EVERYONE
        if form.text("audience") == OFFICIAL
        else form.choice("audience", Audience),
        official=form.text("audience") == OFFICIAL,
        amendment_id=form.text("amendment_id") or None,
        language=form.text("language"),
    )


def _range(written: str) -> tuple[int | None, int | None]:
    if not written:
        return None, None
    start, _, end = written.partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(written) < 16):  # noqa: PLR2004 - longer than any text
        raise Invalid.field("sentence", "Choose one of these.")
    return int(start), int(end)


def _form(request: Asked, ctx: Context, recommendation_id: str, form: Form) -> Response[str]:
    view = reading.recommendation(ctx, recommendation_id)
    abilities = reading.abilities(ctx, view.agenda_id)
    must(abilities, Permission.COMMENT_DISCUSS)
    version = reading.version(ctx, view.current_version.id)
    block = next((b for b in version.blocks if b.id == form.text("block_id")), None)
    about = reading.amendment(ctx, form.text("amendment_id")) if form.text("amendment_id") else None
    return page(
        request, ctx, "comment.html", status=form.status, private=True, agenda=reading.agenda(ctx, view.agenda_id),
        recommendation=view, version=version, block=block, sentences=_sentences(block), abilities=abilities,
        kinds=tuple(CommentKind), form=form, about=about,
    )  # fmt: skip


def _sentences(block: Block | None) -> list[tuple[str, str]]:
    """Return the sentences of a block, each with its place; none where there is only one."""
    if block is None:
        return []
    starts = sorted({0, *sentence_starts(block.text), len(block.text)})
    found = [
        (f"{a}-{a + len(block.text[a:b].rstrip())}", block.text[a:b].strip()) for a, b in pairwise(starts)
    ]
    return found if len(found) > 1 else []


def _thread(request: Asked, ctx: Context, comment_id: str, form: Form) -> Response[str]:
    view = reading.comment(ctx, comment_id)
    recommendation = reading.recommendation(ctx, view.recommendation_id)
    named = reading.references(ctx, {view.amendment_id} if view.amendment_id else set())
    version = reading.version(ctx, recommendation.current_version.id)
    return page(
        request, ctx, "thread.html", status=form.status, comment=view, recommendation=recommendation,
        agenda=reading.agenda(ctx, recommendation.agenda_id),
        block=next((b for b in version.blocks if b.id == view.block_id), None),
        abilities=reading.abilities(ctx, recommendation.agenda_id),
        about=named.get(view.amendment_id or ""),
        actions=[a for a in SETTLING if LIFECYCLE.allows(view.state, a)], form=form,
        blocks=version.blocks if LIFECYCLE.allows(view.state, CommentAction.ATTACH) else (),
    )  # fmt: skip
