"""The page on which anyone checks a paper."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from service.domain import canonical
from service.domain.paper_codes import code_of
from service.domain.phases import Phase
from service.store.tables import editions as table
from service.web.verification import LARGEST
from service.workflows import editions, record, renewing
from tests.builders import a_position, a_released_edition, an_edition, endorsed
from tests.fakes import FakeSealer
from tests.web.visitors import Site
from tests.worlds import World


@pytest.fixture
def phase() -> Phase:
    return Phase.CONSOLIDATION


def test_genuine_paper_is_told_from_one_with_a_byte_changed(site: Site, world: World) -> None:
    paper = editions.pdf(site.house.stranger, a_released_edition(endorsed(world)))
    genuine = site.visitor.hands_in("/verify", "paper", paper)
    changed = site.visitor.hands_in("/verify", "paper", paper.replace(b"digest", b"Digest", 1))
    assert (genuine.status, "This file is genuine and unchanged." in genuine.words) == (200, True)
    assert (changed.status, "Do not trust this file: it has been changed." in changed.words) == (200, True)


def test_receipt_of_a_position_is_checked_there_too(site: Site, world: World) -> None:
    taken = a_position(world.in_phase(Phase.ENDORSEMENT))
    receipt = canonical.to_json(record.position_receipt(site.house.stranger, taken)).encode()
    genuine = site.visitor.hands_in("/verify", "paper", receipt)
    changed = site.visitor.hands_in("/verify", "paper", receipt.replace(b"endorsed", b"objection", 1))
    large = site.visitor.hands_in("/verify", "paper", b"{" + b" " * record.LARGEST_FILE)
    assert (genuine.status, "genuine and unchanged" in genuine.words) == (200, True)
    assert (changed.status, "Do not trust this file" in changed.words) == (200, True)
    assert (large.status, "This is a large record." in large.words) == (422, True)


def test_roots_that_a_check_elsewhere_has_to_trust_are_handed_out(site: Site) -> None:
    page, roots = site.visitor.opens("/verify"), site.visitor.opens("/verify/roots.pem")
    assert (roots.status, roots.html) == (200, site.house.sealer.roots().decode())
    assert 'href="/verify/roots.pem"' in page.html


def test_no_file_is_said_beside_the_field(site: Site) -> None:
    page = site.visitor.sends("/verify")
    assert (page.status, page.words.count("Choose the file that you want to check.")) == (422, 2)


def test_file_that_is_too_large_is_refused_in_the_same_look(site: Site) -> None:
    page = site.visitor.hands_in("/verify", "paper", b"\0" * (LARGEST + 100_000))
    assert (page.status, "This is too large" in page.words) == (413, True)


def test_paper_whose_archive_timestamp_has_ended_is_not_called_genuine(site: Site, world: World) -> None:
    house = site.house
    house.sealer = FakeSealer(until=house.clock.moment + timedelta(days=1))
    edition = world.edition(a_released_edition(endorsed(world)))
    house.clock.advance(seconds=timedelta(days=2).total_seconds())
    for asked in (edition.file_digest, code_of(edition.digest)):
        words = site.visitor.opens(f"/verify/{asked}").words
        over = "The certificate of the last archive timestamp has ended"
        assert ("genuine and unchanged." in words, over in words) == (False, True)


def test_former_file_of_a_renewed_paper_is_told_as_one(site: Site, world: World) -> None:
    house = site.house
    house.sealer = FakeSealer(until=house.clock.moment + timedelta(days=1))
    edition = a_released_edition(endorsed(world))
    former = world.edition(edition).file_digest
    house.sealer = FakeSealer()
    renewing.ask(house.operator)
    house.work()
    page = site.visitor.opens(f"/verify/{former}")
    told = [
        "This file is genuine and unchanged." in page.words,
        "There is a copy of this paper with a newer archive timestamp." in page.words,
    ]
    assert (page.status, told) == (200, [True, True])


def test_each_question_is_answered_with_what_is_proven_and_what_is_not(site: Site, world: World) -> None:
    paper = editions.pdf(site.house.stranger, a_released_edition(endorsed(world)))
    page = site.visitor.hands_in("/verify", "paper", paper)
    headings = re.findall(
        r"<dt>([^<]+)</dt>", page.html.partition('<dl class="facts report">')[2].partition("</dl>")[0]
    )
    assert headings == [
        "The file",
        "Whether it still stands",
        "Who sealed it",
        "The record behind it",
    ]
    assert "proven It is, byte for byte, the file that was published here as edition 1" in page.words


def test_paper_is_found_by_its_code_however_it_is_typed(site: Site, world: World) -> None:
    edition = world.edition(a_released_edition(endorsed(world)))
    code = code_of(edition.digest)
    typed = site.visitor.opens(f"/verify?code={code.lower().replace('-', '+')}")
    assert (typed.status, typed.leads_to) == (303, f"/verify/{code}")
    page = site.visitor.opens(typed.leads_to)
    assert page.status == 200
    assert f"{edition.agenda}, edition 1" in page.words
    assert edition.digest in page.words
    assert edition.file_digest is not None
    assert edition.file_digest in page.words
    assert "it is the newest edition that is published here" in page.words
    assert f'href="/editions/{edition.id}/paper.pdf"' in page.html
    assert "This is what was published under that code." in page.words


def test_file_that_was_hashed_elsewhere_is_told_by_its_digest(site: Site, world: World) -> None:
    edition = world.edition(a_released_edition(endorsed(world)))
    page = site.visitor.opens(f"/verify/{edition.file_digest}")
    assert (page.status, "This file is genuine and unchanged." in page.words) == (200, True)
    assert "This is what was published under that code." not in page.words


def test_code_of_a_superseded_paper_leads_to_the_edition_in_its_place(site: Site, world: World) -> None:
    first = a_released_edition(endorsed(world))
    world.move(Phase.FOLLOW_UP)
    second = a_released_edition(world)
    page = site.visitor.opens(f"/verify/{code_of(world.edition(first).digest)}")
    assert "Edition 2, published on" in page.words
    assert f'href="/editions/{second}"' in page.html


def test_code_of_an_edition_without_a_paper_warns_of_copies(site: Site, world: World) -> None:
    edition = world.edition(an_edition(endorsed(world)))
    page = site.visitor.opens(f"/verify/{code_of(edition.digest)}")
    assert (page.status, "This edition has no published paper." in page.words) == (200, True)


def test_several_editions_that_begin_alike_are_listed(site: Site, world: World) -> None:
    first = a_released_edition(endorsed(world))
    world.move(Phase.FOLLOW_UP)
    second = a_released_edition(world)
    digests = {one: "ab" * 31 + end for one, end in ((first, "00"), (second, "01"))}
    with site.house.database.engine.begin() as connection:
        for one, digest in digests.items():
            connection.execute(update(table).where(table.c.id == one).values(digest=digest))
    page = site.visitor.opens("/verify/abababab")
    assert "Several editions begin like this" in page.words
    assert [f'href="/verify/{digest}"' in page.html for digest in digests.values()] == [True, True]


def test_code_of_no_paper_is_told_in_plain_words(site: Site) -> None:
    page = site.visitor.opens(f"/verify/{code_of('00' * 32)}")
    assert (page.status, "No paper with this code was published here" in page.words) == (404, True)


@pytest.mark.parametrize("path", ["/verify?code=hello", "/verify/hello", "/verify?code=", "/verify?code=%00"])
def test_what_is_no_code_is_said_beside_the_field(site: Site, path: str) -> None:
    page = site.visitor.opens(path)
    assert (page.status, page.words.count("This is no code of a paper.")) == (422, 2)


def test_an_edition_names_the_code_of_its_paper(site: Site, world: World) -> None:
    edition = world.edition(a_released_edition(endorsed(world)))
    assert f'href="/verify/{code_of(edition.digest)}"' in site.visitor.opens(f"/editions/{edition.id}").html


def test_a_sealed_file_that_was_not_published_here_is_called_so_and_not_genuine(
    site: Site, world: World
) -> None:
    paper = editions.pdf(site.house.stranger, a_released_edition(endorsed(world)))
    facts, sealer = json.loads(paper.split(b"\n")[1]), site.house.sealer
    papers = [
        sealer.timestamp(sealer.sign(b"%PDF-fake\n" + json.dumps({**facts, **other}).encode()))
        for other in ({"digest": "00" * 32}, {"approved_by": "Somebody else"})
    ]
    pages = [site.visitor.hands_in("/verify", "paper", one) for one in papers]
    for page in pages:
        assert "The seal holds, but this file is none that was published here." in page.words
        assert "genuine and unchanged." not in page.words
        assert 'class="notice good"' not in page.html
    answer, _, _ = pages[0].words.partition("Sealed by")
    assert "No edition with these data was published here" in answer
    answer, _, _ = pages[1].words.partition("Sealed by")
    assert "It is not byte for byte the file that is published here" in answer


def test_code_of_a_paper_whose_successor_was_withdrawn_is_not_answered_in_green(
    site: Site, world: World
) -> None:
    first = a_released_edition(endorsed(world))
    world.move(Phase.FOLLOW_UP)
    editions.withdraw(world.acting(world.facility), a_released_edition(world), "A wrong number.")
    page = site.visitor.opens(f"/verify/{code_of(world.edition(first).digest)}")
    assert "Edition 2 had taken its place and was withdrawn since" in page.words
    assert 'class="notice good"' not in page.html
