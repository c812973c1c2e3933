"""Behind a seal may stand what renewals and named signatories write, and nothing else."""

import pytest

from service.adapters import countersignatures
from service.adapters.permitted import foreign
from service.adapters.signing import Seal
from service.adapters.streamed import StreamedReader
from service.domain.verification import Finding
from tests.adapters.forgeries import changed, stamped


def behind(pdf: bytes, *, named: bool = True) -> Finding | None:
    reader = StreamedReader(pdf)
    seal = next(one for one in reader.embedded_regular_signatures if one.docmdp_level is not None)
    fields = countersignatures.expected(countersignatures.printed(pdf)).keys() if named else set[str]()
    return foreign(pdf, reader, seal, fields)


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


@pytest.mark.parametrize("what", ["hidden", "extensions replaced"])
def test_what_was_written_once_is_found_below_renewals(sealed: bytes, seal: Seal, what: str) -> None:
    forged = stamped(changed(sealed, what), seal)

    assert behind(seal.renew(forged)) == behind(forged) is not None
