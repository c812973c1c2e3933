"""Pages on which the facility opens a round and edits it: particulars, the rule for adoption, the order of texts."""

from dataclasses import replace
from datetime import date

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.actors import OrganisationKind
from service.domain.adoption import AdoptionRule, Reason, Share, check_rule, described
from service.domain.errors import FieldError, Invalid
from service.domain.permissions import Permission, Subject, require
from service.domain.views.agendas import AgendaView
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import agendas, ordering, reading
from service.workflows.agendas import CreateAgenda, EditAgenda
from service.workflows.context import Context
from service.workflows.pages import every

WORDS = ("title", "headline", "programme", "meeting", "place")
PLACES = {"rule.counts": "counts", "rule.quorum": "quorum_of", "rule.threshold": "threshold_of",
          "rule.blocking_objections": "blocking"}  # fmt: skip
USUAL = AdoptionRule((OrganisationKind.LOCAL_AUTHORITY,), Share(1, 2), Share(2, 3), 0)
"""The rule that the form begins with: half of the cities take a position, two of three for or against endorse."""
TONGUES = ("en", "fr", "es", "pt", "ar")
_LARGEST = 6


@get("/agendas/new", sync_to_thread=True, include_in_schema=False)
def new_agenda(request: Asked, ctx: Asking) -> Response[str]:
    """Show the form with which a round is opened."""
    with ctx.reading():
        return _new_page(request, ctx, Form(), USUAL)


@post("/agendas/new", sync_to_thread=True, include_in_schema=False)
def create_agenda(request: Asked, form: Sent, ctx: Asking) -> Response[str] | Response[None]:
    """Open a round, or show what its rule means."""
    form.places = PLACES
    if form.text("step") == "preview":
        return _new_page(request, ctx, form, form.submit(lambda: _rule(form)))
    made = form.submit(lambda: agendas.create(ctx, _created(form)))
    if made is None:
        return _new_page(request, ctx, form, None)
    return see_other(f"/agendas/{made}/desk", Done.ROUND_OPENED)


@get("/agendas/{agenda_id:str}/edit", sync_to_thread=True, include_in_schema=False)
def edit_agenda(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show a round with all that can be changed of it."""
    with ctx.reading():
        view = reading.agenda(ctx, agenda_id)
        return _edit_page(request, ctx, view, Form(), view.rule)


@post("/agendas/{agenda_id:str}/edit", sync_to_thread=True, include_in_schema=False)
def change_agenda(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Change a round, or show what its rule would mean."""
    view = reading.agenda(ctx, agenda_id)
    form.places = PLACES
    if form.text("step") == "preview":
        return _edit_page(request, ctx, view, form, form.submit(lambda: _rule(form)))
    form.submit(lambda: agendas.edit(ctx, _changes(form, view)))
    if form.refusal is not None:
        return _edit_page(request, ctx, view, form, None)
    return see_other(f"/agendas/{agenda_id}/edit", Done.ROUND_CHANGED)


@post("/agendas/{agenda_id:str}/order", sync_to_thread=True, include_in_schema=False)
def order_recommendations(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Move a recommendation up or down."""
    view = reading.agenda(ctx, agenda_id)
    form.submit(lambda: ordering.order(ctx, agenda_id, _ordered(ctx, agenda_id, form.text("step"))))
    if form.refusal is not None:
        return _edit_page(request, ctx, view, form, view.rule)
    return see_other(f"/agendas/{agenda_id}/edit#order", Done.ORDER_CHANGED)


def told(rule: AdoptionRule | None) -> tuple[Reason, ...]:
    """Return in sentences what it takes to pass, or none where the rule cannot be."""
    try:
        check_rule(rule or AdoptionRule((), Share(0, 1), Share(0, 1), 0))
    except Invalid:
        return ()
    return described(rule or USUAL)


def _created(form: Form) -> CreateAgenda:
    errors: list[FieldError] = []
    starts, ends = _day(form, "starts_on", errors), _day(form, "ends_on", errors)
    if errors or starts is None or ends is None:
        raise Invalid(errors=errors)
    title, headline, programme, meeting, place = (form.text(name) for name in WORDS)
    return CreateAgenda(
        title, headline, programme, meeting, place, starts_on=starts, ends_on=ends, language=_tongue(form, "en"),
        time_zone=form.text("time_zone"), rule=_rule(form),
    )  # fmt: skip


def _changes(form: Form, view: AgendaView) -> EditAgenda:
    """Return what differs from the round as it stands, so that the record names that alone."""
    errors: list[FieldError] = []
    given: dict[str, object] = {name: form.text(name) for name in WORDS}
    given |= {name: _day(form, name, errors) for name in ("starts_on", "ends_on")}
    given["time_zone"] = form.text("time_zone")
    given["language"] = _tongue(form, view.language)
    if errors:
        raise Invalid(errors=errors)
    if form.has("quorum_of"):
        given["rule"] = _rule(form)
    differing = {name: value for name, value in given.items() if value != getattr(view, name)}
    revision = form.text("revision")
    base = EditAgenda(view.id, int(revision) if _is_number(revision) else None)
    return replace(base, **differing)  # type: ignore[arg-type]  # each is of the type of the field it differs from


def _tongue(form: Form, present: str) -> str:
    wanted = form.text("language", present)
    if wanted not in {*TONGUES, present}:
        raise Invalid.field("language", "Choose one of these.")
    return wanted


def _rule(form: Form) -> AdoptionRule:
    errors: list[FieldError] = []
    numbers = {
        name: _number(form, name, errors)
        for name in ("quorum_of", "quorum_per", "threshold_of", "threshold_per", "blocking")
    }
    if errors:
        raise Invalid(errors=errors)
    rule = AdoptionRule(
        tuple(kind for kind in OrganisationKind if kind.value in form.all("counts")),
        Share(numbers["quorum_of"], numbers["quorum_per"]),
        Share(numbers["threshold_of"], numbers["threshold_per"]),
        numbers["blocking"],
        form.text("silence") == "yes",
    )
    check_rule(rule)
    return rule


def _number(form: Form, name: str, errors: list[FieldError]) -> int:
    written = form.text(name).strip()
    if _is_number(written):
        return int(written)
    errors.append(FieldError(name, "Give a whole number."))
    return 0


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdecimal() and len(written) <= _LARGEST


def _day(form: Form, name: str, errors: list[FieldError]) -> date | None:
    try:
        return date.fromisoformat(form.text(name))
    except ValueError:
        errors.append(FieldError(name, "Give a day, such as 2024-03-12."))
        return None


def _ordered(ctx: Context, agenda_id: str, step: str) -> list[str]:
    listed = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
    ids = [one.id for one in listed]
    way, _, moved = step.partition(".")
    if moved in ids:
        at = ids.index(moved)
        ids.remove(moved)
        ids.insert(max(at - 1, 0) if way == "up" else at + 1, moved)
    return ids


def _around(rule: AdoptionRule | None) -> dict[str, object]:
    return {"kinds": tuple(OrganisationKind), "tongues": TONGUES, "rule": rule, "told": told(rule)}


def _new_page(request: Asked, ctx: Context, form: Form, rule: AdoptionRule | None) -> Response[str]:
    with ctx.reading() as reader:
        require(reader.actor, Permission.AGENDA_CREATE, Subject())
    return page(request, ctx, "round_new.html", _around(rule), status=form.status, private=True, form=form,
                usual=USUAL)  # fmt: skip


def _edit_page(
    request: Asked, ctx: Context, view: AgendaView, form: Form, rule: AdoptionRule | None
) -> Response[str]:
    abilities = reading.abilities(ctx, view.id)
    must(abilities, Permission.AGENDA_EDIT)
    return page(
        request, ctx, "round_edit.html", _around(rule), status=form.status, private=True, form=form,
        agenda=reading.agenda(ctx, view.id), usual=view.rule, abilities=abilities,
        settled=ordering.settled(ctx, view.id),
        recommendations=every(lambda cursor: reading.recommendations(ctx, view.id, 100, cursor)),
    )  # fmt: skip
