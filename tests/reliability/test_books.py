"""What the crash campaigns would complain of, shown on books in which one thing is wrong."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from tests.reliability.books import Books, Row, about_mails, complaints
from tests.reliability.writers import Write

COMMENT = Write("comment", "/comments", {}, "comment-1", made="c1", answer={"id": "c1"})
UNANSWERED = Write("comment", "/comments", {}, "comment-2")
AMENDMENT = Write("amendment", "/amendments", {}, "amendment-1", made="a1", answer={"id": "a1"})
DECISION = Write("decision", "/decision", {}, "decision-1", makes=False, made="a1", answer={"id": "a1"})
EDITION = Write("edition", "/editions", {}, "edition-1", made="e1", answer={"id": "e1"})
APPROVAL = Write("approval", "/approval", {}, "approval-1", makes=False, made="e1", answer={"id": "e1"})
WRITES = [COMMENT, UNANSWERED, AMENDMENT, DECISION, EDITION, APPROVAL]
PAPER = "d" * 64

RIGHT = Books(
    rows={
        "comment": {"c1": {"id": "c1", "text": "comment-1"}},
        "amendment": {
            "a1": {
                "id": "a1",
                "justification": "amendment-1",
                "number": 1,
                "state": "rejected",
                "decision_reason": "decision-1",
            }
        },
        "position": {},
        "edition": {
            "e1": {"id": "e1", "number": 1, "state": "rendered", "approved_by": "p", "file_digest": PAPER}
        },
    },
    recorded=Counter(
        [
            ("comment.posted", "c1"),
            ("amendment.tabled", "a1"),
            ("edition.assembled", "e1"),
            ("edition.approved", "e1"),
        ]
    ),
    rejected=Counter(["a1"]),
    keys={"comment-1": "c1", "amendment-1": "a1", "edition-1": "e1"},
    moves={"e1": ["edition.assembled", "edition.approved", "rendered"]},
    jobs={"e1": {"id": "j1", "state": "running", "error": ""}},
    steps={"j1": frozenset({"render"})},
    contents={PAPER: PAPER},
    mails={
        f"<{name}>": {"address": name, "template": "t", "facts": {}, "thread": None, "state": state}
        for name, state in (("m1", "sent"), ("m2", "waiting"))
    },
)
Change = Callable[[Books], Books]


def with_rows(**rows: Mapping[str, Row]) -> Change:
    return lambda books: replace(books, rows={**books.rows, **rows})


def test_books_that_are_right_give_no_cause_to_complain() -> None:
    assert complaints(RIGHT, WRITES) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            with_rows(comment={}),
            [
                "the comment comment-1 was acknowledged as c1, and found as []",
                "the key of the comment comment-1 does not lead to []",
            ],
        ),
        (
            with_rows(comment={name: {"id": name, "text": f"comment-{name[1]}"} for name in ("c1", "c2")}),
            [
                "the comment comment-2 is not recorded once",
                "the key of the comment comment-2 does not lead to ['c2']",
            ],
        ),
        (
            with_rows(comment={name: {"id": name, "text": "comment-1"} for name in ("c1", "c2")}),
            [
                "the comment comment-1 was acknowledged as c1, and found as ['c1', 'c2']",
                "the comment comment-1 is not recorded once",
                "the key of the comment comment-1 does not lead to ['c1', 'c2']",
            ],
        ),
        (
            with_rows(position={"p1": {"id": "p1", "statement": "position-1"}}),
            ["nobody wrote the position position-1"],
        ),
        (
            lambda books: replace(books, rejected=Counter(["a1", "a1"])),
            ["the decision decision-1 is not recorded once"],
        ),
        (
            lambda books: with_rows(amendment={"a1": books.rows["amendment"]["a1"] | {"number": 2}})(books),
            ["the amendments are numbered [2]"],
        ),
        (
            lambda books: with_rows(amendment={"a1": books.rows["amendment"]["a1"] | {"state": "tabled"}})(
                books
            ),
            ["the decision decision-1 was acknowledged as a1, and found as []"],
        ),
        (
            lambda books: replace(books, steps={}),
            [f"edition 1 is rendered; its job says {RIGHT.moves['e1'][:2]}, the record {RIGHT.moves['e1']}"],
        ),
        (
            lambda books: replace(
                books, jobs={"e1": books.jobs["e1"] | {"state": "failed", "error": "Died."}}
            ),
            ["the job of edition 1 failed: Died."],
        ),
        (
            lambda books: replace(books, contents={PAPER: "e" * 64}),
            ["the paper of edition 1 is not what was sealed"],
        ),
    ],
)
def test_whatever_is_lost_doubled_or_half_done_is_told(change: Change, said: list[str]) -> None:
    assert complaints(change(RIGHT), WRITES) == said


def test_a_mail_that_is_sent_again_under_its_name_is_one_mail() -> None:
    assert about_mails(RIGHT, Counter({"<m1>": 2})) == []


def test_mails_that_are_lost_made_up_or_doubled_are_told() -> None:
    doubled = replace(RIGHT, mails={**RIGHT.mails, "<m3>": RIGHT.mails["<m2>"]})
    lost, made_up, again = (
        about_mails(doubled, Counter(["<m4>"]))[1::-1] + about_mails(doubled, Counter())[1:]
    )
    assert (lost, made_up) == (
        "the mail <m1> counts as sent, and never arrived",
        "nobody asked for the mail <m4>",
    )
    assert again.startswith("2 mails tell the same: ")
