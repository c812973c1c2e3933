"""The doors of the house: what each way in asks of whoever knocks; one that is not named here keeps the house shut.

The use cases ask for the permissions themselves; this list is what a reader, the documentation and the start of the
service know of them, so that no way in comes without somebody having thought about who may use it.
"""

from collections.abc import Iterator, Mapping

from litestar import Litestar
from litestar.routes import HTTPRoute

from service.domain.permissions import Permission

_P = Permission

PUBLIC = frozenset(
    {
        "POST /api/v1/verifications",
        "GET /openapi.json",
        "GET /developers",
        "GET /developers/reference.css",
        "GET /healthz",
        "GET /readyz",
        "GET /metrics",
        "GET /static/{digest}/{name}",
        "GET /help",
        "GET /accessibility",
        "GET /privacy",
        "GET /sign-in",
        "GET /participants/template.csv",
        "GET /verify",
        "POST /verify",
        "POST /language",
        "GET /sign-in/link",
    }
)
"""Ways in that show everyone the same, or check what they are given."""

VISIBLE = frozenset(
    {
        "GET /api/v1/agendas",
        "GET /api/v1/agendas/{agenda_id}",
        "GET /api/v1/agendas/{agenda_id}/figures",
        "GET /api/v1/agendas/{agenda_id}/phase/{phase}",
        "GET /api/v1/agendas/{agenda_id}/recommendations",
        "GET /api/v1/recommendations/{recommendation_id}",
        "GET /api/v1/recommendations/{recommendation_id}/outcome",
        "GET /api/v1/versions/{version_id}/settlements",
        "GET /api/v1/recommendations/{recommendation_id}/versions",
        "GET /api/v1/versions/{version_id}",
        "GET /api/v1/versions/{version_id}/text",
        "GET /api/v1/versions/{version_id}/provenance",
        "GET /api/v1/versions/{version_id}/compare",
        "GET /api/v1/agendas/{agenda_id}/amendments",
        "GET /api/v1/recommendations/{recommendation_id}/amendments",
        "GET /api/v1/amendments/{amendment_id}",
        "GET /api/v1/amendments/{amendment_id}/diff",
        "GET /api/v1/amendments/{amendment_id}/rebase",
        "GET /api/v1/amendments/{amendment_id}/coverage",
        "GET /api/v1/amendments/{amendment_id}/revisions",
        "GET /api/v1/recommendations/{recommendation_id}/collisions",
        "GET /api/v1/recommendations/{recommendation_id}/deciding-order",
        "GET /api/v1/recommendations/{recommendation_id}/comments",
        "GET /api/v1/comments/{comment_id}",
        "GET /api/v1/comments/{comment_id}/replies",
        "GET /api/v1/recommendations/{recommendation_id}/positions",
        "GET /api/v1/positions/{position_id}",
        "GET /api/v1/agendas/{agenda_id}/lessons",
        "GET /api/v1/lessons/{lesson_id}",
        "GET /api/v1/agendas/{agenda_id}/evidence",
        "GET /api/v1/evidence/{evidence_id}",
        "GET /api/v1/recommendations/{recommendation_id}/evidence",
        "GET /api/v1/agendas/{agenda_id}/editions",
        "GET /api/v1/editions/{edition_id}",
        "GET /api/v1/editions/{edition_id}/pdf",
        "GET /api/v1/editions/{edition_id}/snapshot",
        "GET /api/v1/editions/{edition_id}/verification",
        "GET /api/v1/organisations",
        "GET /api/v1/agendas/{agenda_id}/organisations",
        "GET /api/v1/organisations/{organisation_id}",
        "GET /api/v1/organisations/{organisation_id}/mandates",
        "GET /api/v1/partnerships",
        "GET /api/v1/agendas/{agenda_id}/record",
        "GET /agendas/{agenda_id}",
        "GET /agendas/{agenda_id}/document",
        "GET /agendas/{agenda_id}/amendments",
        "GET /amendments/{amendment_id}",
        "GET /amendments/{amendment_id}/sent",
        "GET /comments/{comment_id}",
        "GET /recommendations/{recommendation_id}/collisions",
        "GET /recommendations/{recommendation_id}/deciding-order",
        "GET /agendas/{agenda_id}/editions",
        "GET /agendas/{agenda_id}/paper",
        "GET /editions/{edition_id}",
        "GET /editions/{edition_id}/progress",
        "GET /editions/{edition_id}/paper.pdf",
        "GET /agendas/{agenda_id}/evidence",
        "GET /",
        "GET /agendas/{agenda_id}/lessons",
        "GET /agendas/{agenda_id}/positions",
        "GET /positions/{position_id}",
        "POST /recommendations/{recommendation_id}/amend/difference",
        "GET /recommendations/{recommendation_id}",
        "GET /recommendations/{recommendation_id}/beside",
        "GET /recommendations/{recommendation_id}/beside/part",
        "GET /recommendations/{recommendation_id}/versions",
        "GET /recommendations/{recommendation_id}/versions/{number}",
        "GET /recommendations/{recommendation_id}/compare",
        "GET /recommendations/{recommendation_id}/provenance",
        "GET /recommendations/{recommendation_id}/versions/{number}/provenance",
        "GET /agendas/{agenda_id}/record",
        "GET /agendas/{agenda_id}/calendar.ics",
        "GET /agendas/{agenda_id}/events",
        "GET /agendas/{agenda_id}/feed.atom",
        "GET /agendas/{agenda_id}/record/{number}/proof",
        "GET /api/v1/agendas/{agenda_id}/record/checkpoints",
        "GET /api/v1/agendas/{agenda_id}/record/consistency",
        "GET /api/v1/agendas/{agenda_id}/record/{number}/proof",
        "GET /api/v1/positions/{position_id}/receipt",
        "GET /positions/{position_id}/receipt",
        "GET /recommendations/{recommendation_id}/feed.atom",
    }
)
"""Ways in that show what is visible to the reader: what is not looks like what does not exist."""

OWN = frozenset(
    {
        "GET /api/v1/me",
        "POST /sign-in/keeping",
        "POST /sign-out",
        "GET /me",
        "POST /recommendations/{recommendation_id}/look",
        "GET /api/v1/me/notices",
        "GET /api/v1/me/notifications",
        "GET /api/v1/me/sessions",
        "GET /api/v1/me/tokens",
        "GET /me/accounts",
        "GET /me/codes",
        "GET /me/confirmations/link",
        "GET /me/notifications",
        "GET /me/passkeys",
        "GET /me/sessions",
        "GET /me/tokens",
    }
)
"""Ways in to what is the reader's own: their page, their session, what they have looked at."""

ASKS: Mapping[str, tuple[Permission, ...]] = {
    "POST /api/v1/agendas": (_P.AGENDA_CREATE,),
    "PATCH /api/v1/agendas/{agenda_id}": (_P.AGENDA_EDIT,),
    "POST /api/v1/agendas/{agenda_id}/phase": (_P.AGENDA_MOVE_PHASE,),
    "POST /api/v1/agendas/{agenda_id}/participants": (_P.PARTICIPANT_ADMIT,),
    "POST /api/v1/agendas/{agenda_id}/recommendations": (_P.RECOMMENDATION_DRAFT,),
    "POST /api/v1/recommendations/{recommendation_id}/tabling": (_P.RECOMMENDATION_TABLE,),
    "POST /api/v1/recommendations/{recommendation_id}/withdrawal": (_P.RECOMMENDATION_WITHDRAW,),
    "POST /api/v1/recommendations/{recommendation_id}/versions": (_P.RECOMMENDATION_EDIT,),
    "POST /api/v1/recommendations/{recommendation_id}/amendments": (
        _P.AMENDMENT_COMPROMISE,
        _P.AMENDMENT_TABLE,
    ),
    "PATCH /api/v1/amendments/{amendment_id}": (_P.AMENDMENT_COMPROMISE, _P.AMENDMENT_TABLE),
    "POST /api/v1/amendments/{amendment_id}/tabling": (_P.AMENDMENT_COMPROMISE, _P.AMENDMENT_TABLE),
    "POST /api/v1/amendments/{amendment_id}/signatures": (_P.AMENDMENT_SIGN, _P.AMENDMENT_SIGN_COMPROMISE),
    "POST /api/v1/amendments/{amendment_id}/withdrawal": (
        _P.AMENDMENT_WITHDRAW,
        _P.AMENDMENT_WITHDRAW_COMPROMISE,
    ),
    "POST /api/v1/amendments/{amendment_id}/rebase": (_P.AMENDMENT_REBASE, _P.AMENDMENT_REBASE_COMPROMISE),
    "POST /api/v1/amendments/{amendment_id}/opinion": (_P.AMENDMENT_ADVISE,),
    "POST /api/v1/amendments/{amendment_id}/decision": (_P.AMENDMENT_DECIDE,),
    "POST /api/v1/recommendations/{recommendation_id}/merges": (_P.RECOMMENDATION_CONSOLIDATE,),
    "POST /api/v1/recommendations/{recommendation_id}/merges/comparison": (_P.RECOMMENDATION_CONSOLIDATE,),
    "POST /api/v1/recommendations/{recommendation_id}/comments": (
        _P.COMMENT_CONTRIBUTE,
        _P.COMMENT_DISCUSS,
        _P.COMMENT_POST,
    ),
    "POST /api/v1/comments/{comment_id}/replies": (_P.COMMENT_DISCUSS, _P.COMMENT_POST),
    "POST /api/v1/comments/{comment_id}/resolution": (
        _P.COMMENT_DISCUSS,
        _P.COMMENT_POST,
        _P.COMMENT_RESOLVE,
    ),
    "POST /api/v1/recommendations/{recommendation_id}/positions": (
        _P.POSITION_TAKE,
        _P.POSITION_TAKE_ON_PAPER,
    ),
    "POST /api/v1/positions/{position_id}/withdrawal": (_P.POSITION_WITHDRAW,),
    "POST /api/v1/agendas/{agenda_id}/lessons": (_P.LESSON_PROPOSE,),
    "DELETE /api/v1/lessons/{lesson_id}/shortlist": (_P.LESSON_SHORTLIST,),
    "POST /api/v1/lessons/{lesson_id}/shortlist": (_P.LESSON_SHORTLIST,),
    "POST /api/v1/agendas/{agenda_id}/evidence": (_P.EVIDENCE_ADD,),
    "POST /api/v1/agendas/{agenda_id}/editions": (_P.EDITION_ASSEMBLE,),
    "POST /api/v1/editions/{edition_id}/approval": (_P.EDITION_APPROVE,),
    "POST /api/v1/editions/{edition_id}/withdrawal": (_P.EDITION_WITHDRAW,),
    "POST /api/v1/organisations": (_P.PARTICIPANT_ADMIT,),
    "POST /api/v1/organisations/{organisation_id}/mandates": (_P.MANDATE_GRANT,),
    "GET /api/v1/mandates/{mandate_id}": (_P.MANDATE_READ,),
    "POST /api/v1/mandates/{mandate_id}/alternates": (_P.MANDATE_NAME_ALTERNATE,),
    "POST /api/v1/mandates/{mandate_id}/delegations": (_P.MANDATE_DELEGATE,),
    "POST /api/v1/mandates/{mandate_id}/revocation": (_P.MANDATE_REVOKE,),
    "GET /api/v1/mandates/{mandate_id}/document": (_P.MANDATE_READ,),
    "POST /api/v1/mandates/{mandate_id}/document": (_P.MANDATE_ATTACH,),
    "GET /api/v1/agendas/{agenda_id}/persons": (_P.PARTICIPANT_INVITE,),
    "POST /api/v1/agendas/{agenda_id}/imports": (_P.PARTICIPANT_IMPORT,),
    "POST /api/v1/agendas/{agenda_id}/invitations": (_P.PARTICIPANT_INVITE,),
    "POST /api/v1/persons/{person_id}/invitation/withdrawal": (_P.PARTICIPANT_INVITE,),
    "POST /api/v1/partnerships": (_P.PARTICIPANT_ADMIT,),
    "POST /api/v1/persons": (_P.MANDATE_GRANT,),
    "POST /sign-in": (_P.SESSION_OPEN_IN_DEMO,),
    "POST /agendas/{agenda_id}/phase/{phase}": (_P.AGENDA_MOVE_PHASE,),
    "GET /agendas/{agenda_id}/phase/{phase}": (_P.AGENDA_MOVE_PHASE,),
    "GET /agendas/{agenda_id}/deadline": (_P.AGENDA_EDIT,),
    "POST /agendas/{agenda_id}/deadline": (_P.AGENDA_EDIT,),
    "POST /amendments/{amendment_id}/signatures": (_P.AMENDMENT_SIGN, _P.AMENDMENT_SIGN_COMPROMISE),
    "POST /amendments/{amendment_id}/withdrawal": (_P.AMENDMENT_WITHDRAW, _P.AMENDMENT_WITHDRAW_COMPROMISE),
    "POST /amendments/{amendment_id}/opinion": (_P.AMENDMENT_ADVISE,),
    "POST /amendments/{amendment_id}/decision": (_P.AMENDMENT_DECIDE,),
    "GET /amendments/{amendment_id}/rebase": (_P.AMENDMENT_REBASE, _P.AMENDMENT_REBASE_COMPROMISE),
    "POST /amendments/{amendment_id}/rebase": (_P.AMENDMENT_REBASE, _P.AMENDMENT_REBASE_COMPROMISE),
    "POST /recommendations/{recommendation_id}/comment": (
        _P.COMMENT_CONTRIBUTE,
        _P.COMMENT_DISCUSS,
        _P.COMMENT_POST,
    ),
    "GET /recommendations/{recommendation_id}/comment": (_P.COMMENT_DISCUSS,),
    "POST /comments/{comment_id}/replies": (_P.COMMENT_DISCUSS, _P.COMMENT_POST),
    "POST /comments/{comment_id}/resolution": (_P.COMMENT_DISCUSS, _P.COMMENT_POST, _P.COMMENT_RESOLVE),
    "GET /recommendations/{recommendation_id}/consolidate": (_P.RECOMMENDATION_CONSOLIDATE,),
    "POST /recommendations/{recommendation_id}/consolidate": (_P.RECOMMENDATION_CONSOLIDATE,),
    "GET /amendments/{amendment_id}/edit": (_P.AMENDMENT_COMPROMISE, _P.AMENDMENT_TABLE),
    "POST /amendments/{amendment_id}/edit": (
        _P.AMENDMENT_COMPROMISE,
        _P.AMENDMENT_SIGN,
        _P.AMENDMENT_SIGN_COMPROMISE,
        _P.AMENDMENT_TABLE,
    ),
    "POST /agendas/{agenda_id}/editions": (_P.EDITION_ASSEMBLE,),
    "POST /editions/{edition_id}/approval": (_P.EDITION_APPROVE,),
    "POST /editions/{edition_id}/withdrawal": (_P.EDITION_WITHDRAW,),
    "POST /agendas/{agenda_id}/evidence": (_P.EVIDENCE_ADD,),
    "POST /agendas/{agenda_id}/lessons": (_P.LESSON_PROPOSE,),
    "POST /lessons/{lesson_id}/shortlist": (_P.LESSON_SHORTLIST,),
    "GET /mandates/{mandate_id}": (_P.MANDATE_READ,),
    "POST /mandates/{mandate_id}/passing-on": (_P.MANDATE_NAME_ALTERNATE, _P.MANDATE_DELEGATE),
    "POST /mandates/{mandate_id}/revocation": (_P.MANDATE_REVOKE,),
    "GET /mandates/{mandate_id}/document": (_P.MANDATE_READ,),
    "POST /mandates/{mandate_id}/document": (_P.MANDATE_ATTACH,),
    "GET /agendas/{agenda_id}/participants": (_P.PARTICIPANT_INVITE,),
    "POST /agendas/{agenda_id}/participants/invitations": (_P.PARTICIPANT_INVITE,),
    "POST /agendas/{agenda_id}/participants/import": (_P.PARTICIPANT_IMPORT,),
    "GET /agendas/{agenda_id}/participants/import": (_P.PARTICIPANT_IMPORT,),
    "POST /recommendations/{recommendation_id}/position": (_P.POSITION_TAKE,),
    "GET /recommendations/{recommendation_id}/letter": (_P.POSITION_TAKE_ON_PAPER,),
    "POST /recommendations/{recommendation_id}/letter": (_P.POSITION_TAKE_ON_PAPER,),
    "GET /recommendations/{recommendation_id}/position": (_P.POSITION_TAKE,),
    "POST /positions/{position_id}/withdrawal": (_P.POSITION_WITHDRAW,),
    "GET /recommendations/{recommendation_id}/amend": (_P.AMENDMENT_TABLE, _P.AMENDMENT_COMPROMISE),
    "POST /recommendations/{recommendation_id}/amend": (
        _P.AMENDMENT_COMPROMISE,
        _P.AMENDMENT_SIGN,
        _P.AMENDMENT_SIGN_COMPROMISE,
        _P.AMENDMENT_TABLE,
    ),
    "GET /recommendations/{recommendation_id}/scenarios": (_P.RECOMMENDATION_CONSOLIDATE,),
    "GET /agendas/{agenda_id}/timetable": (_P.AGENDA_EDIT,),
    "GET /agendas/{agenda_id}/unanswered": (_P.AGENDA_EDIT,),
    "GET /agendas/{agenda_id}/undo": (_P.AGENDA_MOVE_PHASE,),
    "GET /agendas/{agenda_id}/webhooks": (_P.WEBHOOK_MANAGE,),
    "GET /api/v1/agendas/{agenda_id}/unanswered": (_P.AGENDA_EDIT,),
    "GET /api/v1/agendas/{agenda_id}/webhooks": (_P.WEBHOOK_MANAGE,),
    "GET /api/v1/jobs": (_P.JOB_READ,),
    "GET /api/v1/jobs/{job_id}": (_P.JOB_READ,),
    "GET /api/v1/mails": (_P.MAIL_READ,),
    "GET /api/v1/mails/{mail_id}": (_P.MAIL_READ,),
    "GET /api/v1/webhooks/{webhook_id}": (_P.WEBHOOK_MANAGE,),
    "GET /api/v1/webhooks/{webhook_id}/messages": (_P.WEBHOOK_MANAGE,),
    "GET /jobs": (_P.JOB_READ,),
    "GET /mail": (_P.MAIL_READ,),
    "GET /mail/{mail_id}": (_P.MAIL_READ,),
    "GET /sign-in/provider": (_P.ACCOUNT_USE,),
    "GET /sign-in/provider/back": (_P.ACCOUNT_USE,),
    "GET /unsubscribe/{token}": (_P.NOTIFICATION_UNSUBSCRIBE,),
    "POST /agendas/{agenda_id}/timetable": (_P.AGENDA_EDIT,),
    "POST /agendas/{agenda_id}/undo": (_P.AGENDA_MOVE_PHASE,),
    "POST /agendas/{agenda_id}/webhooks": (_P.WEBHOOK_MANAGE,),
    "POST /api/v1/agendas/{agenda_id}/deadline": (_P.AGENDA_EDIT,),
    "POST /api/v1/agendas/{agenda_id}/phase/undo": (_P.AGENDA_MOVE_PHASE,),
    "POST /api/v1/agendas/{agenda_id}/record/{number}/words/erasure": (_P.PERSON_ERASE,),
    "POST /api/v1/agendas/{agenda_id}/webhooks": (_P.WEBHOOK_MANAGE,),
    "POST /api/v1/comments/{comment_id}/place": (
        _P.COMMENT_DISCUSS,
        _P.COMMENT_RESOLVE,
    ),
    "POST /api/v1/jobs/{job_id}/retry": (_P.JOB_RETRY,),
    "POST /api/v1/mails/{mail_id}/retry": (
        _P.JOB_RETRY,
        _P.MAIL_READ,
    ),
    "POST /api/v1/me/confirmations": (_P.CONFIRMATION_GIVE, _P.CONFIRMATION_GIVE_IN_DEMO),
    "POST /api/v1/me/language": (_P.NOTIFICATION_CHOOSE,),
    "POST /api/v1/me/notifications": (_P.NOTIFICATION_CHOOSE,),
    "POST /api/v1/me/sessions/revocation": (_P.SESSION_REVOKE,),
    "POST /api/v1/me/sessions/{session_id}/revocation": (_P.SESSION_REVOKE,),
    "POST /api/v1/me/tokens": (
        _P.TOKEN_ISSUE_BINDING,
        _P.TOKEN_ISSUE_OWN,
    ),
    "POST /api/v1/me/tokens/{token_id}/revocation": (_P.TOKEN_REVOKE,),
    "POST /api/v1/persons/{person_id}/erasure": (_P.PERSON_ERASE,),
    "POST /api/v1/positions/{position_id}/confirmation": (_P.POSITION_TAKE,),
    "POST /api/v1/recommendations/{recommendation_id}/decisions": (_P.AMENDMENT_DECIDE,),
    "POST /api/v1/webhook-messages/{message_id}/retry": (_P.WEBHOOK_MANAGE,),
    "POST /api/v1/webhooks/{webhook_id}/disable": (_P.WEBHOOK_MANAGE,),
    "POST /api/v1/webhooks/{webhook_id}/enable": (_P.WEBHOOK_MANAGE,),
    "POST /api/v1/webhooks/{webhook_id}/secret": (_P.WEBHOOK_MANAGE,),
    "POST /api/v1/webhooks/{webhook_id}/test": (_P.WEBHOOK_MANAGE,),
    "POST /comments/{comment_id}/place": (
        _P.COMMENT_DISCUSS,
        _P.COMMENT_RESOLVE,
    ),
    "POST /jobs/{job_id}/retry": (_P.JOB_RETRY,),
    "POST /mail/{mail_id}/link": (_P.MAIL_FOLLOW_LINK,),
    "POST /mail/{mail_id}/retry": (
        _P.JOB_RETRY,
        _P.MAIL_READ,
    ),
    "POST /me/accounts/link": (_P.ACCOUNT_LINK,),
    "POST /me/accounts/{account_id}/unlink": (_P.ACCOUNT_LINK,),
    "POST /me/codes": (_P.CODES_CHANGE,),
    "POST /me/codes/first": (_P.CODES_CHANGE,),
    "POST /me/confirmations/code": (_P.CONFIRMATION_GIVE,),
    "POST /me/confirmations/link": (_P.CONFIRMATION_GIVE,),
    "POST /me/confirmations/mail": (_P.CONFIRMATION_ASK,),
    "POST /me/confirmations/passkey": (_P.CONFIRMATION_GIVE,),
    "POST /me/language": (_P.NOTIFICATION_CHOOSE,),
    "POST /me/notifications": (_P.NOTIFICATION_CHOOSE,),
    "POST /me/notifications/read": (_P.NOTIFICATION_CHOOSE,),
    "POST /me/passkeys": (_P.CODES_CHANGE,),
    "POST /me/passkeys/made": (_P.CODES_CHANGE,),
    "POST /me/passkeys/{passkey_id}/remove": (_P.CODES_CHANGE,),
    "POST /me/sessions/end-all": (_P.SESSION_REVOKE,),
    "POST /me/sessions/{session_id}/end": (_P.SESSION_REVOKE,),
    "POST /me/tokens": (
        _P.TOKEN_ISSUE_BINDING,
        _P.TOKEN_ISSUE_OWN,
    ),
    "POST /me/tokens/{token_id}/revoke": (_P.TOKEN_REVOKE,),
    "POST /positions/{position_id}/confirmation": (_P.POSITION_TAKE,),
    "POST /recommendations/{recommendation_id}/deciding-order": (_P.AMENDMENT_DECIDE,),
    "POST /sign-in/link": (_P.LINK_USE,),
    "POST /sign-in/link-by-mail": (_P.LINK_ASK,),
    "POST /sign-in/passkey": (_P.PASSKEY_USE,),
    "POST /sign-in/passkey/options": (_P.PASSKEY_USE,),
    "POST /unsubscribe/{token}": (_P.NOTIFICATION_UNSUBSCRIBE,),
    "POST /webhook-messages/{message_id}/retry": (_P.WEBHOOK_MANAGE,),
    "POST /webhooks/{webhook_id}/secret": (_P.WEBHOOK_MANAGE,),
    "POST /webhooks/{webhook_id}/state": (_P.WEBHOOK_MANAGE,),
}
"""Ways in that ask for a permission, or for one of several, as the case may be."""


class Undeclared(RuntimeError):
    """A way in says nothing of who may use it, so the service does not start."""


def ways_in(app: Litestar) -> Iterator[str]:
    """Yield every way in of an application as method and path; what answers for its neighbours is left out."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in sorted(handler.http_methods - {"HEAD", "OPTIONS"}):
                    yield f"{method} {route.path_format}"


def declared() -> frozenset[str]:
    """Return every way in that is declared."""
    return PUBLIC | VISIBLE | OWN | ASKS.keys()


def keep_shut_what_is_undeclared(app: Litestar) -> None:
    """Refuse to start with a way in that nobody has declared.

    Raises:
        Undeclared: names each.
    """
    if unknown := sorted(set(ways_in(app)) - declared()):
        message = f"Say in service/ways_in.py who may use these: {', '.join(unknown)}."
        raise Undeclared(message)


def in_words() -> Iterator[tuple[str, str]]:
    """Yield every way in with what it asks for."""
    for way in sorted(declared(), key=lambda way: way.split()[::-1]):
        if way in ASKS:
            yield way, " or ".join(f"`{permission}`" for permission in ASKS[way])
        elif way in VISIBLE:
            yield way, "nothing; shows what is visible to the reader"
        else:
            yield way, "a session of one's own" if way in OWN else "nothing"
