"""What the API's description says in plain words."""

ABOUT = """\
The whole work on an advocacy agenda: recommendations, amendments, comments, positions, consolidation, and the
signed edition.

**Reading** needs no token where a thing is public. **Acting** needs `Authorization: Bearer` with an API token, or the
session cookie of a page on the same site. Every act is done by a person on behalf of an organisation: name it in
`on_behalf_of`, or leave it out where only one of your mandates fits.

**Errors** are `application/problem+json` (RFC 9457) with a stable `code`; `errors` names each field with what to do.
`detail` and `errors` speak the language of your Accept-Language header: Arabic, English, French, Portuguese or
Spanish. What is wrong with the form of a request is told in English.

**Lists** answer `{"items": [...], "next": cursor}`; send `next` as `cursor` for the following page.

**ETags**: every GET answers one, and 304 to If-None-Match. PATCH and DELETE need If-Match with the ETag that you read;
other actions on an existing thing honour it when you send it.

**Idempotency-Key**: send one with a POST that creates something; sent again, it answers with the same thing and
`Idempotency-Replayed: true`. With another body it is refused.

Bodies are JSON in UTF-8 of at most 1 MiB. Fields that are not listed, fields sent twice and values of another type are
refused. Times are RFC 3339 in UTC. Offsets into texts count code points.
"""

TAGS = {
    "Agendas": "Rounds: their timetable, their phases, who takes part.",
    "Recommendations": "Numbered asks, and whether they pass.",
    "Versions": "The immutable states of a recommendation's text, and who brought which words.",
    "Amendments": "Proposed changes: tabling, co-signing, carrying over to a newer text.",
    "Decisions": "The rapporteur's opinion on an amendment, and what becomes of it.",
    "Consolidation": "Which amendments collide, and the next version made of those accepted.",
    "Comments": "Threads on a phrase, a block, or the whole.",
    "Assessments": "What EU services find of one exact text.",
    "Review": "The changes that somebody looks through, and the views of them that they keep.",
    "Positions": "What organisations say of one exact text.",
    "Translations": "Recommendations and lessons in other languages: a courtesy beside the words that count.",
    "Lessons": "What was learnt, and the shared list of at most ten.",
    "Evidence": "What underpins the claims.",
    "Editions": "Published states of an agenda: approval, signed PDF, verification.",
    "Organisations": "Who takes part, their partnerships, and who may act for them.",
    "People": "Accounts, and who you are to the service.",
    "Record": "Everything that happened, hash-chained.",
    "Operation": "For the coordination facility: outgoing mail, and the work in the background.",
    "Webhooks": "Programs that are told what happens in an agenda, signed after the rules of Standard Webhooks.",
}

RESULTS = {
    200: "Done; this is how it is now.",
    201: "Created; this is the whole of it.",
    204: "Done; there is nothing to show.",
    304: "You have this already.",
}
