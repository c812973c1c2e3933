"""The page on which anyone checks a paper."""

import pytest

from service.domain import canonical
from service.domain.phases import Phase
from service.web.verification import LARGEST
from service.workflows import editions, record
from tests.builders import a_position, a_released_edition, endorsed
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


def test_no_file_is_said_beside_the_field(site: Site) -> None:
    page = site.visitor.sends("/verify")
    assert (page.status, page.words.count("Choose the file that you want to check.")) == (422, 2)


def test_file_that_is_too_large_is_refused_in_the_same_look(site: Site) -> None:
    page = site.visitor.hands_in("/verify", "paper", b"\0" * (LARGEST + 100_000))
    assert (page.status, "This is too large" in page.words) == (413, True)
