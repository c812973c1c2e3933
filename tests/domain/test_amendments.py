from dataclasses import replace
from itertools import product

import pytest

from service.domain.amendments import (
    DECISIONS,
    JUSTIFICATION_LENGTH,
    LANGUAGES,
    LIFECYCLE,
    Amendment,
    AmendmentAction,
    AmendmentState,
    changes,
    check_justification,
    check_replaced,
    decide,
    reworded,
    standing_operations,
    stands,
    steps_to,
    supersede,
    wording,
)
from service.domain.errors import EmptyChange, IllegalMove, Invalid
from service.domain.text import Block, BlockKind, Edit
from tests.domain.actors import NOW

S, A = AmendmentState, AmendmentAction
BASE = (Block("t", BlockKind.HEADING, "Title", 1), Block("a", BlockKind.PARAGRAPH, "The ask."))
AMENDED = (BASE[0], replace(BASE[1], text="The bold ask."))


def an_amendment(state: AmendmentState = S.TABLED) -> Amendment:
    return Amendment(
        id="m1",
        agenda_id="g1",
        recommendation_id="r1",
        number=1,
        organisation_id="city",
        person_id="ada",
        base_version_id="v1",
        base_version_number=1,
        blocks=AMENDED,
        operations=(),
        justification="So.",
        language="en",
        created_at=NOW,
        state=state,
    )


def decided(
    amendment: Amendment,
    action: AmendmentAction,
    reason: str = "So.",
    blocks: tuple[Block, ...] | None = None,
) -> tuple[AmendmentAction, ...]:
    return decide(amendment, action, reason=reason, person_id="bea", decided_blocks=blocks, now=NOW)


def test_changes_are_the_operations_that_lead_to_the_new_text() -> None:
    blocks, operations = changes(BASE, AMENDED)
    assert blocks == AMENDED
    assert [type(operation) for operation in operations] == [Edit]


def test_a_text_in_markdown_keeps_the_blocks_that_it_still_holds() -> None:
    written = "# Another title\n\nWhy it is asked.\n\nThe ask."
    assert reworded(BASE, written) == (
        replace(BASE[0], text="Another title"),
        Block("new-1", BlockKind.PARAGRAPH, "Why it is asked."),
        BASE[1],
    )


@pytest.mark.parametrize(
    ("written", "fields"),
    [
        ("", ["markdown"]),
        ("# Title", ["markdown"]),
        ("Title\n\nThe ask.", ["markdown.1"]),
        ("# Title\n\nThe ask.\n\n# Another", ["markdown.5"]),
        ("# Title\n\n" + "x" * 1001, ["markdown.3"]),
    ],
)
def test_what_is_wrong_with_a_text_in_markdown_is_named_by_its_line(written: str, fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        reworded(BASE, written)
    assert [error.field for error in refused.value.errors] == fields


def test_a_text_that_changes_nothing_is_refused() -> None:
    with pytest.raises(EmptyChange):
        changes(BASE, (BASE[0], replace(BASE[1], text="  The   ask. ")))


def test_two_texts_say_the_same_whatever_ids_new_blocks_got() -> None:
    one, other = ((*BASE, Block(name, BlockKind.PARAGRAPH, "More.")) for name in ("new-1", "new-2"))
    assert wording(BASE, one) == wording(BASE, other)
    assert wording(BASE, one) != wording(BASE, BASE)


def test_a_justification_in_a_known_language_is_accepted() -> None:
    for language in LANGUAGES:
        check_justification("j" * JUSTIFICATION_LENGTH, language)


@pytest.mark.parametrize(
    ("text", "language", "fields"),
    [
        ("", "en", ["justification"]),
        ("j" * (JUSTIFICATION_LENGTH + 1), "en", ["justification"]),
        ("So.", "xx", ["language"]),
        ("", "", ["justification", "language"]),
    ],
)
def test_a_justification_that_will_not_do_is_refused_by_field(
    text: str, language: str, fields: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        check_justification(text, language)
    assert [error.field for error in refused.value.errors] == fields


def test_what_is_open_or_accepted_stands_until_it_is_part_of_a_version() -> None:
    standing = {S.TABLED, S.ADMISSIBLE, S.UNDER_EXAMINATION, S.ACCEPTED, S.ACCEPTED_MODIFIED}
    assert {state for state in S if stands(state, None)} == standing
    assert {state for state in S if stands(state, "v2")} == set()
    assert (an_amendment().stands, an_amendment(S.DRAFT).stands) == (True, False)


def test_what_would_be_worked_in_is_what_was_decided_else_what_was_proposed() -> None:
    amendment = an_amendment()
    assert amendment.standing_blocks == AMENDED
    proposed = changes(BASE, AMENDED)[1]
    assert standing_operations(BASE, proposed, None) == proposed
    modified = (BASE[0], replace(BASE[1], text="The bolder ask."))
    assert standing_operations(BASE, proposed, modified) == changes(BASE, modified)[1]
    amendment.decided_blocks = modified
    assert amendment.standing_blocks == modified


@pytest.mark.parametrize(
    ("state", "action", "steps"),
    [
        (S.TABLED, A.ACCEPT, (A.ADMIT, A.EXAMINE, A.ACCEPT)),
        (S.ADMISSIBLE, A.REJECT, (A.EXAMINE, A.REJECT)),
        (S.UNDER_EXAMINATION, A.ACCEPT, (A.ACCEPT,)),
        (S.TABLED, A.DECLARE_INADMISSIBLE, (A.DECLARE_INADMISSIBLE,)),
        (S.TABLED, A.EXAMINE, (A.ADMIT, A.EXAMINE)),
        (S.INADMISSIBLE, A.ADMIT, (A.ADMIT,)),
        (S.ACCEPTED, A.REOPEN, (A.REOPEN,)),
    ],
)
def test_deciding_takes_the_steps_that_come_before(
    state: AmendmentState, action: AmendmentAction, steps: tuple[AmendmentAction, ...]
) -> None:
    assert steps_to(state, action) == steps


def test_every_way_to_a_decision_is_legal_step_by_step() -> None:
    for state, action in product(AmendmentState, AmendmentAction):
        try:
            steps = steps_to(state, action)
        except IllegalMove:
            assert not LIFECYCLE.allows(state, action), (state, action)
        else:
            assert steps[-1] is action, (state, action)
            reached = state
            for step in steps:
                reached = LIFECYCLE.next(reached, step)


def test_what_is_its_authors_own_is_not_decided() -> None:
    for state, action in product(AmendmentState, (a for a in AmendmentAction if a not in DECISIONS)):
        amendment = an_amendment(state)
        with pytest.raises(IllegalMove) as refused:
            decided(amendment, action)
        assert amendment.state is state, action
        assert set(refused.value.possible) <= set(DECISIONS), (state, action)


def test_what_is_not_before_the_house_cannot_be_decided() -> None:
    for state, action in product([S.DRAFT, S.WITHDRAWN, S.FALLEN, S.SUPERSEDED], DECISIONS):
        with pytest.raises(IllegalMove):
            decided(an_amendment(state), action, blocks=AMENDED if action is A.ACCEPT_MODIFIED else None)


def test_what_is_part_of_a_version_stays_decided() -> None:
    for action in DECISIONS:
        amendment = an_amendment(S.ACCEPTED)
        amendment.incorporated_in = "v2"
        with pytest.raises(IllegalMove, match="This amendment is incorporated"):
            decided(amendment, action)
        assert amendment.state is S.ACCEPTED, action


def test_an_acceptance_is_written_down_with_who_and_when() -> None:
    amendment = an_amendment()
    assert decided(amendment, A.ACCEPT, "") == (A.ADMIT, A.EXAMINE, A.ACCEPT)
    assert (amendment.state, amendment.decided_by, amendment.decided_at) == (S.ACCEPTED, "bea", NOW)
    assert amendment.standing_blocks == AMENDED


def test_a_modified_acceptance_puts_its_own_wording_in_place() -> None:
    amendment, modified = an_amendment(), (BASE[0], replace(BASE[1], text="The better ask."))
    decided(amendment, A.ACCEPT_MODIFIED, blocks=modified)
    assert amendment.state is S.ACCEPTED_MODIFIED
    assert (amendment.standing_blocks, amendment.blocks) == (modified, AMENDED)


def test_admitting_is_no_decision_yet() -> None:
    amendment = an_amendment()
    decided(amendment, A.ADMIT, "")
    assert (amendment.state, amendment.decided_by, amendment.decided_at) == (S.ADMISSIBLE, None, None)


def test_an_appeal_takes_the_decision_on_admissibility_back() -> None:
    amendment = an_amendment()
    decided(amendment, A.DECLARE_INADMISSIBLE, "It is about another subject.")
    decided(amendment, A.ADMIT, "")
    assert amendment.state is S.ADMISSIBLE
    assert (amendment.decision_reason, amendment.decided_by, amendment.decided_at) == ("", None, None)


def test_reopening_takes_the_decision_back() -> None:
    amendment = an_amendment()
    decided(amendment, A.ACCEPT_MODIFIED, blocks=BASE)
    decided(amendment, A.REOPEN, "New facts.")
    assert (amendment.state, amendment.decided_by, amendment.decided_at, amendment.decided_blocks) == (
        S.UNDER_EXAMINATION,
        None,
        None,
        None,
    )
    assert amendment.decision_reason == "New facts."


@pytest.mark.parametrize(
    ("action", "reason", "blocks", "fields"),
    [
        (A.REJECT, "", None, ["reason"]),
        (A.DECLARE_INADMISSIBLE, "", None, ["reason"]),
        (A.FALL, "", None, ["reason"]),
        (A.ACCEPT_MODIFIED, "", None, ["reason", "blocks"]),
        (A.ACCEPT_MODIFIED, "So.", None, ["blocks"]),
        (A.ACCEPT, "", AMENDED, ["blocks"]),
        (A.REJECT, "r" * (JUSTIFICATION_LENGTH + 1), None, ["reason"]),
    ],
)
def test_a_decision_that_lacks_something_changes_nothing(
    action: AmendmentAction, reason: str, blocks: tuple[Block, ...] | None, fields: list[str]
) -> None:
    amendment = an_amendment()
    with pytest.raises(Invalid) as refused:
        decided(amendment, action, reason, blocks)
    assert [error.field for error in refused.value.errors] == fields
    assert amendment.state is S.TABLED


@pytest.mark.parametrize("state", [S.TABLED, S.ADMISSIBLE, S.UNDER_EXAMINATION])
def test_an_amendment_gives_way_to_another_of_its_authors(state: AmendmentState) -> None:
    earlier, later = an_amendment(state), replace(an_amendment(), id="m2", number=7)

    reason = supersede(earlier, later)

    assert (earlier.state, earlier.decision_reason) == (S.SUPERSEDED, reason)
    assert reason == "Its authors replaced it by amendment 7."


@pytest.mark.parametrize("state", [S.DRAFT, S.ACCEPTED, S.REJECTED, S.WITHDRAWN, S.SUPERSEDED])
def test_an_amendment_that_is_decided_or_was_never_tabled_does_not_give_way(state: AmendmentState) -> None:
    with pytest.raises(IllegalMove):
        supersede(an_amendment(state), replace(an_amendment(), id="m2"))


def test_only_an_amendment_of_the_same_authors_to_the_same_text_is_replaced() -> None:
    for other in (
        None,
        replace(an_amendment(), organisation_id="port"),
        replace(an_amendment(), recommendation_id="r2"),
    ):
        with pytest.raises(Invalid) as refusal:
            check_replaced(an_amendment(), other)
        assert [error.field for error in refusal.value.errors] == ["replaces"]
