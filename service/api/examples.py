"""An example of every body that the API takes, and of answers that take explaining; all about one recommendation."""

from collections.abc import Mapping
from typing import Any

from service.api import (
    agendas,
    amendments,
    amendments_carried,
    assessments,
    comments,
    confirmations,
    consolidation,
    corrections,
    deciding,
    decisions,
    editions,
    evidence,
    lessons,
    mandates,
    notifications,
    organisations,
    participants,
    partnerships,
    persons,
    phases,
    positions,
    recommendations,
    review,
    tasks,
    tokens,
    translations,
    versions,
    webhooks,
    weighing,
)

AGENDA = "01J9ZC5V7N8Q4T2X6B3D0KMRWA"
CITY = "01J9ZC5V7N8Q4T2X6B3D0KMRWB"
OTHER_CITY = "01J9ZC5V7N8Q4T2X6B3D0KMRWC"
RECOMMENDATION = "01J9ZC5V7N8Q4T2X6B3D0KMRWD"
VERSION = "01J9ZC5V7N8Q4T2X6B3D0KMRWE"
TITLE = "01J9ZC5V7N8Q4T2X6B3D0KMRWF"
ASK = "01J9ZC5V7N8Q4T2X6B3D0KMRWG"
AMENDMENT = "01J9ZC5V7N8Q4T2X6B3D0KMRWH"
OTHER_AMENDMENT = "01J9ZC5V7N8Q4T2X6B3D0KMRWJ"
PERSON = "01J9ZC5V7N8Q4T2X6B3D0KMRWK"
PROOF = "01J9ZC5V7N8Q4T2X6B3D0KMRWM"
DIGEST = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"

_HEADING = {"id": TITLE, "kind": "heading", "level": 1, "text": "Fund what lasts after a partnership ends"}
_TEXT = "Calls on the European Commission to reserve a tenth of each partnership's budget for its upkeep."
_AMENDED = [
    _HEADING,
    {"id": ASK, "kind": "paragraph", "text": _TEXT.replace("a tenth", "at least a tenth")},
    {"kind": "paragraph", "text": "Underlines that cities need this assurance before they sign."},
]

_TRANSLATED = [
    {"id": TITLE, "text": "Financer ce qui dure après un partenariat"},
    {
        "id": ASK,
        "text": "Invite la Commission européenne à réserver *un dixième* de chaque budget à l’entretien.",
    },
]

EXAMPLES: Mapping[type, dict[str, Any]] = {
    notifications.Tongue: {"language": "fr", "time_zone": "Africa/Dakar"},
    tasks.NewVisit: {"agenda_id": AGENDA, "entry": 211},
    weighing.Shortlisting: {"lesson_id": ASK, "reason": "Four partnerships have shown it."},
    weighing.NewRank: {"rank": 1},
    corrections.CorrectedLesson: {
        "text": "Plan with those who run it afterwards.",
        "reason": "A word was missing.",
    },
    corrections.CorrectedEvidence: {"page": "14", "reason": "The page was wrong."},
    translations.NewTranslation: {
        "language": "fr",
        "version_id": VERSION,
        "blocks": _TRANSLATED,
        "on_behalf_of": CITY,
    },
    translations.NewTranslationOfLesson: {
        "language": "fr",
        "version_id": "3f" * 32,
        "blocks": [{"id": "lesson", "text": "Prévoir l’entretien avant de construire."}],
        "on_behalf_of": CITY,
    },
    translations.RewrittenTranslation: {"version_id": VERSION, "blocks": _TRANSLATED, "on_behalf_of": CITY},
    notifications.NotificationWishes: {"decisions": "at_once", "phases": "daily", "publication": "off"},
    agendas.NewAgenda: {
        "title": "Advocacy agenda of the Lakeside meeting",
        "headline": "Cities that last",
        "programme": "Partnerships for Sustainable Cities",
        "meeting": "Meeting of the partnerships",
        "place": "Lakeside",
        "starts_on": "2027-03-10",
        "ends_on": "2027-03-12",
        "time_zone": "Europe/Brussels",
        "rule": {
            "counts": ["local_authority"],
            "quorum": {"of": 1, "per": 2},
            "threshold": {"of": 2, "per": 3},
            "blocking_objections": 0,
        },
        "timetable": {"amending": "2027-02-15T17:00:00Z"},
    },
    agendas.AgendaChanges: {"phase_closes_at": "2027-02-20T17:00:00Z"},
    agendas.PhaseMove: {"phase": "consolidation", "reason": "All amendments are in."},
    phases.NewDeadline: {
        "phase": "amending",
        "closes_at": "2027-02-20T17:00:00Z",
        "reason": "Ten cities asked for more time.",
    },
    phases.TakenBack: {"reason": "It was opened by mistake."},
    agendas.Participants: {"organisation_ids": [CITY, OTHER_CITY]},
    recommendations.NewRecommendation: {
        "addressee": "eu_headquarters",
        "theme": "Sustainability",
        "blocks": [
            {"kind": "heading", "level": 1, "text": _HEADING["text"]},
            {"kind": "paragraph", "text": _TEXT},
        ],
    },
    recommendations.NewOrder: {"recommendation_ids": [RECOMMENDATION]},
    recommendations.Withdrawal: {"reason": "Taken up by recommendation 4."},
    versions.NewVersion: {"base_version": VERSION, "blocks": _AMENDED, "note": "Clearer ask."},
    amendments.NewAmendment: {
        "base_version": VERSION,
        "on_behalf_of": CITY,
        "blocks": _AMENDED,
        "justification": "A tenth is what upkeep costs in the first year alone.",
        "language": "en",
    },
    amendments.DraftChanges: {"justification": "A tenth is what upkeep costs in the first year alone."},
    amendments_carried.Rebase: {},
    amendments.NewSignature: {"on_behalf_of": OTHER_CITY},
    decisions.NewOpinion: {"opinion": "accept", "reason": "It says what the text meant."},
    decisions.DecisionTrial: {"decision": "accepted"},
    decisions.NewDecision: {"decision": "rejected", "reason": "Covered by the second paragraph."},
    decisions.NewDecisions: {
        "amendments": [AMENDMENT, OTHER_AMENDMENT],
        "decision": "rejected",
        "reason": "Covered by the second paragraph.",
    },
    consolidation.Merge: {
        "preview": True,
        "resolutions": [{"amendments": [AMENDMENT, OTHER_AMENDMENT], "prefer": AMENDMENT}],
        "note": "Works in the amendments accepted so far.",
    },
    consolidation.Scenarios: {
        "first": {"amendments": [AMENDMENT]},
        "second": {"amendments": [OTHER_AMENDMENT]},
    },
    comments.NewComment: {
        "kind": "technical",
        "block_id": ASK,
        "quotation": "a tenth",
        "text": "Of the whole budget, or of the EU's share?",
        "on_behalf_of": CITY,
    },
    comments.NewReply: {"text": "Of the EU's share.", "on_behalf_of": OTHER_CITY},
    comments.NewPlace: {"block_id": ASK, "quotation": "its upkeep"},
    comments.NewResolution: {"action": "resolve", "text": "Made clear in version 2."},
    positions.NewPosition: {
        "version": VERSION,
        "digest": DIGEST,
        "stance": "objection",
        "statement": "A fixed share does not suit small cities.",
        "resolved_by": "Name a range instead of a share.",
        "on_behalf_of": CITY,
    },
    positions.Reconfirmation: {"version": VERSION, "digest": DIGEST},
    assessments.NewAssessment: {
        "version": VERSION,
        "digest": DIGEST,
        "fit": "needs_new",
        "strength": "some",
        "fit_note": "The present programme has no line for upkeep.",
        "strength_note": "Two results; a third from a small city would help.",
        "reference": "Programme for sustainable cities, chapter 4",
        "on_behalf_of": CITY,
    },
    review.ReviewAction: {
        "amendments": [AMENDMENT, OTHER_AMENDMENT],
        "action": "declare_inadmissible",
        "reason": "They came after the deadline.",
        "preview": True,
    },
    review.NewView: {"name": "Contested in Asia", "query": "region=asia_pacific&colliding=yes"},
    review.ViewName: {"name": "Contested in Asia and the Pacific"},
    lessons.NewLesson: {
        "text": "What a city keeps running was planned with those who run it.",
        "on_behalf_of": CITY,
        "evidence_ids": [PROOF],
    },
    evidence.NewEvidence: {
        "kind": "document",
        "title": "Upkeep of shared infrastructure",
        "source": "Lakeside city archive",
        "page": "12",
        "quotation": "Upkeep took eleven per cent of the first year's budget.",
        "invented": True,
        "underpins": [{"recommendation_id": RECOMMENDATION, "block_id": ASK}],
        "on_behalf_of": CITY,
    },
    editions.NewEdition: {"reason": "A misprint in recommendation 3 is put right.", "signatories": [PERSON]},
    editions.EditionWithdrawal: {"reason": "It was printed from the wrong text."},
    editions.Approval: {"digest": DIGEST},
    editions.Refusal: {"digest": DIGEST, "reason": "The second ask goes further than our mandate."},
    organisations.NewOrganisation: {
        "name": "Lakeside",
        "kind": "local_authority",
        "country": "Examplia",
        "region": "european_union",
        "invented": True,
    },
    organisations.NewMandate: {
        "person_id": PERSON,
        "role": "representative",
        "scopes": ["comment", "amend", "position"],
        "level": "political",
        "document": "Letter of the mayor, 4 January 2027",
    },
    mandates.NewAlternate: {"email": "bea@lakeside.example", "name": "Bea Example"},
    mandates.NewDelegation: {
        "email": "cleo@harbour.example",
        "name": "Cleo Example",
        "scopes": ["position"],
        "expires_at": "2027-02-28T22:00:00Z",
    },
    mandates.NewDocument: {"file": "JVBERi0xLjcKJSVFT0YK"},
    mandates.NewRevocation: {"reason": "The council has elected another mayor."},
    participants.NewImport: {"file": "b3JnYW5pc2F0aW9uLGtpbmQsY291bnRyeSxyZWdpb24K", "dry_run": True},
    participants.NewInvitations: {"person_id": PERSON},
    partnerships.NewPartnership: {
        "name": "Lakeside and Harbour",
        "region": "latin_america_caribbean",
        "themes": ["water"],
        "lead_id": CITY,
        "member_ids": [CITY, OTHER_CITY],
    },
    confirmations.NewConfirmation: {
        "action": "position.take",
        "object_id": RECOMMENDATION,
        "version": DIGEST,
        "content": DIGEST,
        "code": "492 039",
    },
    tokens.NewToken: {
        "name": "Our own list",
        "scopes": ["comment", "amend"],
        "expires_at": "2027-06-30T12:00:00Z",
    },
    webhooks.NewWebhook: {
        "url": "https://lakeside.example/news",
        "events": ["amendment.*", "position.taken"],
    },
    persons.NewPerson: {"email": "ada@lakeside.example", "name": "Ada Example", "language": "en"},
}

_FIRST, _SECOND = (
    {"id": i, "number": number, "state": "tabled", "organisations": [{"id": city, "name": name}]}
    for i, number, city, name in (
        (AMENDMENT, 1, CITY, "Lakeside"),
        (OTHER_AMENDMENT, 2, OTHER_CITY, "Harbour"),
    )
)

ANSWERS: Mapping[type, dict[str, Any]] = {
    deciding.DecidingOrder: {
        "groups": [
            {
                "place": 0,
                "kind": "incompatible",
                "wordings": [[_FIRST], [_SECOND]],
                "beside": [],
                "collisions": [
                    {
                        "first": _FIRST,
                        "second": _SECOND,
                        "kind": "deletion_contains_edit",
                        "block_id": ASK,
                        "start": 0,
                        "end": len(_TEXT),
                        "blocks_merge": True,
                    }
                ],
                "more_collisions": 0,
                "choices": [[0], [1]],
            }
        ],
        "decisions": [
            {
                "place": 1,
                "amendments": [_SECOND],
                "group": 0,
                "compromise": False,
                "distance": {"blocks": 1, "characters": len(_TEXT), "others": 0},
                "falls": [
                    {
                        "amendment": _FIRST,
                        "reasons": [
                            {"code": "struck_out", "sentence": "What it changes would be struck out."}
                        ],
                    }
                ],
                "more_falls": 0,
                "stays": [],
                "more_stays": 0,
            },
            {
                "place": 2,
                "amendments": [_FIRST],
                "group": 0,
                "compromise": False,
                "distance": {"blocks": 0, "characters": 9, "others": 0},
                "falls": [
                    {
                        "amendment": _SECOND,
                        "reasons": [{"code": "strikes_out", "sentence": "It strikes out what would stand."}],
                    }
                ],
                "more_falls": 0,
                "stays": [],
                "more_stays": 0,
            },
        ],
        "next": None,
    },
}
