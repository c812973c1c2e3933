from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.domain.editions import EditionState
from service.domain.standings import completed
from service.domain.verification import Finding, Sentence, Verdict, Verification
from service.domain.views.lookups import Published, Standing, Successor

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
RELEASED = datetime(2026, 1, 5, 12, tzinfo=UTC)
SEALED = Sentence(Finding.SEALED_BY, {"signer": "The facility"})
NAMED = Sentence(Finding.RECORD_NAMED, {"size": "7", "root": "ab" * 32})
REPORT = Verification(Verdict.VALID, (SEALED, NAMED), edition=1)
EDITION = Published(
    "e1", "a1", "Port Alta 2026", 1, EditionState.RELEASED, "ab" * 32, "cd" * 32, RELEASED, None, REPORT
)
LATER = Successor("e2", 2, datetime(2026, 2, 2, 8, tzinfo=UTC))
THE_FILE = Sentence(Finding.PUBLISHED_FILE, {"number": "1", "released_at": "2026-01-05"})
STANDS = Sentence(Finding.STANDS, {"at": "2026-03-01 09:30 UTC"})


def said(
    published: Published | None, *, same_file: bool = True, agrees: bool | None = None
) -> tuple[Sentence, ...]:
    return completed(REPORT, published, same_file=same_file, record_agrees=agrees, now=NOW).sentences


def test_the_very_file_that_was_published_is_told_with_its_standing_today() -> None:
    assert said(EDITION) == (STANDS, THE_FILE, SEALED, NAMED)


def test_another_file_with_the_same_data_is_told_as_such() -> None:
    assert said(EDITION, same_file=False)[1] == Sentence(Finding.SAME_DATA, {"number": "1"})


def test_data_that_were_never_published_here_are_told_as_such() -> None:
    assert said(None) == (Sentence(Finding.NOT_PUBLISHED), SEALED, NAMED)


def test_an_edition_that_was_superseded_names_the_one_in_its_place() -> None:
    superseded = Sentence(Finding.SUPERSEDED, {"number": "2", "released_at": "2026-02-02"})

    assert said(replace(EDITION, successor=LATER))[0] == superseded


def test_an_edition_whose_successor_was_withdrawn_says_that_it_had_been_replaced() -> None:
    again = Sentence(Finding.STANDS_AGAIN, {"number": "2", "at": "2026-03-01 09:30 UTC"})

    assert said(replace(EDITION, withdrawn=LATER))[0] == again


def test_an_edition_that_was_withdrawn_is_told_as_withdrawn_whatever_came_after_it() -> None:
    withdrawn = replace(EDITION, state=EditionState.WITHDRAWN, successor=LATER)

    assert said(withdrawn)[0] == Sentence(Finding.WITHDRAWN)


@pytest.mark.parametrize(
    ("agrees", "finding"), [(True, Finding.RECORD_AGREES), (False, Finding.RECORD_DIFFERS)]
)
def test_the_record_is_held_against_what_the_paper_names(agrees: bool, finding: Finding) -> None:  # noqa: FBT001  a parameter
    assert said(EDITION, agrees=agrees)[-1] == Sentence(finding, {"size": "7"})


def test_a_report_that_was_kept_until_its_archive_timestamp_ended_is_no_longer_valid() -> None:
    kept = replace(REPORT, archived_until=NOW)
    over = replace(
        kept, verdict=Verdict.UNKNOWN, sentences=(STANDS, THE_FILE, Sentence(Finding.ARCHIVE_OVER))
    )

    assert completed(kept, EDITION, same_file=True, record_agrees=True, now=NOW) == over


def test_nothing_is_added_to_what_is_no_valid_paper() -> None:
    reports = (
        Verification(Verdict.BROKEN, (Sentence(Finding.CHANGED),), edition=1),
        Verification(Verdict.VALID, (Sentence(Finding.INCLUDED, {"size": "3"}),)),
    )

    found = [completed(one, EDITION, same_file=True, record_agrees=None, now=NOW) for one in reports]

    assert found == list(reports)


@pytest.mark.parametrize(
    ("published", "standing"),
    [
        (EDITION, Standing.STANDS),
        (replace(EDITION, successor=LATER), Standing.SUPERSEDED),
        (replace(EDITION, state=EditionState.WITHDRAWN), Standing.WITHDRAWN),
        (replace(EDITION, state=EditionState.SIGNED, released_at=None), Standing.NOT_RELEASED),
    ],
)
def test_an_edition_stands_until_it_is_superseded_or_withdrawn(
    published: Published, standing: Standing
) -> None:
    assert published.standing is standing


def test_whose_seal_it_should_be_is_left_open_of_a_file_that_was_not_published_here() -> None:
    left_open = Sentence(Finding.SIGNER_OPEN, {"signer": "The facility"})
    report = replace(REPORT, sentences=(left_open,))

    found = [
        completed(report, EDITION, same_file=same, record_agrees=None, now=NOW).sentences[2:]
        for same in (True, False)
    ]

    assert found == [(), (left_open,)]
