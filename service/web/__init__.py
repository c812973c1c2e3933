"""Pages: thin handlers that decode a form, call one use case, and render HTML.

`ROUTES` is what the composition root mounts; `headers.guard` and `errors.answer` are its other two ties to the pages.
"""

from litestar import Router
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.types import ControllerRouterHandler

from service.web import (
    about,
    access,
    accounts,
    agendas,
    amendments,
    amendments_carried,
    assessments,
    assets,
    beside,
    blocks,
    calendars,
    codes,
    comments,
    confirmations,
    consolidation,
    deciding,
    drafts,
    editions,
    evidence,
    feeds,
    grids,
    home,
    jobs,
    leading,
    lessons,
    links,
    live,
    mandates,
    me,
    notifications,
    outgoing,
    paper_letters,
    participants,
    passkeys,
    phases,
    positions,
    proposals,
    publishing,
    recommendations,
    record,
    review,
    review_copies,
    review_one,
    rounds,
    scenarios,
    sessions,
    signatories,
    stages,
    timelines,
    tokens,
    tongues,
    translations,
    unsent,
    verification,
    webhooks,
    word,
)
from service.web.errors import answer
from service.web.forms import CrossSite, OtherSession, read_form

__all__ = ["ROUTES"]

# Every handler of these modules: what Litestar's decorators made of a function.
_HANDLERS: list[ControllerRouterHandler] = [
    handler
    for module in (
        about,
        access,
        accounts,
        agendas,
        amendments,
        amendments_carried,
        assessments,
        beside,
        comments,
        confirmations,
        consolidation,
        deciding,
        drafts,
        editions,
        signatories,
        evidence,
        grids,
        home,
        jobs,
        leading,
        lessons,
        links,
        notifications,
        outgoing,
        live,
        feeds,
        calendars,
        passkeys,
        codes,
        participants,
        paper_letters,
        mandates,
        me,
        phases,
        positions,
        proposals,
        publishing,
        recommendations,
        record,
        review,
        review_copies,
        review_one,
        rounds,
        scenarios,
        sessions,
        blocks,
        stages,
        timelines,
        tokens,
        tongues,
        unsent,
        translations,
        verification,
        webhooks,
        word,
    )
    for handler in vars(module).values()
    if isinstance(handler, HTTPRouteHandler)
]

ROUTES: list[ControllerRouterHandler] = [
    assets.static_file,
    Router(
        path="/",
        route_handlers=_HANDLERS,
        dependencies={"form": Provide(read_form)},
        exception_handlers={CrossSite: answer, OtherSession: answer},
    ),
]
