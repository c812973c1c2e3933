"""A recommendation that everybody talks about, put into a database as it is: 500 amendments and 2,000 comments.

Beside it a round in which 120 organisations have taken positions on 30 recommendations.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from service.domain.actors import Organisation, OrganisationKind, Region
from service.domain.amendments import Amendment, AmendmentState
from service.domain.comments import Comment, CommentKind, CommentState, Reply
from service.domain.events import RecommendationDrafted
from service.domain.positions import Position, Stance
from service.domain.recommendations import (
    Addressee,
    Recommendation,
    RecommendationState,
    Version,
    new_version,
)
from service.domain.text import Block, BlockKind, diff
from service.store.engine import Database
from service.store.identity import Identity
from service.store.uow import UnitOfWork, unit_of_work

BLOCKS, WORDS, CROWDED = 12, 60, (3, 5)
"""Blocks below the title, words in each, and those of them that nearly everybody amends."""
VOCABULARY = (
    "cities",
    "partners",
    "councils",
    "budgets",
    "water",
    "regions",
    "funds",
    "people",
    "networks",
    "reports",
    "projects",
    "services",
    "rights",
    "housing",
    "transport",
    "energy",
)
_STATES = (
    *((AmendmentState.TABLED,) * 7),
    AmendmentState.ACCEPTED,
    AmendmentState.REJECTED,
    AmendmentState.WITHDRAWN,
)
_SETTLED = (
    CommentState.OPEN,
    CommentState.OPEN,
    CommentState.ANSWERED,
    CommentState.RESOLVED,
    CommentState.DECLINED,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks for an organisation."""

    person: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is said about one recommendation."""

    amendments: int = 500
    comments: int = 2_000
    replies: int = 3_000


@dataclass(frozen=True, slots=True)
class Crowded:
    """A recommendation with all that is said about it."""

    recommendation: str
    version: str
    amendments: tuple[str, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """Where things are put: a database, what makes ids, and the agenda."""

    database: Database
    new_id: Callable[[], str]
    agenda: str


def crowd(ground: Ground, voices: Sequence[Voice], scale: Scale, number: int = 900) -> Crowded:
    """Store a recommendation at its second version, the amendments to it and the comments on it."""
    random = Random(500)  # noqa: S311 - the same crowd each time, no secret
    with unit_of_work(ground.database, Identity(operator=True)) as work:
        known, first, now = _drafted(ground, work, voices[0], number, _draft(random))
        current = new_version(
            known,
            version_id=ground.new_id(),
            parent=first,
            person_id=voices[0].person,
            blocks=(*first.blocks[:-1], replace(first.blocks[-1], text=f"{first.blocks[-1].text} Together.")),
            provenance={},
            note="",
            now=now,
        )
        work.recommendations.add(known)
        work.versions.add(first)
        work.versions.add(current)
        work.flush()
        made = [
            _amendment(ground, work, random, current, (at, voices[at % len(voices)]))
            for at in range(scale.amendments)
        ]
        said = [
            _comment(ground, work, random, (first, current)[at % 4 > 0], voices[at % len(voices)])
            for at in range(scale.comments)
        ]
        for _ in range(scale.replies):
            voice = random.choice(voices)
            work.replies.add(
                Reply(
                    ground.new_id(),
                    random.choice(said),
                    voice.organisation,
                    voice.person,
                    _said(random, 25),
                    now,
                )
            )
        work.record(RecommendationDrafted(known.id, current.id, current.digest), agenda_id=ground.agenda)
    return Crowded(known.id, current.id, tuple(made), tuple(said))


def grid(ground: Ground, voice: Voice, organisations: int = 120, recommendations: int = 30) -> None:
    """Store organisations that take part, recommendations, and a position of each on nearly every one."""
    random = Random(120)  # noqa: S311 - the same positions each time, no secret
    with unit_of_work(ground.database, Identity(operator=True)) as work:
        taking = [_city(ground, work, number) for number in range(organisations)]
        work.flush()
        work.memberships.admit(ground.agenda, taking)
        for number in range(recommendations):
            known, version, now = _drafted(ground, work, voice, 100 + number, _draft(random))
            work.recommendations.add(known)
            work.versions.add(version)
            work.flush()
            for city in taking:
                if random.random() < 0.1:  # noqa: PLR2004 - one in ten is silent
                    continue
                work.positions.add(_position(ground, version, voice, city, now))
            work.record(RecommendationDrafted(known.id, version.id, version.digest), agenda_id=ground.agenda)


def _position(ground: Ground, version: Version, voice: Voice, city: str, now: datetime) -> Position:
    return Position(
        ground.new_id(), version.recommendation_id, city, voice.person, version.id, version.digest,
        Stance.ENDORSED, None, "", "", now,
    )  # fmt: skip


def _city(ground: Ground, work: UnitOfWork, number: int) -> str:
    city = Organisation(
        ground.new_id(),
        f"City number {number}",
        OrganisationKind.LOCAL_AUTHORITY,
        "",
        Region.LATIN_AMERICA_CARIBBEAN,
        invented=True,
    )
    work.organisations.add(city)
    return city.id


def _drafted(
    ground: Ground, work: UnitOfWork, voice: Voice, number: int, blocks: tuple[Block, ...]
) -> tuple[Recommendation, Version, datetime]:
    known = Recommendation(
        ground.new_id(),
        ground.agenda,
        number,
        Addressee.CITIES,
        "",
        "",
        ground.new_id(),
        1,
        RecommendationState.TABLED,
    )
    version = new_version(
        known, version_id=known.current_version_id, parent=None, person_id=voice.person, blocks=blocks, provenance={},
        note="", now=work.now,
    )  # fmt: skip
    return known, version, work.now


def _draft(random: Random) -> tuple[Block, ...]:
    title = Block("title", BlockKind.HEADING, "What everybody talks about", 1)
    return (
        title,
        *(Block(f"b{n:02}", BlockKind.PARAGRAPH, _said(random, WORDS)) for n in range(1, BLOCKS + 1)),
    )


def _said(random: Random, words: int) -> str:
    return " ".join(random.choices(VOCABULARY, k=words)).capitalize() + "."


def _amendment(ground: Ground, work: UnitOfWork, random: Random, base: Version, by: tuple[int, Voice]) -> str:
    at, voice = by
    blocks = _amended(random, base.blocks, at)
    amendment = Amendment(
        ground.new_id(), ground.agenda, base.recommendation_id, 1_000 + at, voice.organisation, voice.person, base.id,
        base.number, blocks, diff(base.blocks, blocks), _said(random, 30), "en", work.now, random.choice(_STATES),
        work.now,
    )  # fmt: skip
    work.amendments.add(amendment)
    return amendment.id


def _amended(random: Random, base: Sequence[Block], at: int) -> tuple[Block, ...]:
    """Return the text with a few words of a paragraph changed, or with one paragraph more."""
    blocks = list(base)
    where = CROWDED[at % 4 > 1] if at % 2 else random.randrange(1, len(blocks))
    if at % 10 == 0:
        new = Block(f"n{at}", BlockKind.PARAGRAPH, _said(random, 20))
        return (*blocks[: where + 1], new, *blocks[where + 1 :])
    words = blocks[where].text.split(" ")
    first = random.randrange(len(words) - 8)
    last = first + random.choice((1, 2, 3, 8))
    if where == CROWDED[0]:
        # What all of them replace has the middle in common.
        first, last = random.randrange(25), random.randrange(35, 58)
    words[first:last] = [f"{random.choice(VOCABULARY)}-{at}"]
    blocks[where] = replace(blocks[where], text=" ".join(words))
    return tuple(blocks)


def _comment(ground: Ground, work: UnitOfWork, random: Random, version: Version, voice: Voice) -> str:
    comment = Comment(
        ground.new_id(), ground.agenda, version.recommendation_id, version.id, voice.organisation, voice.person,
        CommentKind.GENERAL, _said(random, 40), work.now, state=random.choice(_SETTLED),
    )  # fmt: skip
    if random.random() > 0.1:  # noqa: PLR2004 - one in ten is about the whole
        block = random.choice(version.blocks[1:])
        comment.block_id, comment.start = block.id, random.randrange(len(block.text) - 20)
        comment.end = comment.start + 12
        comment.quotation = block.text[comment.start : comment.end]
    work.comments.add(comment)
    return comment.id
