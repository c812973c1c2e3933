"""Pages of an amendment whose text has moved on: mine, the current one, and both together; what is typed stays."""

from collections.abc import Sequence
from dataclasses import replace

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.errors import StaleBase, Unknown
from service.domain.text import Block, rebase
from service.domain.views.amendments import AmendmentView
from service.domain.views.recommendations import VersionView
from service.web import wordings
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.web.unsent import PLACE, found_again, keep_for_later, place_of, sent_away
from service.workflows import amendments_carried, compromises, reading
from service.workflows.amendments_carried import CarryOver
from service.workflows.context import Context

BASE = "base"
"""The field that names the version which the typed words belong to."""


@get("/amendments/{amendment_id:str}/rebase", sync_to_thread=True, include_in_schema=False)
def carry_over(request: Asked, amendment_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an amendment beside the newer text, and the two brought together; or what was typed there before."""
    with ctx.reading():
        view = reading.amendment(ctx, amendment_id)
        must(reading.abilities(ctx, view.agenda_id), compromises.carrying_over(view.covers))
        form, kept = found_again(ctx, place_of(request))
        current = reading.current_version(ctx, view.recommendation_id)
        if kept is not None and form.text(BASE) != current.id:
            form = brought_along(ctx, form, current)
            form.refusal = None
        return _page(request, ctx, view, form, kept=kept)


@post("/amendments/{amendment_id:str}/rebase", sync_to_thread=True, include_in_schema=False)
def carried_over(
    request: Asked, amendment_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Carry an amendment over to the newer text, in the words on the page."""
    view = reading.amendment(ctx, amendment_id)
    current = reading.current_version(ctx, view.recommendation_id)
    if form.text(BASE) != current.id:
        keep_for_later(ctx, form)
        return _page(request, ctx, view, brought_along(ctx, form, current))
    form.submit(
        lambda: amendments_carried.carry_over(
            ctx, CarryOver(amendment_id, wordings.read(form, current.blocks))
        )
    )
    if form.refusal is not None:
        keep_for_later(ctx, form)
        return _page(request, ctx, view, form)
    sent_away(ctx, form)
    return see_other(f"/amendments/{amendment_id}", Done.CARRIED_OVER)


def brought_along(ctx: Context, form: Form, current: VersionView) -> Form:
    """Return a form that was written on an earlier version with its words on the current one, refused as stale."""
    try:
        old = reading.version(ctx, form.text(BASE))
    except Unknown:
        old = current
    if old.recommendation_id != current.recommendation_id:
        old = current
    typed = form.submit(lambda: wordings.read(form, old.blocks))
    if typed is None:
        # What cannot be read cannot be brought along: its fields stay, those of blocks that are gone with them.
        return replace(form, values={**form.values, BASE: (current.id,)})
    mine = named(typed)
    carried = rebase(old.blocks, mine, current.blocks)
    fields = wordings.opened(current.blocks, carried.blocks or kept_words(old.blocks, mine, current.blocks))
    return Form(
        {**wordings.without_wording(form), **fields, BASE: (current.id,)},
        refusal=StaleBase(current=current.number, base=old.number),
        places=form.places,
    )


def named(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks, new ones with names of their own for as long as they are compared."""
    return tuple(block if block.id else replace(block, id=f"new-{at}") for at, block in enumerate(blocks))


def kept_words(base: Sequence[Block], mine: Sequence[Block], current: Sequence[Block]) -> tuple[Block, ...]:
    """Return the current text with all that was typed, where the two cannot be brought together by rule.

    Typed words stand in their blocks, new blocks after the block that they followed, and so do words that were typed in
    a block which is gone since; what was struck out stays so. Nobody is asked to type anything again.
    """
    before, there = {block.id: block for block in base}, {block.id for block in current}
    typed = {block.id: block for block in mine}
    shown = [typed.get(block.id, block) for block in current if block.id in typed or block.id not in before]
    place = 0
    for block in mine:
        if block.id in there:
            place = shown.index(typed[block.id]) + 1
        elif block != before.get(block.id):
            shown.insert(max(place, 1), replace(block, id=f"kept-{block.id}"))
            place += 1
    return tuple(shown)


def _page(
    request: Asked, ctx: Context, view: AmendmentView, form: Form, kept: object = None
) -> Response[str]:
    carried = amendments_carried.preview_rebase(ctx, view.id)
    current = reading.current_version(ctx, view.recommendation_id)
    mine = carried.rebased.blocks or kept_words(carried.base_blocks, carried.mine, carried.current)
    values = {**wordings.opened(carried.current, mine), PLACE: (place_of(request),), **form.values}
    shown = replace(
        form, values=values if not form.has(BASE) else {PLACE: (place_of(request),), **form.values}
    )
    return page(
        request, ctx, "rebase.html", status=form.status, private=True, kept=kept,
        amendment=view, agenda=reading.agenda(ctx, view.agenda_id), carried=carried, version=current, form=shown,
        rows=wordings.rows(shown, carried.current),
    )  # fmt: skip
