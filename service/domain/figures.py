"""An edition in figures: of what is printed, and of nothing else."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from service.domain.publication import NO_RECORD, STANCES, Organisation, Recommendation, Snapshot


@dataclass(frozen=True, slots=True)
class Tally:
    """How the participants stand on one recommendation; each pair is (word, how many)."""

    recommendation: int
    stances: tuple[tuple[str, int], ...]
    amendments: tuple[tuple[str, int], ...]

    def stance(self, word: str) -> int:
        """Return how many organisations took this stance."""
        return dict(self.stances).get(word, 0)

    def decided(self, *states: str) -> int:
        """Return how many amendments ended in one of these states."""
        return sum(count for state, count in self.amendments if state in states)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The edition in figures; each pair is (word, how many), most frequent first.

    `heard` are the organisations that tabled an amendment or took a position; `countries` is 0 where not every
    organisation has one with a name. A piece of evidence counts once, however often it is used.
    """

    recommendations: int
    adopted: int
    lessons: int
    evidence: int
    organisations: int
    heard: int
    partnerships: int
    countries: int
    regions: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    amendments: int
    amendment_states: tuple[tuple[str, int], ...]
    stances: tuple[tuple[str, int], ...]
    comments: int
    tallies: tuple[Tally, ...]


def statistics(snapshot: Snapshot) -> Statistics:
    """Return the edition in figures."""
    asks, people = snapshot.recommendations, snapshot.organisations
    tallies = tuple(_tally(ask, len(people)) for ask in asks)
    return Statistics(
        recommendations=len(asks),
        adopted=sum(ask.outcome.passed for ask in asks),
        lessons=len(snapshot.lessons),
        evidence=len(
            {one.words for ask in asks for one in ask.evidence}
            | {one.words for lesson in snapshot.lessons for one in lesson.evidence}
        ),
        organisations=len(people),
        heard=len(_heard(asks) & {one.id for one in people}),
        partnerships=len({one.partnership for one in people if one.partnership}),
        countries=len({one.country for one in people}) if all(map(_is_named, people)) else 0,
        regions=_ranked(one.region for one in people if one.region),
        kinds=_ranked(one.kind for one in people),
        amendments=sum(len(ask.amendments) for ask in asks),
        amendment_states=_ranked(one.state for ask in asks for one in ask.amendments),
        stances=_ranked(one.stance for ask in asks for one in ask.positions),
        comments=snapshot.participants.comments,
        tallies=tallies,
    )


def _heard(asks: Iterable[Recommendation]) -> set[str]:
    """Return the ids of the organisations that tabled an amendment or took a position."""
    return {
        organisation
        for ask in asks
        for organisation in (
            *(one.organisation for one in ask.positions),
            *(who for amendment in ask.amendments for who in amendment.organisations),
        )
    }


def _is_named(one: Organisation) -> bool:
    """Tell whether an organisation's country is a name, and no description such as “a partner country”."""
    return bool(one.country) and not one.country[0].islower()


def _tally(ask: Recommendation, organisations: int) -> Tally:
    counts = Counter(str(one.stance) for one in ask.positions)
    silent = max(organisations - len({one.organisation for one in ask.positions}), 0)
    stances = (*((word, counts[word]) for word in STANCES), (NO_RECORD, silent))
    return Tally(ask.number, stances, _ranked(one.state for one in ask.amendments))


def _ranked(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(map(str, words)).items(), key=lambda pair: (-pair[1], pair[0])))
