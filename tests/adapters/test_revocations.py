"""What a file holds on revocations tells nothing where it is signed in a way that nobody knows, and ends no check."""

import io

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader

from service.adapters.revocations import Told, told_of
from tests.adapters.strangers import Facility, der, with_data

KNOWN, UNKNOWN = (bytes.fromhex(f"2a8648ce3d0403{last}") for last in ("02", "7f"))
"""By which algorithm lists and answers are signed here, and one that there is not."""


@pytest.fixture(scope="module")
def house() -> Facility:
    return Facility()


@pytest.fixture(scope="module")
def signed(house: Facility, small_paper: bytes) -> bytes:
    return house.seal.sign(small_paper)


def told(house: Facility, paper: bytes) -> list[Told]:
    """Return what a paper holds on its seal."""
    seal, root = (x509.Certificate.load(der(one)) for one in (house.seal_of, house.own_root))
    return told_of(seal, root, PdfFileReader(io.BytesIO(paper)))


def held(house: Facility, kind: str) -> bytes:
    root, own = house.root, house.own_root
    return root.list() if kind == "/CRLs" else root.answer(house.seal_of, own, own)


@pytest.mark.parametrize("kind", ["/CRLs", "/OCSPs"])
def test_a_list_or_answer_by_an_unknown_algorithm_tells_nothing(
    house: Facility, signed: bytes, kind: str
) -> None:
    content, before = held(house, kind), told(house, signed)

    known = told(house, with_data(signed, [(kind, content)]))
    unknown = told(house, with_data(signed, [(kind, content.replace(KNOWN, UNKNOWN))]))

    assert (len(known), unknown) == (len(before) + 1, before)
