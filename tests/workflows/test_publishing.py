from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from service.domain.editions import STEPS, EditionState
from service.domain.recommendations import RecommendationState
from service.domain.verification import Finding, Sentence, Verdict, Verification
from service.store import jobs
from service.workflows import editions, publishing
from service.workflows.jobs import begin, work_once
from tests.builders import a_world, an_edition, endorsed, names
from tests.houses import House
from tests.worlds import World

POINTS = [f"{step}.{at}" for step in STEPS for at in ("before", "before_commit", "after")]


class Killed(BaseException):
    """The process dies here."""


def dying_at(point: str) -> Callable[[str], None]:
    def reached(here: str) -> None:
        if here == point:
            raise Killed

    return reached


def rows(house: House, statement: str) -> list[tuple[object, ...]]:
    with house.database.reading() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_an_approved_edition_becomes_a_released_paper_step_by_step(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    passed: list[str] = []
    with world.recording() as entries:
        assert work_once(house.operator, passed.append)
    assert passed == POINTS
    assert [e.data.get("state") for e in entries] == [
        "rendered",
        "signed",
        "timestamped",
        "verified",
        None,
        "released",
    ]
    view = world.edition(edition)
    assert (view.state, view.released_at) == (EditionState.RELEASED, house.clock.moment)
    assert view.verification is not None
    assert view.verification.verdict is Verdict.VALID
    assert world.summary.state is RecommendationState.PUBLISHED
    assert rows(house, "SELECT state, attempts, lease, error FROM jobs") == [("done", 1, None, "")]
    assert not work_once(house.operator)


def assert_published_once(world: World, edition: str) -> None:
    """See exactly one released edition, one sealed file, one event for each step."""
    house = world.house
    assert world.edition(edition).state is EditionState.RELEASED
    record = [e for e in house.record(world.agenda) if e.subject_id == edition]
    assert [e.data.get("state", e.name) for e in record] == [
        "edition.assembled",
        "edition.approved",
        "rendered",
        "signed",
        "timestamped",
        "verified",
        "released",
    ]
    assert rows(house, "SELECT step FROM job_steps ORDER BY step") == sorted((s.value,) for s in STEPS)
    assert rows(house, "SELECT state FROM jobs") == [("done",)]
    assert len(rows(house, "SELECT digest FROM files")) == 3
    paper = editions.pdf(house.stranger, edition)
    assert (paper.count(b"%seal"), paper.count(b"%stamp")) == (1, 1)
    published = [e for e in house.record(world.agenda) if e.name == "recommendation.published"]
    assert [e.subject_id for e in published] == [world.recommendation]


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_that_dies_anywhere_leaves_one_released_edition(house: House, point: str) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    with pytest.raises(Killed):
        work_once(house.operator, dying_at(point))
    assert not work_once(house.operator)
    house.clock.moment += jobs.LEASE + timedelta(seconds=1)
    assert house.work() == 1
    assert_published_once(world, edition)


def test_a_worker_that_begins_goes_on_at_once_with_what_a_dead_one_left_behind(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    with pytest.raises(Killed):
        work_once(house.operator, dying_at("sign.before_commit"))
    house.workplace.gone.add(house.workplace.name)
    house.workplace.name = "the next one"
    begin(house.operator)
    house.work()
    assert world.edition(edition).state is EditionState.RELEASED


def test_faults_after_many_deaths_are_tried_again_as_soon_as_others(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    for _ in range(jobs.DEATHS - 1):
        with pytest.raises(Killed):
            work_once(house.operator, dying_at("sign.before_commit"))
        house.clock.moment += jobs.LEASE + timedelta(seconds=1)

    def fail(_: str) -> None:
        raise OSError("the disk was slow")

    house.sealer.before = fail
    assert work_once(house.operator)
    house.clock.advance(seconds=2)
    house.sealer.before = lambda _: None
    assert work_once(house.operator)
    assert_published_once(world, edition)


def test_a_worker_that_dies_at_every_point_in_turn_leaves_one_released_edition(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    for point in POINTS:
        with pytest.raises(Killed):
            work_once(house.operator, dying_at(point))
        house.clock.moment += jobs.LEASE + timedelta(seconds=1)
    house.work()
    assert_published_once(world, edition)


def test_a_worker_that_lost_its_lease_stops_without_a_trace(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)

    def overtaken(point: str) -> None:
        if point == "sign.before_commit":
            house.clock.moment += jobs.LEASE + timedelta(seconds=1)
            assert work_once(house.operator)

    assert work_once(house.operator, overtaken)
    assert_published_once(world, edition)


def test_a_fault_is_written_down_and_tried_again_later(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)

    def fail(step: str) -> None:
        if step == "sign":
            raise OSError("the key store is away")

    house.sealer.before = fail
    assert work_once(house.operator)
    assert world.edition(edition).state is EditionState.RENDERED
    assert rows(house, "SELECT state, attempts, error FROM jobs") == [
        ("ready", 1, "OSError: the key store is away")
    ]
    assert not work_once(house.operator)
    house.clock.advance(seconds=2)
    house.sealer.before = lambda _: None
    assert work_once(house.operator)
    assert_published_once(world, edition)
    assert len(house.renderer.printed) == 1


def test_a_job_that_fails_again_and_again_waits_for_a_person(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    assert world.edition(edition).halt is None

    def fail(_: str) -> None:
        raise OSError("no")

    house.renderer.before = fail
    for _ in range(jobs.ATTEMPTS):
        assert work_once(house.operator)
        house.clock.moment += jobs.LONGEST_PAUSE
    assert not work_once(house.operator)
    assert rows(house, "SELECT state, attempts FROM jobs") == [("failed", jobs.ATTEMPTS)]
    assert world.edition(edition).state is EditionState.APPROVED
    assert publishing.fault(house.operator, edition) == "OSError: no"
    house.renderer.before = lambda _: None
    publishing.revive(house.operator, edition)
    assert work_once(house.operator)
    assert_published_once(world, edition)


def test_a_paper_that_does_not_pass_its_own_check_is_not_released(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    monkeypatch.setattr(house.sealer, "verify", lambda *_, **__: Verification(Verdict.BROKEN))
    house.work()
    assert world.edition(edition).state is EditionState.TIMESTAMPED
    assert rows(house, "SELECT state, error FROM jobs") == [("ready", "NotVerifiedError: ")]


def test_two_editions_are_published_one_after_the_other(house: House) -> None:
    world = endorsed(a_world(house))
    with world.recording() as entries:
        first = an_edition(world, approved=True)
        done = house.work()
        house.clock.advance(seconds=1)
        second = an_edition(world, approved=True)
        assert (done, house.work()) == (1, 1)
    released = [e.subject_id for e in entries if e.data.get("state") == "released"]
    assert released == [first, second]
    assert names(entries).count("recommendation.published") == 1


def test_a_paper_whose_own_report_speaks_against_it_is_not_released(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    differs = Sentence(Finding.TEXT_DIFFERS, {"number": "1", "computed": "ab", "named": "cd"})
    report = Verification(Verdict.VALID, (Sentence(Finding.ENTIRE_FILE), differs))
    monkeypatch.setattr(house.sealer, "verify", lambda *_, **__: report)
    house.work()
    assert world.edition(edition).state is EditionState.TIMESTAMPED
    assert rows(house, "SELECT state, error FROM jobs") == [("ready", f"NotVerifiedError: {differs.text}")]
