"""What the pages and operations ask for on which the facility and the rapporteur lead a round and its texts."""

from collections.abc import Mapping

from service.domain.permissions import Permission

_P = Permission

ASKS: Mapping[str, tuple[Permission, ...]] = {
    "GET /agendas/new": (_P.AGENDA_CREATE,),
    "POST /agendas/new": (_P.AGENDA_CREATE,),
    "GET /agendas/{agenda_id}/edit": (_P.AGENDA_EDIT,),
    "POST /agendas/{agenda_id}/edit": (_P.AGENDA_EDIT,),
    "POST /agendas/{agenda_id}/order": (_P.RECOMMENDATION_ORDER,),
    "POST /api/v1/agendas/{agenda_id}/order": (_P.RECOMMENDATION_ORDER,),
    "GET /agendas/{agenda_id}/desk": (_P.AGENDA_EDIT,),
    "GET /agendas/{agenda_id}/reminder": (_P.PARTICIPANT_REMIND,),
    "POST /agendas/{agenda_id}/reminder": (_P.PARTICIPANT_REMIND,),
    "GET /api/v1/agendas/{agenda_id}/desk": (_P.AGENDA_EDIT,),
    "GET /api/v1/agendas/{agenda_id}/reminders": (_P.PARTICIPANT_REMIND,),
    "POST /api/v1/agendas/{agenda_id}/reminders": (_P.PARTICIPANT_REMIND,),
    "GET /recommendations/{recommendation_id}/edit": (_P.RECOMMENDATION_EDIT, _P.RECOMMENDATION_CORRECT),
    "POST /recommendations/{recommendation_id}/edit": (_P.RECOMMENDATION_EDIT, _P.RECOMMENDATION_CORRECT),
    "POST /recommendations/{recommendation_id}/edit/difference": (
        _P.RECOMMENDATION_EDIT,
        _P.RECOMMENDATION_CORRECT,
    ),
    "GET /lessons/{lesson_id}/correction": (_P.LESSON_CORRECT,),
    "POST /lessons/{lesson_id}/correction": (_P.LESSON_CORRECT,),
    "PATCH /api/v1/lessons/{lesson_id}": (_P.LESSON_CORRECT,),
    "GET /evidence/{evidence_id}/correction": (_P.EVIDENCE_CORRECT,),
    "POST /evidence/{evidence_id}/correction": (_P.EVIDENCE_CORRECT,),
    "PATCH /api/v1/evidence/{evidence_id}": (_P.EVIDENCE_CORRECT,),
    "POST /recommendations/{recommendation_id}/tabling": (_P.RECOMMENDATION_TABLE,),
    "GET /recommendations/{recommendation_id}/withdrawal": (_P.RECOMMENDATION_WITHDRAW,),
    "POST /recommendations/{recommendation_id}/withdrawal": (_P.RECOMMENDATION_WITHDRAW,),
    "GET /agendas/{agenda_id}/recommendations/new": (_P.RECOMMENDATION_DRAFT,),
    "POST /agendas/{agenda_id}/recommendations/new": (_P.RECOMMENDATION_DRAFT,),
}
"""Ways in that ask for a permission; `service/ways_in.py` holds the others, and takes these up."""
