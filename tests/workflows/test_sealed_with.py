"""Whose seal a file has to bear that somebody hands in: one of those under which the facility published."""

import pytest
from sqlalchemy import text

from service.domain.errors import Denied
from service.workflows import editions, sealed_with
from service.workflows.halts import PUBLISH
from service.workflows.jobs import SWEEP, begin
from tests.builders import a_released_edition, a_world, endorsed
from tests.counting import counting
from tests.fakes import FakeSealer
from tests.houses import House
from tests.worlds import World

FORMER, NOW = "ab" * 32, "cd" * 32
STRANGE = b"%PDF-1.7\nsomething else"
REPORTS = "SELECT editions.id, editions.file_digest, editions.verification"


def published(house: House, certificate: str | None) -> tuple[World, str]:
    """Release an edition that was sealed under a certificate, or that does not tell under which."""
    house.sealer = FakeSealer(certificate=certificate)
    world = endorsed(a_world(house))
    return world, a_released_edition(world)


def expected(world: World) -> frozenset[str]:
    """Return which certificates are expected of a file that was not published here."""
    sealer = world.house.sealer
    assert isinstance(sealer, FakeSealer)
    editions.verify(world.acting(world.facility), STRANGE)
    return sealer.expected


def test_every_certificate_is_expected_under_which_papers_were_published(house: House) -> None:
    world, edition = published(house, FORMER)
    house.sealer = FakeSealer(certificate=NOW)

    assert expected(world) == {FORMER}
    editions.withdraw(world.acting(world.facility), edition, "It named the wrong city.")
    assert expected(world) == {FORMER}


def test_reports_are_read_only_where_the_sealer_asks_for_them(house: House) -> None:
    world, _ = published(house, FORMER)

    read = {}
    for asks in (False, True):
        house.sealer = FakeSealer(asks=asks)
        with counting(house) as statements:
            expected(world)
        read[asks] = sum(one.startswith(REPORTS) for one in statements)

    assert read == {False: 0, True: 1}


def test_papers_of_which_it_was_not_noted_are_looked_at_once(house: House) -> None:
    world, _ = published(house, None)
    assert expected(world) == frozenset()
    house.sealer = FakeSealer(certificate=FORMER)

    sealed_with.note(house.operator)

    assert expected(world) == {FORMER}
    house.sealer = FakeSealer(certificate=NOW)
    sealed_with.note(house.operator)
    assert expected(world) == {FORMER}


class Unreading(FakeSealer):
    """Cannot read the first paper that it is given to look at."""

    looked = 0

    def certificate_in(self, pdf: bytes) -> str | None:
        self.looked += 1
        if self.looked == 1:
            message = "It cannot be read."
            raise ValueError(message)
        return super().certificate_in(pdf)


def test_one_paper_that_cannot_be_read_keeps_no_other_from_its_turn(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    world, _ = published(house, None)
    a_released_edition(world)
    house.sealer = Unreading(certificate=FORMER)

    sealed_with.note(house.operator)

    assert [one.message.rpartition(": ")[2] for one in caplog.records] == ["It cannot be read."]
    assert expected(world) == {FORMER}


class KilledError(BaseException):
    """The worker died."""


class Killing(FakeSealer):
    """Kills whoever looks at a paper."""

    def certificate_in(self, pdf: bytes) -> str | None:  # noqa: ARG002 - as every sealer
        raise KilledError


def kinds(house: House) -> set[str]:
    with house.database.reading() as connection:
        return set(connection.execute(text("SELECT kind FROM jobs")).scalars())


def test_papers_are_looked_at_every_night_after_all_else_was_done(house: House) -> None:
    world, _ = published(house, None)
    house.work()
    begin(house.operator)
    assert {PUBLISH, SWEEP} <= kinds(house)
    house.clock.advance(days=31)
    house.sealer = Killing()

    with pytest.raises(KilledError):
        house.work()

    assert PUBLISH not in kinds(house)
    house.sealer = FakeSealer(certificate=FORMER)
    house.clock.advance(days=1)
    house.work()
    assert expected(world) == {FORMER}


def test_nobody_but_the_service_itself_looks(house: House) -> None:
    world, _ = published(house, None)

    with pytest.raises(Denied):
        sealed_with.note(world.acting(world.facility))
