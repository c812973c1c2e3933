"""What a refusal says of each field."""

from collections.abc import Callable

import pytest

from service.domain.errors import Invalid


def fields_refused(act: Callable[[], object]) -> list[str]:
    """Return the fields that a refusal names, each of whose sentences can be said."""
    with pytest.raises(Invalid) as refused:
        act()
    assert all(error.message for error in refused.value.errors)
    return [error.field for error in refused.value.errors]
