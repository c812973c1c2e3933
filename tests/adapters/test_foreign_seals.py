"""Seals and stamps that lead to a trusted root, and are nevertheless not what the reader takes them for."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from service.adapters import whose
from service.adapters.demo_pki import DemoPki, Identity
from service.adapters.key_sources import KeyFile
from service.adapters.sealing import make_sealer
from service.adapters.signing import Seal, demo_seal
from service.adapters.verifying import verify
from service.domain.verification import Finding, Sentence, Verdict, Verification
from tests.adapters.authorities import Authority
from tests.adapters.conftest import a_pki
from tests.adapters.test_purposes import in_a_file

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)


def test_a_seal_that_anybody_could_have_under_a_trusted_root_is_not_taken_for_that_of_the_facility(
    sealed: bytes, small_paper: bytes, pki: DemoPki
) -> None:
    stranger = Authority("Trust service", NOW - YEAR, NOW + YEAR)
    clock = stranger.issue("Stamps", stamps=True)
    forger = demo_seal(DemoPki(stranger.der, stranger.issue("Forger"), clock, stranger.revocations(NOW)))
    forged = forger.timestamp(forger.sign(small_paper))
    roots = (stranger.pem, pki.root_certificate_pem)
    signer = "DEMO – not trusted: Coordination facility (demo)"
    fingerprint = hashlib.sha256(pki.seal.certificate).hexdigest()

    found = [
        verify(paper, roots, signers=expected)
        for paper in (forged, sealed)
        for expected in ((), (signer,), ("Former", fingerprint))
    ]

    foreign = (Verdict.UNKNOWN, Sentence(Finding.FOREIGN_SIGNER, {"signer": "Forger"}))
    named = Sentence(Finding.SIGNER_NAMED, {"signer": signer, "fingerprint": fingerprint})
    assert [(one.verdict, of_signer(one)) for one in found] == [
        (Verdict.VALID, Sentence(Finding.SIGNER_OPEN, {"signer": "Forger"})),
        foreign,
        foreign,
        (Verdict.VALID, Sentence(Finding.SIGNER_OPEN, {"signer": signer})),
        (Verdict.VALID, named),
        (Verdict.VALID, Sentence(Finding.SIGNER_EXPECTED, {"signer": signer})),
    ]


def of_signer(found: Verification) -> Sentence:
    """Return what is said of whether a seal is that of whom it is expected of."""
    wanted = (
        Finding.FOREIGN_SIGNER,
        Finding.SIGNER_EXPECTED,
        Finding.SIGNER_NAMED,
        Finding.SIGNER_OPEN,
    )
    (one,) = (sentence for sentence in found.sentences if sentence.template in wanted)
    return one


def test_the_demonstrations_own_seal_is_measured_by_no_other(sealed: bytes, pki: DemoPki) -> None:
    found = verify(sealed, (), demo_roots=(pki.root_certificate_pem,), signers=("The facility",))

    assert (found.verdict, found.demo) == (Verdict.VALID, True)


@pytest.mark.parametrize("inside", [True, False], ids=["in the seal", "over the file"])
def test_a_real_seal_by_the_demonstrations_clock_is_told_as_of_the_demonstration(
    small_paper: bytes,
    seal: Seal,
    pki: DemoPki,
    tmp_path: Path,
    inside: bool,  # noqa: FBT001  a parameter
) -> None:
    demo = a_pki(tmp_path / "keys")
    both = replace(
        seal,
        demo_roots=(pki.root_certificate_pem, demo.root_certificate_pem),
        revocations=(pki.revocations, demo.revocations),
    )
    by_demo = replace(both, timestamper=demo_seal(demo).timestamper)
    paper = by_demo.timestamp((by_demo if inside else both).sign(small_paper))

    found = verify(paper, (pki.root_certificate_pem,), demo_roots=(demo.root_certificate_pem,))

    told = [one.template for one in found.sentences]
    assert (found.verdict, found.demo) == (Verdict.VALID, True)
    assert (Finding.DEMO_STAMP in told, Finding.ROOT_SET in told) == (True, True)
    assert {Finding.DEMO, Finding.ROOT_DEMO, Finding.CLOCK_ROOT} & set(told) == set()


def test_a_strangers_stamp_on_a_genuine_paper_is_not_laid_to_its_seal(
    sealed: bytes, small_paper: bytes, pki: DemoPki, tmp_path: Path
) -> None:
    other = a_pki(tmp_path / "keys")
    stranger = replace(
        demo_seal(other),
        demo_roots=(pki.root_certificate_pem, other.root_certificate_pem),
        revocations=(pki.revocations, other.revocations),
    )

    ours = replace(stranger, signer=demo_seal(pki).signer)
    papers = (stranger.timestamp(sealed), ours.timestamp(ours.sign(small_paper)))

    found = [verify(one, (pki.root_certificate_pem,)) for one in papers]

    told = Sentence(Finding.FOREIGN_STAMP, {"authority": "DEMO – not trusted: Demo timestamp authority"})
    needed = Sentence(
        Finding.ROOT_NEEDED,
        {"root": "DEMO – not trusted: Demo root", "fingerprint": hashlib.sha256(other.root).hexdigest()},
    )
    assert [(one.verdict, one.sentences) for one in found] == [(Verdict.UNKNOWN, (told, needed))] * 2


def test_a_facility_with_a_key_of_its_own_expects_the_certificates_that_it_sealed_with(
    small_paper: bytes, tmp_path: Path
) -> None:
    service = Authority("Trust service", NOW - YEAR, NOW + YEAR)
    # All of them bear the facility's name: its key of now, that of before, and one that somebody else was given.
    own, former, another = (service.issue("The facility") for _ in range(3))
    (tmp_path / "roots.pem").write_bytes(service.pem)
    (tmp_path / "seal.p12").write_bytes(in_a_file(own))
    clock = service.issue("Stamps", stamps=True)

    def paper(identity: Identity) -> bytes:
        seal = demo_seal(DemoPki(service.der, identity, clock, service.revocations(NOW)))
        return seal.timestamp(seal.sign(small_paper))

    published = paper(former)
    opened, away = (
        make_sealer(
            tmp_path,
            source=KeyFile(str(tmp_path / "seal.p12"), passphrase),
            roots=str(tmp_path / "roots.pem"),
        )
        for passphrase in ("secret", "wrong")
    )
    former_fingerprint = opened.certificate_in(published) or ""

    def sealed_with() -> tuple[str]:
        return (former_fingerprint,)

    forged = paper(another)

    found = [
        opened.verify(published, sealed_with=sealed_with),
        opened.verify(paper(own), sealed_with=sealed_with),
        opened.verify(forged, sealed_with=sealed_with),
        away.verify(forged, sealed_with=sealed_with),
        opened.verify(forged, patiently=True),
        away.verify(forged),
    ]

    facility = {"signer": "The facility"}
    expected = (Verdict.VALID, Sentence(Finding.SIGNER_EXPECTED, facility))
    foreign = (Verdict.UNKNOWN, Sentence(Finding.FOREIGN_SIGNER, facility))
    left_open = (Verdict.VALID, Sentence(Finding.SIGNER_OPEN, facility))
    assert former_fingerprint == hashlib.sha256(former.certificate).hexdigest()
    assert [(one.verdict, of_signer(one)) for one in found] == [
        expected,
        expected,
        foreign,
        foreign,
        left_open,
        left_open,
    ]
    fingerprint = {"fingerprint": hashlib.sha256(another.certificate).hexdigest()}
    assert found[2].sentences[1:] == (Sentence(Finding.SIGNER_OTHER_CERTIFICATE, fingerprint),)
    assert found[0].certificate == former_fingerprint


def test_under_which_certificates_was_published_is_read_only_where_these_tell_whose_seal_is_expected(
    tmp_path: Path,
) -> None:
    service = Authority("Trust service", NOW - YEAR, NOW + YEAR)
    (tmp_path / "roots.pem").write_bytes(service.pem)
    (tmp_path / "seal.p12").write_bytes(in_a_file(service.issue("The facility")))
    source, roots = KeyFile(str(tmp_path / "seal.p12"), "secret"), str(tmp_path / "roots.pem")
    sealers = {
        "demonstration": make_sealer(tmp_path / "demo"),
        "named": make_sealer(tmp_path, source=source, roots=roots, signers=("The facility",)),
        "own": make_sealer(tmp_path, source=source, roots=roots),
    }
    asked: list[str] = []

    def published(by: str) -> frozenset[str]:
        asked.append(by)
        return frozenset()

    for name, sealer in sealers.items():
        for patiently in (False, True):
            sealer.verify(b"", patiently=patiently, sealed_with=partial(published, name))

    assert asked == ["own"]


@pytest.mark.parametrize("pdf", [b"no pdf", b"%PDF-1.7\n"])
def test_what_is_no_sealed_paper_tells_no_certificate(pdf: bytes, small_paper: bytes) -> None:
    assert [whose.certificate_in(one) for one in (pdf, small_paper)] == [None, None]
