"""The pages of the house, who is sent to each first, and where in the demonstration each is found."""

from types import MappingProxyType
from typing import Final

from service.domain.paper_codes import code_of
from tests.acceptance.people import agenda_in, person
from tests.browser.occasions import (
    begun,
    in_endorsement,
    in_publication,
    invited,
    lesson_translated,
    overtaken,
    tabled,
)
from tests.serving import Server

VISITOR: Final = ""
ROLES: Final = (VISITOR, "city1", "intpa", "rapporteur", "facility", "approver")
"""A visitor, a representative, a stakeholder, a rapporteur, the facility, and whoever approves what is published."""

PAGES: Final = MappingProxyType(
    {
        "home": (VISITOR, "/"),
        "agenda": (VISITOR, "/agendas/{agenda}"),
        "document": (VISITOR, "/agendas/{agenda}/document"),
        "recommendation": (VISITOR, "/recommendations/{recommendation}"),
        "amendments": (VISITOR, "/agendas/{agenda}/amendments"),
        "amendment": (VISITOR, "/amendments/{amendment}"),
        "compromise": (VISITOR, "/amendments/{compromise}"),
        "covered": (VISITOR, "/amendments/{covered}"),
        "beside": (VISITOR, "/recommendations/{recommendation}/beside?what=whole"),
        "collisions": (VISITOR, "/recommendations/{recommendation}/collisions"),
        "deciding-order": (VISITOR, "/recommendations/{recommendation}/deciding-order"),
        "compare": (VISITOR, "/recommendations/{recommendation}/compare"),
        "compare-sides": (VISITOR, "/recommendations/{recommendation}/compare?view=columns"),
        "versions": (VISITOR, "/recommendations/{recommendation}/versions"),
        "version": (VISITOR, "/recommendations/{recommendation}/versions/1"),
        "provenance": (VISITOR, "/recommendations/{recommendation}/provenance"),
        "provenance-then": (VISITOR, "/recommendations/{recommendation}/versions/1/provenance"),
        "translations": (VISITOR, "/recommendations/{translated}/translations"),
        "translation": (VISITOR, "/translations/{translation}"),
        "lesson-translations": (VISITOR, "/lessons/{lesson}/translations"),
        "lesson-translate": ("city1", "/lessons/{lesson}/translate?language=es"),
        "lesson-translation": (VISITOR, "/translations/{lesson_translation}"),
        "open-comments": (VISITOR, "/agendas/{agenda}/open-comments"),
        "thread": (VISITOR, "/comments/{comment}"),
        "review-copy": (VISITOR, "/agendas/{agenda}/review-copy?recommendation={recommendation}&state=any"),
        "positions": (VISITOR, "/agendas/{published}/positions"),
        "position": (VISITOR, "/positions/{position}"),
        "lessons": (VISITOR, "/agendas/{agenda}/lessons"),
        "evidence": (VISITOR, "/agendas/{agenda}/evidence"),
        "claims": (VISITOR, "/agendas/{agenda}/evidence/claims"),
        "choose-lessons": (VISITOR, "/agendas/{agenda}/lessons/shortlist"),
        "editions": (VISITOR, "/agendas/{published}/editions"),
        "edition": (VISITOR, "/editions/{edition}"),
        "frozen": (VISITOR, "/editions/{edition}/preview"),
        "as-one-file": (VISITOR, "/editions/{edition}/edition.html"),
        "record": (VISITOR, "/agendas/{agenda}/record"),
        "timeline": (VISITOR, "/agendas/{agenda}/timeline"),
        "timeline-of-one": (VISITOR, "/recommendations/{recommendation}/timeline?kind=amendment"),
        "sign-in": (VISITOR, "/sign-in"),
        "verify": (VISITOR, "/verify"),
        "verify-by-code": (VISITOR, "/verify/{code}"),
        "help": (VISITOR, "/help"),
        "keyboard": (VISITOR, "/help/keyboard"),
        "accessibility": (VISITOR, "/accessibility"),
        "privacy": (VISITOR, "/privacy"),
        "developers": (VISITOR, "/developers"),
        "me": ("city1", "/me"),
        "notifications": ("city1", "/me/notifications"),
        "sessions": ("city1", "/me/sessions"),
        "tokens": ("city1", "/me/tokens"),
        "codes": ("city1", "/me/codes"),
        "passkeys": ("city1", "/me/passkeys"),
        "accounts": ("city1", "/me/accounts"),
        "mandate": ("city1", "/mandates/{mandate}"),
        "outgoing": ("facility", "/mail"),
        "jobs": ("facility", "/jobs"),
        "amend": ("city1", "/recommendations/{recommendation}/amend"),
        "amend-in-word": ("city1", "/recommendations/{recommendation}/amend/word"),
        "propose-compromise": (
            "rapporteur",
            "/recommendations/{mediated}/amend?compromise=yes&covers={covered}",
        ),
        "scenarios": (
            "rapporteur",
            "/recommendations/{mediated}/scenarios?tried=yes&a={compromise}&b={covered}",
        ),
        "translate": ("city1", "/translations/{translation}/edit"),
        "translate-lesson": ("city1", "/lessons/{lesson}/translate?language=es"),
        "amendment-edit": ("city1", "/amendments/{mine}/edit"),
        "amendment-sent": ("city1", "/amendments/{mine}/sent"),
        "carry-over": ("city1", "/amendments/{overtaken}/rebase"),
        "translate-anew": ("city1", "/recommendations/{recommendation}/translate?language=it"),
        "comment": ("intpa", "/recommendations/{recommendation}/comment"),
        "comment-amendment": ("city1", "/recommendations/{recommendation}/comment?amendment_id={amendment}"),
        "withdraw": ("city1", "/amendments/{amendment}/withdrawal"),
        "review": ("intpa", "/agendas/{agenda}/review"),
        "review-one": ("rapporteur", "/amendments/{covered}/review?state=any"),
        "assess": ("intpa", "/recommendations/{recommendation}/assess"),
        "evidence-form": ("city1", "/agendas/{agenda}/evidence"),
        "decide": ("rapporteur", "/amendments/{amendment}"),
        "decide-together": ("rapporteur", "/recommendations/{mediated}/deciding-order?amendment={covered}"),
        "consolidate": ("rapporteur", "/recommendations/{recommendation}/consolidate"),
        "phase": ("facility", "/agendas/{agenda}/phase/consolidation"),
        "deadline": ("facility", "/agendas/{agenda}/deadline"),
        "timetable": ("facility", "/agendas/{agenda}/timetable"),
        "undo": ("facility", "/agendas/{agenda}/undo"),
        "unanswered": ("facility", "/agendas/{agenda}/unanswered"),
        "webhooks": ("facility", "/agendas/{agenda}/webhooks"),
        "publication": ("facility", "/agendas/{agenda}/publication"),
        "correct-lesson": ("facility", "/lessons/{old_lesson}/correction"),
        "correct-evidence": ("facility", "/evidence/{old_evidence}/correction"),
        "draft-paper": ("facility", "/agendas/{published}/publication/preview"),
        "draft-of-the-paper": ("approver", "/agendas/{published}/draft-paper"),
        "keys": ("facility", "/keys"),
        "participants": ("facility", "/agendas/{agenda}/participants"),
        "invite-everyone": ("facility", "/agendas/{agenda}/participants/invitations"),
        "add-person": ("facility", "/agendas/{agenda}/participants/new"),
        "import": ("facility", "/agendas/{agenda}/participants/import"),
        "desk": ("facility", "/agendas/{agenda}/desk"),
        "reminder": ("facility", "/agendas/{agenda}/reminder"),
        "round-new": ("facility", "/agendas/new"),
        "round-edit": ("facility", "/agendas/{drafting}/edit"),
        "take-position": ("city1", "/recommendations/{endorsed}/position"),
        "enter-letter": ("facility", "/recommendations/{endorsed}/letter"),
        "publish": ("facility", "/agendas/{publishing}/publication"),
        "edition-to-sign": ("signatory", "/editions/{waiting}"),
        "mail-one": ("facility", "/mail/{mail}"),
        "draft": ("rapporteur", "/agendas/{drafting}/recommendations/new"),
        "edit": ("rapporteur", "/recommendations/{drafted}/edit"),
        "withdrawal": ("rapporteur", "/recommendations/{drafted}/withdrawal"),
    }
)
"""Each page's name, who looks at it first, and its address."""


NO_PAGES: Final = frozenset(
    {
        "/agendas/{agenda_id}/calendar.ics",
        "/agendas/{agenda_id}/document.md",
        "/agendas/{agenda_id}/draft-paper/draft.pdf",
        "/agendas/{agenda_id}/events",
        "/agendas/{agenda_id}/feed.atom",
        "/agendas/{agenda_id}/paper",
        "/agendas/{agenda_id}/positions.csv",
        "/agendas/{agenda_id}/record/{number}/proof",
        "/amendments/{amendment_id}/word",
        "/developers/reference.css",
        "/editions/{edition_id}/courtesy.pdf",
        "/editions/{edition_id}/edition.json",
        "/editions/{edition_id}/edition.md",
        "/editions/{edition_id}/paper.pdf",
        "/healthz",
        "/mandates/{mandate_id}/document",
        "/metrics",
        "/openapi.json",
        "/participants/template.csv",
        "/positions/{position_id}/receipt",
        "/readyz",
        "/recommendations/{recommendation_id}/feed.atom",
        "/recommendations/{recommendation_id}/versions/{number}/word",
        "/review-views/{view_id}",
        "/sign-in/provider",
        "/sign-in/provider/back",
        "/static/{digest}/{name}",
    }
)
"""Files, and ways that lead on to a page."""

NOT_BY_ADDRESS: Final = frozenset(
    {
        "/editions/{edition_id}/progress",
        "/me/confirmations/link",
        "/recommendations/{recommendation_id}/beside/part",
        "/sign-in/link",
        "/unsubscribe/{token}",
    }
)
"""Pages that only a secret from a mail leads to, and parts of pages."""


def places_in(server: Server) -> dict[str, str]:
    """Return the ids of things to look at; what the demonstration lacks is made for the occasion."""
    with person(server, "city1") as member:
        mandate = member.read("/me")["mandates"][0]["id"]
    drafting, drafted = begun(server)
    endorsing, endorsed = in_endorsement(server)
    publishing, waiting = in_publication(server)
    mail = invited(server, endorsing)
    lesson, lesson_translation = lesson_translated(server)
    with person(server) as visitor:
        agenda, published = agenda_in(visitor, "amending"), agenda_in(visitor, "follow_up")
        asks = visitor.all(f"/agendas/{agenda['id']}/recommendations")
        ask = max(asks, key=lambda r: (r["current_version"]["number"], r["colliding"], r["comments"]))
        old = visitor.all(f"/agendas/{published['id']}/recommendations")[0]
        open_ones = [
            a for a in visitor.all(f"/recommendations/{ask['id']}/amendments") if a["decided_at"] is None
        ]
        every = visitor.all(f"/agendas/{agenda['id']}/amendments")
        compromise = next(a for a in every if a["covers"])
        translations = [t for r in asks for t in visitor.all(f"/recommendations/{r['id']}/translations")]
        translation = next(t for t in translations if t["stale"])
        edition = visitor.all(f"/agendas/{published['id']}/editions")[0]
        return {
            "drafting": drafting,
            "drafted": drafted,
            "endorsing": endorsing,
            "endorsed": endorsed,
            "publishing": publishing,
            "waiting": waiting,
            "mail": mail,
            "overtaken": overtaken(server),
            "mine": tabled(server, ask["id"]),
            "compromise": compromise["id"],
            "covered": compromise["covers"][0]["id"],
            "mediated": compromise["recommendation_id"],
            "mandate": mandate,
            "translation": translation["id"],
            "translated": translation["recommendation_id"],
            "lesson": lesson,
            "lesson_translation": lesson_translation,
            "old_lesson": visitor.all(f"/agendas/{published['id']}/lessons")[0]["id"],
            "old_evidence": visitor.all(f"/agendas/{published['id']}/evidence")[0]["id"],
            "agenda": agenda["id"],
            "published": published["id"],
            "recommendation": ask["id"],
            "amendment": open_ones[0]["id"],
            "comment": visitor.all(f"/recommendations/{ask['id']}/comments")[0]["id"],
            "position": visitor.all(f"/recommendations/{old['id']}/positions")[0]["id"],
            "edition": edition["id"],
            "code": code_of(edition["digest"]),
        }
