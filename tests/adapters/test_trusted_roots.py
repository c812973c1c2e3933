"""Roots of signers answer for seals, those of the clock for timestamps; kept apart, neither answers for the other."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509

from service.adapters import trusted_roots
from service.adapters.demo_pki import DemoPki, Identity
from service.adapters.key_sources import KeyFile
from service.adapters.roots import TOGETHER, ClockRoots
from service.adapters.sealing import make_sealer, make_verifier
from service.adapters.signing import Seal, demo_seal
from service.adapters.verifying import verify
from service.domain.verification import Finding, Sentence, Verdict, Verification
from tests.adapters.authorities import Authority
from tests.adapters.conftest import a_pki
from tests.adapters.test_purposes import in_a_file

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)
NAME = "The facility"


@dataclass(frozen=True)
class TwoRoots:
    """The facility's trust service, and that of its clock, each with a certificate of either kind."""

    service: Authority
    clock: Authority
    own: Identity

    @property
    def apart(self) -> ClockRoots:
        """The clock's root, for timestamps alone."""
        return ClockRoots((self.clock.pem,))

    def paper(self, pdf: bytes, seals: tuple[Authority, Identity], stamps: Authority) -> bytes:
        """Return a paper that one of them sealed and one of them stamped, with all that is needed to check it."""
        issuer, identity = seals
        signer = demo_seal(DemoPki(issuer.der, identity, identity, b"")).signer
        authority = stamps.issue("Stamps", stamps=True)
        both = (self.service, self.clock)
        seal = Seal(
            signer,
            demo_seal(DemoPki(stamps.der, identity, authority, b"")).timestamper,
            roots=tuple(one.pem for one in both),
            revocations=tuple(one.revocations(NOW) for one in both),
        )
        return seal.timestamp(seal.sign(pdf))


@pytest.fixture(scope="module")
def two() -> TwoRoots:
    service, clock = (Authority(name, NOW - YEAR, NOW + YEAR) for name in ("Trust service", "Clock"))
    return TwoRoots(service, clock, service.issue(NAME))


@pytest.fixture(scope="module")
def genuine(two: TwoRoots, small_paper: bytes) -> bytes:
    return two.paper(small_paper, (two.service, two.own), two.clock)


def said(found: Verification) -> tuple[Verdict, Sequence[Finding]]:
    """Return a verdict, and why; of what is valid only that it is."""
    why = [one.template for one in found.sentences]
    return found.verdict, [] if found.verdict is Verdict.VALID else why


def of_root(root: Authority) -> dict[str, str]:
    return {"root": root.name, "fingerprint": hashlib.sha256(root.der).hexdigest()}


def test_each_root_answers_for_what_it_is_trusted_for(two: TwoRoots, genuine: bytes) -> None:
    found = verify(genuine, (two.service.pem,), clocks=two.apart)

    assert said(found) == (Verdict.VALID, [])
    assert Sentence(Finding.ROOT_SET, of_root(two.service)) in found.sentences
    assert Sentence(Finding.CLOCK_ROOT, of_root(two.clock)) in found.sentences


def test_the_root_of_the_clock_issues_no_seal(two: TwoRoots, small_paper: bytes) -> None:
    forged = two.paper(small_paper, (two.clock, two.clock.issue(NAME)), two.clock)

    found = verify(forged, (two.service.pem,), signers=(NAME,), clocks=two.apart)

    assert said(found) == (Verdict.UNKNOWN, [Finding.FOREIGN_ROOT, Finding.ROOT_FOR_STAMPS])
    assert found.sentences[1].values == of_root(two.clock)
    # Where nobody keeps them apart, the name is all that is known of it, and no proof.
    roots = (two.service.pem, two.clock.pem)
    together = verify(forged, roots, signers=(NAME,))
    fingerprint = hashlib.sha256(two.own.certificate).hexdigest()
    assert together.verdict is Verdict.VALID
    assert Finding.SIGNER_NAMED in [one.template for one in together.sentences]
    by_fingerprint = verify(forged, roots, signers=(fingerprint,))
    assert said(by_fingerprint) == (
        Verdict.UNKNOWN,
        [Finding.FOREIGN_SIGNER, Finding.SIGNER_OTHER_CERTIFICATE],
    )


def test_the_root_of_signers_tells_no_time(two: TwoRoots, small_paper: bytes) -> None:
    forged = two.paper(small_paper, (two.service, two.own), two.service)

    found = [verify(forged, (two.service.pem,), clocks=one) for one in (TOGETHER, two.apart)]

    assert [said(one) for one in found] == [
        (Verdict.VALID, []),
        (Verdict.UNKNOWN, [Finding.FOREIGN_STAMP, Finding.ROOT_FOR_SIGNERS]),
    ]
    assert found[1].sentences[1].values == of_root(two.service)


def test_a_root_that_is_trusted_for_neither_is_named_as_before(two: TwoRoots, tmp_path: Path) -> None:
    known = trusted_roots.of((two.service.pem,), (two.clock.pem,))
    stranger = x509.Certificate.load(a_pki(tmp_path / "keys").root)
    needed = [Sentence(Finding.ROOT_NEEDED, {"fingerprint": stranger.sha256.hex()})]

    assert known.told_of_signers(needed) == known.told_of_clock(needed) == tuple(needed)


def test_a_service_and_the_command_keep_the_roots_apart_that_they_are_told_apart(
    two: TwoRoots, genuine: bytes, small_paper: bytes, tmp_path: Path
) -> None:
    service, clock, key = (tmp_path / name for name in ("service.pem", "clock.pem", "seal.p12"))
    service.write_bytes(two.service.pem)
    clock.write_bytes(two.clock.pem)
    key.write_bytes(in_a_file(two.own))
    sealer = make_sealer(
        tmp_path, source=KeyFile(str(key), "secret"), roots=str(service), tsa_roots=str(clock)
    )
    check = make_verifier(tmp_path, trusted=str(service), trusted_time=str(clock))
    forged = two.paper(small_paper, (two.clock, two.clock.issue(NAME)), two.clock)

    found = [of(paper).verdict for of in (sealer.verify, check) for paper in (genuine, forged)]

    assert found == [Verdict.VALID, Verdict.UNKNOWN] * 2
    assert sealer.roots().count(b"# for timestamps only") == 1


def test_the_demonstrations_signatories_tell_no_time(tmp_path: Path) -> None:
    sealer = make_sealer(tmp_path)

    (clock,) = sealer._clocks.demo or ()

    assert (clock in sealer._demo_roots, len(sealer._demo_roots)) == (True, 2)
