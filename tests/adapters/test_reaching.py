"""A key elsewhere is told of at once as it was found last, and looked for again beside."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from service.adapters.key_sources import CannotSealError, KeyAwayError
from service.adapters.reaching import AWAY_FOR, THERE_FOR, Reached


@dataclass
class Elsewhere:
    """Is found or not, as it is told; `waiting` is what is to be done beside."""

    fault: CannotSealError | None = None
    looked: int = 0
    now: float = 0.0
    waiting: list[Callable[[], object]] = field(default_factory=list)

    def find(self) -> str:
        self.looked += 1
        if self.fault is not None:
            raise self.fault
        return f"key {self.looked}"

    def reached(self) -> Reached[str]:
        return Reached(self.find, clock=lambda: self.now, beside=self.waiting.append)

    def do_what_waits(self) -> None:
        while self.waiting:
            self.waiting.pop()()


def test_key_that_was_found_is_told_at_once_and_looked_for_again_after_a_while() -> None:
    there = Elsewhere()
    reached = there.reached()
    told = [reached.known(), reached.known()]
    there.now = THERE_FOR
    told += [reached.known(), reached.known()]
    assert (told, len(there.waiting)) == (["key 1"] * 4, 1)
    there.do_what_waits()
    assert (reached.known(), reached.last, reached.fault) == ("key 2", "key 2", None)


def test_key_that_is_away_is_not_asked_for_at_every_view_and_found_when_it_is_back() -> None:
    there = Elsewhere(fault=KeyAwayError("out"))
    reached = there.reached()
    for _ in range(3):
        with pytest.raises(KeyAwayError, match="out"):
            reached.known()
    assert (there.looked, there.waiting, reached.last) == (1, [], None)
    there.now, there.fault = AWAY_FOR, None
    with pytest.raises(KeyAwayError):
        reached.known()
    there.do_what_waits()
    assert (there.looked, reached.known()) == (2, "key 2")


def test_what_keeps_a_key_away_holds_nobody_who_was_told_of_it() -> None:
    reached = Elsewhere(fault=KeyAwayError("out")).reached()
    told = []
    for _ in range(3):
        with pytest.raises(KeyAwayError, match="out") as refused:
            reached.known()
        told.append(refused.value)
    assert len({id(one) for one in told}) == 3
    assert (reached.fault is not None, getattr(reached.fault, "__traceback__", None)) == (True, None)


def test_key_that_goes_away_is_known_still_with_what_keeps_it_away() -> None:
    there = Elsewhere()
    reached = there.reached()
    reached.look()
    there.fault = CannotSealError("another token is in")
    with pytest.raises(KeyAwayError, match="another token is in"):
        reached.look()
    assert (reached.known(), str(reached.fault)) == ("key 1", "another token is in")
    reached.lost(None)
    assert reached.fault is None


def test_key_that_is_named_wrongly_is_said_to_whoever_asks_first() -> None:
    there = Elsewhere(fault=CannotSealError("no such file"))
    with pytest.raises(CannotSealError) as refused:
        there.reached().look()
    assert type(refused.value) is CannotSealError


def test_look_beside_that_fails_is_repeated_later() -> None:
    there = Elsewhere()
    reached = there.reached()
    reached.look()
    there.now, there.fault = THERE_FOR, KeyAwayError("out")
    reached.known()
    there.do_what_waits()
    there.now += AWAY_FOR
    assert (reached.known(), len(there.waiting), str(reached.fault)) == ("key 1", 1, "out")


def test_who_does_not_wait_is_told_that_it_was_not_looked_for_yet() -> None:
    there = Elsewhere()
    reached = there.reached()
    for _ in range(2):
        with pytest.raises(KeyAwayError, match="has not been looked for yet"):
            reached.known(waits=False)
    assert (there.looked, len(there.waiting)) == (0, 1)
    there.do_what_waits()
    assert reached.known(waits=False) == "key 1"


def test_what_is_wrong_with_a_key_is_told_as_what_it_is_where_it_is_judged() -> None:
    there = Elsewhere(fault=CannotSealError("no certificate"))
    said = []
    for judged in (False, True):
        reached = Reached(there.find, judged=judged)
        for _ in range(2):
            with pytest.raises(CannotSealError) as refused:
                reached.look()
            said.append(type(refused.value))
    assert said == [CannotSealError, KeyAwayError, CannotSealError, CannotSealError]
