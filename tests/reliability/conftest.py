import pytest

from tests.reliability import nursery as nurseries
from tests.reliability.nursery import Nursery


@pytest.fixture(scope="session")
def nursery() -> Nursery:
    """Where processes of the service come from, opened once for all tests of a process."""
    return nurseries.nursery()
