"""Behind a seal may stand what renewals and named signatories write, and nothing else."""

import pytest

from service.adapters import countersignatures
from service.adapters.countersigning import Countersigner
from service.adapters.permitted import foreign
from service.adapters.signing import Seal
from service.adapters.streamed import StreamedReader
from service.domain.verification import Finding
from tests.adapters.forged_signatories import signed_as
from tests.adapters.forgeries import changed, stamped


def behind(pdf: bytes, *, named: bool = True) -> Finding | None:
    reader = StreamedReader(pdf)
    seal = next(one for one in reader.embedded_regular_signatures if one.docmdp_level is not None)
    signatories = countersignatures.expected(countersignatures.printed(pdf)) if named else {}
    return foreign(pdf, reader, seal, signatories)


def test_what_renewals_write_belongs_there_time_and_again(sealed: bytes, seal: Seal) -> None:
    papers = [sealed]
    for _ in range(3):
        papers.append(seal.renew(papers[-1]))

    assert [behind(one) for one in papers] == [None] * 4


def test_signatures_belong_there_of_those_whom_the_paper_names(
    countersigned: bytes, joint_seal: Seal
) -> None:
    renewed = joint_seal.renew(countersigned)

    assert [behind(one) for one in (countersigned, renewed)] == [None, None]
    assert [behind(one, named=False) for one in (countersigned, renewed)] == [Finding.FORM_CHANGED] * 2


def test_a_signature_shows_the_name_that_the_paper_lists_or_none(
    joint_paper: bytes, joint_seal: Seal, signing: tuple[Countersigner, ...]
) -> None:
    said: list[dict[str, str]] = [{}, {"name": signing[0].name}, {"name": signing[1].name}]

    found = [behind(signed_as(joint_seal, joint_paper, signing, one)) for one in said]

    assert found == [None, None, Finding.SIGNATURE_SAYS_OTHERWISE]


@pytest.mark.parametrize("what", ["hidden", "extensions replaced"])
def test_what_was_written_once_is_found_below_renewals(sealed: bytes, seal: Seal, what: str) -> None:
    forged = stamped(changed(sealed, what), seal)

    assert behind(seal.renew(forged)) == behind(forged) is not None
