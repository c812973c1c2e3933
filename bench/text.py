"""The text core's speed beside other libraries', its limits, and how readable and how right its answers are.

Times are CPU time, the best of some turns in which all take part one after the other. Cutting into tokens is
counted on both sides.
"""

import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from bench import corpus, peers, truth
from service.domain.text import (
    Block,
    Collision,
    Operation,
    SpanState,
    collisions,
    diff,
    merge,
    rebase,
    recover_ids,
    redline,
)
from service.domain.text.claims import Claim, claims, clashes
from service.domain.text.collisions import in_order
from service.domain.text.passages import passages
from service.domain.text.tokens import offsets, tokenise

WORDS, MANY_WORDS = 2_000, 20_000
HANDS = 1_000
BELOW = "  below the goal"

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Rival:
    """Something that a peer does too, and how many times as fast we have to be."""

    name: str
    peer: str
    theirs: Work
    ours: Work
    goal: float


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that may take so many milliseconds and no more."""

    name: str
    ours: Work
    goal: float


def main(turns: int = 7) -> int:
    """Print the tables; return 0 when every goal is reached, 1 when one is not."""
    print(f"The text core: CPU time, best of {turns} turns; cutting into tokens counts on both sides\n")
    print(
        f"{'two texts, whole difference':38}{'peer':>24}{'its time':>12}{'ours':>11}{'ratio':>8}{'goal':>7}"
    )
    good = [rival_row(rival, turns) for rival in rivals()]
    print(f"\n{'at most':62}{'ours':>12}{'limit':>11}")
    good += [limit_row(limit, turns) for limit in limits()]
    print(
        f"\n{'what a reader sees, 2,000 words, 20 % edited':46}{'fast, cleaned':>16}{'ours':>12}{'goal':>11}"
    )
    good += list(readability())
    print(f"\n{f'{truth.CASES} rebases with known truth':46}{'wrong':>16}{'false conflicts':>19}")
    good += list(rebases())
    return 0 if all(good) else 1


def rivals() -> Iterator[Rival]:
    """Yield what is measured against peers."""
    fast, slow = "fast-diff-match-patch", "diff-match-patch"
    texts = [(words, share) for words in (WORDS, MANY_WORDS) for share in (0.01, 0.2)]
    goals = {(WORDS, 0.01): 1.0, (WORDS, 0.2): 1.0, (MANY_WORDS, 0.01): 1.0, (MANY_WORDS, 0.2): 5.0}
    for words, share in texts:
        base = corpus.draft(words)
        yield _rival(fast, peers.fast, base, share, goals[words, share])
    for share, goal in ((0.01, 3.0), (0.2, 50.0)):
        yield _rival(slow, peers.python, corpus.draft(WORDS), share, goal)


def _rival(
    peer: str, theirs: Callable[[peers.Interned], object], base: tuple[Block, ...], share: float, goal: float
) -> Rival:
    amended = corpus.edited(base, share)
    words = sum(len(block.text.split(" ")) for block in base)
    return Rival(
        f"{words:,} words, edits at {share:.0%}",
        peer,
        lambda: theirs(peers.interned(base, amended)),
        lambda: diff(base, amended),
        goal,
    )


def limits() -> Iterator[Limit]:
    """Yield what may take so long and no longer."""
    for name, made in corpus.hostile(MANY_WORDS).items():
        base, amended = made()
        yield Limit(f"{MANY_WORDS:,} words: {name}", _differing(base, amended), 1_000)
    one = corpus.in_one_block(corpus.draft(MANY_WORDS))
    mine, theirs = (corpus.edited(one, 0.2, hand) for hand in ("mine", "theirs"))
    yield Limit(f"{MANY_WORDS:,} words: one huge block rebased", lambda: rebase(one, mine, theirs), 1_000)
    base, amended = corpus.hostile(MANY_WORDS)["paragraphs rewritten"]()
    bare = [Block("", block.kind, block.text) for block in amended]
    yield Limit(f"{MANY_WORDS:,} words: ids looked for in vain", lambda: recover_ids(base, bare), 1_000)
    draft = corpus.draft(WORDS)
    versions = corpus.amendments(draft, HANDS)
    hands = {name: diff(draft, version) for name, version in versions.items()}
    apart = {name: diff(draft, version) for name, version in corpus.apart(draft).items()}
    stored = Stored(draft, hands)
    newcomers = [diff(draft, text) for text in corpus.amendments(draft, 50, "newcomers").values()]
    busiest = max(newcomers, key=lambda operations: len(stored.met_by("new", operations)))
    many = f"{HANDS:,} amendments on {WORDS:,} words"
    yield Limit(f"{many}: their operations", lambda: [diff(draft, v) for v in versions.values()], 500)
    yield Limit(f"{many}: all collisions", lambda: collisions(draft, hands), 25)
    yield Limit(f"{many}, all apart: merged", lambda: merge(draft, apart), 15)
    yield Limit(f"{many}: one more, the busiest of 50", lambda: stored.met_by("new", busiest), 5)


def _differing(base: tuple[Block, ...], amended: tuple[Block, ...]) -> Work:
    return lambda: diff(base, amended)


class Stored:
    """The claims of many amendments, as an index keeps them: by block and start.

    In the service this is a table; `near` is the question that it has to answer.
    """

    def __init__(self, base: Sequence[Block], hands: Mapping[str, Sequence[Operation]]) -> None:
        self._base = base
        self._known = {block.id: block for block in base}
        self._claims: dict[str | None, list[Claim]] = {}
        for owner in sorted(hands):
            for claim in claims(owner, self._known, hands[owner]):
                self._claims.setdefault(claim.block, []).append(claim)
        self._reach: dict[str | None, list[int]] = {}
        for block, held in self._claims.items():
            held.sort(key=lambda claim: claim.start)
            self._reach[block] = list(accumulate((claim.end for claim in held), max))

    def near(self, claim: Claim) -> list[Claim]:
        """Return the stored claims that touch the place of another."""
        held = self._claims.get(claim.block, [])
        first = bisect_left(self._reach.get(claim.block, []), claim.start)
        last = bisect_left(held, claim.end + 1, key=lambda it: it.start)
        return [other for other in held[first:last] if other.end >= claim.start]

    def met_by(self, owner: str, operations: Sequence[Operation]) -> tuple[Collision, ...]:
        """Return where one more amendment meets the stored ones."""
        mine = list(claims(owner, self._known, operations))
        near = {id(other): other for claim in mine for other in self.near(claim)}
        found = clashes(self._known, (*mine, *near.values()))
        return in_order(self._base, (c for c in found if owner in {c.first.owner, c.second.owner}))


def readability(texts: int = 5) -> Iterator[bool]:
    """Print what a reader sees beside what a peer's semantic clean-up shows; yield whether each is good."""
    pairs = [
        (base, corpus.edited(base, 0.2, f"edits {seed}"))
        for seed in range(texts)
        for base in (corpus.draft(WORDS, f"draft {seed}"),)
    ]
    ours = [shown(*pair) for pair in pairs]
    theirs = [peers.fast_cleaned(*pair) for pair in pairs]
    for at, name in enumerate(("marked stretches", "characters in them")):
        mine, other = sum(one[at] for one in ours), sum(one[at] for one in theirs)
        yield printed(f"{name:46}{other:16,}{mine:12,}{'not more':>11}", good=mine <= other)
    cut = sum(cuts_within_words(*pair) for pair in pairs)
    yield printed(f"{'cuts within a word':46}{'':16}{cut:12,}{'none':>11}", good=cut == 0)


def shown(base: Sequence[Block], amended: Sequence[Block]) -> peers.Shown:
    """Return what a reader sees of our difference."""
    hunks = characters = 0
    for change in redline(base, amended):
        for differs, spans in groupby(change.spans, key=lambda span: span.state is not SpanState.KEPT):
            hunks += differs
            characters += sum(len(span.text) for span in spans) if differs else 0
    return peers.Shown(hunks, characters)


def cuts_within_words(base: Sequence[Block], amended: Sequence[Block]) -> int:
    """Return at how many places our difference, as it is shown, cuts a word or a visible character apart."""
    cut = 0
    for change in redline(base, amended):
        for text, other in ((change.before, SpanState.INSERTED), (change.after, SpanState.REMOVED)):
            lengths = [len(span.text) for span in change.spans if span.state is not other]
            seams = set(offsets(tokenise(text.text))) if text else {0}
            cut += len(set(accumulate(lengths)) - seams)
    return cut


def rebases() -> Iterator[bool]:
    """Print how many of the rebases with known truth went wrong; yield whether each is good."""
    held = truth.cases()
    for name, stripped, most in (("with ids", False, 0.0), ("ids stripped and recovered", True, 0.1)):
        found = truth.tally(held, stripped=stripped)
        share = found.false_conflicts / found.mergeable
        good = found.wrong == 0 and share <= most
        yield printed(
            f"{name:46}{found.wrong:16}{share:19.1%}   (goal: 0, and at most {most:.0%})", good=good
        )
    lost = sum(truth.is_wrong(case, peers.patched(case.base, case.amended, case.new_base)) for case in held)
    yield printed(f"{'diff-match-patch, every patch applied':46}{lost:16}", good=True)


def rival_row(rival: Rival, turns: int) -> bool:
    """Measure both in turns and print the row; return whether the ratio is good enough."""
    theirs, ours = fastest([rival.theirs, rival.ours], turns)
    ratio = theirs / ours
    row = f"{rival.name:38}{rival.peer:>24}{theirs:9.1f} ms{ours:8.1f} ms{ratio:7.1f}×{rival.goal:6g}×"
    return printed(row, good=ratio >= rival.goal)


def limit_row(limit: Limit, turns: int) -> bool:
    """Measure and print the row; return whether it is within the limit."""
    (ours,) = fastest([limit.ours], turns)
    return printed(f"{limit.name:62}{ours:9.2f} ms{limit.goal:8,g} ms", good=ours <= limit.goal)


def fastest(works: Sequence[Work], turns: int) -> list[float]:
    """Return the least CPU time of each, in milliseconds, when they take turns."""
    times = [[spent(work) for work in works] for _ in range(turns)]
    return [min(column) for column in zip(*times, strict=True)]


def spent(work: Work) -> float:
    """Return the CPU time of one piece of work, in milliseconds; nothing is known from before."""
    passages.forget()
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1_000


def printed(row: str, *, good: bool) -> bool:
    """Print a row, with a remark when it is not good, and return whether it is."""
    print(f"{row}{'' if good else BELOW}")
    return good
