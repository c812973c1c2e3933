"""The examples of the page on what is guaranteed when texts meet, run word for word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from service.domain.deciding import deciding_order
from service.domain.errors import OpenCollisions
from service.domain.text import (
    Block,
    BlockKind,
    CollisionKind,
    Merged,
    Operation,
    Outcome,
    Resolution,
    collisions,
    coverage,
    describe,
    diff,
    merge,
    rebase,
    recover_ids,
)

PAGE = Path(__file__).parents[2] / "docs/when-texts-meet.md"
EXAMPLES = re.findall(r"^```example\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
OPEN = "a person has to decide"
LINE = re.compile(r"(?P<answer>→ )?(?P<name>[a-z]+(?: [a-z]+)?(?: \d)?): +(?P<value>.*)")


def read(told: str) -> tuple[Block, ...]:
    return tuple(Block("", BlockKind.PARAGRAPH, text.strip()) for text in told.split("¶"))


def shown(blocks: Sequence[Block] | None) -> str:
    return OPEN if blocks is None else " ¶ ".join(block.text for block in blocks)


@dataclass
class Example:
    """One example while it is read: what was given, and what is answered to it."""

    base: tuple[Block, ...] = ()
    newer: tuple[Block, ...] = ()
    amendments: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    decisions: list[Resolution] = field(default_factory=list)
    covers: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def is_given(self, name: str, value: str) -> None:
        if name == "text":
            self.base = recover_ids((), read(value))
        elif name == "newer text":
            self.newer = self._known(value, name)
        elif name == "compromise":
            one, covered = value.split(" covers ")
            self.covers[one] = tuple(covered.split(" and "))
        elif name == "decision":
            self.decisions.append(self._decision(value))
        else:
            self.amendments[name.removeprefix("amendment ")] = self._known(value, name)

    def answers(self, name: str, value: str) -> str:
        """What Sympolity answers under a name; `value` is what the page says of it."""
        answer: str = getattr(self, f"_{name.replace(' ', '_')}")(value)
        return answer

    def _told_as(self, value: str) -> str:
        (sentence,) = describe(self.base, self.amendments["1"])
        return sentence.text if sentence.text == value else sentence.text[: len(value)]

    def _outcome(self, _: str) -> str:
        return rebase(self.base, self.amendments["1"], self.newer).outcome.value

    def _result(self, _: str) -> str:
        return shown(rebase(self.base, self.amendments["1"], self.newer).blocks)

    def _meet(self, _: str) -> str:
        met = collisions(self.base, self._operations())
        return ", ".join(sorted({collision.kind.value for collision in met})) or "nothing"

    def _order(self, _: str) -> str:
        numbers = {one: int(one) for one in self.amendments}
        order = deciding_order(self.base, self._operations(), numbers, self.covers)
        return ", ".join(one for decision in order.decisions for one in decision.amendments)

    def _realises(self, value: str) -> str:
        asked = value.rsplit(" ", 1)[1]
        (compromise,) = self.covers
        made = self._operations()
        words = coverage(self.base, made[asked], made[compromise]).words
        return f"{words.realised} of {words.asked} words of amendment {asked}"

    def _together(self, _: str) -> str:
        merged = self._merged()
        return shown(merged.blocks if merged else None)

    def _credited(self, value: str) -> str:
        merged = self._merged()
        assert merged is not None
        words = re.findall("“(.*)”", value)[0]
        (block,) = [block for block in merged.blocks if words in block.text]
        start = block.text.index(words)
        (run,) = [
            run for run in merged.provenance[block.id] if run.start <= start and start + len(words) <= run.end
        ]
        whose = " and ".join(run.origins) if run.origins != ("base",) else "nobody"
        return f"{whose} for “{words}”"

    def _known(self, value: str, whose: str) -> tuple[Block, ...]:
        return recover_ids(self.base, read(value), new_id=(f"{whose}, {n}" for n in count(1)).__next__)

    def _operations(self) -> Mapping[str, tuple[Operation, ...]]:
        return {name: diff(self.base, amended) for name, amended in self.amendments.items()}

    def _merged(self) -> Merged | None:
        try:
            return merge(self.base, self._operations(), self.decisions)
        except OpenCollisions:
            return None

    def _decision(self, value: str) -> Resolution:
        everyone = tuple(sorted(self.amendments))
        if value.startswith("both in the order "):
            order = tuple(value.removeprefix("both in the order ").split(", "))
            return Resolution(order, "rapporteur", in_order=True)
        stands = value.removeprefix("amendment ").removesuffix(" stands")
        return Resolution(everyone, "rapporteur", prefer=stands)


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_what_happens(text: str) -> None:
    example, said = Example(), 0
    for line in text.splitlines():
        found = LINE.fullmatch(line)
        assert found is not None, line
        name, value = found["name"], found["value"]
        if found["answer"]:
            assert (name, example.answers(name, value)) == (name, value)
            said += 1
        else:
            example.is_given(name, value)
    assert said > 0


def test_every_way_to_meet_and_every_outcome_has_its_example() -> None:
    answers = {line.split(":")[1].strip() for text in EXAMPLES for line in text.splitlines() if "→" in line}
    assert set(Outcome) - answers == set()
    assert set(CollisionKind) - answers == set()
