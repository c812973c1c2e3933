"""Pages on which the rapporteur edits a text block by block: words, order, splitting, joining, and the next version."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.errors import EmptyChange, StaleBase
from service.domain.recommendations import check_editable, is_correction
from service.domain.text import Block, rebase
from service.domain.text.editing import Row, Rows, begun, origins
from service.domain.views.recommendations import RecommendationSummary, VersionView
from service.web import editing
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import reading, recommendations
from service.workflows.context import Context
from service.workflows.recommendations import Rehearsal, Rewrite

_LOOKS = frozenset({"preview", "check"})


@dataclass(frozen=True, slots=True)
class Desk:
    """What is edited: the recommendation, and the version that the editor began with."""

    recommendation: RecommendationSummary
    base: VersionView

    @property
    def is_current(self) -> bool:
        """Whether the text has not moved on since."""
        return self.base.id == self.recommendation.current_version.id


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form shows: the blocks, what they change, and the block that was touched last."""

    rows: Rows
    seen: Rehearsal | None = None
    focus: str = ""


@get("/recommendations/{recommendation_id:str}/edit", sync_to_thread=True, include_in_schema=False)
def edit(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the text with a field for each block, and what can be done with it."""
    with ctx.reading():
        desk = _desk(ctx, recommendation_id, "")
        return _form(request, ctx, desk, Form(), Shown(begun(desk.base.blocks)))


@post("/recommendations/{recommendation_id:str}/edit", sync_to_thread=True, include_in_schema=False)
def edited(
    request: Asked, recommendation_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Do to the text what a button asks for, show the difference, check, or make the next version."""
    desk = _desk(ctx, recommendation_id, form.text("base"))
    if not desk.is_current:
        return _stale(request, ctx, desk, form)
    if form.text("step") == "save":
        return _saved(request, ctx, desk, form)
    return _looked_at(request, ctx, desk, form)


@post(
    "/recommendations/{recommendation_id:str}/edit/difference",
    sync_to_thread=True,
    status_code=200,
    include_in_schema=False,
    # It comes with every word that is typed, and changes nothing.
    opt={"looks": True},
)
def edit_difference(
    request: Asked, recommendation_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str]:
    """Answer with the difference alone, while somebody types."""
    desk = _desk(ctx, recommendation_id, form.text("base"))
    seen = form.submit(lambda: _rehearsed(ctx, desk, form, editing.read(form, desk.base.blocks)))
    return page(request, ctx, "edit_difference.html", private=True, seen=seen, form=form)


def _looked_at(request: Asked, ctx: Context, desk: Desk, form: Form) -> Response[str]:
    step, base = form.text("step", "check"), desk.base.blocks
    done = form.submit(lambda: editing.stepped(form, editing.read(form, base)))
    if done is None:
        return _form(request, ctx, desk, form, Shown(editing.sheet_of(form, base)))
    rows, focus = done
    whole = step == editing.AS_WHOLE or (form.has(editing.WHOLE) and step != editing.AS_BLOCKS)
    shown = editing.filled(form, rows, whole=whole)
    shown.focus = {"preview": "difference", editing.AS_WHOLE: editing.WHOLE}.get(step, "")
    seen = shown.submit(lambda: _rehearsed(ctx, desk, shown, rows))
    if step == "check" and seen is not None:
        return page(request, ctx, "edit_check.html", _around(ctx, desk), private=True, form=form, seen=seen)
    if step not in _LOOKS or (step == "preview" and isinstance(shown.refusal, EmptyChange)):
        shown.refusal = None
    return _form(
        request, ctx, desk, shown, Shown(rows, seen, rows[0].block.id if step == editing.AS_BLOCKS else focus)
    )


def _saved(request: Asked, ctx: Context, desk: Desk, form: Form) -> Response[str] | Response[None]:
    form.submit(
        lambda: recommendations.rewrite(ctx, _command(desk, form, editing.read(form, desk.base.blocks)))
    )
    if form.refusal is None:
        return see_other(f"/recommendations/{desk.recommendation.id}/compare", Done.VERSION_MADE)
    if isinstance(form.refusal, StaleBase):
        return _stale(request, ctx, _desk(ctx, desk.recommendation.id, desk.base.id), form)
    return _form(request, ctx, desk, form, Shown(editing.sheet_of(form, desk.base.blocks)))


def _stale(request: Asked, ctx: Context, desk: Desk, form: Form) -> Response[str]:
    """Show what was typed beside what changed meanwhile; where both fit together, they are brought together."""
    rows = form.submit(lambda: editing.read(form, desk.base.blocks))
    if rows is None:
        return _form(request, ctx, desk, form, Shown(editing.sheet_of(form, desk.base.blocks)))
    current = reading.version(ctx, desk.recommendation.current_version.id)
    mine = tuple(row.block for row in rows)
    carried = rebase(desk.base.blocks, mine, current.blocks)
    again = editing.filled(form, _carried(rows, carried.blocks or mine, current.blocks))
    again = Form({**again.values, "base": (current.id,)})
    return page(
        request, ctx, "edit_stale.html", _around(ctx, Desk(desk.recommendation, current)), status=409,
        private=True, old=desk.base, mine=mine, carried=carried, form=again,
    )  # fmt: skip


def _carried(rows: Rows, blocks: tuple[Block, ...], current: tuple[Block, ...]) -> Rows:
    known = {block.id for block in current}
    came = {row.block.id: tuple(one for one in row.came if one in known) for row in rows}
    return tuple(Row(block, (block.id,) if block.id in known else came.get(block.id, ())) for block in blocks)


def _rehearsed(ctx: Context, desk: Desk, form: Form, rows: Rows) -> Rehearsal:
    return recommendations.rehearse(ctx, _command(desk, form, rows))


def _command(desk: Desk, form: Form, rows: Rows) -> Rewrite:
    blocks = tuple(row.block for row in rows)
    return Rewrite(desk.recommendation.id, desk.base.id, blocks, form.text("note"), origins(rows))


def _form(request: Asked, ctx: Context, desk: Desk, form: Form, shown: Shown) -> Response[str]:
    return page(
        request, ctx, "edit.html", _around(ctx, desk), status=form.status, private=True, form=form,
        rows=shown.rows, seen=shown.seen, focus=shown.focus, sentences=editing.sentences,
        forms_of=editing.forms_of,
    )  # fmt: skip


def _desk(ctx: Context, recommendation_id: str, base_id: str) -> Desk:
    view = reading.recommendation(ctx, recommendation_id)
    must(reading.abilities(ctx, view.agenda_id), recommendations.rewriting(view.state))
    if not is_correction(view.state):
        check_editable(view.state)
    return Desk(view, reading.version(ctx, base_id or view.current_version.id))


def _around(ctx: Context, desk: Desk) -> dict[str, object]:
    return {
        "desk": desk,
        "recommendation": desk.recommendation,
        "agenda": reading.agenda(ctx, desk.recommendation.agenda_id),
        "abilities": reading.abilities(ctx, desk.recommendation.agenda_id),
        "target": f"/recommendations/{desk.recommendation.id}/edit",
    }
