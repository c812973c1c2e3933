"""How `sympolity verify` tells what it found."""

import json

from service.commands.told import to_json, to_text
from service.domain.verification import Finding, Level, Sentence, Verdict, Verification

CHANGED = Verification(Verdict.BROKEN, (Sentence(Finding.CHANGED),))
VALID = Verification(
    Verdict.VALID,
    (
        Sentence(Finding.SEALED_BY, {"signer": "The facility"}),
        Sentence(Finding.ENTIRE_FILE),
        Sentence(Finding.NOT_THE_TRUTH),
        Sentence(Finding.TEXT_DIFFERS, {"number": "1", "computed": "ab" * 32, "named": "cd" * 32}),
    ),
    title="Cities as partners",
    edition=1,
    level=Level.LTA,
)
IN_SIXTY = f"""\
VALID
  Cities as partners, edition 1

The file
  proven      It covers the entire file, and no byte has changed
              since it was sealed.

Who sealed it
  proven      The seal is that of The facility.
  not proven  A seal tells who published these words, and when.
              It does not tell that what they say is right.

Texts and positions
  against it  The text of recommendation 1 is not the one that
              its positions are bound to: its digest is
              {"ab" * 32},
              and they name
              {"cd" * 32}.
"""


def test_a_report_is_set_question_by_question_in_the_width_of_the_terminal() -> None:
    assert to_text(VALID, 64) == IN_SIXTY


def test_without_a_terminal_each_sentence_stands_in_one_line() -> None:
    assert [line for line in to_text(VALID).splitlines() if "positions are bound" in line] == [
        f"  against it  {VALID.sentences[3].text}"
    ]


def test_a_report_of_one_question_needs_no_headings() -> None:
    assert to_text(CHANGED, 60) == (
        "BROKEN\n  The sealed part of the file has been changed since it was\n  sealed.\n"
    )
    assert to_text(CHANGED) == f"BROKEN\n  {CHANGED.sentences[0].text}\n"


def test_programs_are_told_all_that_is_known_and_each_sentence_by_its_code() -> None:
    told = json.loads(to_json(VALID))

    assert list(told["findings"][0]) == ["topic", "bearing", "code", "text"]
    assert [(one["topic"], one["bearing"], one["code"]) for one in told["findings"]] == [
        ("seal", "proven", "sealed_by"),
        ("file", "proven", "entire_file"),
        ("seal", "open", "not_the_truth"),
        ("texts", "against", "text_differs"),
    ]
    assert [one["text"] for one in told["findings"]] == [one.text for one in VALID.sentences]
    assert {name for name, value in told.items() if value is None} == {
        "address",
        "archived_until",
        "certificate",
        "digest",
        "record_root",
        "record_size",
        "signed_at",
        "signer",
        "timestamped_at",
    }
    assert (told["verdict"], told["title"], told["edition"], told["demo"], told["level"]) == (
        "valid",
        "Cities as partners",
        1,
        False,
        "PAdES B-LTA",
    )
