"""Why a signatory's signature that is intact is not trusted: who issued their key, or who attests when they signed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import keys, x509
from pyhanko.sign import signers
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from service.adapters.countersigning import Countersigner, sign_together
from service.adapters.demo_pki import DemoPki, Identity
from service.adapters.pdf.render import render
from service.adapters.roots import ClockRoots
from service.adapters.signatory_keys import fingerprint_of
from service.adapters.signing import Seal, demo_seal
from service.adapters.verifying import verify
from service.domain.publication import field_of
from service.domain.verification import Finding, Verdict, Verification
from tests.adapters.authorities import Authority
from tests.adapters.editions import SIGNING, VERIFY_URL, an_edition, signed_by
from tests.adapters.verdicts import said

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)
SERVICE, CLOCK, OTHER = (Authority(one, NOW - YEAR, NOW + YEAR) for one in ("Service", "Clock", "Other"))
SEAL, STAMPS = SERVICE.issue("The facility"), CLOCK.issue("Stamps", stamps=True)
OTHER_STAMPS = OTHER.issue("Other stamps", stamps=True)
LISTS = tuple(one.revocations(NOW) for one in (SERVICE, CLOCK, OTHER))


@dataclass
class Taking:
    """The stamps of one authority, but the second one of another: after the seal's, that is the signatory's."""

    first: Seal
    second: Seal
    taken: int = 0

    def __call__(self) -> TimeStamper:
        self.taken += 1
        return (self.second if self.taken == 2 else self.first).timestamper()


def stamping(authority: Authority, stamps: Identity) -> Seal:
    return demo_seal(DemoPki(authority.der, SEAL, stamps, b""))


def countersigned(
    key: Identity, by: Authority, *, clock: Seal | None = None, lists: tuple[bytes, ...] = LISTS
) -> bytes:
    """Return a paper that one signatory signed with a key that an authority issued, timed by a clock."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's own
    store.register(x509.Certificate.load(by.der))
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(key.certificate),
        signing_key=keys.PrivateKeyInfo.load(key.key),
        cert_registry=store,
    )
    edition = an_edition(asks=1, organisations=2, amendments=0, lessons=0)
    paper = render(edition, signed_by([fingerprint_of(signer), ""]), verify_url=VERIFY_URL)
    own = stamping(CLOCK, STAMPS)
    own.signer.cert_registry.register(x509.Certificate.load(SERVICE.der))
    every = tuple(one.pem for one in (SERVICE, CLOCK, OTHER))
    seal = Seal(own.signer, Taking(own, clock or own), roots=every, revocations=lists)
    signing = [Countersigner(SIGNING[0].name, field_of(1), signer)]
    return seal.timestamp(sign_together(seal, paper, signing))


def checked(paper: bytes) -> Verification:
    return verify(paper, (SERVICE.pem,), clocks=ClockRoots((CLOCK.pem,)))


@pytest.fixture(scope="module")
def timed_elsewhere() -> bytes:
    return countersigned(SERVICE.issue("Bo"), SERVICE, clock=stamping(OTHER, OTHER_STAMPS))


def test_a_signature_whose_root_is_trusted_for_timestamps_only_is_said_to_be_so() -> None:
    assert said(checked(countersigned(CLOCK.issue("Bo"), CLOCK))) == (
        Verdict.UNKNOWN,
        [Finding.SIGNATURE_FOREIGN, Finding.ROOT_FOR_STAMPS],
    )


def test_where_only_the_clock_of_a_signature_is_untrusted_that_is_the_reason(timed_elsewhere: bytes) -> None:
    found = checked(timed_elsewhere)

    assert said(found) == (Verdict.UNKNOWN, [Finding.SIGNATURE_UNTIMED, Finding.FOREIGN_STAMP])
    assert [one.values for one in found.sentences] == [
        {"name": SIGNING[0].name},
        {"authority": "Other stamps"},
    ]


def test_the_same_signature_is_valid_where_that_clock_is_trusted(timed_elsewhere: bytes) -> None:
    clocks = ClockRoots((CLOCK.pem, OTHER.pem))

    assert verify(timed_elsewhere, (SERVICE.pem,), clocks=clocks).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("lists", "verdict", "why"),
    [
        ((), Verdict.UNKNOWN, Finding.STAMP_UNTOLD),
        (
            (OTHER.revocations(NOW, revoked={OTHER_STAMPS.certificate: NOW - YEAR / 2}),),
            Verdict.BROKEN,
            Finding.STAMP_REVOKED,
        ),
    ],
    ids=["untold", "revoked"],
)
def test_what_was_said_of_the_clock_of_a_signature_is_looked_at(
    lists: tuple[bytes, ...], verdict: Verdict, why: Finding
) -> None:
    clock, known = stamping(OTHER, OTHER_STAMPS), (*LISTS[:2], *lists)
    paper = countersigned(SERVICE.issue("Bo"), SERVICE, clock=clock, lists=known)

    found = verify(paper, (SERVICE.pem,), clocks=ClockRoots((CLOCK.pem, OTHER.pem)))

    assert said(found) == (verdict, [Finding.SIGNATURE_UNTIMED, why])
