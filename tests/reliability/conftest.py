from collections.abc import Iterator

import pytest

from tests.reliability.nursery import Nursery


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where processes of the service come from, opened once for all tests of a process."""
    with Nursery.opened() as nursery:
        yield nursery
