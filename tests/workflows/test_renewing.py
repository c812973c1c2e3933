"""Papers are renewed before the proof of their archive timestamp ends, once, whatever interrupts it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from service.domain.errors import Denied
from service.domain.verification import Finding, Sentence, Verdict
from service.store.jobs import LEASE
from service.workflows import editions, publishing, renewing
from service.workflows.jobs import work_once
from tests.builders import a_released_edition, a_world, endorsed
from tests.fakes import FakeSealer
from tests.houses import BEGINNING, House
from tests.worlds import World

YEAR = timedelta(days=365)
SOON, LATER = BEGINNING + YEAR, BEGINNING + 10 * YEAR
POINTS = ("renew.before", "renew.before_commit", "renew.after")


class Killed(BaseException):
    """The process dies here."""


def dying_at(point: str) -> Callable[[str], None]:
    def reached(here: str) -> None:
        if here == point:
            raise Killed

    return reached


def published(house: House, until: datetime | None = SOON) -> tuple[World, str]:
    """Release an edition whose timestamp proves until a moment; from then on the authority's proves until later."""
    world = endorsed(a_world(house))
    house.sealer = FakeSealer(until=until)
    edition = a_released_edition(world)
    house.sealer = FakeSealer(until=LATER)
    return world, edition


def test_paper_is_renewed_within_the_year_before_its_proof_ends(house: House) -> None:
    world, edition = published(house)
    before = editions.pdf(house.stranger, edition)
    assert renewing.ask(house.operator) == ()
    house.clock.advance(seconds=1)
    assert renewing.ask(house.operator) == (edition,)
    with world.recording() as entries:
        assert house.work() == 1
    after = editions.pdf(house.stranger, edition)
    view = world.edition(edition)
    assert (after.startswith(before), len(after) > len(before)) == (True, True)
    assert view.verification is not None
    assert (view.verification.verdict, view.verification.archived_until) == (Verdict.VALID, LATER)
    assert [(e.name, e.data["file_digest"] == view.file_digest) for e in entries] == [
        ("edition.renewed", True)
    ]
    assert renewing.ask(house.operator) == ()


def test_former_file_is_still_known_and_says_that_there_is_a_newer_one(house: House) -> None:
    world, edition = published(house)
    before = editions.pdf(house.stranger, edition)
    renewing.ask(house.operator, everything=True)
    house.work()
    after = editions.pdf(house.stranger, edition)
    house.sealer = FakeSealer(before=_never)
    old, new = (editions.verify(house.stranger, one) for one in (before, after))
    assert (old.verdict, old.sentences[1], old.archived_until) == (
        Verdict.VALID,
        Sentence(Finding.OLDER_ARCHIVE),
        SOON,
    )
    assert Sentence(Finding.OLDER_ARCHIVE) not in new.sentences
    editions.withdraw(world.acting(world.facility), edition, "It was not ours.")
    assert editions.verify(house.stranger, before).sentences[:2] == (
        Sentence(Finding.WITHDRAWN),
        Sentence(Finding.OLDER_ARCHIVE),
    )


def _never(step: str) -> None:
    raise AssertionError(step)


@pytest.mark.parametrize("point", POINTS)
def test_renewal_that_is_killed_at_any_point_is_done_once(house: House, point: str) -> None:
    world, edition = published(house)
    before = editions.pdf(house.stranger, edition)
    renewing.ask(house.operator, everything=True)
    with world.recording() as entries:
        with pytest.raises(Killed):
            work_once(house.operator, dying_at(point))
        assert editions.verify(house.stranger, editions.pdf(house.stranger, edition)).verdict is Verdict.VALID
        house.clock.advance(seconds=LEASE.total_seconds() + 1)
        house.work()
    assert [e.name for e in entries] == ["edition.renewed"]
    after = editions.pdf(house.stranger, edition)
    assert (after.startswith(before), after.count(b"%stamp")) == (True, 2)


def test_paper_that_would_be_proven_for_no_longer_is_left_as_it_is(house: House) -> None:
    world, edition = published(house)
    before = world.edition(edition).file_digest
    house.sealer = FakeSealer(until=SOON)
    assert renewing.ask(house.operator, everything=True) == (edition,)
    with world.recording() as entries:
        house.work()
    assert (world.edition(edition).file_digest, entries) == (before, [])
    assert publishing.fault(house.operator, edition, renewing.RENEW) == ""
    house.sealer = FakeSealer(until=LATER)
    assert renewing.ask(house.operator, world.agenda, everything=True) == (edition,)
    house.work()
    assert world.edition(edition).file_digest != before


def test_paper_of_which_the_end_was_not_noted_is_renewed(house: House) -> None:
    world, edition = published(house, until=None)
    assert renewing.ask(house.operator) == (edition,)
    house.work()
    found = world.edition(edition).verification
    assert found is not None
    assert found.archived_until == LATER


def test_renewed_paper_that_does_not_pass_its_check_takes_no_place(house: House) -> None:
    world, edition = published(house)
    before = world.edition(edition).file_digest

    class Spoiling(FakeSealer):
        def renew(self, pdf: bytes) -> bytes:
            return super().renew(pdf) + b"spoilt"

    house.sealer = Spoiling(until=LATER)
    renewing.ask(house.operator, everything=True)
    house.work()
    assert world.edition(edition).file_digest == before
    assert publishing.fault(house.operator, edition, renewing.RENEW).startswith("NotRenewedError")


def test_paper_that_was_withdrawn_is_not_renewed(house: House) -> None:
    world, edition = published(house)
    renewing.ask(house.operator, everything=True)
    editions.withdraw(world.acting(world.facility), edition, "It was not ours.")
    before = world.edition(edition).file_digest
    house.work()
    assert world.edition(edition).file_digest == before
    assert renewing.ask(house.operator, everything=True) == ()


def test_only_the_service_itself_asks_for_renewals(house: House) -> None:
    world, _ = published(house)
    with pytest.raises(Denied):
        renewing.ask(world.acting(world.facility))
