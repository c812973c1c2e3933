"""Every way into the house says who may use it."""

import pytest
from litestar import Litestar, get, post

from service.app import described
from service.settings import Settings
from service.ways_in import (
    ASKS,
    OWN,
    PUBLIC,
    VISIBLE,
    Undeclared,
    declared,
    keep_shut_what_is_undeclared,
    ways_in,
)


@get("/agendas", sync_to_thread=False)
def known() -> None:
    """Do nothing."""


@post("/back-door", sync_to_thread=False)
def back_door() -> None:
    """Do nothing."""


def test_a_way_in_that_nobody_declared_keeps_the_house_shut() -> None:
    with pytest.raises(Undeclared, match=r"POST /back-door\."):
        keep_shut_what_is_undeclared(Litestar([back_door], openapi_config=None))


def test_the_house_declares_what_it_has_and_nothing_else() -> None:
    assert set(ways_in(described(Settings()))) == declared()


def test_every_way_in_is_declared_once() -> None:
    kinds = (PUBLIC, VISIBLE, OWN, ASKS.keys())
    assert sum(map(len, kinds)) == len(declared())


def test_what_changes_something_asks_for_a_permission_or_for_ones_own_session() -> None:
    changing = {way for way in PUBLIC | VISIBLE if not way.startswith("GET ")}
    assert changing == {
        "POST /api/v1/verifications",
        "POST /verify",
        "POST /language",
        "POST /recommendations/{recommendation_id}/amend/difference",
    }
