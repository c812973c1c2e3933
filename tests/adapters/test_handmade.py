"""What is written behind a paper by hand is measured byte by byte, and passes only if it is what renewals write."""

import asyncio
import io

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfTimeStamper

from service.adapters.demo_pki import DemoPki
from service.adapters.signing import Seal
from service.adapters.verifying import verify
from service.domain.verification import Finding, Verdict
from tests.adapters.handmade import ByHand, by_hand


def test_renewal_by_another_hand_that_writes_as_ours_do_is_valid(
    sealed: bytes, seal: Seal, pki: DemoPki
) -> None:
    once = ByHand(sealed, seal).stamped()
    papers = (once, ByHand(once, seal, skipped=0).stamped(), seal.renew(once))

    found = [verify(one, (), demo_roots=(pki.root_certificate_pem,)) for one in papers]

    assert [one.verdict for one in found] == [Verdict.VALID] * 3


def test_whatever_else_is_written_by_hand_is_found(sealed: bytes, seal: Seal, pki: DemoPki) -> None:
    made = list(by_hand(sealed, seal))
    found = [(one, verify(one.pdf, (), demo_roots=(pki.root_certificate_pem,))) for one in made]

    assert len({one.pdf for one in made}) == len(made) >= 45
    assert [one.name for one, told in found if told.verdict is Verdict.VALID] == []
    assert [
        (one.name, [each.template for each in told.sentences])
        for one, told in found
        if one.said and [each.template for each in told.sentences] != [one.said]
    ] == []


def test_renewal_by_another_tool_that_dates_the_paper_anew_is_refused_and_told_as_what_it_can_be(
    sealed: bytes, seal: Seal, pki: DemoPki
) -> None:
    async def renewed() -> bytes:
        output = io.BytesIO()
        async with seal.context() as context:
            await PdfTimeStamper(seal.timestamper()).async_update_archival_timestamp_chain(
                PdfFileReader(io.BytesIO(sealed)), context, in_place=False, output=output
            )
        return output.getvalue()

    found = verify(asyncio.run(renewed()), (), demo_roots=(pki.root_certificate_pem,))

    told = [one.template for one in found.sentences]
    assert (found.verdict, told) == (
        Verdict.BROKEN,
        [Finding.METADATA_CHANGED, Finding.RENEWED_ELSEWHERE],
    )
