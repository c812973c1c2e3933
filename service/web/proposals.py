"""Pages on which an amendment is written: wording, preview, check, sending, drafts, a text that moved on."""

from dataclasses import dataclass, replace

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.amendments import check_justification
from service.domain.errors import EmptyChange, FieldError, Refusal, StaleBase, Unknown
from service.domain.permissions import Permission
from service.domain.text import BlockKind, normalise, rebase
from service.domain.unsent import Kept
from service.domain.views.recommendations import RecommendationSummary, VersionView
from service.web import compromises, wordings
from service.web.amendments_carried import kept_words, named
from service.web.arranging import arranged, arranges
from service.web.compromises import Offer
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.web.unsent import PLACE, found_again, keep_for_later, sent_away
from service.workflows import amendments, reading
from service.workflows.amendments import Foresee, Foreseen, TableAmendment
from service.workflows.context import Context
from service.workflows.cosigning import co_sign
from service.workflows.word import HandedIn

SIGN = "sign."
"""The step that signs another's amendment: this, and its id."""
REPLACES = "replaces"
"""The field that names the amendment which gives way to the one that is written."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the form is about: the recommendation, the version that the wording starts from, what it is to cover."""

    recommendation: RecommendationSummary
    base: VersionView
    offer: Offer | None = None

    @property
    def is_current(self) -> bool:
        """Whether the text has not moved on since."""
        return self.base.id == self.recommendation.current_version.id

    @property
    def permission(self) -> Permission:
        """What it takes to send it."""
        return Permission.AMENDMENT_TABLE if self.offer is None else Permission.AMENDMENT_COMPROMISE


@get("/recommendations/{recommendation_id:str}/amend", sync_to_thread=True, include_in_schema=False)
def propose(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the form, each block in a field of its own; for a compromise, with what it can cover."""
    with ctx.reading():
        query = Form({name: tuple(request.query_params.getall(name)) for name in request.query_params})
        sheet = _sheet(ctx, recommendation_id, "", query)
        must(reading.abilities(ctx, sheet.recommendation.agenda_id), sheet.permission)
        place = _place(sheet, query)
        if again := _again(request, ctx, sheet, place):
            return again
        form = _begun(ctx, sheet, query)
        form.values = {**form.values, PLACE: (place,)}
        seen = foreseen(ctx, sheet, form) if sheet.offer is not None and sheet.offer.chosen else None
        return _form(request, ctx, sheet, form, seen)


@post("/recommendations/{recommendation_id:str}/amend", sync_to_thread=True, include_in_schema=False)
def proposed(
    request: Asked,
    recommendation_id: FromPath[str],
    form: Sent,
    ctx: Asking,
) -> Response[str] | Response[None]:
    """Preview, check, keep as a draft, or send what was typed."""
    sheet = _sheet(ctx, recommendation_id, form.text("base"), form)
    must(reading.abilities(ctx, sheet.recommendation.agenda_id), sheet.permission)
    step = form.text("step", "check")
    if step in {"send", "draft"}:
        return _sent(request, ctx, sheet, form, draft=step == "draft")
    if step.startswith(SIGN):
        return _co_signed(request, ctx, sheet, form, step.removeprefix(SIGN))
    return _looked_at(request, ctx, sheet, form, step)


@post(
    "/recommendations/{recommendation_id:str}/amend/difference",
    sync_to_thread=True,
    status_code=200,
    include_in_schema=False,
    # It comes with every word that is typed, and changes nothing.
    opt={"looks": True},
)
def difference(
    request: Asked,
    recommendation_id: FromPath[str],
    form: Sent,
    ctx: Asking,
) -> Response[str]:
    """Answer with the difference alone, while somebody types."""
    sheet = _sheet(ctx, recommendation_id, form.text("base"), form)
    must(reading.abilities(ctx, sheet.recommendation.agenda_id), sheet.permission)
    seen = form.submit(lambda: foreseen(ctx, sheet, form))
    return page(request, ctx, "amend_difference.html", private=True, sheet=sheet, seen=seen, form=form)


def brought_along(request: Asked, ctx: Context, found: HandedIn) -> Response[str]:
    """Show the form with the wording of a document, and what there is to tell of it; nothing is kept yet."""
    sheet = _sheet(ctx, found.base.recommendation_id, found.base.id, Form())
    form = Form()
    fields = form.submit(lambda: wordings.opened(sheet.base.blocks, found.blocks))
    form.values = fields or wordings.fields(sheet.base.blocks, found.blocks)
    if not sheet.is_current and fields:
        return _stale(request, ctx, sheet, form, document=found)
    form, seen = looked_at(ctx, sheet, form, "preview")
    return _form(request, ctx, sheet, form, seen, document=found)


def _place(sheet: Sheet, query: Form) -> str:
    """Return where what is typed is found again: an amendment, another one's successor and a compromise apart."""
    form = f"/recommendations/{sheet.recommendation.id}/amend"
    if sheet.offer is not None:
        return f"{form}?compromise=yes"
    return f"{form}?{REPLACES}={query.text(REPLACES)}" if query.text(REPLACES) else form


def _again(request: Asked, ctx: Context, sheet: Sheet, place: str) -> Response[str] | None:
    """Return the form with what was typed and not sent, if anything was; on an older text, with both together."""
    form, kept = found_again(ctx, place)
    if kept is None:
        return None
    try:
        sheet = _sheet(ctx, sheet.recommendation.id, form.text("base"), form)
    except Unknown:
        return None
    if not sheet.is_current:
        return _stale(request, ctx, sheet, form, kept)
    form, seen = looked_at(ctx, sheet, form, "preview")
    # It is shown to go on with, not sent.
    form.refusal = None
    return _form(request, ctx, sheet, form, seen, kept=kept)


def _begun(ctx: Context, sheet: Sheet, query: Form) -> Form:
    """Return the form as it begins: that of other words for an amendment with what it says now."""
    if not query.text(REPLACES):
        return compromises.begun(sheet.offer, sheet.base)
    earlier = reading.amendment(ctx, query.text(REPLACES))
    if earlier.base_version.id != sheet.base.id:
        return Form({REPLACES: (earlier.id,)})
    return Form(
        {
            **wordings.opened(sheet.base.blocks, earlier.blocks),
            REPLACES: (earlier.id,),
            "justification": (earlier.justification,),
            "language": (earlier.language,),
            "organisation_id": (earlier.organisations[0].id,),
        }
    )


def foreseen(ctx: Context, sheet: Sheet, form: Form) -> Foreseen:
    """Return what others would see of the wording in a form, and which amendments it meets."""
    blocks = wordings.read(form, sheet.base.blocks)
    return amendments.foresee(ctx, Foresee(sheet.recommendation.id, sheet.base.id, blocks))


def justified(form: Form) -> list[FieldError]:
    """Return what is wrong with the fields beside the wording."""
    try:
        check_justification(
            normalise(form.text("justification"), field="justification"), form.text("language", "en")
        )
    except Refusal as refusal:
        return list(refusal.errors)
    return []


def looked_at(ctx: Context, sheet: Sheet, form: Form, step: str) -> tuple[Form, Foreseen | None]:
    """Return the form as a step shows it, and what others would see of its wording."""
    if arranges(step):
        form = arranged(form, sheet.base.blocks, step)
    turns = step in {wordings.AS_WHOLE, wordings.AS_FIELDS}
    if step.startswith(compromises.BEGIN):
        form, step = compromises.begun_anew(form, sheet.offer, sheet.base, step), "preview"
    if turns:
        form = wordings.turned(form, sheet.base.blocks, whole=step == wordings.AS_WHOLE)
        form.focus = "markdown" if step == wordings.AS_WHOLE else f"{wordings.TEXT}{sheet.base.blocks[0].id}"
    if step == "preview":
        form.focus = "difference"
    readable = form.refusal is None
    if step == "edit" or not readable:
        return form, None
    seen = form.submit(lambda: foreseen(ctx, sheet, form))
    if step == "check" and form.refusal is None:
        form.submit(lambda: compromises.covered(form))
    if step == "check" and form.refusal is None:
        form.refuse(justified(form))
    if arranges(step) or ((turns or step == "preview") and isinstance(form.refusal, EmptyChange)):
        form.refusal = None
    return form, seen


def _looked_at(request: Asked, ctx: Context, sheet: Sheet, form: Form, step: str) -> Response[str]:
    keep_for_later(ctx, form)
    if not sheet.is_current:
        return _stale(request, ctx, sheet, form)
    form, seen = looked_at(ctx, sheet, form, step)
    if step == "check" and form.refusal is None:
        return page(request, ctx, "amend_check.html", _around(ctx, sheet), form=form, seen=seen)
    return _form(request, ctx, sheet, form, seen)


def _sent(
    request: Asked, ctx: Context, sheet: Sheet, form: Form, *, draft: bool
) -> Response[str] | Response[None]:
    amendment_id = form.submit(lambda: amendments.table(ctx, replace(_written(sheet, form), draft=draft)))
    if amendment_id is not None:
        sent_away(ctx, form)
        if draft:
            return see_other(f"/amendments/{amendment_id}/edit", Done.DRAFT_KEPT)
        return see_other(f"/amendments/{amendment_id}/sent")
    if isinstance(form.refusal, StaleBase):
        return _stale(request, ctx, _sheet(ctx, sheet.recommendation.id, sheet.base.id, form), form)
    return _form(request, ctx, sheet, form, None)


def _co_signed(
    request: Asked, ctx: Context, sheet: Sheet, form: Form, amendment_id: str
) -> Response[str] | Response[None]:
    """Sign another's amendment instead; what was typed is kept as a draft, or shown again where that is refused."""
    kept = form.submit(lambda: co_sign(ctx, amendment_id, _written(sheet, form)))
    if kept is not None:
        sent_away(ctx, form)
        return see_other(f"/amendments/{amendment_id}?kept={kept}", Done.CO_SIGNED)
    return _looked_at(request, ctx, sheet, form, "check")


def _written(sheet: Sheet, form: Form) -> TableAmendment:
    return TableAmendment(
        sheet.recommendation.id,
        sheet.base.id,
        form.text("organisation_id"),
        wordings.read(form, sheet.base.blocks),
        form.text("justification"),
        form.text("language", "en"),
        covers=compromises.covered(form),
        replaces=form.text(REPLACES) or None,
    )


def _form(
    request: Asked,
    ctx: Context,
    sheet: Sheet,
    form: Form,
    seen: Foreseen | None,
    *,
    kept: Kept | None = None,
    document: HandedIn | None = None,
) -> Response[str]:
    return page(
        request,
        ctx,
        "amend.html",
        _around(ctx, sheet, document),
        status=form.status,
        private=True,
        form=form,
        kept=kept,
        seen=seen,
        rows=wordings.rows(form, sheet.base.blocks),
        kinds=tuple(BlockKind),
    )


def _stale(
    request: Asked,
    ctx: Context,
    sheet: Sheet,
    form: Form,
    kept: Kept | None = None,
    *,
    document: HandedIn | None = None,
) -> Response[str]:
    """Show the typed text beside the newer version; where both fit together, they are brought together."""
    mine = form.submit(lambda: wordings.read(form, sheet.base.blocks))
    if mine is None:
        return _form(request, ctx, sheet, form, None, document=document)
    written = named(mine)
    current = reading.version(ctx, sheet.recommendation.current_version.id)
    carried = rebase(sheet.base.blocks, written, current.blocks)
    words = carried.blocks or kept_words(sheet.base.blocks, written, current.blocks)
    fields = wordings.opened(current.blocks, words)
    around = _around(
        ctx, Sheet(sheet.recommendation, current, compromises.offer(ctx, current, form)), document
    )
    again = Form({**wordings.without_wording(form), **fields, "base": (current.id,)})
    return page(
        request,
        ctx,
        "amend_stale.html",
        around,
        status=409 if kept is None else 200,
        kept=kept,
        old=sheet.base,
        mine=written,
        carried=carried,
        form=again,
        rows=wordings.rows(again, current.blocks),
    )


def _sheet(ctx: Context, recommendation_id: str, base_id: str, form: Form) -> Sheet:
    view = reading.recommendation(ctx, recommendation_id)
    base = reading.version(ctx, base_id or view.current_version.id)
    return Sheet(view, base, compromises.offer(ctx, base, form))


def _around(ctx: Context, sheet: Sheet, document: HandedIn | None = None) -> dict[str, object]:
    return ({} if document is None else {"document": document}) | {
        "sheet": sheet,
        "recommendation": sheet.recommendation,
        "agenda": reading.agenda(ctx, sheet.recommendation.agenda_id),
        "abilities": reading.abilities(ctx, sheet.recommendation.agenda_id),
        "target": f"/recommendations/{sheet.recommendation.id}/amend",
        "draft": None,
    }
