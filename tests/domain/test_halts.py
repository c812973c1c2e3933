from datetime import date

import pytest

from service.domain.corrigenda import Corrigendum
from service.domain.halts import Halt, Published, overtaken

FIRST, SECOND = "1" * 64, "2" * 64


def replacing(digest: str, *, withdrawn: bool = False) -> Corrigendum:
    return Corrigendum(1, date(2026, 1, 5), digest, "A misprint.", (), withdrawn)


@pytest.mark.parametrize(
    ("newest", "replaces", "halt"),
    [
        (None, None, None),
        (Published(FIRST, withdrawn=False), None, Halt.OVERTAKEN),
        (Published(SECOND, withdrawn=False), replacing(FIRST), Halt.OVERTAKEN),
        (Published(FIRST, withdrawn=False), replacing(FIRST), None),
        (Published(FIRST, withdrawn=True), replacing(FIRST), Halt.PREDECESSOR_WITHDRAWN),
        (Published(FIRST, withdrawn=True), replacing(FIRST, withdrawn=True), None),
        (None, replacing(FIRST), Halt.OVERTAKEN),
    ],
)
def test_edition_is_overtaken_when_it_does_not_say_rightly_what_it_replaces(
    newest: Published | None, replaces: Corrigendum | None, halt: Halt | None
) -> None:
    assert overtaken(newest, replaces) is halt
