from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Literal

import pytest

from service.domain import canonical
from service.domain.canonical import NotCanonicalError


class Colour(StrEnum):
    BLUE = "blue"
    SAND = "sand"


@dataclass(frozen=True)
class Leaf:
    word: str
    size: int = 1


@dataclass(frozen=True)
class Tree:
    name: str
    leaves: tuple[Leaf, ...]
    colour: Colour
    grown: bool
    seen: datetime
    planted: date | None
    pair: tuple[str, int]
    kind: Literal["oak", "elm"]
    notes: Mapping[str, str]


def a_tree(name: str = "Ülm “x”") -> Tree:
    seen = datetime(2024, 3, 14, 18, 20, tzinfo=timezone(timedelta(hours=2)))
    return Tree(
        name,
        (Leaf("a"), Leaf("b", 2)),
        Colour.SAND,
        True,
        seen,
        date(2020, 2, 29),
        ("p", 7),
        "elm",
        {"k": "v"},
    )


TEXT = (
    '{"colour":"sand","grown":true,"kind":"elm","leaves":[{"size":1,"word":"a"},{"size":2,"word":"b"}],'
    '"name":"Ülm “x”","notes":{"k":"v"},"pair":["p",7],"planted":"2020-02-29","seen":"2024-03-14T16:20:00Z"}'
)


def test_a_value_has_one_text_with_sorted_keys_and_times_in_utc() -> None:
    assert canonical.to_json(a_tree()) == TEXT


def test_a_text_gives_its_value_back() -> None:
    assert canonical.from_json(Tree, TEXT) == a_tree()


def test_the_digest_names_the_bytes_of_the_text() -> None:
    assert canonical.digest(Leaf("a")) == "d1e970dae679ea79ee6281be3fea74578f7f85a8a9e24ee9c97a19f4fc4762dd"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"name":"Ülm “x”",', "", "name is missing."),
        ('"size":2', '"size":"2"', "leaves[1].size is not a int."),
        ('"size":2', '"size":true', "leaves[1].size is not a int."),
        ('"sand"', '"red"', "colour is not a Colour."),
        ('"elm"', '"fir"', "kind is not what is expected there."),
        ('"2020-02-29"', '"2021-02-29"', "planted is not what is expected there."),
        ('["p",7]', '["p"]', "pair has 1 items instead of 2."),
        ('{"k":"v"}', '["k"]', "notes is not an object."),
        ('"grown":true', '"grown":true,"age":3', "age is not known here."),
        ('[{"size":1,"word":"a"},{"size":2,"word":"b"}]', "{}", "leaves is not a list."),
    ],
)
def test_what_is_not_such_a_value_is_refused_with_its_place(old: str, new: str, place: str) -> None:
    with pytest.raises(NotCanonicalError) as refused:
        canonical.from_json(Tree, TEXT.replace(old, new))

    assert str(refused.value) == place


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "null", "3", '"Tree"', "[]"])
def test_what_is_no_such_json_is_refused(text: str) -> None:
    with pytest.raises(NotCanonicalError):
        canonical.from_json(Tree, text)


@dataclass(frozen=True)
class Anything:
    value: object


@pytest.mark.parametrize("value", [1.5, datetime(2024, 1, 1), {1, 2}, b"x"])  # noqa: DTZ001  the zone is missing on purpose
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical.to_json(Anything(value))


def test_endless_nesting_is_refused() -> None:
    nested: object = 1
    for _ in range(100_000):
        nested = (nested,)

    with pytest.raises(NotCanonicalError):
        canonical.to_json(Anything(nested))


@dataclass(frozen=True)
class Older:
    word: str


@dataclass(frozen=True)
class Newer:
    word: str
    pages: tuple[int, ...] = field(default=(), metadata=canonical.LATER)


def test_a_field_that_came_later_leaves_what_was_written_before_as_it_was() -> None:
    older = canonical.to_json(Older("as ever"))
    assert canonical.from_json(Newer, older) == Newer("as ever")
    assert canonical.to_json(Newer("as ever")) == older
    told = Newer("as ever", (3,))
    assert canonical.to_json(told) == '{"pages":[3],"word":"as ever"}'
    assert canonical.from_json(Newer, canonical.to_json(told)) == told
