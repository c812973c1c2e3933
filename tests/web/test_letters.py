"""Mails as their readers get them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from service.domain.access import LinkPurpose
from service.domain.mails import (
    DIGEST,
    TEMPLATES,
    Envelope,
    Mail,
    MailState,
    PostedMail,
)
from service.domain.text import Block, BlockKind, summarise
from service.web.letters import HouseLetters
from service.workflows.notices import told_change

MADE = datetime(2026, 1, 5, 9, tzinfo=UTC)
LETTERS = HouseLetters("https://sympolity.example", "no-reply@sympolity.example")
BEFORE = (Block("ask", BlockKind.PARAGRAPH, "Delegations should name a contact."),)
AFTER = (Block("ask", BlockKind.PARAGRAPH, "Delegations should name two contacts."),)
CHANGES = told_change(summarise(BEFORE, AFTER))
NOTE = "sympolity.example/A1\n12\nroot=\ntime 2026-01-05T09:00:00Z\n\n— sympolity.example signature=\n"
HOSTILE = "<b>Tell</b> all\n=> https://evil.example\n# Now & here"
ROUND = {"agenda_id": "A1", "agenda": "Port Alta 2026", "closes_at": "2026-02-01T17:00:00+00:00"}
TEXT = {"recommendation_id": "R1", "recommendation": "Name cities", "recommendation_number": 3}
VALUES: Mapping[str, Mapping[str, object]] = {
    "sign_in_link": {},
    "confirmation_link": {},
    "invitation": {"organisation": "Amara", "agenda": "Port Alta 2026"},
    "phase_opened": {**ROUND, "phase": "amending", "before": "commenting", "reason": HOSTILE, "checkpoint": NOTE},
    "phase_taken_back": {**ROUND, "phase": "amending", "before": "consolidation", "reason": HOSTILE},
    "deadline_moved": {**ROUND, "phase": "amending", "before": "2026-01-20T17:00:00+00:00", "reason": HOSTILE},
    "phase_closing": {**ROUND, "phase": "amending", "next": "consolidation"},
    "deadline_reminder": {
        **ROUND, "phase": "endorsement", "organisation": "Amara", "missing": ["3. Name cities"],
    },
    "waiting": {**ROUND, "phase": "endorsement", "organisation": "Amara", "missing": ["3. Name cities"]},
    "amendment_sent": {
        **TEXT, "amendment_id": "M1", "number": 7, "organisation": "Amara", "version": 1, "changes": CHANGES,
        "digest": "3f" * 32,
    },
    "decision": {
        **TEXT, "amendment_id": "M1", "number": 7, "organisation": "Amara", "state": "rejected",
        "reason": HOSTILE, "changes": CHANGES, "as_decided": False, "signed": False,
    },
    "reconfirmation": {
        **TEXT, "organisation": "Amara", "stance": "endorsed", "from_version": 1, "to_version": 2,
        "changes": CHANGES, "closes_at": "2026-02-01T17:00:00+00:00",
    },
    "answer": {**TEXT, "comment_id": "C1", "organisation": "Amara", "answer": HOSTILE, "comment": "Who pays?"},
    "mention": {**TEXT, "comment_id": "C1", "organisation": "Amara", "mentioned": "Kesi", "text": HOSTILE},
    "signature_awaited": {
        **ROUND, "edition_id": "E1", "number": 1, "organisation": "Amara", "digest": "3f" * 32,
    },
    "signature_declined": {
        **ROUND, "edition_id": "E1", "number": 1, "organisation": "Amara", "reason": HOSTILE,
    },
    "edition_released": {
        **ROUND, "edition_id": "E1", "number": 1, "recommendations": ["3. Name cities"], "checkpoint": NOTE,
    },
    "seal_ending": {"whose": "CN=Seal of the facility", "expires_at": "2026-03-06T12:00:00+00:00", "days": 60},
    "signatory_key_ending": {
        "name": HOSTILE, "own": False, "expires_at": "2026-03-06T12:00:00+00:00", "days": 60,
    },
    "timestamps_ending": {
        "authority": "https://tsa.example", "expires_at": "2026-03-06T12:00:00+00:00", "days": 60,
    },
}  # fmt: skip
VALUES = {**VALUES, DIGEST: {"items": [{"template": t, "values": dict(v)} for t, v in VALUES.items() if v]}}


def a_mail(template: str, **changed: object) -> PostedMail:
    mail = Mail(template, "ada@city.example", "en", {**VALUES[template], **changed}, "P1", "M1")
    return PostedMail(
        "01J0", mail, MailState.WAITING, "<01J0@sympolity.example>", "", MADE, None, "", None,
        "Ada  Amara", "Europe/Brussels",
    )  # fmt: skip


def sent(posted: PostedMail, **envelope: str) -> EmailMessage:
    """Return a mail as the reader's program reads it."""
    message = LETTERS.message(replace(Envelope(posted), **envelope))  # type: ignore[arg-type]  # texts alone
    read = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def halves(message: EmailMessage) -> tuple[str, str]:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    read, shown = (half.get_content().replace("\r\n", "\n") for half in (text, html))
    return read, shown


def test_every_mail_can_be_written() -> None:
    assert set(VALUES) == set(TEMPLATES)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_both_halves_say_why_and_let_nothing_in(template: str) -> None:
    message = sent(a_mail(template))
    text, html = halves(message)
    assert "You get this because" in text
    assert "You get this because" in html
    assert "<b>" not in html
    assert 'href="https://evil.example' not in html
    assert [line for line in text.splitlines() if len(line) > 120] == []
    assert message["Subject"] == LETTERS.subject(a_mail(template).mail)
    assert message["Subject"].strip() != ""


def test_mail_names_the_reader_the_sender_and_itself() -> None:
    message = sent(a_mail("decision"))
    assert {name: message[name] for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted")} == {
        "From": "Sympolity <no-reply@sympolity.example>",
        "To": "Ada Amara <ada@city.example>",
        "Subject": "Amendment 7 is rejected",
        "Message-ID": "<01J0@sympolity.example>",
        "Auto-Submitted": "auto-generated",
    }
    assert message["Date"].datetime == MADE
    assert message.get_content_type() == "multipart/alternative"


def test_mail_is_the_same_however_often_it_is_made() -> None:
    posted = a_mail("decision")
    assert LETTERS.message(Envelope(posted)).as_bytes() == LETTERS.message(Envelope(posted)).as_bytes()


def test_decision_carries_the_reason_and_the_change_in_words() -> None:
    text, _ = halves(sent(a_mail("decision", reason="It says what the text says.")))
    assert text.splitlines()[:12] == [
        "Amendment 7 by Amara to recommendation 3, “Name cities”, is now",
        "rejected.",
        "",
        "The reason given:",
        "",
        "> It says what the text says.",
        "",
        "What you proposed changes the text so:",
        "",
        "- Replaces “a contact” by “two contacts”.",
        "",
        "Read the amendment and its decision",
    ]


def test_moments_are_told_in_the_readers_zone() -> None:
    text, _ = halves(sent(a_mail("phase_closing")))
    assert "closes on Sunday 1 February 2026, 18:00 in Brussels." in text.replace("\n", " ")


def test_deadline_is_told_in_its_own_zone_first() -> None:
    text, _ = halves(sent(a_mail("phase_closing", zone="Asia/Kathmandu")))
    told = "Sunday 1 February 2026, 22:45 in Kathmandu (Sunday 1 February 2026, 18:00 where you are)."
    assert told in text.replace("\n", " ")


def test_thread_refers_to_its_root_and_to_the_mails_before() -> None:
    first = LETTERS.message(Envelope(a_mail("decision")))
    later = LETTERS.message(Envelope(a_mail("decision"), earlier=("<1@x.example>", "<2@x.example>")))
    assert (first["References"], first["In-Reply-To"]) == ("<M1.thread@sympolity.example>", None)
    assert later["References"] == "<M1.thread@sympolity.example> <1@x.example> <2@x.example>"
    assert later["In-Reply-To"] == "<2@x.example>"


def test_notification_can_be_turned_off_by_one_click() -> None:
    message = sent(a_mail("decision"), unsubscribe="P1.decisions.abc")
    assert message["List-Unsubscribe"] == "<https://sympolity.example/unsubscribe/P1.decisions.abc>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, _ = halves(message)
    assert text.splitlines()[-5:] == [
        "Turn mails of this kind off",
        "https://sympolity.example/unsubscribe/P1.decisions.abc",
        "",
        "Choose how you are told",
        "https://sympolity.example/me/notifications",
    ]


def test_what_cannot_be_turned_off_says_so() -> None:
    message = sent(a_mail("reconfirmation"))
    assert message["List-Unsubscribe"] is None
    assert "Mails of this kind cannot be turned off." in halves(message)[0]


def test_secret_link_stands_in_the_mail_that_is_sent_alone() -> None:
    posted = a_mail("sign_in_link")
    posted = replace(posted, mail=replace(posted.mail, link=LinkPurpose.SIGN_IN, thread=None))
    text, html = halves(sent(posted, secret="s3cret"))
    assert "https://sympolity.example/sign-in/link?key=s3cret" in text
    assert 'href="https://sympolity.example/sign-in/link?key=s3cret"' in html
    assert "s3cret" not in str(Envelope(posted, secret="s3cret"))


def test_daily_mail_tells_each_thing_under_its_own_heading() -> None:
    text, html = halves(sent(a_mail(DIGEST)))
    assert html.count("<h2>") == len(VALUES[DIGEST]["items"])  # type: ignore[arg-type]  # a list, above
    assert "Amendment 7 is rejected\n=======================\n" in text


def test_subject_is_one_short_line() -> None:
    subject = LETTERS.subject(a_mail("mention", organisation="A\nB" * 100).mail)
    assert len(subject) == 150
    assert "\n" not in subject
