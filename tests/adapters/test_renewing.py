"""Papers outlive keys: archive timestamps are renewed, and what was sealed under an earlier root stays valid."""

import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import page
import pikepdf
import pytest

from service.adapters.countersigning import Countersigner, sign_together, with_roots_of
from service.adapters.demo_pki import DemoPki
from service.adapters.demo_signatories import DemoSignatories
from service.adapters.key_sources import CannotSealError
from service.adapters.sealing import make_verifier
from service.adapters.signing import Seal, demo_seal
from service.adapters.verifying import verify
from service.domain.verification import Finding, Sentence, Verdict
from tests.adapters.authorities import Authority

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)
SOON, LATER, MUCH_LATER = NOW + YEAR, NOW + 10 * YEAR, NOW + 30 * YEAR


@dataclass
class House:
    """A facility whose authority's certificate ends soon, and is followed by one that ends later."""

    root: Authority
    before: Seal
    after: Seal


@pytest.fixture(scope="module")
def house() -> House:
    root = Authority("Root", NOW - YEAR, MUCH_LATER)
    seal = root.issue("Seal", ends=SOON - timedelta(days=100))
    stamps = [root.issue("Stamps", stamps=True, ends=ends) for ends in (SOON, LATER)]
    before, after = (
        replace(
            demo_seal(DemoPki(root.der, seal, one, root.revocations(NOW))), roots=(root.pem,), demo_roots=()
        )
        for one in stamps
    )
    return House(root, before, after)


@pytest.fixture(scope="module")
def paper(house: House, small_paper: bytes) -> bytes:
    return house.before.timestamp(house.before.sign(small_paper))


@pytest.fixture(scope="module")
def renewed(house: House, paper: bytes) -> bytes:
    return house.after.renew(paper)


def test_renewing_only_appends_and_gives_the_new_stamp_a_name_of_its_own(
    paper: bytes, renewed: bytes
) -> None:
    assert renewed.startswith(paper)
    with pikepdf.open(io.BytesIO(renewed)) as pdf:
        names = [str(one.T) for one in pdf.Root.AcroForm.Fields]
    assert names == ["FacilitySeal", "ArchiveTimestamp", "ArchiveTimestamp2"]


def test_renewed_paper_stays_accessible(renewed: bytes) -> None:
    assert page.validate_pdf_bytes(renewed, profile=page.ValidationProfile.PDF_UA_1).failures == []


def test_both_are_valid_as_long_as_the_first_authority_is(house: House, paper: bytes, renewed: bytes) -> None:
    found = [verify(one, [house.root.pem]) for one in (paper, renewed)]
    assert [one.verdict for one in found] == [Verdict.VALID, Verdict.VALID]
    assert [one.archived_until for one in found] == [SOON, LATER]
    assert found[0].signed_at == found[1].signed_at
    stamps = [[one for one in each.sentences if one.template is Finding.STAMP] for each in found]
    assert [len(each) for each in stamps] == [1, 2]
    assert stamps[1][0] == stamps[0][0]


def test_once_the_first_authority_has_ended_the_renewed_paper_alone_is_valid(
    house: House, paper: bytes, renewed: bytes
) -> None:
    then = SOON + timedelta(days=30)
    old, new = (verify(one, [house.root.pem], at=then) for one in (paper, renewed))
    assert (old.verdict, old.sentences) == (Verdict.UNKNOWN, (Sentence(Finding.ARCHIVE_OVER),))
    assert (new.verdict, new.archived_until) == (Verdict.VALID, LATER)


def test_renewed_paper_ends_with_its_last_authority_unless_it_is_renewed_again(
    house: House, renewed: bytes
) -> None:
    then = LATER + timedelta(days=30)
    assert verify(renewed, [house.root.pem], at=then).sentences == (Sentence(Finding.ARCHIVE_OVER),)
    last = house.root.issue("Later stamps", stamps=True)
    seal = house.root.issue("Later seal")
    third = replace(
        demo_seal(DemoPki(house.root.der, seal, last, house.root.revocations(NOW))),
        roots=(house.root.pem,),
        demo_roots=(),
    ).renew(renewed)
    assert verify(third, [house.root.pem], at=then).verdict is Verdict.VALID
    assert third.count(b"/DocTimeStamp") >= 3


def test_those_who_signed_a_renewed_paper_beside_the_seal_still_have_when_the_first_authority_has_ended(
    house: House, joint_paper: bytes, signing: tuple[Countersigner, ...], named: DemoSignatories
) -> None:
    roots = [house.root.pem, named.root_certificate_pem]
    before, after = (
        with_roots_of(one, named.root_certificate_pem, named.revocations)
        for one in (house.before, house.after)
    )
    signed = before.timestamp(sign_together(before, joint_paper, signing))
    now, then = verify(signed, roots), verify(after.renew(signed), roots, at=SOON + timedelta(days=30))
    assert (then.verdict, then.archived_until) == (Verdict.VALID, LATER)
    assert [one.own_key for one in then.signatories] == [True, True]
    assert then.signatories == now.signatories


def test_byte_behind_a_renewed_paper_is_found(house: House, renewed: bytes) -> None:
    for forged in (renewed + b"\n", renewed[:-200] + b" " + renewed[-199:], renewed[: len(renewed) // 2]):
        assert verify(forged, [house.root.pem]).verdict is not Verdict.VALID


def test_stamp_of_a_stranger_over_a_paper_is_not_taken_for_a_renewal(house: House, paper: bytes) -> None:
    stranger = Authority("Stranger", NOW - YEAR, MUCH_LATER)
    stamps = stranger.issue("Stranger's stamps", stamps=True)
    seal = stranger.issue("Stranger's seal")
    theirs = demo_seal(DemoPki(stranger.der, seal, stamps, stranger.revocations(NOW)))
    # They check our stamp under our root, as anyone can, and stamp it under theirs.
    forged = replace(
        theirs,
        roots=(house.root.pem, stranger.pem),
        revocations=(*theirs.revocations, *house.before.revocations),
    ).renew(paper)
    assert verify(forged, [house.root.pem]).verdict is not Verdict.VALID


def test_file_without_a_stamp_is_not_renewed(house: House, small_paper: bytes) -> None:
    with pytest.raises(CannotSealError, match="no archive timestamp"):
        house.after.renew(house.after.sign(small_paper))
    with pytest.raises(CannotSealError):
        house.after.renew(b"no pdf")


@pytest.fixture
def rotated(house: House, tmp_path: Path) -> tuple[Seal, Path, Authority]:
    """Have another root, seal and authority in the place of the first, with both roots trusted."""
    new = Authority("New root", NOW - YEAR, MUCH_LATER)
    seal = demo_seal(
        DemoPki(new.der, new.issue("New seal"), new.issue("New stamps", stamps=True), new.revocations(NOW))
    )
    roots = tmp_path / "roots.pem"
    roots.write_bytes(new.pem + house.root.pem)
    trusting = replace(
        seal,
        roots=(roots.read_bytes(),),
        demo_roots=(),
        revocations=(*seal.revocations, *house.before.revocations),
    )
    return trusting, roots, new


def test_papers_of_an_earlier_key_and_root_stay_valid_beside_those_of_the_present(
    house: House, paper: bytes, small_paper: bytes, rotated: tuple[Seal, Path, Authority], tmp_path: Path
) -> None:
    seal, roots, new = rotated
    later = seal.timestamp(seal.sign(small_paper))
    both = [verify(one, [roots.read_bytes()]) for one in (paper, later)]
    assert [(one.verdict, one.signer) for one in both] == [
        (Verdict.VALID, "Seal"),
        (Verdict.VALID, "New seal"),
    ]
    assert make_verifier(tmp_path / "data", trusted=str(roots))(paper).verdict is Verdict.VALID
    assert [verify(one, [new.pem]).verdict for one in (paper, later)] == [Verdict.UNKNOWN, Verdict.VALID]
    assert verify(later, [house.root.pem]).verdict is Verdict.UNKNOWN


def test_paper_of_an_earlier_root_is_renewed_by_an_authority_of_the_present(
    house: House, paper: bytes, rotated: tuple[Seal, Path, Authority]
) -> None:
    seal, _, new = rotated
    renewed = seal.renew(paper)
    both = verify(renewed, [house.root.pem, new.pem], at=SOON + timedelta(days=30))
    assert (both.verdict, both.signer) == (Verdict.VALID, "Seal")
