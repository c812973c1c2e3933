"""Invented editions: an ordinary one with a little of everything, and knobs for more of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from service.domain import publication
from service.domain.changes import changes_between
from service.domain.checkpoints import Checkpoint
from service.domain.corrigenda import Corrigendum
from service.domain.merkle import Frontier, Tree
from service.domain.publication import (
    Amendment,
    Approval,
    Evidence,
    Lesson,
    Meeting,
    Organisation,
    Outcome,
    Participants,
    Position,
    Provenance,
    Recommendation,
    RecordHead,
    Run,
    Signatory,
    Snapshot,
    Step,
    Version,
)
from service.domain.receipts import Proven, Receipts
from service.domain.record import Entry
from service.domain.record import digest as record_digest
from service.domain.seals import SigningPerson
from service.domain.text import Block, BlockKind, Mark, MarkKind, digest
from tests.fakes import a_notary

PLACES = ("Port", "Valle", "San", "Alta", "Nova", "Ribera", "Kesi", "Dawa", "Puerto", "Monte")
NAMES = (
    "Amara",
    "Lindahl",
    "Firmo",
    "Oderwald",
    "Marisca",
    "Vilaró",
    "Ngola",
    "Haarle",
    "Bukori",
    "Trevanne",
)
COUNTRIES = ("Arendia", "Lusvia", "Kordova", "Tamsa", "Oostmark")
REGIONS = ("Africa", "Asia and the Pacific", "Europe", "Latin America and the Caribbean", "Neighbourhood")
THEMES = ("Sustainability", "Partnership", "Finance")
ADDRESSEES = ("EU headquarters", "EU Delegations", "Cities", "Other actors")
TITLES = (
    "Write decentralised cooperation into the next financing instrument with an amount of its own",
    "Keep what the programme has learnt open to every city in one place, after the projects end",
    "Name cities as partners in the projects that are built on their ground",
    "Make room for city partnerships in every country programme",
    "Let mayors sit at the table when investment reaches their city",
    "Pay small contracts through cities that have proven they can",
    "Set aside one per cent of each partner’s own budget for what comes after",
)
ASK = (
    "EU Delegations should give city-to-city partnerships a place of their own in each multiannual country "
    "programme, with a named contact and a dialogue twice a year."
)
WHY = (
    (
        "Partnerships have shown results that programmes of other kinds rarely reach: water boards that learn from "
        "each other, waste collected in quarters without an address, transport plans that survive an election. Yet in "
        "most countries they stand beside the portfolio, not in it."
    ),
    (
        "The mid-term review of programming is the last moment to change this. What is not written into the programmes "
        "now will wait until the next cycle, and by then many of the partnerships will have ended."
    ),
)
STANCES = ("endorsed",) * 7 + (
    "endorsed_with_reservation",
    "no_objection",
    "objection",
    "abstained",
    "recused",
    "",
)
STATES = ("accepted", "rejected", "accepted_modified", "withdrawn", "fallen", "under_examination")


def an_organisation(index: int) -> Organisation:
    name = f"{PLACES[index % 10]} {NAMES[(index // 10 + index) % 10]}"
    if index >= 100:
        name += f" {index}"
    return Organisation(
        id=f"org{index:04}",
        name=name,
        kind="city",
        country=COUNTRIES[index % 5],
        region=REGIONS[(index // 2) % 5],
        partnership=f"{PLACES[index // 2 % 10]}–{NAMES[index // 4 % 10]} {index // 2 + 1}",
    )


def blocks_of(number: int) -> tuple[Block, ...]:
    title = TITLES[(number - 1) % len(TITLES)]
    key = f"r{number}"
    return (
        Block(f"{key}b1", BlockKind.HEADING, title, level=1),
        Block(f"{key}b2", BlockKind.PARAGRAPH, ASK, marks=(Mark(MarkKind.STRONG, 3, 14),)),
        Block(f"{key}b3", BlockKind.PARAGRAPH, WHY[0]),
        Block(
            f"{key}b4", BlockKind.LIST_ITEM, "nine of eleven water projects outlived their funding;", level=1
        ),
        Block(f"{key}b5", BlockKind.LIST_ITEM, "six of them now train a third city.", level=1),
        Block(f"{key}b6", BlockKind.QUOTATION, "We did not get a project, we got a colleague who answers."),
        Block(
            f"{key}b7",
            BlockKind.PARAGRAPH,
            WHY[1],
            marks=(Mark(MarkKind.EMPHASIS, 4, 19), Mark(MarkKind.LINK, 57, 69, "https://example.org/review")),
        ),
    )


def an_amendment(number: int, ask: int, organisations: int) -> Amendment:
    blocks = blocks_of(ask)
    block = blocks[1 + number % 3]
    words = block.text.split()
    cut = number % 5 + 2
    amended = " ".join([*words[:cut], "without delay and", *words[cut + 2 :]])
    base: tuple[Block, ...] = (block,)
    proposal: tuple[Block, ...] = (Block(block.id, block.kind, amended),)
    if number % 7 == 3:
        proposal = (
            block,
            Block(f"new{number}", BlockKind.PARAGRAPH, "Cities report once a year on what came of it."),
        )
    if number % 7 == 5:
        proposal = ()
    state = STATES[number % len(STATES)]
    return Amendment(
        number=number,
        organisations=tuple(
            an_organisation((number * 3 + i) % max(organisations, 1)).id for i in range(number % 4 + 1)
        ),
        base_version=2,
        target=2 + number % 3,
        language=("en", "fr", "es", "pt")[number % 4],
        base=base,
        amended=proposal,
        justification=f"A year is longer than most budgets; amendment {number} shortens the wait.",
        state=state,
        reason="" if state.startswith("accepted") else f"The sense is kept by version {number % 3 + 2}.",
        decided_on=date(2024, 2, 1 + number % 28) if state != "under_examination" else None,
        incorporated_in=3 if state.startswith("accepted") else None,
        compromise_of=(number - 2, number - 1) if number % 9 == 8 else (),
    )


def a_recommendation(number: int, *, organisations: int, amendments: int) -> Recommendation:
    blocks = blocks_of(number)
    positions = []
    for index in range(organisations):
        stance = STANCES[(index * 5 + number * 3) % len(STANCES)]
        if not stance:
            continue
        reserved, against = (
            stance == "endorsed_with_reservation" and index < 30,
            stance == "objection" and index < 26,
        )
        said = f"a dialogue twice a year needs staff that small Delegations lack (case {index})."
        positions.append(
            Position(
                an_organisation(index).id,
                stance,
                reservation=("scrutiny", "linguistic", "substantive")[index % 3] if reserved else "",
                statement=said if reserved or against else "",
                resolved_by="A yearly rhythm for small Delegations." if against else "",
            )
        )
    ask = blocks[1]
    cut = len(ask.text) - 22
    return Recommendation(
        number=number,
        title=blocks[0].text,
        addressee=ADDRESSEES[number % 4],
        theme=THEMES[number % 3],
        version=Version(3, digest(blocks)),
        blocks=blocks,
        outcome=Outcome(
            passed=True,
            sentence="Passed: 51 of 57 partnerships endorse it, 40 were needed; no open objection blocks.",
        ),
        positions=tuple(positions),
        amendments=tuple(an_amendment(number * 100 + i, number, organisations) for i in range(amendments)),
        provenance=(
            Provenance(ask.id, (Run(0, cut, "version 1"), Run(cut, len(ask.text), f"amendment {number}04"))),
            Provenance(blocks[2].id, (Run(0, len(blocks[2].text), "version 1"),)),
        ),
        evidence=(
            Evidence(
                1,
                "Strategic and monitoring report",
                "Coordination facility",
                "14",
                "nine of eleven water projects went on without us",
                blocks=(blocks[2].id, blocks[3].id),
            ),
            Evidence(2, "Lesson learnt 3"),
            Evidence(
                3, "Survey of Delegations, question 7", "Survey", url="https://example.org/survey?question=7"
            ),
        ),
        success="By 2026, two thirds of the Delegations name a contact for cities and report on the dialogue.",
        due="the 2024 mid-term review",
    )


def an_edition(*, asks: int = 3, organisations: int = 12, amendments: int = 4, lessons: int = 3) -> Snapshot:
    return Snapshot(
        programme="Partnerships for Sustainable Cities",
        title="What 57 city partnerships ask of the European Union",
        subtitle="Advocacy agenda, Barcelona 2024",
        meeting=Meeting("Second global meeting", "Barcelona", date(2024, 3, 12), date(2024, 3, 14)),
        edition=1,
        assembled_at=datetime(2024, 3, 14, 16, 20, tzinfo=UTC),
        language="en",
        status="adopted by 51 of 57 partnerships",
        editor="Coordination facility",
        record=RecordHead(4412, hashlib.sha256(b"record").hexdigest()),
        participants=Participants(57, 51, 212, "All organisations named here are invented."),
        recommendations=tuple(
            a_recommendation(number, organisations=organisations, amendments=amendments)
            for number in range(1, asks + 1)
        ),
        lessons=tuple(
            Lesson(
                number,
                f"Lesson {number}: a partnership that shares its mistakes early saves its successor a year.",
                (Evidence(1, f"Report of project {number}", "Archive", "3"),),
            )
            for number in range(1, lessons + 1)
        ),
        organisations=tuple(an_organisation(index) for index in range(organisations)),
        mandate="The partnerships met to agree on what they ask of the European Union once the programme ends.",
        method=(
            "The coordination facility drafted; every participant could comment and amend.",
            "Amendments were decided in public, each with its reason.",
            "Organisations took positions on exactly the text that is printed here.",
        ),
        steps=(
            Step(datetime(2024, 1, 15, 8, 0, tzinfo=UTC), "The commenting phase opened."),
            Step(datetime(2024, 2, 1, 8, 0, tzinfo=UTC), "The amending phase opened."),
            Step(datetime(2024, 3, 1, 18, 0, tzinfo=UTC), "The endorsement phase opened."),
        ),
        imprint=("This paper may be shared and adapted with its source named (CC BY 4.0).",),
        changes=("First edition.",),
        demo=True,
    )


def a_corrected_edition(**sizes: int) -> Snapshot:
    """Return a second edition, in which the first ask has other words and one organisation another position.

    It carries a proof for each of its positions.
    """
    before = an_edition(**sizes)
    first, *others = before.recommendations
    ask = replace(first.blocks[1], text=first.blocks[1].text.replace("twice", "three times"))
    blocks = (first.blocks[0], ask, *first.blocks[2:])
    said = (replace(first.positions[0], stance="abstained"), *first.positions[1:])
    changed = replace(first, version=Version(4, digest(blocks)), blocks=blocks, positions=said)
    after = proven(replace(before, edition=2, recommendations=(changed, *others)))
    reason = "The number of meetings was printed wrong.\nThe city of the first position asked for it to be put right."
    corrigendum = Corrigendum(
        1, date(2024, 3, 15), publication.digest(before), reason, changes_between(before, after)
    )
    return replace(after, corrigendum=corrigendum)


def proven(edition: Snapshot) -> Snapshot:
    """Return an edition whose positions stand in a record, one after the other, with the proofs of it."""
    entries: list[Entry] = []

    def told(position: Position, version: Version) -> Position:
        number = len(entries) + 1
        data = {"organisation_id": position.organisation, "digest": version.digest, "stance": position.stance}
        entry = Entry(
            "round", number, edition.assembled_at, "position.taken", f"p{number}", None, None, None, data
        )
        entries.append(entry)
        return replace(position, entry=number)

    asks = tuple(
        replace(ask, positions=tuple(told(one, ask.version) for one in ask.positions))
        for ask in edition.recommendations
    )
    notary, leaves = a_notary(), [record_digest(entry.leaf) for entry in entries]
    tree, root = Tree(leaves), Frontier().extend(leaves).root.hex()
    note = notary.sign(Checkpoint("sympolity.example/round", len(entries), root, edition.assembled_at))
    receipts = tuple(
        Proven(entry.leaf, at, tuple(hash_.hex() for hash_ in tree.inclusion(at, len(entries))))
        for at, entry in enumerate(entries)
    )
    return replace(edition, recommendations=asks, proofs=Receipts(note.text, notary.key.text, receipts))


def an_approval() -> Approval:
    return Approval("Asta Invented", "Bo Invented", datetime(2024, 3, 15, 9, 5, tzinfo=UTC))


SIGNING = (
    SigningPerson("Bo Invented", "bo@city.example"),
    SigningPerson("Cy Invented", "cy@network.example"),
)


def signed_by(certificates: Sequence[str], *, at: datetime | None = None) -> Approval:
    """Return an approval by two signatories, with the certificates of their keys; empty for one without a key."""
    signed_at = at or datetime(2024, 3, 15, 9, 5, tzinfo=UTC)
    pairs = zip(SIGNING, certificates, strict=True)
    signatories = tuple(Signatory(one.name, "City of Vilaró", signed_at, found) for one, found in pairs)
    return replace(an_approval(), signatories=signatories)


VERIFY_URL = "https://sympolity.example.org/editions/7Q2K9MXD/verification"
