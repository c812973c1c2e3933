"""The page on which the rapporteur works accepted amendments into the next version."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.permissions import Permission
from service.domain.text import Resolution
from service.domain.views.amendments import CollisionView
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import consolidation, reading
from service.workflows.consolidation import Consolidate, Preview
from service.workflows.context import Context

CHOICE, WORDS = "choice.", "words."
IN_ORDER, OTHER_WORDS = "order", "words"


@dataclass(frozen=True, slots=True)
class Knot:
    """Two accepted amendments that cannot both stand; `key` names the choice between them in the form."""

    key: str
    collision: CollisionView
    still_open: bool


@get("/recommendations/{recommendation_id:str}/consolidate", sync_to_thread=True, include_in_schema=False)
def plan(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show what would be worked in, what collides, and the next version."""
    return _page(request, ctx, recommendation_id, Form())


@post("/recommendations/{recommendation_id:str}/consolidate", sync_to_thread=True, include_in_schema=False)
def consolidated(
    request: Asked,
    recommendation_id: FromPath[str],
    form: Sent,
    ctx: Asking,
) -> Response[str] | Response[None]:
    """Show the next version with the choices made, or make it."""
    if form.text("step") == "make":
        form.submit(
            lambda: consolidation.consolidate(
                ctx,
                Consolidate(
                    recommendation_id, resolutions(form), form.text("note"), form.text("digest") or None
                ),
            )
        )
        if form.refusal is None:
            return see_other(f"/recommendations/{recommendation_id}/compare", Done.VERSION_MADE)
    return _page(request, ctx, recommendation_id, form)


def resolutions(form: Form) -> tuple[Resolution, ...]:
    """Return the choices made in a form as decisions on collisions."""
    found = []
    for name in form.values:
        if not name.startswith(CHOICE):
            continue
        first, second, block = (*name.removeprefix(CHOICE).split("."), "", "")[:3]
        chosen, pair = form.text(name), (first, second)
        if chosen in pair:
            found.append(Resolution(pair, "", prefer=chosen, block=block or None))
        elif chosen == IN_ORDER:
            found.append(Resolution(pair, "", block=block or None, in_order=True))
        elif chosen == OTHER_WORDS:
            words = form.text(f"{WORDS}{name.removeprefix(CHOICE)}")
            found.append(Resolution(pair, "", block=block or None, replacement=words))
    return tuple(found)


def _page(request: Asked, ctx: Context, recommendation_id: str, form: Form) -> Response[str]:
    with ctx.reading():
        view = reading.recommendation(ctx, recommendation_id)
        must(reading.abilities(ctx, view.agenda_id), Permission.RECOMMENDATION_CONSOLIDATE)
        plain = consolidation.preview(ctx, Consolidate(recommendation_id))
        seen = form.submit(lambda: _seen(ctx, recommendation_id, form)) if form.values else plain
        return page(
            request, ctx, "consolidate.html", status=form.status, private=True, recommendation=view,
            agenda=reading.agenda(ctx, view.agenda_id), preview=seen or plain, knots=knots(plain, seen or plain),
            known={a.id: a for a in plain.colliding}, form=form,
            origins=reading.origins(ctx, (seen or plain).provenance),
        )  # fmt: skip


def _seen(ctx: Context, recommendation_id: str, form: Form) -> Preview:
    return consolidation.preview(ctx, Consolidate(recommendation_id, resolutions(form), form.text("note")))


def knots(plain: Preview, seen: Preview) -> tuple[Knot, ...]:
    """Return the collisions of a choice, each with whether it is still to be settled."""
    left = {_key(c) for c in seen.unresolved}
    return tuple(Knot(key, c, key in left) for key, c in {_key(c): c for c in plain.unresolved}.items())


def _key(collision: CollisionView) -> str:
    return f"{collision.first.id}.{collision.second.id}.{collision.block_id or ''}"
