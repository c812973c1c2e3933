"""A real mail server on this machine takes what the postman brings."""

import smtplib
import socket
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from service.adapters.mail import SmtpPostman, make_postman
from service.domain.mails import Undeliverable


class Letterbox:
    """Takes every mail but those to addresses that it is told to refuse."""

    def __init__(self) -> None:
        self.taken: list[tuple[str | None, list[str], bytes]] = []
        self.refused: dict[str, str] = {}
        self.answer = "250 OK"

    async def handle_RCPT(  # noqa: N802 - the name that the library looks for
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        if self.answer == "250 OK":
            content = envelope.content
            assert isinstance(content, bytes)
            self.taken.append((envelope.mail_from, envelope.rcpt_tos, content))
        return self.answer


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Letterbox, int]]:
    box = Letterbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def a_message(to: str = "ada@city.example") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "no-reply@sympolity.example", to, "Čau"
    message["Message-ID"] = "<1@sympolity.example>"
    message.set_content("Dobrý den")
    return message


def test_mail_reaches_the_server_as_it_was_written(server: tuple[Letterbox, int]) -> None:
    box, port = server
    postman = make_postman(f"smtp://127.0.0.1:{port}")
    assert postman is not None
    postman.send(a_message())
    sender, to, content = box.taken[-1]
    assert (sender, to) == ("no-reply@sympolity.example", ["ada@city.example"])
    assert b"Message-ID: <1@sympolity.example>\r\n" in content


@pytest.mark.parametrize(
    ("answer", "fault"),
    [("550 no such person", Undeliverable), ("451 try later", smtplib.SMTPException)],
)
def test_refusal_is_told_apart_from_a_server_that_is_busy(
    server: tuple[Letterbox, int], answer: str, fault: type[Exception]
) -> None:
    box, port = server
    box.refused["gone@city.example"] = answer
    postman = make_postman(f"smtp://127.0.0.1:{port}")
    assert postman is not None
    with pytest.raises(fault, match=answer) as told:
        postman.send(a_message("gone@city.example"))
    assert isinstance(told.value, Undeliverable) == answer.startswith("5")


def test_what_a_server_says_of_an_address_is_told_without_it(server: tuple[Letterbox, int]) -> None:
    box, port = server
    box.refused["gone@city.example"] = "550 5.1.1 <gone@city.example>: Recipient address rejected"
    postman = make_postman(f"smtp://127.0.0.1:{port}")
    assert postman is not None
    with pytest.raises(Undeliverable) as told:
        postman.send(a_message("gone@city.example"))
    assert str(told.value) == "550 5.1.1 <…>: Recipient address rejected"


def test_server_that_does_not_take_the_content_is_told(
    server: tuple[Letterbox, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    box, port = server
    monkeypatch.setattr(box, "answer", "552 too much")
    postman = make_postman(f"smtp://127.0.0.1:{port}")
    assert postman is not None
    with pytest.raises(Undeliverable, match="552 too much"):
        postman.send(a_message())


def test_server_that_offers_no_starttls_gets_neither_password_nor_mail(
    server: tuple[Letterbox, int],
) -> None:
    box, port = server
    before = len(box.taken)
    postman = make_postman(f"smtp://user:secret@127.0.0.1:{port}")
    assert postman is not None
    with pytest.raises(smtplib.SMTPNotSupportedError):
        postman.send(a_message())
    assert len(box.taken) == before


@pytest.mark.parametrize(
    ("url", "postman"),
    [
        ("", None),
        ("smtp://mail.example", SmtpPostman("mail.example", 25, secure=False, starttls=False)),
        (
            "smtp://ada%40x:p%2Fw@mail.example",
            SmtpPostman("mail.example", 587, secure=False, starttls=True, user="ada@x", password="p/w"),
        ),
        (
            "smtp://ada:pw@mail.example:2525?starttls=no",
            SmtpPostman("mail.example", 2525, secure=False, starttls=False, user="ada", password="pw"),
        ),
        (
            "smtp://mail.example?starttls=yes",
            SmtpPostman("mail.example", 587, secure=False, starttls=True),
        ),
        ("smtps://mail.example", SmtpPostman("mail.example", 465, secure=True, starttls=False)),
    ],
)
def test_address_says_how_to_reach_the_server(url: str, postman: SmtpPostman | None) -> None:
    assert make_postman(url) == postman


def test_password_is_not_told() -> None:
    assert "pw" not in repr(make_postman("smtp://ada:pw@mail.example"))
