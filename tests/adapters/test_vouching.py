"""Data to check a paper are of those who signed it and of whom they rest on; anything else could be another paper."""

import pytest
from asn1crypto.x509 import Certificate

from service.adapters.streamed import StreamedReader
from service.adapters.verifying import verify
from service.adapters.vouching import belong
from service.domain.verification import Finding, Sentence, Verdict
from tests.adapters import strangers
from tests.adapters.forgeries import stamped
from tests.adapters.strangers import Facility, with_data


@pytest.fixture(scope="module")
def house() -> Facility:
    return Facility()


@pytest.fixture(scope="module")
def paper(house: Facility, small_paper: bytes) -> bytes:
    return house.seal.timestamp(house.seal.sign(small_paper))


def belongs(house: Facility, pdf: bytes) -> bool:
    pinned = [Certificate.load(strangers.der(one)) for one in (house.own_root, house.other_root)]
    return belong(StreamedReader(pdf).embedded_signatures, pinned)


def test_data_of_those_on_whom_a_paper_rests_belong_to_it(house: Facility, paper: bytes) -> None:
    added = {what: with_data(paper, data) for what, data in strangers.of_the_facility(house)}
    everything = with_data(paper, [one for _, data in strangers.of_the_facility(house) for one in data])

    assert {what: belongs(house, pdf) for what, pdf in added.items()} == dict.fromkeys(added, True)
    assert verify(stamped(everything, house.seal), house.seal.roots).verdict is Verdict.VALID
    assert len(added) == 9


def test_data_of_strangers_do_not(house: Facility, paper: bytes) -> None:
    added = {what: with_data(paper, data) for what, data in strangers.of_strangers(house)}

    assert {what: belongs(house, pdf) for what, pdf in added.items()} == dict.fromkeys(added, False)
    assert len(added) >= 19


def test_stranger_among_the_data_is_told_however_well_the_paper_is_stamped(
    house: Facility, paper: bytes
) -> None:
    data = next(data for _, data in strangers.of_strangers(house))

    found = verify(stamped(with_data(paper, data), house.seal), house.seal.roots)

    assert (found.verdict, found.sentences) == (Verdict.BROKEN, (Sentence(Finding.CHECK_DATA_CHANGED),))


def test_stamp_holds_nothing_but_its_own_certificates(house: Facility, paper: bytes) -> None:
    found = {
        what: verify(pdf, house.seal.roots).verdict for what, pdf in strangers.in_the_stamp(house, paper)
    }

    assert found == dict.fromkeys(found, Verdict.BROKEN)
    assert len(found) == 3


def test_root_above_the_pinned_one_may_lie_in_the_file(house: Facility, paper: bytes) -> None:
    """Whoever trusts an authority need not trust the root that vouches for it, too."""
    pinned = house.seal.roots[1:]
    crossed = house.other.issue(house.root, issues=True)
    way = [("/Certs", strangers.der(one)) for one in (crossed, house.other_root)]
    with_way = with_data(paper, [*way, ("/CRLs", house.other.list())])

    found = [verify(stamped(with_way, house.seal), roots).verdict for roots in (pinned, house.seal.roots)]

    assert found == [Verdict.VALID, Verdict.VALID]
