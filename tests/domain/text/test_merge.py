import pytest

from service.domain.errors import OpenCollisions, PreconditionFailed
from service.domain.text import (
    Block,
    BlockKind,
    CollisionKind,
    Mark,
    MarkKind,
    Merged,
    Resolution,
    Run,
    diff,
    merge,
)
from tests.domain.text.builders import document, paragraph, rewritten, told

BASE = document("one two three", "Second.")


def merged(*versions: tuple[Block, ...], resolutions: tuple[Resolution, ...] = ()) -> Merged:
    """Versions of the base, called A1, A2 and so on, worked in; the same in whatever order."""
    named = {f"A{at}": diff(BASE, version) for at, version in enumerate(versions, start=1)}
    result = merge(BASE, named, resolutions)
    assert merge(BASE, dict(reversed(named.items())), resolutions[::-1]) == result
    return result


def credited(result: Merged, block: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    (text,) = [b.text for b in result.blocks if b.id == block]
    return [(text[r.start : r.end], r.origins, r.resolver) for r in result.provenance[block]]


def test_amendments_to_different_words_are_all_worked_in_with_their_origins() -> None:
    result = merged(rewritten(BASE, a="ONE two three"), rewritten(BASE, a="one two THREE"))
    assert told(result.blocks) == ["ONE two THREE", "Second."]
    assert credited(result, "a") == [
        ("ONE", ("A1",), None),
        (" two ", ("base",), None),
        ("THREE", ("A2",), None),
    ]
    assert credited(result, "b") == [("Second.", ("base",), None)]


def test_identical_amendments_are_one_and_credit_all() -> None:
    same = rewritten(BASE, a="ONE two three")
    result = merged(same, same, rewritten(BASE, a="one two THREE"))
    assert credited(result, "a")[0] == ("ONE", ("A1", "A2"), None)
    assert [c.kind for c in result.collisions] == [CollisionKind.IDENTICAL]


def test_identical_new_blocks_are_one_and_credit_all() -> None:
    result = merged((*BASE, paragraph("n", "New.")), (*BASE, paragraph("m", "New.")))
    assert result.blocks == (*BASE, paragraph("n", "New."))
    assert credited(result, "n") == [("New.", ("A1", "A2"), None)]


def test_blocks_are_struck_moved_restyled_and_marked_by_different_hands() -> None:
    base = document("One.", "Two.", "Three.", "Four.")
    a, b, c, d = base
    strong = Block("c", BlockKind.PARAGRAPH, "Three.", marks=(Mark(MarkKind.STRONG, 0, 5),))
    named = {
        "A1": diff(base, (a, c, d)),
        "A2": diff(base, (d, a, b, c)),
        "A3": diff(base, (Block("a", BlockKind.HEADING, "One.", 1), b, c, d)),
        "A4": diff(base, (a, b, strong, d)),
    }
    assert merge(base, named).blocks == (d, Block("a", BlockKind.HEADING, "One.", 1), strong)


def test_neighbouring_changes_are_merged_and_named() -> None:
    result = merged(rewritten(BASE, a="one two, three"), rewritten(BASE, a="one deux three"))
    assert told(result.blocks) == ["one deux, three", "Second."]
    assert [c.kind for c in result.collisions] == [CollisionKind.ADJACENT]


def test_an_open_collision_stops_the_merge_and_names_every_pair() -> None:
    with pytest.raises(OpenCollisions) as refusal:
        merged(*(rewritten(BASE, a=f"{word} two three") for word in ("x", "y", "z")))
    assert refusal.value.values == {"pairs": "A1 and A2, A1 and A3, A2 and A3"}


def test_operations_made_for_another_base_are_refused() -> None:
    with pytest.raises(PreconditionFailed):
        merge(BASE, {"A1": diff(document("other"), document("another"))})


def test_no_amendment_leaves_the_base_with_what_is_known_of_it() -> None:
    known = {"a": (Run(0, 13, ("A7",), "r"),)}
    result = merge(BASE, {}, base_provenance=known)
    assert result.blocks == BASE
    assert result.provenance == {**known, "b": (Run(0, 7, ("base",)),)}


def test_origins_are_kept_through_one_merge_after_another() -> None:
    first = merge(BASE, {"A1": diff(BASE, rewritten(BASE, a="one two and three"))})
    amended = rewritten(first.blocks, a="one 2 and three")
    second = merge(first.blocks, {"A2": diff(first.blocks, amended)}, base_provenance=first.provenance)
    assert credited(second, "a") == [
        ("one ", ("base",), None),
        ("2", ("A2",), None),
        (" ", ("base",), None),
        ("and ", ("A1",), None),
        ("three", ("base",), None),
    ]
