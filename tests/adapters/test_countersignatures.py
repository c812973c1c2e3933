"""A paper that signatories signed is checked for exactly their signatures, each where it belongs."""

import random
from dataclasses import replace
from pathlib import Path

from service.adapters.countersigning import Countersigner, sign_together
from service.adapters.pdf.render import render
from service.adapters.signatory_keys import fingerprint_of
from service.adapters.signing import Seal
from service.adapters.verifying import verify
from service.domain.verification import Finding, Verdict, Verification
from tests.adapters.editions import VERIFY_URL, an_edition, signed_by
from tests.adapters.forged_signatories import by_signatories
from tests.adapters.verdicts import said

NEEDED = {Finding.SIGNATURE_FOREIGN: [Finding.ROOT_NEEDED]}
"""What is told beside a signature that leads to no trusted root."""


def checked(pdf: bytes, seal: Seal) -> Verification:
    return verify(pdf, (), demo_roots=seal.demo_roots)


def test_a_countersigned_paper_says_who_signed_it_and_when(countersigned: bytes, joint_seal: Seal) -> None:
    found = checked(countersigned, joint_seal)

    assert said(found) == (
        Verdict.VALID,
        [
            Finding.SEALED_BY,
            Finding.ENTIRE_FILE,
            Finding.SEALED_AT,
            Finding.SIGNED_BY_KEPT_KEY,
            Finding.SIGNED_BY_KEPT_KEY,
            Finding.ARCHIVED_AT,
            Finding.DATA_MATCH,
            Finding.DEMO,
            Finding.CERTIFICATE,
            Finding.NOT_THE_TRUTH,
            Finding.CLOCK,
            Finding.LEVEL_LTA,
            Finding.LASTS,
            Finding.ROOT_DEMO,
            Finding.CLOCK_SAME_ROOT,
            Finding.ROOT_OF_SIGNATORIES,
            Finding.LATER_DATA,
            Finding.STAMP,
            Finding.NOTHING_ELSE,
            Finding.TEXTS_BOUND,
            Finding.RECORD_NAMED,
            Finding.NO_PROOFS,
            Finding.REPRODUCIBLE,
        ],
    )
    assert [(one.name, one.organisation, one.own_key) for one in found.signatories] == [
        ("Bo Invented", "City of Vilaró", True),
        ("Cy Invented", "City of Vilaró", True),
    ]
    first, second = found.signatories
    assert found.signed_at is not None
    assert found.timestamped_at is not None
    assert found.signed_at <= first.signed_at <= second.signed_at <= found.timestamped_at


def test_who_has_no_key_is_told_by_what_the_seal_attests(
    joint_seal: Seal, signing: tuple[Countersigner, ...]
) -> None:
    edition = an_edition(asks=1, organisations=2, amendments=0, lessons=0)
    approval = signed_by(["", fingerprint_of(signing[1].signer)])
    paper = render(edition, approval, verify_url=VERIFY_URL)

    found = checked(joint_seal.timestamp(sign_together(joint_seal, paper, signing[1:])), joint_seal)

    assert said(found)[0] is Verdict.VALID
    assert said(found)[1][3:5] == [Finding.SIGNED_BY_ACCOUNT, Finding.SIGNED_BY_KEPT_KEY]
    assert found.signatories[0].signed_at == approval.signatories[0].signed_at
    assert not found.signatories[0].own_key


def test_every_forged_signature_is_found_and_told_by_its_own_sentence(
    joint_seal: Seal,
    joint_paper: bytes,
    signing: tuple[Countersigner, ...],
    countersigned: bytes,
    tmp_path: Path,
) -> None:
    made = list(by_signatories(joint_seal, joint_paper, signing, countersigned, tmp_path))
    found = [(one, verify(one.pdf, (), demo_roots=(*joint_seal.demo_roots, *one.roots))) for one in made]

    assert len({one.pdf for one in made}) >= 20
    assert [one.name for one, told in found if told.verdict is Verdict.VALID] == []
    assert [
        (one.name, said(told)[1])
        for one, told in found
        if one.said and said(told)[1] != [one.said, *NEEDED.get(one.said, [])]
    ] == []


def test_a_signature_says_the_name_that_is_printed_whatever_its_signatory_is_called_by_now(
    joint_seal: Seal, joint_paper: bytes, signing: tuple[Countersigner, ...]
) -> None:
    renamed = [replace(one, name="Another name") for one in signing]

    signed = joint_seal.timestamp(sign_together(joint_seal, joint_paper, renamed))

    assert (signed.count(b"/Name (Bo Invented)"), b"Another name" in signed) == (1, False)
    assert checked(signed, joint_seal).verdict is Verdict.VALID


def test_a_paper_that_names_nobody_is_signed_by_nobody_else(
    joint_seal: Seal, small_paper: bytes, signing: tuple[Countersigner, ...]
) -> None:
    forged = joint_seal.timestamp(sign_together(joint_seal, small_paper, signing[:1]))

    assert said(checked(forged, joint_seal)) == (Verdict.BROKEN, [Finding.ADDED])


def test_none_of_2000_changed_bytes_of_a_countersigned_paper_passes(
    countersigned: bytes, joint_seal: Seal
) -> None:
    chance, passed = random.Random(20261126), []  # noqa: S311  a sample, not a secret
    for _ in range(2_000):
        place, change = chance.randrange(len(countersigned)), chance.randrange(1, 256)
        forged = bytearray(countersigned)
        forged[place] ^= change
        if checked(bytes(forged), joint_seal).verdict is Verdict.VALID:
            passed.append((place, forged[place]))
    assert passed == []
