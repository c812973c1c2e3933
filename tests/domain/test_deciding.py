from service.domain.deciding import DecidingOrder, Decision, Effect, Fall, FallReason, deciding_order, falls
from service.domain.text import Block, BlockKind, Covers, Distance, collisions, diff
from tests.domain.text.builders import document, paragraph, rewritten

BASE = document("one two three four five", "Second.", "Third.")
SAME, OUT, STRIKES = FallReason.SAME_PLACE, FallReason.STRUCK_OUT, FallReason.STRIKES_OUT


Decided = tuple[tuple[Decision, Effect], ...]


def decisions(*versions: tuple[Block, ...], compromises: Covers | None = None) -> Decided:
    """The decisions on versions of the base, called A1, A2 and so on, which are their numbers, too; what follows."""
    named = {f"A{at}": diff(BASE, version) for at, version in enumerate(versions, start=1)}
    numbers = {name: int(name[1:]) for name in named}
    turned = dict(reversed(named.items()))
    found = deciding_order(BASE, turned, numbers, compromises)
    assert deciding_order(BASE, named, numbers, compromises) == found
    return effects(found)


def effects(found: DecidingOrder) -> Decided:
    return tuple((decision, found.effect(decision)) for decision in found.decisions)


def order(found: Decided) -> list[str]:
    return ["=".join(decision.amendments) for decision, _ in found]


def fallen(found: Decided) -> dict[str, list[Fall]]:
    return {decision.amendments[0]: list(effect.falls) for decision, effect in found}


def line(*texts: str) -> list[tuple[Block, ...]]:
    return [rewritten(BASE, a=text) for text in texts]


def test_what_stands_by_itself_is_decided_on_in_the_order_of_the_text() -> None:
    found = decisions(rewritten(BASE, c="Dritt."), rewritten(BASE, a="uno two three four five"))
    assert order(found) == ["A2", "A1"]
    assert found[0] == (
        Decision(("A2",), None, False, Distance(0, 6, 0), (0, 0, 2, 1, 0, -6, 0, 2)),
        Effect((), ()),
    )


def test_what_is_furthest_from_the_text_is_decided_on_first() -> None:
    found = decisions(*line("one deux three four five", "one five", "one zwei drei four five"))
    assert [(d.amendments, d.distance.characters) for d, _ in found] == [
        (("A3",), 16),
        (("A2",), 15),
        (("A1",), 7),
    ]


def test_equally_far_ones_are_decided_on_by_number() -> None:
    found = decisions(*line("one deux three four five", "one zwei three four five"))
    assert order(found) == ["A1", "A2"]


def test_striking_out_the_whole_comes_first_and_lets_every_change_in_it_fall() -> None:
    found = decisions(*line("one deux three four five"), BASE[1:])
    assert order(found) == ["A2", "A1"]
    assert fallen(found) == {"A2": [Fall("A1", (OUT,))], "A1": [Fall("A2", (STRIKES,))]}


def test_a_deletion_lets_what_it_strikes_out_fall() -> None:
    found = decisions(*line("one five", "one two tres four five"))
    assert fallen(found) == {"A1": [Fall("A2", (OUT,))], "A2": [Fall("A1", (STRIKES,))]}


def test_what_stands_apart_from_the_adopted_one_can_still_be_decided_on() -> None:
    found = decisions(
        *line("one deux three four five", "one zwei drei four five", "one two: three four five")
    )
    assert order(found) == ["A2", "A1", "A3"]
    assert [effect.stays for _, effect in found] == [("A3",), ("A3",), ("A1", "A2")]
    assert fallen(found) == {"A2": [Fall("A1", (SAME,))], "A1": [Fall("A2", (SAME,))], "A3": []}


def test_identical_ones_are_decided_on_together_and_fall_together() -> None:
    found = decisions(
        *line("one deux three four five", "one zwei drei four five", "one deux three four five")
    )
    assert order(found) == ["A2", "A1=A3"]
    assert fallen(found) == {
        "A2": [Fall("A1", (SAME,)), Fall("A3", (SAME,))],
        "A1": [Fall("A2", (SAME,))],
    }


def test_new_paragraphs_in_one_place_let_none_fall() -> None:
    found = decisions(
        (*BASE, paragraph("n", "New.")), (*BASE, paragraph("m", "Newer.")), rewritten(BASE, c="Third!")
    )
    assert [(d.amendments[0], d.group, e.falls, e.stays) for d, e in found] == [
        ("A3", None, (), ()),
        ("A1", None, (), ("A2",)),
        ("A2", None, (), ("A1",)),
    ]


def test_a_compromise_comes_first_and_what_it_covers_falls() -> None:
    versions = (*line("one deux three four five", "one five"), rewritten(BASE, a="one dos three four five"))
    found = decisions(*versions, compromises={"A3": ("A1", "A2", "gone")})
    assert order(found) == ["A3", "A2", "A1"]
    assert [decision.compromise for decision, _ in found] == [True, False, False]
    assert fallen(found)["A3"] == [Fall("A1", (FallReason.COVERED,)), Fall("A2", (FallReason.COVERED,))]


def test_a_compromise_elsewhere_in_the_text_covers_too() -> None:
    found = decisions(
        rewritten(BASE, b="Zweit."), rewritten(BASE, c="Dritt."), compromises={"A2": ("A1",), "gone": ("A1",)}
    )
    assert [(d.amendments[0], d.distance.characters, e.falls) for d, e in found] == [
        ("A2", 10, (Fall("A1", (FallReason.COVERED,)),)),
        ("A1", 11, ()),
    ]


def test_what_stands_on_an_older_text_falls_with_its_compromise_too() -> None:
    version = rewritten(BASE, b="Zweit.")
    found = deciding_order(BASE, {"A3": diff(BASE, version)}, {"A1": 1, "A3": 3}, {"A3": ("A1",)})
    assert (found.groups, [(d.amendments, e.falls, e.stays) for d, e in effects(found)]) == (
        (),
        [(("A3",), (Fall("A1", (FallReason.COVERED,)),), ())],
    )


def test_distance_is_measured_where_they_contend() -> None:
    wide = rewritten(BASE, a="one deux three four five", c="Quite other words in the third paragraph.")
    found = decisions(wide, *line("one zwei drei four five"))
    assert order(found) == ["A2", "A1"]


def test_groups_come_in_the_order_of_the_text() -> None:
    late = (rewritten(BASE, c="Dritt."), rewritten(BASE, c="Tiers."))
    early = (rewritten(BASE, a="one deux three four five"), rewritten(BASE, a="one zwei three four five"))
    found = decisions(*late, *early, rewritten(BASE, b="Zweit."))
    assert order(found) == ["A3", "A4", "A5", "A1", "A2"]
    assert [decision.group for decision, _ in found] == [0, 0, None, 1, 1]


def test_every_reason_for_which_one_falls_is_told() -> None:
    heading = Block("b", BlockKind.HEADING, "Second.")
    one = (rewritten(BASE, a="one deux three four five")[0], BASE[2])
    other = (rewritten(BASE, a="one zwei three four five")[0], heading, BASE[2])
    named = {"A1": diff(BASE, one), "A2": diff(BASE, other)}
    assert falls(named, collisions(BASE, named)) == {"A1": {"A2": (SAME, OUT)}, "A2": {"A1": (SAME, STRIKES)}}


def test_words_beside_the_changed_ones_can_still_be_decided_on_whoever_is_asked_first() -> None:
    found = decisions(*line("one new three four five", "one two-x three four five"))
    assert [(d.amendments[0], e.falls, e.stays) for d, e in found] == [
        ("A1", (), ("A2",)),
        ("A2", (), ("A1",)),
    ]
