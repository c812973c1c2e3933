"""The REST API: decoding, one use case, rendering; siblings of the pages, never their servants."""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from service.api import (
    agendas,
    amendments,
    amendments_carried,
    assessments,
    checklists,
    comments,
    confirmations,
    consolidation,
    corrections,
    coverage,
    deciding,
    decisions,
    description,
    developers,
    drafts,
    editions,
    evidence,
    jobs,
    leading,
    lessons,
    mails,
    mandates,
    notifications,
    organisations,
    overviews,
    participants,
    partnerships,
    persons,
    phases,
    positions,
    probes,
    problems,
    recommendations,
    record,
    renditions,
    review,
    revisions,
    sessions,
    tasks,
    tokens,
    translations,
    verifications,
    versions,
    webhooks,
    weighing,
    word,
)
from service.api.attempts import BASE, provide_attempt
from service.api.choices import refuse_null
from service.api.conditions import NotModified, provide_condition, tag
from service.api.origin import refuse_cross_site
from service.api.requests import StrictRequest

LARGEST_BODY = 1024 * 1024

API = Router(
    BASE,
    route_handlers=[
        *agendas.ROUTES,
        *overviews.ROUTES,
        *phases.ROUTES,
        *leading.ROUTES,
        *recommendations.ROUTES,
        *versions.ROUTES,
        *amendments.ROUTES,
        *amendments_carried.ROUTES,
        *coverage.ROUTES,
        *revisions.ROUTES,
        *decisions.ROUTES,
        *consolidation.ROUTES,
        *deciding.ROUTES,
        *comments.ROUTES,
        *positions.ROUTES,
        *assessments.ROUTES,
        *review.ROUTES,
        *lessons.ROUTES,
        *corrections.ROUTES,
        *evidence.ROUTES,
        *translations.ROUTES,
        *weighing.ROUTES,
        *checklists.ROUTES,
        *drafts.ROUTES,
        *editions.ROUTES,
        *renditions.ROUTES,
        *verifications.ROUTES,
        *organisations.ROUTES,
        *mandates.ROUTES,
        *participants.ROUTES,
        *partnerships.ROUTES,
        *persons.ROUTES,
        *sessions.ROUTES,
        *confirmations.ROUTES,
        *tokens.ROUTES,
        *record.ROUTES,
        *jobs.ROUTES,
        *mails.ROUTES,
        *notifications.ROUTES,
        *tasks.ROUTES,
        *webhooks.ROUTES,
        *word.ROUTES,
    ],
    request_class=StrictRequest,
    request_max_body_size=LARGEST_BODY,
    guards=[refuse_null],
    before_request=refuse_cross_site,
    exception_handlers=problems.HANDLERS,
    after_request=tag,
    middleware=[NotModified()],
    dependencies={
        "attempt": Provide(provide_attempt),
        "condition": Provide(provide_condition),
    },
)

ROUTES: list[ControllerRouterHandler] = [
    API,
    *description.ROUTES,
    *developers.ROUTES,
    probes.healthz,
    probes.readyz,
    probes.metrics,
]

# Where errors are answered as problems, even where nothing answers at all.
PREFIXES = ("/api/", "/openapi.json", "/healthz", "/readyz", "/metrics")
