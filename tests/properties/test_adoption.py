"""What a rule says is missing is exactly the least that would be enough, whatever the rule and the votes."""

from collections import Counter
from itertools import repeat
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.adoption import AdoptionRule, Share, outcome
from service.domain.positions import Stance
from tests.domain.test_adoption import CITIES, RULE, S, missing

shares = st.integers(1, 20).flatmap(lambda per: st.builds(Share, st.integers(0, per), st.just(per)))
votes = st.lists(st.sampled_from(Stance), max_size=40)


def rules(*, silence: bool) -> st.SearchStrategy[AdoptionRule]:
    return st.builds(AdoptionRule, st.just(CITIES), shares, shares, st.integers(0, 5), st.just(silence))


@settings(max_examples=50)
@given(rules(silence=False), votes, st.integers(0, 40))
def test_needs_so_many_more_endorsements_is_exactly_the_least(
    rule: AdoptionRule, stances: list[Stance], silent: int
) -> None:
    def asked(more: int, *, objections: bool = True) -> int:
        cast = [s for s in stances if objections or s is not S.OBJECTION]
        found = outcome(rule, len(cast) + silent + more, [*cast, *repeat(S.ENDORSED, more)])
        return missing(found, "more endorsement")

    everyone = rule.threshold.of == rule.threshold.per
    told = asked(0, objections=not everyone)
    assert asked(told, objections=not everyone) == 0
    if told:
        assert asked(told - 1, objections=not everyone) == 1


@settings(max_examples=50)
@given(rules(silence=True), votes, st.integers(0, 40))
def test_needs_so_many_objections_withdrawn_is_exactly_the_least(
    rule: AdoptionRule, stances: list[Stance], silent: int
) -> None:
    def asked(fewer: int) -> int:
        kept = Counter(stances)
        kept[S.OBJECTION] -= fewer
        return missing(outcome(rule, len(stances) + silent, kept.elements()), "withdrawn")

    told = asked(0)
    assert told <= stances.count(S.OBJECTION)
    assert asked(told) == 0
    if told:
        assert asked(told - 1) == 1


@settings(max_examples=50)
@given(rules(silence=False), votes, st.integers(0, 40))
def test_needs_so_many_more_positions_is_exactly_the_least(
    rule: AdoptionRule, stances: list[Stance], silent: int
) -> None:
    def asked(more: int) -> int:
        found = outcome(rule, len(stances) + silent, [*stances, *repeat(S.ABSTAINED, more)])
        return missing(found, "quorum")

    told = asked(0)
    assert told <= silent
    assert asked(told) == 0
    if told:
        assert asked(told - 1) == 1


@settings(max_examples=50)
@given(rules(silence=False) | rules(silence=True), votes, st.integers(0, 40))
def test_it_passes_exactly_when_nothing_is_missing(
    rule: AdoptionRule, stances: list[Stance], silent: int
) -> None:
    found = outcome(rule, len(stances) + silent, stances)
    lacks = any(missing(found, what) for what in ("quorum", "more endorsement", "withdrawn", "open"))
    assert found.passed is not lacks


@settings(max_examples=50)
@given(votes, st.integers(0, 40), st.randoms())
def test_the_order_of_positions_does_not_matter(stances: list[Stance], silent: int, chance: Random) -> None:
    shuffled = list(stances)
    chance.shuffle(shuffled)
    counted = len(stances) + silent
    assert outcome(RULE, counted, stances) == outcome(RULE, counted, shuffled)
