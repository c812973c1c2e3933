"""The close of a rendition: who stands behind the edition, and how its paper is checked."""

from service.domain.publication import Approval
from service.domain.renditions.tree import (
    Heading,
    Line,
    Manner,
    Paragraph,
    Piece,
    Section,
    Terms,
    Words,
    line,
    link,
    said,
)
from service.domain.renditions.voice import woven
from service.domain.renditions.writing import Writing

COMMAND = "sympolity verify agenda.pdf --trust roots.pem"


def closing(writing: Writing) -> Section:
    """Return who assembled the edition, who signed or approved it, its digests, and how anyone can check the paper."""
    say, snapshot, facts = writing.voice.say, writing.snapshot, writing.facts
    entries = [
        (line(say("Electronic seal")), (line(writing.its(snapshot.editor)),)),
        *_people(writing, facts.approval),
        (line(say("Digest of the agenda")), ((Words(facts.digest, code=True),),)),
        (line(say("Digest of the file")), ((Words(facts.file_digest, code=True),),)),
    ]
    if snapshot.demo:
        demo = say("Demonstration seal: it proves nothing outside the demo.")
        entries[0] = (entries[0][0], (*entries[0][1], line(demo)))
    online = woven(
        writing.voice,
        "Open %(address)s and give the PDF to the page; it says in plain words what is proven.",
        {"address": link(facts.check, facts.check)},
    )
    offline = say(
        "Run this command. It needs no network, trusts only the roots that you give it, and answers 0 for valid, "
        "1 for broken, 2 for not sealed, 3 where it cannot tell."
    )
    text = say(
        "The PDF is sealed. If one byte of it has changed, the check fails. It also holds the data of everything that "
        "stands here, so that no one has to trust these words: the digest of the agenda is the SHA-256 of those data."
    )
    pieces: list[Piece] = [
        said(text),
        Terms(tuple(entries)),
        Heading(line(say("Online"))),
        Paragraph(online),
        Heading(line(say("Offline"))),
        said(offline),
        Paragraph((Words(COMMAND, code=True),), Manner.CODE),
        Heading(line(say("What is attached to the paper"))),
        Terms(_attached(writing)),
    ]
    title = line(say("How to check the paper"))
    return Section("signatures", line(say("Signatures")), title, tuple(pieces))


def _attached(writing: Writing) -> tuple[tuple[Line, tuple[Line, ...]], ...]:
    say, proofs = writing.voice.say, writing.snapshot.proofs
    files = [
        ("agenda.json", say("The agenda, its amendments, positions and evidence as data.")),
        ("rendering.json", say("How the paper was made from these data, so that anyone can make it again.")),
        ("agenda.akn.xml", say("The text and its amendments in Akoma Ntoso, the format of parliaments.")),
    ]
    if proofs is not None and proofs.receipts:
        files.append(
            (
                "proofs.json",
                say("For each position, the entry of the record that tells of it, with its proof."),
            )
        )
    return tuple((line(Words(name, code=True)), (line(what),)) for name, what in files)


def _people(writing: Writing, approval: Approval) -> list[tuple[Line, tuple[Line, ...]]]:
    voice = writing.voice
    found: list[tuple[Line, tuple[Line, ...]]] = []
    if approval.assembled_by:
        when = voice.moment(writing.snapshot.assembled_at)
        found.append(
            (line(voice.say("Assembled by")), (line(Words(approval.assembled_by, name=True), f" · {when}"),))
        )
    for one in approval.signatories:
        name, organisation = Words(one.name, name=True), Words(one.organisation, name=True)
        when = voice.moment(one.signed_at)
        found.append((line(voice.say("Signed by")), (line(name, ", ", organisation, f" · {when}"),)))
    if approval.approved_by and approval.approved_at and not approval.signatories:
        when = voice.moment(approval.approved_at)
        found.append(
            (line(voice.say("Approved by")), (line(Words(approval.approved_by, name=True), f" · {when}"),))
        )
    return found
