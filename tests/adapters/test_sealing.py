"""The sealer of the settings: what it says, and does, while the key at a signing service is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.adapters.sealing import ApartSealer, make_sealer
from service.domain.errors import SealAway, SealPinRefused, StampsAway
from service.domain.seals import SealFault
from service.domain.verification import Finding, Verdict
from tests.adapters.signing_service import SigningService, a_signing_service

LEAVE = "/csc/v1/credentials/authorize"


@pytest.fixture(scope="module")
def service() -> Iterator[SigningService]:
    with a_signing_service() as service:
        yield service


def a_sealer(service: SigningService, data: Path, **changed: str) -> ApartSealer:
    (data / "roots.pem").write_bytes(service.root.pem)
    return make_sealer(
        data,
        source=service.key(**changed),
        roots=str(data / "roots.pem"),
        tsa_url=f"{service.address}/stamps",
    )


def away(_: str, __: tuple[int, bytes]) -> tuple[int, bytes]:
    return 503, b""


def test_key_that_is_away_is_refused_in_words_and_sealed_with_when_it_is_back(
    service: SigningService, tmp_path: Path, small_paper: bytes
) -> None:
    service.twist = away
    sealer = a_sealer(service, tmp_path)
    for act in (sealer.describe, lambda: sealer.describe(patiently=True), lambda: sealer.sign(small_paper)):
        with pytest.raises(SealAway) as refused:
            act()
        assert str(refused.value.__cause__) == "The signing service failed (HTTP 503)."
    service.twist = lambda _, answer: answer
    assert sealer.sign(small_paper).startswith(small_paper)
    assert (sealer.describe().subject, sealer.describe().away) == ("CN=Seal at the service", None)


def test_key_of_the_demonstration_is_told_of_without_loading_what_seals(tmp_path: Path) -> None:
    sealer = make_sealer(tmp_path)
    told = [sealer.describe(), sealer.describe(patiently=True)]
    assert ([one.demo for one in told], sealer._reached.last) == ([True, True], None)


def test_key_that_went_away_is_described_still_and_is_no_hindrance_to_time_stamps(
    service: SigningService, tmp_path: Path, small_paper: bytes, sealed: bytes
) -> None:
    sealer = a_sealer(service, tmp_path)
    sealer.describe()
    service.twist = lambda path, answer: away(path, answer) if path.startswith("/csc") else answer
    with pytest.raises(SealAway):
        sealer.sign(small_paper)
    found = sealer.describe()
    assert (found.subject, found.away) == ("CN=Seal at the service", SealFault.AWAY)
    assert a_sealer(service, tmp_path).timestamp(sealed).startswith(sealed)
    service.twist = lambda _, answer: answer


def test_timestamp_authority_that_is_away_is_told_apart_from_the_key(
    service: SigningService, tmp_path: Path, small_paper: bytes, sealed: bytes
) -> None:
    sealer = a_sealer(service, tmp_path)
    service.twist = lambda path, answer: away(path, answer) if path.startswith("/stamps") else answer
    with pytest.raises(StampsAway):
        sealer.sign(small_paper)
    with pytest.raises(StampsAway):
        sealer.timestamp(sealed)
    assert sealer.describe().away is None
    service.twist = lambda _, answer: answer


def test_refused_pin_is_told_apart_from_a_key_that_is_away(
    service: SigningService, tmp_path: Path, small_paper: bytes
) -> None:
    sealer = a_sealer(service, tmp_path, pin="hush-other")
    with pytest.raises(SealPinRefused):
        sealer.sign(small_paper)
    assert sealer.describe().away is SealFault.PIN_REFUSED
    # Whoever starts again with the same PIN is told when it seals, and the service is not asked.
    asked = [path for path, _ in service.asked].count(LEAVE)
    with pytest.raises(SealPinRefused):
        a_sealer(service, tmp_path, pin="hush-other").sign(small_paper)
    assert [path for path, _ in service.asked].count(LEAVE) == asked


def test_strangers_paper_is_checked_while_the_key_is_away(
    service: SigningService, tmp_path: Path, sealed: bytes
) -> None:
    service.twist = away
    found = a_sealer(service, tmp_path).verify(sealed)
    assert (found.verdict, found.sentences[0].template) == (Verdict.UNKNOWN, Finding.FOREIGN_ROOT)
    service.twist = lambda _, answer: answer
