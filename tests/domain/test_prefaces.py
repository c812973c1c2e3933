"""What an edition says of itself is what its data bear out."""

from dataclasses import replace

import pytest

from service.domain.actors import OrganisationKind
from service.domain.adoption import AdoptionRule, Share, outcome
from service.domain.positions import Stance
from service.domain.prefaces import Making, Withdrawn, in_one_wording, mandate, method, verdict
from service.domain.publication import Standing
from tests.adapters.editions import an_amendment

RULE = AdoptionRule(
    (OrganisationKind.LOCAL_AUTHORITY,), quorum=Share(1, 2), threshold=Share(2, 3), blocking_objections=2
)
SILENT = replace(RULE, silence=True, blocking_objections=1)
FREE = replace(RULE, blocking_objections=0)
AMENDMENT = an_amendment(1, 1, 3)


def in_states(*states: str) -> Making:
    return Making(tuple(replace(AMENDMENT, state=state) for state in states), 0, 0)


def test_the_mandate_tells_what_is_decided_from_what_is_being_prepared() -> None:
    decided = mandate("Cities", "Port Alta", [Standing.UNDECIDED, Standing.NOT_ADOPTED])
    prepared = [mandate("Cities", "Port Alta", found) for found in ([], [Standing.UNDECIDED])]
    bound = "Each organisation speaks for itself: its position is bound to exactly the text printed here."
    assert decided == (
        "The recommendations of this agenda were put to the organisations of the programme “Cities” for their meeting "
        f"in Port Alta, and decided on by the rule below. {bound}"
    )
    assert set(prepared) == {
        (
            "The organisations of the programme “Cities” are preparing this agenda for their meeting in Port Alta. "
            f"None of its recommendations is decided yet. {bound}"
        )
    }


@pytest.mark.parametrize(
    ("making", "told"),
    [
        (in_states(), ["No amendment was tabled to the recommendations printed here."]),
        (
            in_states("accepted"),
            [
                "1 amendment was tabled to the recommendations printed here: 1 adopted.",
                "Every one of them is printed in the annex, with what became of it.",
            ],
        ),
        (
            in_states("accepted", "accepted_modified", "fallen", "tabled"),
            [
                (
                    "4 amendments were tabled to the recommendations printed here: 2 adopted, 1 not adopted, "
                    "1 not decided yet."
                ),
                "Every one of them is printed in the annex, with what became of it.",
            ],
        ),
        (
            Making((), 1, 1),
            [
                "No amendment was tabled to the recommendations printed here.",
                "1 comment was written; 1 is still open.",
            ],
        ),
        (
            Making((), 1200, 0, (Withdrawn(2, "Two", 0), Withdrawn(4, "Four", 3), Withdrawn(5, "Five", 1))),
            [
                "No amendment was tabled to the recommendations printed here.",
                "1,200 comments were written; all are answered or closed.",
                "Withdrawn, and not printed here: recommendation 2, “Two”.",
                "Withdrawn, and not printed here: recommendation 4, “Four”, with 3 amendments.",
                "Withdrawn, and not printed here: recommendation 5, “Five”, with 1 amendment.",
            ],
        ),
        (
            Making((), 1, 0),
            [
                "No amendment was tabled to the recommendations printed here.",
                "1 comment was written; it is answered or closed.",
            ],
        ),
        (
            Making((), 9, 4),
            [
                "No amendment was tabled to the recommendations printed here.",
                "9 comments were written; 4 are still open.",
            ],
        ),
    ],
)
def test_the_method_counts_what_is_printed_by_what_became_of_it(making: Making, told: list[str]) -> None:
    assert list(method(making, FREE, ["local authority", "network"])) == [
        *told,
        "For adoption these kinds of organisations count: local authority, network.",
        "At least 1 of 2 of those that count have to take a position.",
        "At least 2 of 3 of those for or against have to endorse, and at least one.",
    ]


S = Stance
THREE = [S.ENDORSED, S.ENDORSED_WITH_RESERVATION, S.OBJECTION]


@pytest.mark.parametrize(
    ("rule", "counted", "stances", "standing", "told"),
    [
        (RULE, 4, THREE, Standing.UNDECIDED, "Not decided yet."),
        (
            RULE,
            5,
            [*THREE, S.RECUSED],
            Standing.ADOPTED,
            (
                "Adopted. Of 5 organisations that count, 3 took a position; 2 had to. 2 endorse it, 1 of them with "
                "reservation; 1 objects. 2 had to endorse it (2 of 3 of those for or against). "
                "2 objections would have stopped it."
            ),
        ),
        (
            FREE,
            1,
            [],
            Standing.NOT_ADOPTED,
            (
                "Not adopted. Of 1 organisation that counts, 0 took a position; 1 had to. 0 endorse it; 0 object. "
                "1 had to endorse it (2 of 3 of those for or against)."
            ),
        ),
        (
            SILENT,
            6,
            [S.ENDORSED, S.NO_OBJECTION, S.OBJECTION, S.OBJECTION],
            Standing.NOT_ADOPTED,
            (
                "Not adopted. Of 6 organisations that count, 4 took a position. 1 endorses it; 2 object. 3 more agree, "
                "because they have no objection or said nothing. 4 had to be for it (2 of 3 of those for or against). "
                "1 objection was enough to stop it."
            ),
        ),
        (
            SILENT,
            2,
            [S.ENDORSED],
            Standing.ADOPTED,
            (
                "Adopted. Of 2 organisations that count, 1 took a position. 1 endorses it; 0 object. 1 more agrees, "
                "because it has no objection or said nothing. 2 had to be for it (2 of 3 of those for or against). "
                "1 objection would have stopped it."
            ),
        ),
        (
            SILENT,
            1,
            [S.ENDORSED],
            Standing.ADOPTED,
            (
                "Adopted. Of 1 organisation that counts, 1 took a position. 1 endorses it; 0 object. "
                "1 had to be for it (2 of 3 of those for or against). 1 objection would have stopped it."
            ),
        ),
        (
            RULE,
            4,
            [S.ENDORSED, *[S.OBJECTION] * 3],
            Standing.NOT_ADOPTED,
            (
                "Not adopted. Of 4 organisations that count, 4 took a position; 2 had to. 1 endorses it; 3 object. "
                "3 had to endorse it (2 of 3 of those for or against). 2 objections were enough to stop it."
            ),
        ),
        (
            replace(FREE, quorum=Share(0, 1)),
            5,
            THREE,
            Standing.ADOPTED,
            (
                "Adopted. Of 5 organisations that count, 3 took a position. 2 endorse it, 1 of them with reservation; "
                "1 objects. 2 had to endorse it (2 of 3 of those for or against)."
            ),
        ),
    ],
)
def test_the_verdict_gives_the_counts_and_what_was_needed(
    rule: AdoptionRule, counted: int, stances: list[Stance], standing: Standing, told: str
) -> None:
    assert verdict(rule, outcome(rule, counted, stances), standing) == told


def test_the_verdict_tells_who_has_not_confirmed_the_changed_text() -> None:
    told = verdict(FREE, outcome(FREE, 2, [S.ENDORSED], reconfirmations=1), Standing.ADOPTED)
    assert told.endswith(
        "(2 of 3 of those for or against). Positions still to be confirmed on the changed text: 1."
    )


@pytest.mark.parametrize(
    ("rule", "stances", "ends"),
    [
        (RULE, [S.ENDORSED, S.ENDORSED], "2 objections stop it."),
        (RULE, [S.OBJECTION, S.OBJECTION], "2 objections stop it."),
        (SILENT, [S.ENDORSED], "1 objection stops it."),
        (SILENT, [S.OBJECTION], "1 objection stops it."),
    ],
)
def test_what_the_verdict_says_of_objections_is_known_in_the_words_of_before(
    rule: AdoptionRule, stances: list[Stance], ends: str
) -> None:
    told = verdict(rule, outcome(rule, 4, stances), Standing.NOT_ADOPTED)
    counts = told.partition("for or against). ")[0]
    assert in_one_wording(told) == f"{counts}for or against). {ends}"
    assert in_one_wording(in_one_wording(told)) == in_one_wording(told)
