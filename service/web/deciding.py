"""Pages of what is to be decided: where amendments meet, and in which order the rule asks to decide on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.amendments import OPEN, AmendmentAction
from service.domain.text import BlockChange, GroupKind
from service.domain.views.amendments import AmendmentRef, AmendmentView
from service.domain.views.deciding import DecisionView, GroupPart, GroupView
from service.domain.views.recommendations import RecommendationSummary
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.web.redlines import passages
from service.web.remembering import remembered
from service.workflows import deciding, decisions, reading
from service.workflows.context import Context
from service.workflows.decisions import DecideTogether

Known = Mapping[str, AmendmentView]
CHOSEN = "amendment"
SHOWN = 25
# What can be said of several amendments that are still open, the most frequent first.
_TOGETHER = (
    AmendmentAction.ACCEPT,
    AmendmentAction.REJECT,
    AmendmentAction.ADMIT,
    AmendmentAction.EXAMINE,
    AmendmentAction.DECLARE_INADMISSIBLE,
    AmendmentAction.FALL,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording, and every amendment that proposes it."""

    amendments: tuple[AmendmentView, ...]

    @property
    def changes(self) -> Sequence[BlockChange]:
        """What it changes, as it would be worked in."""
        one = self.amendments[0]
        return passages(one.base_blocks, one.decided_blocks or one.blocks)

    @property
    def is_open(self) -> bool:
        """Whether any of the amendments is still to be decided on."""
        return any(one.state in OPEN for one in self.amendments)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A group as it is shown: where it meets, how, and the wordings side by side."""

    part: GroupPart
    wordings: tuple[Wording, ...]

    @property
    def group(self) -> GroupView:
        """The group that it shows, or shows a part of."""
        return self.part.group

    @property
    def coverable(self) -> tuple[AmendmentView, ...]:
        """What a compromise between them could cover; nothing where all can stand anyway."""
        if self.group.kind is not GroupKind.INCOMPATIBLE:
            return ()
        return tuple(one for wording in self.wordings for one in wording.amendments if not one.covers)

    @property
    def choices(self) -> tuple[tuple[AmendmentRef, ...], ...] | None:
        """Which amendments can stand together."""
        if self.group.choices is None:
            return None
        told = self.group.wordings
        return tuple(tuple(ref for at in choice for ref in told[at]) for choice in self.group.choices)


@dataclass(frozen=True, slots=True)
class Step:
    """A decision as it is shown."""

    decision: DecisionView
    wording: Wording


@get("/recommendations/{recommendation_id:str}/collisions", sync_to_thread=True, include_in_schema=False)
@remembered
def collisions(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the amendments that meet, group by group, the wordings side by side."""
    with ctx.reading():
        view = reading.recommendation(ctx, recommendation_id)
        cursor, block = (request.query_params.get(name) for name in ("cursor", "block"))
        found = deciding.groups(ctx, recommendation_id, SHOWN, cursor, block)
        known = {one.id: one for one in deciding.side_by_side(ctx, found)}
        meetings = [Meeting(part, tuple(_wording(known, w) for w in part.shown)) for part in found.items]
        return page(
            request, ctx, "collisions.html", _around(ctx, view), meetings=meetings, found=found,
            begun=cursor is not None, narrowed=block,
        )  # fmt: skip


@get("/recommendations/{recommendation_id:str}/deciding-order", sync_to_thread=True, include_in_schema=False)
@remembered
def order(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show in which order to decide, and what falls with what."""
    with ctx.reading():
        asked = Form({CHOSEN: tuple(request.query_params.getall(CHOSEN, []))})
        return _order_page(request, ctx, recommendation_id, asked)


@post("/recommendations/{recommendation_id:str}/deciding-order", sync_to_thread=True, include_in_schema=False)
def decide_together(
    request: Asked, recommendation_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Decide on all amendments that were chosen, or on none."""
    form.submit(lambda: decisions.decide_together(ctx, _together(form, recommendation_id)))
    if form.refusal is None:
        return see_other(_here(request, recommendation_id), Done.DECIDED, len(form.all(CHOSEN)))
    form.places = {one.field: CHOSEN for one in form.refusal.errors if one.field.startswith("amendments")}
    return _order_page(request, ctx, recommendation_id, form)


def _order_page(request: Asked, ctx: Context, recommendation_id: str, form: Form) -> Response[str]:
    view = reading.recommendation(ctx, recommendation_id)
    found = deciding.order(ctx, recommendation_id, SHOWN, request.query_params.get("cursor"))
    known = {one.id: one for one in deciding.decided_on(ctx, found)}
    return page(
        request, ctx, "deciding_order.html", _around(ctx, view), status=form.status, form=form, found=found,
        here=_here(request, recommendation_id),
        steps=[Step(one, _wording(known, one.amendments)) for one in found.decisions],
        actions=_TOGETHER, chosen=form.all(CHOSEN),
    )  # fmt: skip


def _here(request: Asked, recommendation_id: str) -> str:
    """Return the address of the page that is shown, to be gone on with."""
    cursor = request.query_params.get("cursor")
    return f"/recommendations/{recommendation_id}/deciding-order?" + (
        f"{urlencode({'cursor': cursor})}&" if cursor is not None else ""
    )


def _together(form: Form, recommendation_id: str) -> DecideTogether:
    action = form.choice("action", AmendmentAction)
    return DecideTogether(
        recommendation_id, form.all(CHOSEN), action, form.text("reason"), form.text("language")
    )


def _around(ctx: Context, view: RecommendationSummary) -> dict[str, object]:
    return {
        "recommendation": view,
        "agenda": reading.agenda(ctx, view.agenda_id),
        "abilities": reading.abilities(ctx, view.agenda_id),
        "version": reading.version(ctx, view.current_version.id),
    }


def _wording(known: Known, refs: Sequence[AmendmentRef]) -> Wording:
    return Wording(tuple(known[ref.id] for ref in refs))
