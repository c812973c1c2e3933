"""What a use case refuses, and that a refusal leaves no trace."""

from collections.abc import Callable

import pytest

from service.domain.errors import Invalid, Refusal
from tests.worlds import World


def refused(world: World, kind: type[Refusal], act: Callable[[], object]) -> Refusal:
    """Return the refusal; exactly of this kind, and with nothing added to any record."""
    before = world.house.written()
    with pytest.raises(Refusal) as raised:
        act()
    assert type(raised.value) is kind
    assert world.house.written() == before
    return raised.value


def fields(world: World, act: Callable[[], object]) -> list[str]:
    """Return the fields that a use case finds fault with."""
    return [error.field for error in refused(world, Invalid, act).errors]
