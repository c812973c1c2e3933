import pytest

from service.domain.actors import OrganisationKind
from service.domain.adoption import AdoptionRule, Outcome, Share, check_rule, described, outcome
from service.domain.errors import Invalid
from service.domain.positions import Stance

S = Stance
CITIES = (OrganisationKind.LOCAL_AUTHORITY,)
RULE = AdoptionRule(CITIES, quorum=Share(1, 2), threshold=Share(2, 3), blocking_objections=2)
SILENT = AdoptionRule(CITIES, Share(1, 2), Share(2, 3), blocking_objections=2, silence=True)


def reasons(found: Outcome) -> list[str]:
    return [reason.text for reason in found.reasons]


def missing(found: Outcome, what: str) -> int:
    return next((r.count or 0 for r in found.reasons if what in r.template), 0)


@pytest.mark.parametrize(
    ("share", "total", "needed"),
    [
        (Share(2, 3), 0, 0),
        (Share(2, 3), 3, 2),
        (Share(2, 3), 4, 3),
        (Share(1, 1), 7, 7),
        (Share(0, 1), 7, 0),
        (Share(1, 3), 3 * 10**17 + 1, 10**17 + 1),
    ],
)
def test_a_share_is_counted_exactly(share: Share, total: int, needed: int) -> None:
    assert share.needed(total) == needed


def test_it_passes_when_quorum_and_threshold_are_met() -> None:
    found = outcome(RULE, 4, [S.ENDORSED, S.ENDORSED_WITH_RESERVATION, S.OBJECTION])
    assert (found.passed, found.silent) == (True, 1)
    assert reasons(found) == ["2 endorsements of 4 organisations that count"]


def test_one_endorsement_is_told_in_the_singular() -> None:
    assert reasons(outcome(RULE, 2, [S.ENDORSED])) == ["1 endorsement of 2 organisations that count"]


def test_nobody_at_all_endorses_nothing() -> None:
    assert reasons(outcome(RULE, 0, [])) == ["needs 1 more endorsement"]


def test_every_reason_why_not_is_told() -> None:
    found = outcome(RULE, 10, [S.OBJECTION, S.OBJECTION, S.ENDORSED], reconfirmations=1)
    assert not found.passed
    assert reasons(found) == [
        "needs 2 more positions for the quorum",
        "needs 3 more endorsements",
        "2 objections open",
        "1 position to be confirmed on the changed text",
    ]


def test_the_tally_has_every_stance() -> None:
    found = outcome(RULE, 6, Stance)
    assert found.tally == dict.fromkeys(Stance, 1)
    assert found.silent == 0


def test_who_recuses_neither_counts_for_the_quorum_nor_against_it() -> None:
    assert missing(outcome(RULE, 4, [S.RECUSED, S.RECUSED, S.ENDORSED]), "quorum") == 0
    assert missing(outcome(RULE, 4, [S.RECUSED, S.ENDORSED]), "quorum") == 1


def test_abstaining_makes_the_quorum_and_decides_nothing() -> None:
    found = outcome(RULE, 4, [S.ABSTAINED, S.NO_OBJECTION, S.ENDORSED])
    assert reasons(found) == ["1 endorsement of 4 organisations that count"]


def test_no_objection_blocks_where_the_rule_says_none_does() -> None:
    rule = AdoptionRule(CITIES, Share(0, 1), Share(1, 2), blocking_objections=0)
    assert outcome(rule, 4, [S.ENDORSED, S.ENDORSED, S.OBJECTION, S.OBJECTION]).passed


def test_under_silence_who_says_nothing_agrees() -> None:
    found = outcome(SILENT, 10, [S.OBJECTION])
    assert reasons(found) == [
        "9 endorsements of 10 organisations that count",
        "9 organisations that do not answer count as agreeing",
    ]


def test_under_silence_only_fewer_objections_help() -> None:
    found = outcome(SILENT, 6, [S.OBJECTION] * 4)
    assert reasons(found) == [
        "needs 2 objections withdrawn",
        "4 objections open",
        "2 organisations that do not answer count as agreeing",
    ]


def test_under_silence_someone_has_to_be_for_it() -> None:
    assert reasons(outcome(SILENT, 2, [S.ABSTAINED, S.RECUSED])) == ["needs 1 more endorsement"]


def test_where_all_are_needed_an_objection_has_to_go() -> None:
    rule = AdoptionRule(CITIES, Share(0, 1), Share(1, 1), blocking_objections=0)
    assert reasons(outcome(rule, 4, [S.ENDORSED, S.OBJECTION])) == ["needs 1 objection withdrawn"]
    assert reasons(outcome(rule, 4, [S.OBJECTION])) == [
        "needs 1 objection withdrawn",
        "needs 1 more endorsement",
    ]


def test_an_outcome_is_explained_in_one_sentence() -> None:
    assert outcome(RULE, 2, [S.ENDORSED]).explanation == (
        "The rule for adoption is met: 1 endorsement of 2 organisations that count."
    )
    assert outcome(RULE, 4, [S.ENDORSED, S.OBJECTION]).explanation == (
        "The rule for adoption is not met yet: needs 1 more endorsement."
    )
    assert outcome(SILENT, 1, []).explanation == (
        "The rule for adoption is met: 1 endorsement of 1 organisations that count; "
        "1 organisation that does not answer counts as agreeing."
    )


@pytest.mark.parametrize(
    ("rule", "sentences"),
    [
        (
            RULE,
            [
                "At least 1 of 2 of those that count have to take a position.",
                "At least 2 of 3 of those for or against have to endorse, and at least one.",
                "2 objections stop it.",
            ],
        ),
        (
            SILENT,
            [
                "At least 2 of 3 of those for or against have to be for it, and at least one.",
                "2 objections stop it.",
                "Who says nothing by the deadline agrees.",
            ],
        ),
        (
            AdoptionRule(CITIES, Share(0, 1), Share(1, 1), blocking_objections=1),
            [
                "At least 1 of 1 of those for or against have to endorse, and at least one.",
                "1 objection stops it.",
            ],
        ),
        (
            AdoptionRule(CITIES, Share(0, 1), Share(1, 2), blocking_objections=0),
            ["At least 1 of 2 of those for or against have to endorse, and at least one."],
        ),
    ],
)
def test_a_rule_is_told_in_sentences(rule: AdoptionRule, sentences: list[str]) -> None:
    assert [sentence.text for sentence in described(rule)] == sentences


def faults(rule: AdoptionRule) -> list[str]:
    with pytest.raises(Invalid) as refused:
        check_rule(rule)
    return [error.field for error in refused.value.errors]


def test_a_rule_that_can_be_met_is_accepted() -> None:
    check_rule(RULE)
    check_rule(SILENT)


@pytest.mark.parametrize("share", [Share(3, 2), Share(-1, 2), Share(0, 0), Share(1, -1)])
def test_a_share_beyond_all_is_refused_by_name(share: Share) -> None:
    assert faults(AdoptionRule(CITIES, share, share, 0)) == ["rule.quorum", "rule.threshold"]


def test_a_rule_that_counts_nobody_is_refused() -> None:
    assert faults(AdoptionRule((), Share(1, 2), Share(1, 2), -1)) == [
        "rule.counts",
        "rule.blocking_objections",
    ]
