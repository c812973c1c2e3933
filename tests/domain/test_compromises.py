from collections.abc import Collection

import pytest

from service.domain.amendments import Amendment, AmendmentState
from service.domain.compromises import COVERED_LIMIT, check_covers, come_back, fall_with, is_at_stake
from service.domain.errors import IllegalMove, Invalid
from service.domain.text import Block, BlockKind
from tests.domain.actors import NOW

S = AmendmentState


def an_amendment(
    name: str = "one",
    state: AmendmentState = S.TABLED,
    *,
    number: int | None = 1,
    base: str = "v1",
    to: str = "r1",
) -> Amendment:
    return Amendment(
        id=name,
        agenda_id="g1",
        recommendation_id=to,
        number=number,
        organisation_id="city",
        person_id="ada",
        base_version_id=base,
        base_version_number=1,
        blocks=(),
        operations=(),
        justification="So.",
        language="en",
        created_at=NOW,
        state=state,
    )


COMPROMISE = an_amendment("compromise", number=9)


def faults(*covered: Amendment | str, compromises: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return what is wrong with a compromise on these; one that is only named is not known."""
    known = {one.id: one for one in covered if isinstance(one, Amendment)}
    ids = [one.id if isinstance(one, Amendment) else one for one in covered]
    with pytest.raises(Invalid) as refused:
        check_covers(COMPROMISE, ids, known, compromises)
    return [(error.field, error.message) for error in refused.value.errors]


@pytest.mark.parametrize(
    "state", [S.TABLED, S.ADMISSIBLE, S.UNDER_EXAMINATION, S.ACCEPTED, S.ACCEPTED_MODIFIED]
)
def test_what_is_open_or_accepted_can_be_covered(state: AmendmentState) -> None:
    one = an_amendment(state=state)
    assert is_at_stake(one)
    check_covers(COMPROMISE, ["one"], {"one": one}, ())


@pytest.mark.parametrize("state", [S.REJECTED, S.WITHDRAWN, S.FALLEN, S.INADMISSIBLE, S.SUPERSEDED])
def test_what_is_decided_cannot_be_covered(state: AmendmentState) -> None:
    assert faults(an_amendment(state=state)) == [
        ("covers.0", "Amendment 1 is decided already, so there is nothing to find a compromise on.")
    ]


def test_what_is_part_of_a_version_cannot_be_covered() -> None:
    one = an_amendment(state=S.ACCEPTED)
    one.incorporated_in = "v2"
    assert [field for field, _ in faults(one)] == ["covers.0"]


def test_each_one_that_cannot_be_covered_is_named_with_why() -> None:
    assert faults(
        an_amendment("fine", number=2),
        "nobody",
        an_amendment("draft", S.DRAFT, number=None),
        COMPROMISE,
        an_amendment("other", number=3),
        an_amendment("elsewhere", number=4, to="r2"),
        an_amendment("older", number=5, base="v0"),
        compromises={"other"},
    ) == [
        ("covers.1", "There is no such amendment here."),
        ("covers.2", "There is no such amendment here."),
        ("covers.3", "A compromise cannot cover itself."),
        ("covers.4", "Amendment 3 is a compromise itself. Cover what it covers, and not itself."),
        ("covers.5", "Amendment 4 is to another recommendation."),
        (
            "covers.6",
            "Amendment 5 was made on another version. Ask its authors to carry it over first.",
        ),
    ]


def test_a_compromise_covers_no_more_than_anyone_can_read() -> None:
    assert faults(*[f"a{number}" for number in range(COVERED_LIMIT + 1)]) == [
        ("covers", "A compromise covers at most 100 amendments.")
    ]


def test_what_is_covered_falls_by_name_of_its_compromise_and_comes_back() -> None:
    one = an_amendment(state=S.ACCEPTED_MODIFIED)
    one.decided_blocks = (Block("a", BlockKind.PARAGRAPH, "Other words."),)
    said = "It is covered by compromise amendment 9, which was accepted."
    assert fall_with(one, COMPROMISE, person_id="bea", now=NOW) == said
    fallen = (one.state, one.decision_reason, one.decided_by, one.decided_at)
    assert fallen == (S.FALLEN, said, "bea", NOW)
    assert one.standing_blocks == one.blocks
    back = "Compromise amendment 9, which covered it, is accepted no more."
    assert come_back(one, COMPROMISE) == back
    assert (one.state, one.decision_reason, one.decided_by, one.decided_at) == (
        S.UNDER_EXAMINATION,
        back,
        None,
        None,
    )


def test_what_fell_stays_fallen_with_another_compromise() -> None:
    one = an_amendment(state=S.FALLEN)
    fall_with(one, an_amendment("other", number=12), person_id="bea", now=NOW)
    assert (one.state, one.decision_reason) == (
        S.FALLEN,
        "It is covered by compromise amendment 12, which was accepted.",
    )


def test_what_is_withdrawn_neither_falls_nor_comes_back() -> None:
    withdrawn = an_amendment(state=S.WITHDRAWN)
    with pytest.raises(IllegalMove):
        fall_with(withdrawn, COMPROMISE, person_id="bea", now=NOW)
    with pytest.raises(IllegalMove):
        come_back(withdrawn, COMPROMISE)
