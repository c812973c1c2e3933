"""The ways in to reviewing and deciding: who may use each."""

from collections.abc import Mapping

from service.domain.permissions import Permission

_P = Permission

REVIEW_VISIBLE = frozenset(
    {
        "GET /agendas/{agenda_id}/review",
        "GET /agendas/{agenda_id}/open-comments",
        "GET /api/v1/agendas/{agenda_id}/open-comments",
        "GET /amendments/{amendment_id}/review",
        "GET /agendas/{agenda_id}/review-copy",
        "GET /recommendations/{recommendation_id}/collisions",
        "GET /recommendations/{recommendation_id}/deciding-order",
        "GET /api/v1/recommendations/{recommendation_id}/collisions",
        "GET /api/v1/recommendations/{recommendation_id}/deciding-order",
        "GET /api/v1/agendas/{agenda_id}/review",
        "GET /api/v1/assessments/{assessment_id}",
        "GET /api/v1/recommendations/{recommendation_id}/assessments",
    }
)

REVIEW_OWN = frozenset(
    {
        "GET /api/v1/agendas/{agenda_id}/review/views",
    }
)

REVIEW_ASKS: Mapping[str, tuple[Permission, ...]] = {
    "POST /agendas/{agenda_id}/review": (
        _P.REVIEW_KEEP,
        _P.AMENDMENT_ADVISE,
        _P.AMENDMENT_DECIDE,
        _P.ASSESSMENT_GIVE,
    ),
    "POST /amendments/{amendment_id}/review": (
        _P.REVIEW_KEEP,
        _P.AMENDMENT_ADVISE,
        _P.AMENDMENT_DECIDE,
        _P.COMMENT_POST,
    ),
    "POST /recommendations/{recommendation_id}/deciding-order": (_P.AMENDMENT_DECIDE,),
    "POST /amendments/{amendment_id}/opinion": (_P.AMENDMENT_ADVISE,),
    "POST /amendments/{amendment_id}/decision": (_P.AMENDMENT_DECIDE,),
    "POST /api/v1/amendments/{amendment_id}/opinion": (_P.AMENDMENT_ADVISE,),
    "POST /api/v1/amendments/{amendment_id}/decision": (_P.AMENDMENT_DECIDE,),
    "POST /api/v1/recommendations/{recommendation_id}/decisions": (_P.AMENDMENT_DECIDE,),
    "POST /agendas/{agenda_id}/review/views": (_P.REVIEW_KEEP,),
    "GET /review-views/{view_id}": (_P.REVIEW_KEEP,),
    "GET /api/v1/review-views/{view_id}": (_P.REVIEW_KEEP,),
    "POST /review-views/{view_id}": (_P.REVIEW_KEEP,),
    "POST /review-views/{view_id}/deletion": (_P.REVIEW_KEEP,),
    "POST /me/keys": (_P.REVIEW_KEEP,),
    "GET /recommendations/{recommendation_id}/assess": (_P.ASSESSMENT_GIVE,),
    "POST /recommendations/{recommendation_id}/assess": (_P.ASSESSMENT_GIVE,),
    "POST /assessments/{assessment_id}/withdrawal": (_P.ASSESSMENT_GIVE,),
    "POST /api/v1/recommendations/{recommendation_id}/assessments": (_P.ASSESSMENT_GIVE,),
    "POST /api/v1/assessments/{assessment_id}/withdrawal": (_P.ASSESSMENT_GIVE,),
    "POST /api/v1/agendas/{agenda_id}/review": (
        _P.REVIEW_KEEP,
        _P.AMENDMENT_ADVISE,
        _P.AMENDMENT_DECIDE,
        _P.ASSESSMENT_GIVE,
    ),
    "POST /api/v1/agendas/{agenda_id}/review/views": (_P.REVIEW_KEEP,),
    "PATCH /api/v1/review-views/{view_id}": (_P.REVIEW_KEEP,),
    "DELETE /api/v1/review-views/{view_id}": (_P.REVIEW_KEEP,),
}
