"""What somebody has typed and not sent: kept on the way, shown again with a way to discard it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from litestar import Response, post

from service.domain.errors import Refusal
from service.domain.unsent import Kept
from service.web import csrf
from service.web.done import Done
from service.web.entering import local
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import unsent
from service.workflows.context import Context

PLACE = "place"
"""The field of a form that names the page at which what is typed is found again."""
_NOT_KEPT = frozenset({csrf.FIELD, PLACE, "step"})


@post("/unsent", sync_to_thread=True, status_code=200, include_in_schema=False)
def keep(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Keep what is typed, while somebody types it; answers with when that was."""
    kept_at = form.submit(lambda: unsent.keep(ctx, form.text(PLACE), typed(form)))
    return page(
        request, ctx, "unsent_kept.html", status=form.status, private=True, form=form, kept_at=kept_at
    )


@post("/unsent/discard", sync_to_thread=True, include_in_schema=False)
def discard(form: Sent, ctx: Asking) -> Response[None]:
    """Discard what was typed at a place, and begin there anew."""
    unsent.discard(ctx, form.text(PLACE))
    return see_other(local(form.text(PLACE)), Done.DISCARDED)


def place_of(request: Asked) -> str:
    """Return the place of a page's form, whatever else its address says."""
    return request.url.path


def typed(form: Form) -> Mapping[str, tuple[str, ...]]:
    """Return all that was typed into a form, without what only this one sending of it needs."""
    return {name: values for name, values in form.values.items() if name not in _NOT_KEPT}


def keep_for_later(ctx: Context, form: Form) -> None:
    """Keep what was sent to be looked at; a page is never refused because that did not work."""
    if form.text(PLACE):
        with suppress(Refusal):
            unsent.keep(ctx, form.text(PLACE), typed(form))


def sent_away(ctx: Context, form: Form) -> None:
    """Forget what was typed, now that it was sent."""
    if form.text(PLACE):
        unsent.discard(ctx, form.text(PLACE))


def found_again(ctx: Context, place: str) -> tuple[Form, Kept | None]:
    """Return the form with what was typed at a place and not sent, if anything was."""
    kept = unsent.kept(ctx, place)
    form = Form({PLACE: (place,)})
    return (form, None) if kept is None else (replace(form, values={**kept.fields, PLACE: (place,)}), kept)
