"""The doors to what is worked on beside the text: translations, evidence and lessons, decisions, and publication."""

from collections.abc import Mapping

from service.domain.permissions import Permission

_P = Permission

VISIBLE = frozenset(
    {
        "GET /agendas/{agenda_id}/evidence/claims",
        "GET /editions/{edition_id}/preview",
        "GET /editions/{edition_id}/edition.html",
        "GET /editions/{edition_id}/edition.md",
        "GET /editions/{edition_id}/courtesy.pdf",
        "GET /api/v1/editions/{edition_id}/courtesy",
        "GET /editions/{edition_id}/edition.json",
        "GET /api/v1/editions/{edition_id}/html",
        "GET /api/v1/editions/{edition_id}/markdown",
        "GET /api/v1/editions/{edition_id}/renditions",
        "GET /api/v1/agendas/{agenda_id}/checklist",
        "GET /agendas/{agenda_id}/lessons/shortlist",
        "GET /api/v1/agendas/{agenda_id}/claims",
        "GET /api/v1/agendas/{agenda_id}/shortlist",
        "GET /api/v1/recommendations/{recommendation_id}/translations",
        "GET /api/v1/translations/{translation_id}",
        "GET /recommendations/{recommendation_id}/translations",
        "GET /translations/{translation_id}",
        "GET /api/v1/lessons/{lesson_id}/translations",
        "GET /lessons/{lesson_id}/translations",
    }
)
"""Ways in that show what is visible to the reader."""

ASKS: Mapping[str, tuple[Permission, ...]] = {
    "GET /agendas/{agenda_id}/publication": (_P.AGENDA_EDIT,),
    "GET /agendas/{agenda_id}/publication/preview": (_P.AGENDA_EDIT,),
    "GET /api/v1/agendas/{agenda_id}/draft": (_P.AGENDA_EDIT,),
    "GET /agendas/{agenda_id}/draft-paper": (_P.EDITION_DRAFT,),
    "POST /agendas/{agenda_id}/draft-paper": (_P.EDITION_DRAFT,),
    "GET /agendas/{agenda_id}/draft-paper/draft.pdf": (_P.EDITION_DRAFT,),
    "GET /api/v1/agendas/{agenda_id}/draft-paper": (_P.EDITION_DRAFT,),
    "POST /api/v1/agendas/{agenda_id}/draft-paper": (_P.EDITION_DRAFT,),
    "GET /api/v1/agendas/{agenda_id}/draft-paper/pdf": (_P.EDITION_DRAFT,),
    "GET /api/v1/keys": (_P.KEY_READ,),
    "GET /keys": (_P.KEY_READ,),
    "DELETE /api/v1/translations/{translation_id}/approval": (_P.TRANSLATION_APPROVE,),
    "POST /api/v1/recommendations/{recommendation_id}/translations": (_P.TRANSLATION_WRITE,),
    "POST /api/v1/translations/{translation_id}/approval": (_P.TRANSLATION_APPROVE,),
    "POST /api/v1/agendas/{agenda_id}/shortlist": (_P.LESSON_SHORTLIST,),
    "PATCH /api/v1/lessons/{lesson_id}/shortlist": (_P.LESSON_SHORTLIST,),
    "POST /lessons/{lesson_id}/rank": (_P.LESSON_SHORTLIST,),
    "POST /api/v1/amendments/{amendment_id}/decision/preview": (_P.AMENDMENT_DECIDE,),
    "PATCH /api/v1/translations/{translation_id}": (_P.TRANSLATION_WRITE,),
    "GET /recommendations/{recommendation_id}/translate": (_P.TRANSLATION_WRITE,),
    "GET /translations/{translation_id}/edit": (_P.TRANSLATION_WRITE,),
    "POST /api/v1/lessons/{lesson_id}/translations": (_P.TRANSLATION_WRITE,),
    "GET /lessons/{lesson_id}/translate": (_P.TRANSLATION_WRITE,),
    "POST /lessons/{lesson_id}/translate": (_P.TRANSLATION_WRITE,),
    "POST /recommendations/{recommendation_id}/translate": (_P.TRANSLATION_WRITE,),
    "POST /translations/{translation_id}/approval": (_P.TRANSLATION_APPROVE,),
    "POST /translations/{translation_id}/edit": (_P.TRANSLATION_WRITE,),
}
"""Ways in that ask for a permission."""
