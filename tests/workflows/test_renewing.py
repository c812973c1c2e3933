"""Papers are renewed before the proof of their archive timestamp ends, once, whatever interrupts it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from service.domain import canonical
from service.domain.errors import Denied
from service.domain.verification import Finding, Sentence, Verdict, Verification
from service.store import tables
from service.store.jobs import ATTEMPTS, LEASE
from service.workflows import checklists, editions, publishing, renewing
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


def test_facility_sees_of_how_many_papers_the_timestamp_ends_soon(house: House) -> None:
    world, _ = published(house)
    counted = []
    for left in (61, 60, 1, -1):
        house.clock.moment = SOON - timedelta(days=left) + timedelta(seconds=1)
        counted.append(checklists.keys(world.acting(world.facility)).ending)
    assert counted == [0, 1, 1, 1]
    renewing.ask(house.operator)
    house.work()
    assert checklists.keys(world.acting(world.facility)).ending == 0


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


def not_noted(world: World, edition: str) -> None:
    """Take the end of its timestamp out of a paper's report, as in those from before it was noted."""
    report = world.edition(edition).verification
    assert report is not None
    kept = canonical.to_json(replace(report, archived_until=None))
    with world.house.database.engine.begin() as connection:
        connection.execute(
            update(tables.editions).where(tables.editions.c.id == edition).values(verification=kept)
        )


def end_noted(world: World, edition: str) -> datetime | None:
    report = world.edition(edition).verification
    return report.archived_until if report is not None else None


def test_paper_of_which_the_end_was_not_noted_is_looked_at_and_left_alone_where_it_holds_long(
    house: House,
) -> None:
    world, edition = published(house, until=BEGINNING + 2 * YEAR)
    before = world.edition(edition)
    not_noted(world, edition)
    assert renewing.ask(house.operator) == (edition,)
    with world.recording() as entries:
        house.work()
    assert (world.edition(edition), entries) == (before, [])
    assert renewing.ask(house.operator) == ()


def test_paper_of_which_the_end_was_not_noted_is_renewed_at_once_where_it_is_near(house: House) -> None:
    world, edition = published(house)
    not_noted(world, edition)
    house.clock.advance(seconds=1)
    renewing.ask(house.operator)
    house.work()
    assert end_noted(world, edition) == LATER


def test_ends_that_were_not_noted_are_found_out_before_everything_is_renewed(house: House) -> None:
    world, edition = published(house, until=BEGINNING + 2 * YEAR)
    not_noted(world, edition)
    renewing.note_ends(house.operator, world.agenda)
    assert (end_noted(world, edition), renewing.ask(house.operator)) == (BEGINNING + 2 * YEAR, ())
    renewing.ask(house.operator, everything=True)
    house.work()
    assert end_noted(world, edition) == LATER


@dataclass
class Proving(FakeSealer):
    """Tells that the positions are proven, to those who name the key of the record."""

    key: bytes = b""

    def verify(
        self,
        pdf: bytes,
        *,
        patiently: bool = False,
        record_keys: tuple[bytes, ...] = (),
        sealed_with: Callable[[], Collection[str]] = frozenset,  # noqa: ARG002 - as every sealer
    ) -> Verification:
        found = super().verify(pdf, patiently=patiently, record_keys=record_keys)
        proven = Sentence(Finding.POSITIONS_PROVEN, {"count": "4"})
        return replace(found, sentences=(*found.sentences, proven)) if record_keys == (self.key,) else found


def test_renewed_paper_proves_everything_that_it_proved_before(house: House) -> None:
    world = endorsed(a_world(house))
    key = house.notary.key.public
    house.sealer = Proving(until=SOON, key=key)
    edition = a_released_edition(world)
    before = world.edition(edition).verification
    house.sealer = Proving(until=LATER, key=key)
    renewing.ask(house.operator, everything=True)
    house.work()
    after = world.edition(edition).verification
    assert before is not None
    assert after == replace(before, archived_until=LATER)
    assert after.sentences[-1].template is Finding.POSITIONS_PROVEN


def away(step: str) -> None:
    if step == "renew":
        raise OSError("the authority is away")


def not_renewed(world: World) -> int:
    return checklists.keys(world.acting(world.facility)).not_renewed


def test_renewal_that_was_given_up_is_tried_anew_the_next_night_and_the_facility_sees_it(
    house: House,
) -> None:
    world, edition = published(house)
    house.sealer = FakeSealer(until=LATER, before=away)
    house.clock.advance(seconds=1)
    renewing.ask(house.operator)
    tried = 0
    for _ in range(ATTEMPTS + 1):
        tried += house.work()
        house.clock.advance(seconds=timedelta(hours=1).total_seconds())
    assert (tried, not_renewed(world), end_noted(world, edition)) == (ATTEMPTS, 1, SOON)
    house.sealer = FakeSealer(until=LATER)
    assert renewing.ask(house.operator) == (edition,)
    house.work()
    assert (not_renewed(world), end_noted(world, edition)) == (0, LATER)


@dataclass
class Elsewhere(FakeSealer):
    """Says one thing of every paper, and never renews one."""

    finding: Finding = Finding.FOREIGN_ROOT

    def renew(self, pdf: bytes) -> bytes:
        raise AssertionError(pdf)

    def verify(
        self,
        pdf: bytes,
        *,
        patiently: bool = False,
        record_keys: tuple[bytes, ...] = (),
        sealed_with: Callable[[], Collection[str]] = frozenset,  # noqa: ARG002 - as every sealer
    ) -> Verification:
        super().verify(pdf, patiently=patiently, record_keys=record_keys)
        return Verification(Verdict.UNKNOWN, (Sentence(self.finding, {"signer": "Somebody"}),))


def test_paper_that_leads_to_no_trusted_root_is_left_out_with_the_reason_until_one_is_trusted(
    house: House,
) -> None:
    world, edition = published(house)
    house.sealer = Elsewhere()
    for _ in range(2):
        renewing.ask(house.operator, everything=True)
        assert house.work() == 1
        house.clock.advance(seconds=timedelta(days=1).total_seconds())
    why = "The seal is intact, but it was made by “Somebody”, whose certificate leads to none of the trusted roots."
    assert publishing.fault(house.operator, edition, renewing.RENEW) == why
    assert not_renewed(world) == 1
    house.sealer = FakeSealer(until=LATER)
    renewing.ask(house.operator)
    house.work()
    assert (not_renewed(world), end_noted(world, edition)) == (0, LATER)


def test_paper_that_could_not_be_checked_in_time_is_not_renewed_but_tried_again(house: House) -> None:
    world, edition = published(house)
    not_noted(world, edition)
    house.sealer = Elsewhere(finding=Finding.TOO_LONG)
    renewing.ask(house.operator)
    house.work()
    assert publishing.fault(house.operator, edition, renewing.RENEW).startswith("NotRenewedError: The file")
    house.clock.advance(seconds=2)
    house.sealer = FakeSealer(until=LATER)
    house.work()
    assert not_renewed(world) == 0


class Untold(FakeSealer):
    """Holds back something that is told only of what was renewed."""

    def __init__(self, finding: Finding, verdict: Verdict, *, at: datetime) -> None:
        super().__init__(until=SOON + YEAR)
        self._finding, self._verdict, self._at = finding, verdict, at

    def verify(
        self,
        pdf: bytes,
        *,
        patiently: bool = False,
        record_keys: tuple[bytes, ...] = (),
        sealed_with: Callable[[], Collection[str]] = frozenset,
    ) -> Verification:
        found = super().verify(pdf, patiently=patiently, record_keys=record_keys, sealed_with=sealed_with)
        found = replace(found, signed_at=self._at, demo=False)
        if pdf.count(b"%stamp") > 1:
            return found
        sentence = Sentence(self._finding, {"told_at": "then", "authority": "Clock"})
        return replace(found, verdict=self._verdict, sentences=(*found.sentences, sentence))


def test_first_renewal_brings_what_was_said_of_the_key_since_it_sealed(house: House) -> None:
    world, sealed_at = endorsed(a_world(house)), house.clock.moment
    house.sealer = Untold(Finding.CERTIFICATE_UNTOLD_SINCE, Verdict.VALID, at=sealed_at)
    edition = a_released_edition(world)
    before = world.edition(edition).file_digest
    house.clock.advance(seconds=(renewing.TOLD_BY_THEN - timedelta(hours=1)).total_seconds())
    assert renewing.ask(house.operator) == ()
    house.clock.advance(seconds=3600)
    assert renewing.ask(house.operator) == (edition,)
    house.work()
    assert world.edition(edition).file_digest != before
    assert renewing.ask(house.operator) == ()


def test_where_nothing_is_said_of_a_key_no_more_is_asked(house: House) -> None:
    world, sealed_at = endorsed(a_world(house)), house.clock.moment
    house.sealer = Untold(Finding.CERTIFICATE_UNTOLD_SINCE, Verdict.VALID, at=sealed_at)
    a_released_edition(world)
    house.clock.advance(seconds=renewing.GIVEN_UP.total_seconds())
    assert renewing.ask(house.operator) == ()


def test_paper_that_does_not_tell_what_was_revoked_is_renewed_as_that_brings_it(house: House) -> None:
    world, edition = published(house, until=SOON + YEAR)
    before = world.edition(edition).file_digest
    house.sealer = Untold(Finding.STAMP_UNTOLD, Verdict.UNKNOWN, at=house.clock.moment)
    assert renewing.ask(house.operator, everything=True) == (edition,)
    house.work()
    assert (world.edition(edition).file_digest != before, not_renewed(world)) == (True, 0)


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
