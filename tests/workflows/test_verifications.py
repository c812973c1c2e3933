import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import update

from service.domain.errors import Invalid
from service.domain.paper_codes import code_of
from service.domain.phases import Phase
from service.domain.verification import Finding, Sentence, Verdict
from service.domain.views.lookups import Standing
from service.store.tables import editions as table
from service.workflows import editions, renewing, verifications
from tests.builders import a_released_edition, a_world, an_edition, endorsed
from tests.counting import counting
from tests.fakes import FakeSealer
from tests.houses import House
from tests.worlds import World


@pytest.fixture
def world(house: House) -> World:
    return endorsed(a_world(house))


def said(world: World, paper: bytes) -> list[Finding]:
    return [one.template for one in editions.verify(world.house.stranger, paper).sentences]


def found(world: World, code: str) -> list[tuple[str, Standing]]:
    return [
        (one.edition.id, one.edition.standing) for one in verifications.look_up(world.house.stranger, code)
    ]


def sealed_otherwise(world: World, paper: bytes, **facts: object) -> bytes:
    """Return a paper that bears the same seal over other facts."""
    told = {**json.loads(paper.split(b"\n")[1]), **facts}
    sealer = world.house.sealer
    return sealer.timestamp(sealer.sign(b"%PDF-fake\n" + json.dumps(told).encode()))


def test_the_paper_that_was_published_is_known_with_its_standing_and_its_record(world: World) -> None:
    paper = editions.pdf(world.house.stranger, a_released_edition(world))

    assert said(world, paper) == [
        Finding.STANDS,
        Finding.PUBLISHED_FILE,
        Finding.SEALED_BY,
        Finding.ENTIRE_FILE,
        Finding.RECORD_AGREES,
    ]


def test_a_paper_says_that_it_is_superseded_until_the_later_edition_is_withdrawn(world: World) -> None:
    house, first = world.house, a_released_edition(world)
    world.move(Phase.FOLLOW_UP)
    second = a_released_edition(world)
    papers = [editions.pdf(house.stranger, one) for one in (first, second)]

    superseded = editions.verify(house.stranger, papers[0]).sentences[0]
    assert superseded == Sentence(
        Finding.SUPERSEDED, {"number": "2", "released_at": f"{house.clock.moment:%Y-%m-%d}"}
    )
    assert said(world, papers[1])[0] is Finding.STANDS

    editions.withdraw(world.acting(world.facility), second, "A wrong number.")

    assert [said(world, one)[0] for one in papers] == [Finding.STANDS_AGAIN, Finding.WITHDRAWN]
    assert found(world, world.edition(first).digest) == [(first, Standing.STANDS)]

    third = a_released_edition(world)
    assert said(world, papers[0])[0] is Finding.SUPERSEDED
    assert said(world, editions.pdf(house.stranger, third))[0] is Finding.STANDS


def test_another_file_with_the_data_of_an_edition_is_told_from_its_paper(world: World) -> None:
    paper = editions.pdf(world.house.stranger, a_released_edition(world))

    told = said(world, sealed_otherwise(world, paper, approved_by="Somebody else"))

    assert (told[:2], told[-1]) == ([Finding.STANDS, Finding.SAME_DATA], Finding.RECORD_AGREES)


@pytest.mark.parametrize("size", ["1", "2147483648", "0"])
def test_a_paper_that_names_another_record_is_told_as_such(world: World, size: str) -> None:
    paper = editions.pdf(world.house.stranger, a_released_edition(world))

    other = sealed_otherwise(world, paper, record={"size": size, "root": "00" * 32})

    assert said(world, other)[-1] is Finding.RECORD_DIFFERS


def test_a_paper_that_was_not_published_here_is_told_as_such(world: World) -> None:
    edition = a_released_edition(world)
    paper = editions.pdf(world.house.stranger, edition)

    assert said(world, sealed_otherwise(world, paper, digest="00" * 32))[0] is Finding.NOT_PUBLISHED
    assert said(world, paper[:-1]) == [Finding.CHANGED]


def test_a_paper_that_is_not_released_yet_is_none_that_was_published(world: World) -> None:
    released = editions.pdf(world.house.stranger, a_released_edition(world))
    world.move(Phase.FOLLOW_UP)
    waiting = world.edition(an_edition(world))

    early = sealed_otherwise(world, released, digest=waiting.digest, edition=2)

    assert said(world, early)[0] is Finding.NOT_PUBLISHED


def test_an_edition_is_found_by_its_code_and_by_its_digests(world: World) -> None:
    edition = a_released_edition(world)
    view = world.edition(edition)
    assert view.file_digest is not None

    asked = (code_of(view.digest), view.digest, view.digest[:8], view.file_digest)
    assert [found(world, one) for one in asked] == [[(edition, Standing.STANDS)]] * 4

    (one,) = verifications.look_up(world.house.stranger, code_of(view.digest).lower())
    assert one.report == editions.verify(world.house.stranger, editions.pdf(world.house.stranger, edition))
    assert (one.edition.digest, one.edition.file_digest) == (view.digest, view.file_digest)


def test_what_nobody_published_is_not_found_and_what_is_no_code_is_refused(world: World) -> None:
    a_released_edition(world)

    assert [found(world, one) for one in ("00" * 32, code_of("00" * 32), "00000000")] == [[], [], []]
    with pytest.raises(Invalid):
        verifications.look_up(world.house.stranger, "hello")


def test_an_edition_without_a_paper_is_found_as_not_released(world: World) -> None:
    edition = an_edition(world, approved=True)

    (one,) = verifications.look_up(world.house.stranger, code_of(world.edition(edition).digest))

    assert (one.edition.standing, one.edition.file_digest, one.report) == (Standing.NOT_RELEASED, None, None)


def test_an_edition_that_was_withdrawn_before_its_release_has_no_report(world: World) -> None:
    edition = an_edition(world)
    editions.withdraw(world.acting(world.facility), edition, "A wrong number.")

    (one,) = verifications.look_up(world.house.stranger, code_of(world.edition(edition).digest))

    assert (one.edition.standing, one.report) == (Standing.WITHDRAWN, None)


def test_a_report_from_before_says_nothing_of_the_record(world: World) -> None:
    edition = a_released_edition(world)
    paper = editions.pdf(world.house.stranger, edition)
    kept = (
        '{"verdict":"valid","edition":1,"sentences":[{"template":'
        '"It covers the entire file, and no byte has changed since it was sealed.","values":{}}]}'
    )
    with world.house.database.engine.begin() as connection:
        connection.execute(update(table).values(verification=kept))

    assert said(world, paper) == [Finding.STANDS, Finding.PUBLISHED_FILE, Finding.ENTIRE_FILE]


def test_several_editions_that_begin_alike_are_all_found_the_newest_first_in_few_statements(
    world: World,
) -> None:
    made, statements = [], []
    for number in range(3):
        made.append(a_released_edition(world))
        alike = "ab" * 7 + hashlib.sha256(str(number).encode()).hexdigest()[14:]
        with world.house.database.engine.begin() as connection:
            connection.execute(update(table).where(table.c.id == made[-1]).values(digest=alike))
        world.house.clock.advance(seconds=1)
        with counting(world.house) as counted:
            listed = found(world, code_of("ab" * 32))
        assert [one for one, _ in listed] == made[::-1]
        statements.append(len(counted))
        if number == 0:
            world.move(Phase.FOLLOW_UP)

    assert listed[0][1] is Standing.STANDS
    assert [standing for _, standing in listed[1:]] == [Standing.SUPERSEDED] * 2
    # Only of an edition that is found alone is the record read, too.
    assert statements[1] == statements[2] == statements[0] - 2


def test_a_verdict_is_the_same_for_everyone(world: World) -> None:
    paper = editions.pdf(world.house.stranger, a_released_edition(world))

    readers = (world.house.stranger, world.acting(world.facility), world.acting(world.cities[0]))

    assert {editions.verify(one, paper).verdict for one in readers} == {Verdict.VALID}


def test_a_paper_is_found_by_the_digest_that_it_had_before_its_renewal(world: World) -> None:
    house, soon = world.house, world.house.clock.moment + timedelta(days=30)
    house.sealer = FakeSealer(until=soon)
    edition = a_released_edition(world)
    paper = editions.pdf(house.stranger, edition)
    house.sealer = FakeSealer()
    renewing.ask(house.operator)
    house.work()

    (one,) = verifications.look_up(house.stranger, hashlib.sha256(paper).hexdigest())

    assert (one.edition.id, one.former, one.report) == (edition, True, editions.verify(house.stranger, paper))
    assert one.report is not None
    assert [told.template for told in one.report.sentences[:2]] == [Finding.STANDS, Finding.OLDER_ARCHIVE]


def test_a_paper_whose_archive_timestamp_has_ended_is_not_called_valid(world: World) -> None:
    house = world.house
    house.sealer = FakeSealer(until=house.clock.moment + timedelta(days=30))
    edition = a_released_edition(world)
    paper = editions.pdf(house.stranger, edition)
    over = [Finding.STANDS, Finding.PUBLISHED_FILE, Finding.ARCHIVE_OVER]
    house.clock.advance(seconds=timedelta(days=30).total_seconds() - 1)
    before = editions.verify(house.stranger, paper).verdict
    house.clock.advance(seconds=1)

    (found,) = verifications.look_up(house.stranger, hashlib.sha256(paper).hexdigest())

    assert (before, editions.verify(house.stranger, paper)) == (Verdict.VALID, found.report)
    assert found.report is not None
    assert (found.report.verdict, said(world, paper)) == (Verdict.UNKNOWN, over)
