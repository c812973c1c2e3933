"""What an Akoma Ntoso document says of itself: which work, which expression of it, who wrote it and when."""

import hashlib
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from service.adapters.pdf.akoma.texts import add
from service.domain import publication
from service.domain.publication import Amendment, Organisation, Snapshot

EDITOR, SYSTEM = "#editor", "#sympolity"
_LANGUAGES = {
    "ar": "ara",
    "ca": "cat",
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "it": "ita",
    "nl": "nld",
    "pt": "por",
}


def tongue(tag: str) -> str:
    """Return the three letters of a language that the standard asks for; the tag itself where there are none here."""
    return _LANGUAGES.get(tag.split("-", maxsplit=1)[0].lower(), tag)


def organisation(one: str) -> str:
    """Return the reference to an organisation by its id."""
    return f"#org_{one}"


def work_of(snapshot: Snapshot) -> str:
    """Return the address of the agenda as a work: the same for all of its editions."""
    day = snapshot.meeting.starts.isoformat()
    named = hashlib.sha256(f"{snapshot.programme}\n{snapshot.meeting.name}\n{day}".encode()).hexdigest()
    return f"/akn/eu/doc/agenda/{day}/{named[:16]}"


@dataclass(frozen=True, slots=True)
class _Identity:
    work: str
    expression: str
    language: str
    written: date
    part: str
    author: str
    number: str
    name: str


def write_agenda(snapshot: Snapshot, parent: Element) -> None:
    """Write what the agenda says of itself."""
    day = snapshot.assembled_at.date()
    language = tongue(snapshot.language)
    work = work_of(snapshot)
    meta = add(parent, "meta")
    expression = f"{work}/{language}:edition-{snapshot.edition}@{day.isoformat()}"
    _identify(
        meta,
        _Identity(work, expression, language, day, "main", EDITOR, str(snapshot.edition), snapshot.title),
    )
    lifecycle = add(meta, "lifecycle", source=SYSTEM)
    started = snapshot.meeting.starts.isoformat()
    add(lifecycle, "eventRef", eId="event_meeting", date=started, source="#ro_agenda", type="generation")
    if snapshot.corrigendum is not None:
        add(
            lifecycle,
            "eventRef",
            eId="event_edition",
            date=day.isoformat(),
            source="#ro_replaced",
            type="amendment",
        )
    references = add(meta, "references", source=SYSTEM)
    digest = publication.digest(snapshot)
    add(
        references,
        "original",
        eId="ro_agenda",
        href=f"urn:sha256:{digest}",
        showAs=f"Edition {snapshot.edition}",
    )
    if snapshot.corrigendum is not None:
        replaced = snapshot.corrigendum
        show = f"Edition {replaced.edition}"
        add(references, "passiveRef", eId="ro_replaced", href=f"urn:sha256:{replaced.digest}", showAs=show)
    add(
        references,
        "TLCOrganization",
        eId="editor",
        href="/ontology/organization/editor",
        showAs=snapshot.editor,
    )
    add(references, "TLCObject", eId="sympolity", href="/ontology/object/sympolity", showAs="Sympolity")
    for one in snapshot.organisations:
        _refer(references, one)


def write_amendment(snapshot: Snapshot, ask: int, amendment: Amendment, parent: Element) -> None:
    """Write what an amendment says of itself."""
    place = f"am_{amendment.number}"
    work = f"{work_of(snapshot)}/recommendation-{ask}/amendment-{amendment.number}"
    day = amendment.decided_on or snapshot.assembled_at.date()
    language = tongue(amendment.language)
    author = organisation(amendment.organisations[0]) if amendment.organisations else EDITOR
    meta = add(parent, "meta")
    name = f"Amendment {amendment.number} to recommendation {ask}"
    _identify(
        meta,
        _Identity(
            work,
            f"{work}/{language}@{day.isoformat()}",
            language,
            day,
            place,
            author,
            str(amendment.number),
            name,
        ),
    )


def _refer(references: Element, one: Organisation) -> None:
    reference = organisation(one.id)[1:]
    add(
        references, "TLCOrganization", eId=reference, href=f"/ontology/organization/{one.id}", showAs=one.name
    )


def _identify(meta: Element, one: _Identity) -> None:
    whole = add(meta, "identification", source=SYSTEM)
    day = one.written.isoformat()
    work = add(whole, "FRBRWork")
    add(work, "FRBRthis", value=f"{one.work}/!{one.part}")
    add(work, "FRBRuri", value=one.work)
    add(work, "FRBRdate", date=day, name="Generation")
    add(work, "FRBRauthor", href=one.author)
    add(work, "FRBRcountry", value="eu")
    add(work, "FRBRnumber", value=one.number)
    add(work, "FRBRname", value=one.name)
    expression = add(whole, "FRBRExpression")
    add(expression, "FRBRthis", value=f"{one.expression}/!{one.part}")
    add(expression, "FRBRuri", value=one.expression)
    add(expression, "FRBRdate", date=day, name="Generation")
    add(expression, "FRBRauthor", href=one.author)
    add(expression, "FRBRlanguage", language=one.language)
    manifestation = add(whole, "FRBRManifestation")
    add(manifestation, "FRBRthis", value=f"{one.expression}/!{one.part}.xml")
    add(manifestation, "FRBRuri", value=f"{one.expression}.akn")
    add(manifestation, "FRBRdate", date=day, name="Generation")
    add(manifestation, "FRBRauthor", href=SYSTEM)
