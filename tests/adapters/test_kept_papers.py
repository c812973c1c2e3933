"""Papers that an earlier release has sealed: whoever was handed one can have it checked by every later release.

They were made once, and are never made anew: a change by which one of them fails breaks papers that people hold.
"""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from service.adapters.verifying import verify
from service.domain.verification import Finding, Level, Verdict
from tests.adapters.verdicts import said
from tests.fakes import a_notary

KEPT = Path(__file__).parent / "golden"
PAPER = (KEPT / "paper-2026-11.pdf").read_bytes()
ROOTS = (KEPT / "roots-2026-11.pem").read_bytes()
DIGEST = "baff208443174a43c17e0e81b4741b6824fe4aa4d1155087fab4d08190f5a338"


@pytest.mark.parametrize("year", [2027, 2050])
def test_a_paper_with_signatures_proofs_and_a_renewed_timestamp_is_valid_as_long_as_its_last_one(
    year: int,
) -> None:
    at = datetime(year, 1, 1, tzinfo=UTC)
    found = verify(PAPER, (ROOTS,), record_keys=(a_notary().key.public,), at=at)

    assert sha256(PAPER).hexdigest() == DIGEST
    assert said(found) == (
        Verdict.VALID,
        [
            Finding.SEALED_BY,
            Finding.ENTIRE_FILE,
            Finding.SEALED_NOT_LATER,
            Finding.SIGNED_NOT_LATER,
            Finding.SIGNED_NOT_LATER,
            Finding.ARCHIVED_AT,
            Finding.DATA_MATCH,
            Finding.SIGNER_OPEN,
            Finding.CERTIFICATE_TOLD_BEFORE,
            Finding.CERTIFICATE_UNTOLD_SINCE,
            Finding.NOT_THE_TRUTH,
            Finding.CLOCK,
            Finding.LEVEL_LTA,
            Finding.LASTS,
            Finding.LASTS_UNLESS_REVOKED,
            Finding.ROOT_SET,
            Finding.CLOCK_SAME_ROOT,
            Finding.ROOT_OF_SIGNATORIES,
            Finding.LATER_DATA,
            Finding.STAMP,
            Finding.STAMP,
            Finding.NOTHING_ELSE,
            Finding.TEXTS_BOUND,
            Finding.RECORD_NAMED,
            Finding.PROOFS_HOLD_OF_MANY,
            Finding.SIGNED_NOTE,
            Finding.POSITIONS_PROVEN,
            Finding.REPRODUCIBLE,
        ],
    )
    sealed_at = datetime(2026, 11, 26, 12, tzinfo=UTC)
    assert (found.signed_at, found.timestamped_at, found.archived_until) == (
        sealed_at,
        sealed_at,
        datetime(2051, 11, 20, 11, tzinfo=UTC),
    )
    assert (found.title, found.edition, found.level) == (
        "What 57 city partnerships ask of the European Union",
        2,
        Level.LTA,
    )
    assert [(one.name, one.own_key) for one in found.signatories] == [
        ("Bo Invented", True),
        ("Cy Invented", True),
    ]


def test_after_its_last_timestamp_has_ended_nothing_is_said_of_it_any_more() -> None:
    found = verify(PAPER, (ROOTS,), at=datetime(2052, 1, 1, tzinfo=UTC))

    assert (found.verdict, found.sentences[0].template) == (Verdict.UNKNOWN, Finding.ARCHIVE_OVER)
