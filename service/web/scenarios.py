"""The page on which the rapporteur tries two choices side by side; its address holds them, and nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath

from service.domain.amendments import ACCEPTED
from service.domain.consolidation import is_candidate
from service.domain.permissions import Permission
from service.domain.views.amendments import AmendmentFilter, AmendmentView
from service.web.consolidation import Knot, knots, resolutions
from service.web.forms import Form
from service.web.gates import must
from service.web.pages import Asked, Asking, page
from service.workflows import consolidation, reading
from service.workflows.consolidation import Consolidate, Preview
from service.workflows.context import Context
from service.workflows.pages import every

NAMES = ("a", "b")
TRIED = "tried"


@dataclass(frozen=True, slots=True)
class Trial:
    """One choice: what is in, what comes out, and the collisions that it has to settle."""

    name: str
    chosen: frozenset[str]
    seen: Preview
    knots: tuple[Knot, ...]


@get("/recommendations/{recommendation_id:str}/scenarios", sync_to_thread=True, include_in_schema=False)
def scenarios(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show what two choices would make of the text, and whom each would serve."""
    with ctx.reading():
        view = reading.recommendation(ctx, recommendation_id)
        must(reading.abilities(ctx, view.agenda_id), Permission.RECOMMENDATION_CONSOLIDATE)
        form = Form({name: tuple(request.query_params.getall(name)) for name in request.query_params})
        wanted = AmendmentFilter(recommendation_id=recommendation_id)
        known = every(lambda cursor: reading.amendments(ctx, wanted, 100, cursor))
        candidates = [one for one in known if is_candidate(one)]
        return page(
            request, ctx, "scenarios.html", status=form.status, private=True, recommendation=view,
            agenda=reading.agenda(ctx, view.agenda_id), candidates=candidates,
            trials=_trials(ctx, recommendation_id, form, candidates), form=form,
        )  # fmt: skip


def _trials(
    ctx: Context, recommendation_id: str, form: Form, candidates: Sequence[AmendmentView]
) -> tuple[Trial, Trial]:
    first, second = (_chosen(form, name, candidates) for name in NAMES)
    plain = consolidation.compare(
        ctx,
        Consolidate(recommendation_id, amendments=first),
        Consolidate(recommendation_id, amendments=second),
    )
    settled = form.submit(
        lambda: consolidation.compare(
            ctx,
            _scenario(recommendation_id, form, "a", first, candidates),
            _scenario(recommendation_id, form, "b", second, candidates),
        )
    )
    seen = settled or plain
    return (
        Trial("a", frozenset(first), seen.first, knots(plain.first, seen.first)),
        Trial("b", frozenset(second), seen.second, knots(plain.second, seen.second)),
    )


def _chosen(form: Form, name: str, candidates: Sequence[AmendmentView]) -> tuple[str, ...]:
    """Return what a choice takes in: what was ticked, and before anything was, what is accepted."""
    if form.has(TRIED):
        return tuple(one.id for one in candidates if one.id in form.all(name))
    return tuple(one.id for one in candidates if one.state in ACCEPTED)


def _scenario(
    recommendation_id: str,
    form: Form,
    name: str,
    chosen: tuple[str, ...],
    candidates: Sequence[AmendmentView],
) -> Consolidate:
    covered = {ref.id for one in candidates if one.id in chosen for ref in one.covers}
    left = set(chosen) - covered
    own = Form({n.removeprefix(f"{name}."): v for n, v in form.values.items() if n.startswith(f"{name}.")})
    # A collision that was settled before one side of it was taken out is none any more.
    settled = tuple(r for r in resolutions(own) if left.issuperset(r.amendments))
    return Consolidate(recommendation_id, settled, amendments=chosen)
