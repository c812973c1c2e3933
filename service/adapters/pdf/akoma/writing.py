"""The agenda as a document of Akoma Ntoso, and each of its amendments as a document inside it."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, tostring

from service.adapters.pdf.akoma import metadata
from service.adapters.pdf.akoma.texts import add, write_blocks, write_words
from service.domain.publication import Amendment, Evidence, Recommendation, Snapshot
from service.domain.text import Block, BlockKind

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def write(snapshot: Snapshot) -> bytes:
    """Return an edition's text, lessons and amendments as Akoma Ntoso 3, in UTF-8.

    The same edition gives the same bytes. Positions are not in it: the standard has no words for them.
    """
    root = Element("akomaNtoso", xmlns=NAMESPACE)
    agenda = add(root, "doc", name="agenda")
    metadata.write_agenda(snapshot, agenda)
    _preface(snapshot, agenda)
    body = add(agenda, "mainBody", eId="body")
    for ask in snapshot.recommendations:
        _recommendation(ask, body)
    _lessons(snapshot, body)
    amended = [(ask, one) for ask in snapshot.recommendations for one in ask.amendments]
    if amended:
        components = add(agenda, "components")
        for ask, amendment in amended:
            _amendment(snapshot, ask, amendment, add(components, "component", eId=f"am_{amendment.number}"))
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _preface(snapshot: Snapshot, agenda: Element) -> None:
    preface = add(agenda, "preface", eId="preface")
    add(add(preface, "p"), "docTitle", snapshot.title)
    add(add(preface, "p"), "docPurpose", snapshot.subtitle)
    meeting = snapshot.meeting
    line = add(preface, "p", f"{snapshot.programme}. {meeting.name}, ")
    place = add(line, "span", meeting.place)
    place.tail = ", "
    add(line, "date", f"{meeting.starts.isoformat()}", date=meeting.starts.isoformat()).tail = " – "
    add(line, "date", f"{meeting.ends.isoformat()}", date=meeting.ends.isoformat())
    number = add(preface, "p", "Edition ")
    add(number, "docNumber", str(snapshot.edition))
    add(add(preface, "p"), "docStatus", snapshot.status)
    if snapshot.corrigendum is not None:
        add(preface, "p", snapshot.corrigendum.reason)
    if snapshot.mandate:
        add(preface, "p", snapshot.mandate)


def _recommendation(ask: Recommendation, body: Element) -> None:
    place = f"rec_{ask.number}"
    whole = add(body, "hcontainer", name="recommendation", eId=place)
    add(whole, "num", str(ask.number))
    title = ask.blocks[0] if ask.blocks else Block("", BlockKind.HEADING, ask.title, level=1)
    named = {"eId": f"{place}__text__block_1", "wId": f"block_{title.id}"} if ask.blocks else {}
    write_words(title, add(whole, "heading", **named))
    facts = (("addressee", ask.addressee), ("theme", ask.theme), ("date", ask.due))
    text = add(whole, "hcontainer", name="text", eId=f"{place}__text")
    content = add(text, "content")
    write_blocks(ask.blocks[1:], content, f"{place}__text", first=2)
    if len(ask.blocks) < 2:  # noqa: PLR2004  a title alone
        add(content, "p")
    for name, value in facts:
        if value:
            _said(name, (value,), whole, place)
    if ask.success:
        _said("success", (ask.success,), whole, place)
    _said("outcome", (ask.outcome.sentence,), whole, place)
    if ask.evidence:
        _said("evidence", [_cited(one) for one in ask.evidence], whole, place)


def _said(name: str, lines: Sequence[str], parent: Element, place: str) -> None:
    content = add(add(parent, "hcontainer", name=name, eId=f"{place}__{name}"), "content")
    for line in lines:
        add(content, "p", line)


def _cited(one: Evidence) -> str:
    quoted = f"“{one.quotation}”" if one.quotation else ""
    return ", ".join(
        part for part in (one.title, one.source, one.page and f"p. {one.page}", quoted, one.url) if part
    )


def _lessons(snapshot: Snapshot, body: Element) -> None:
    for lesson in snapshot.lessons:
        place = f"lesson_{lesson.number}"
        whole = add(body, "hcontainer", name="lesson", eId=place)
        add(whole, "num", str(lesson.number))
        content = add(whole, "content")
        add(content, "p", lesson.text)
        for one in lesson.evidence:
            add(content, "p", _cited(one))
    if not snapshot.recommendations and not snapshot.lessons:
        add(body, "p", "This edition holds no recommendation.")


def _amendment(snapshot: Snapshot, ask: Recommendation, amendment: Amendment, component: Element) -> None:
    place = f"am_{amendment.number}"
    whole = add(component, "amendment", name="amendment")
    metadata.write_amendment(snapshot, ask.number, amendment, whole)
    body = add(whole, "amendmentBody")
    heading = add(body, "amendmentHeading", eId=f"{place}__heading")
    line = add(heading, "p", "Amendment ")
    add(line, "docNumber", str(amendment.number))
    for one in amendment.organisations:
        proponent = add(heading, "p")
        reference = {"refersTo": metadata.organisation(one)}
        known = any(organisation.id == one for organisation in snapshot.organisations)
        add(proponent, "docProponent", snapshot.organisation_name(one), **(reference if known else {}))
    target = add(add(body, "amendmentReference", eId=f"{place}__reference"), "p")
    where = f"Recommendation {ask.number}, version {amendment.base_version}, paragraph {amendment.target}"
    add(target, "ref", where, href=f"#rec_{ask.number}")
    for covered in amendment.compromise_of:
        add(add(heading, "p"), "ref", f"Covers amendment {covered}", href=f"#am_{covered}")
    _quoted(amendment, add(body, "amendmentContent", eId=f"{place}__content"), place)
    add(add(body, "amendmentJustification", eId=f"{place}__justification"), "p", amendment.justification)
    _decided(amendment, whole)


def _quoted(amendment: Amendment, content: Element, place: str) -> None:
    change = add(add(content, "p"), "mod", eId=f"{place}__mod")
    for name, blocks in (("old", amendment.base), ("new", amendment.amended)):
        quoted = f"{place}__mod__{name}"
        structure = add(change, "quotedStructure", eId=quoted)
        _quote(blocks, structure, quoted)


def _quote(blocks: Sequence[Block], structure: Element, place: str) -> None:
    if blocks:
        write_blocks(blocks, structure, place)
    else:
        add(structure, "p")


def _decided(amendment: Amendment, whole: Element) -> None:
    conclusions = add(whole, "conclusions", eId=f"am_{amendment.number}__outcome")
    line = add(conclusions, "p")
    add(line, "docStatus", amendment.state.replace("_", " "))
    if amendment.decided_on is not None:
        line[-1].tail = ", "
        add(line, "date", amendment.decided_on.isoformat(), date=amendment.decided_on.isoformat())
    if amendment.reason:
        add(conclusions, "p", amendment.reason)
    if amendment.incorporated_in is not None:
        add(conclusions, "p", f"Worked into version {amendment.incorporated_in}.")
