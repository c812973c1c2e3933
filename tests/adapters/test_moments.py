"""Papers are judged as of what their timestamps prove: lists of revocations end in days, papers do not."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from asn1crypto import crl, x509
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext

from service.adapters.demo_pki import DemoPki, Identity
from service.adapters.signing import Increment, Seal, appended, demo_seal
from service.adapters.verifying import verify
from service.domain.reports import ABOUT, Bearing
from service.domain.verification import Finding, Sentence, Verdict, Verification
from tests.adapters.authorities import Authority
from tests.adapters.forgeries import stamped

NOW = datetime.now(UTC).replace(microsecond=0)
DAY, YEAR = timedelta(days=1), timedelta(days=365)
THEN = NOW - 100 * DAY
"""When the papers here are sealed, a hundred days ago."""


@dataclass(frozen=True)
class SealThen(Seal):
    """A seal that is used in another time, by what was said of revocations then."""

    moment: datetime = NOW

    @asynccontextmanager
    async def context(self) -> AsyncIterator[ValidationContext]:
        yield ValidationContext(
            trust_roots=[x509.Certificate.load(one) for one in ROOTS_IN_DER],
            crls=[crl.CertificateList.load(one) for one in self.revocations],
            revocation_mode="hard-fail",
            moment=self.moment,
        )


SEALING, STAMPING, OTHERS = (
    Authority(one, NOW - YEAR, NOW + 30 * YEAR) for one in ("Seals", "Stamps", "Other")
)
ROOTS_IN_DER = tuple(one.der for one in (SEALING, STAMPING, OTHERS))
ROOTS = tuple(one.pem for one in (SEALING, STAMPING, OTHERS))
SEAL = SEALING.issue("Facility")
STAMPS = STAMPING.issue("Clock", stamps=True, ends=NOW + 2 * YEAR)
OTHER_STAMPS = OTHERS.issue("Another clock", stamps=True, ends=NOW + 5 * YEAR)


def seal_at(
    moment: datetime, *, stamps: Identity = STAMPS, by: Authority = STAMPING, lists: tuple[bytes, ...] = ()
) -> SealThen:
    """Return the facility's seal at a moment, with lists that were made then, and are good for a week."""
    seal = demo_seal(DemoPki(by.der, SEAL, stamps, b""), at=lambda: moment)
    seal.signer.cert_registry.register(x509.Certificate.load(SEALING.der))
    made = lists or (
        *(one.revocations(moment) for one in (SEALING, STAMPING)),
        *([by.revocations(moment)] if by is OTHERS else []),
    )
    return SealThen(
        seal.signer, seal.timestamper, roots=ROOTS, revocations=made, clock=seal.clock, moment=moment
    )


@pytest.fixture(scope="module")
def paper(small_paper: bytes) -> bytes:
    seal = seal_at(THEN)
    return seal.timestamp(seal.sign(small_paper))


@pytest.fixture(scope="module")
def renewed(paper: bytes) -> bytes:
    return seal_at(THEN + 10 * DAY).renew(paper)


def templates(found: Verification) -> list[Finding]:
    return [one.template for one in found.sentences]


def the(finding: Finding, found: Verification) -> Mapping[str, str]:
    (one,) = (sentence for sentence in found.sentences if sentence.template is finding)
    return one.values


def said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def test_a_paper_stays_valid_when_the_lists_in_it_have_long_ended(paper: bytes) -> None:
    found = [verify(paper, ROOTS, at=THEN + days * DAY) for days in (8, 60, 370)]

    assert [(one.verdict, one.archived_until) for one in found] == [(Verdict.VALID, NOW + 2 * YEAR)] * 3
    assert [one.sentences for one in found] == [found[0].sentences] * 3
    ended = verify(paper, ROOTS, at=NOW + 2 * YEAR + DAY)
    assert (ended.verdict, templates(ended)) == (Verdict.UNKNOWN, [Finding.ARCHIVE_OVER])


def test_since_when_the_clock_may_have_been_revoked_is_left_open(paper: bytes) -> None:
    told = the(Finding.LASTS_UNLESS_REVOKED, verify(paper, ROOTS))

    assert told == {"authority": "Clock", "since": said(THEN - timedelta(minutes=5))}
    assert ABOUT[Finding.LASTS_UNLESS_REVOKED][1] is Bearing.OPEN


def test_a_renewed_paper_stays_valid_under_whatever_clocks_stamped_it(renewed: bytes) -> None:
    fresh = NOW - 40 * DAY
    alone = (OTHERS.revocations(fresh),)
    again = seal_at(NOW - 60 * DAY, stamps=OTHER_STAMPS, by=OTHERS).renew(renewed)
    # Of the first clock and the seal nobody says anything any more.
    last = seal_at(fresh, stamps=OTHER_STAMPS, by=OTHERS, lists=alone).renew(again)

    found = [
        verify(one, ROOTS, at=NOW + days * DAY) for one, days in ((renewed, 370), (last, 0), (last, 1000))
    ]

    ends = [NOW + 2 * YEAR, NOW + 5 * YEAR, NOW + 5 * YEAR]
    assert [(one.verdict, one.archived_until) for one in found] == [(Verdict.VALID, one) for one in ends]
    assert {one.signed_at for one in found} == {THEN}


def test_of_a_new_clock_whose_stamp_is_the_newest_the_file_need_hold_nothing_of_that_day(
    paper: bytes,
) -> None:
    seal, lists = seal_at(NOW - DAY, stamps=OTHER_STAMPS, by=OTHERS), (STAMPING.revocations(NOW - DAY),)
    known = with_data(paper, OTHER_STAMPS.certificate, lists=lists)
    once = stamped(known, seal)
    newest, twice = verify(once, ROOTS), verify(stamped(once, seal), ROOTS)

    told = {"authority": "Another clock", "since": said(NOW - YEAR)}
    assert (newest.verdict, the(Finding.LASTS_UNLESS_REVOKED, newest)) == (Verdict.VALID, told)
    untold = Sentence(Finding.STAMP_UNTOLD, {"authority": "Another clock"})
    assert twice == Verification(Verdict.UNKNOWN, (untold,))


def with_data(pdf: bytes, *certificates: bytes, lists: tuple[bytes, ...] = ()) -> bytes:
    """Return a file with more data to check it."""

    async def add(increment: Increment, output: BytesIO) -> None:
        known = [x509.Certificate.load(one) for one in certificates]
        held = [crl.CertificateList.load(one) for one in lists]
        DocumentSecurityStore.supply_dss_in_writer(increment, None, certs=known, crls=held)
        increment.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own

    return appended(pdf, add)


@dataclass(frozen=True)
class Case:
    """Lists in a paper, and what is said of it."""

    lists: tuple[bytes, ...]
    verdict: Verdict
    told: tuple[Sentence, ...] = ()
    named: str = field(default="", compare=False)


_SEALS, _STAMPS = SEALING.revocations(THEN), STAMPING.revocations(THEN)
_OLD = THEN - 20 * DAY
_SIGNER, _CLOCK = {"signer": "Facility"}, {"authority": "Clock"}
CASES = (
    Case((_SEALS, _STAMPS), Verdict.VALID, named="all of it"),
    Case((_STAMPS,), Verdict.UNKNOWN, (Sentence(Finding.SEAL_UNTOLD, _SIGNER),), "nothing on the seal"),
    Case((_SEALS,), Verdict.UNKNOWN, (Sentence(Finding.STAMP_UNTOLD, _CLOCK),), "nothing on the clock"),
    Case(
        (SEALING.revocations(_OLD), _STAMPS),
        Verdict.UNKNOWN,
        (Sentence(Finding.SEAL_UNTOLD, _SIGNER),),
        "too old on the seal",
    ),
    Case(
        (_SEALS, STAMPING.revocations(_OLD)),
        Verdict.UNKNOWN,
        (Sentence(Finding.STAMP_UNTOLD, _CLOCK),),
        "too old on the clock",
    ),
    Case(
        (SEALING.revocations(THEN, revoked={SEAL.certificate: THEN - DAY}), _STAMPS),
        Verdict.BROKEN,
        (Sentence(Finding.REVOKED),),
        "seal revoked before",
    ),
    Case(
        (_SEALS, STAMPING.revocations(THEN, revoked={STAMPS.certificate: THEN - DAY})),
        Verdict.BROKEN,
        (Sentence(Finding.STAMP_REVOKED, _CLOCK),),
        "clock revoked before",
    ),
    Case(
        (_SEALS, STAMPING.revocations(THEN + DAY, revoked={STAMPS.certificate: THEN + timedelta(hours=1)})),
        Verdict.BROKEN,
        (Sentence(Finding.STAMP_REVOKED, _CLOCK),),
        "clock that stamped for a time before it was revoked",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.named)
def test_what_is_said_of_revocations_decides_by_the_time_it_is_said_of(
    small_paper: bytes, case: Case
) -> None:
    found = verify(holding(small_paper, case.lists), ROOTS, at=NOW)

    assert found.verdict is case.verdict
    assert not case.told or found.sentences == case.told


def holding(pdf: bytes, lists: tuple[bytes, ...]) -> bytes:
    """Return a paper that holds these lists and no others, whatever they say."""
    seal = seal_at(THEN)
    signed = seal.sign(pdf)
    end = signed.index(b"%%EOF", signed.rindex(b"/ByteRange")) + len(b"%%EOF\n")

    known = (SEALING.der, STAMPING.der, SEAL.certificate, STAMPS.certificate)
    return stamped(with_data(signed[:end], *known, lists=lists), seal)


def test_a_key_that_was_reported_after_the_seal_leaves_its_seals_as_they_are(paper: bytes) -> None:
    later = THEN + 10 * DAY
    reported = SEALING.revocations(later, revoked={SEAL.certificate: THEN + DAY})
    seal = seal_at(later, lists=(reported, STAMPING.revocations(later)))

    found = verify(seal.renew(with_data(paper, lists=(reported,))), ROOTS)

    assert (found.verdict, found.signed_at) == (Verdict.VALID, THEN)


def test_a_certificate_is_told_by_the_day_of_what_it_rests_on(paper: bytes, renewed: bytes) -> None:
    before, after = verify(paper, ROOTS), verify(renewed, ROOTS)

    listed = said(THEN - timedelta(minutes=5))
    assert the(Finding.CERTIFICATE_TOLD_BEFORE, before)["told_at"] == listed
    assert the(Finding.CERTIFICATE_UNTOLD_SINCE, before) == {"told_at": listed}
    assert ABOUT[Finding.CERTIFICATE_UNTOLD_SINCE][1] is Bearing.OPEN
    since = said(THEN + 10 * DAY - timedelta(minutes=5))
    assert the(Finding.CERTIFICATE_TOLD_AFTER, after)["told_at"] == since
    assert Finding.CERTIFICATE_UNTOLD_SINCE not in templates(after)


@pytest.mark.parametrize("late", [timedelta(hours=2), 50 * DAY, -timedelta(hours=1)], ids=str)
def test_a_seal_whose_time_was_exchanged_is_broken(small_paper: bytes, late: timedelta) -> None:
    seal = seal_at(THEN)
    other = seal_at(THEN + late)
    forged = replace(other, clock=seal.clock, moment=THEN + late)
    paper = forged.timestamp(forged.sign(small_paper))

    told = {"attested": said(THEN + late), "claimed": said(THEN)}
    assert verify(paper, ROOTS) == Verification(Verdict.BROKEN, (Sentence(Finding.SEAL_RETIMED, told),))


@pytest.mark.parametrize("late", [timedelta(minutes=59), -timedelta(minutes=4)], ids=str)
def test_clocks_may_differ_a_little(small_paper: bytes, late: timedelta) -> None:
    slow = replace(seal_at(THEN + late), clock=lambda: THEN)
    found = verify(slow.timestamp(slow.sign(small_paper)), ROOTS)

    times = {"signed_at": said(THEN + late), "claimed": said(THEN), "authority": "Clock"}
    assert (found.verdict, the(Finding.SEALED_NOT_LATER, found)) == (Verdict.VALID, times)
