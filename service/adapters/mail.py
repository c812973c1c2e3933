"""The mail server: by SMTP, as its address says."""

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from service.domain.mails import Undeliverable

PATIENCE = 30.0
# From here on an answer of a mail server means: never.
PERMANENT = 500
_ADDRESS = re.compile(r"[^\s<>()\[\]{}\"',;:]+@[^\s<>()\[\]{}\"',;:]+")


@dataclass(frozen=True, slots=True)
class SmtpPostman:
    """Hands each mail to one mail server, on a connection of its own."""

    host: str
    port: int
    secure: bool
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)

    def send(self, message: EmailMessage) -> None:
        """Hand a mail over; whatever else than `Undeliverable` goes wrong is worth another try.

        Raises:
            Undeliverable: the server refuses this mail for good.
        """
        try:
            with self._connected() as server:
                if self.starttls:
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise _told(code, words) from None
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
            raise _told(refused.smtp_code, refused.smtp_error) from None

    def _connected(self) -> smtplib.SMTP:
        if self.secure:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=PATIENCE)


def make_postman(url: str) -> SmtpPostman | None:
    """Return who carries mails to the server at `url`; None where there is none, so that mails are kept.

    An address reads smtp://user:password@host:587?starttls=yes, or smtps://host; a user without starttls is told
    to the server in the open only where the address says starttls=no.
    """
    if not url:
        return None
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    wish = parse_qs(parts.query).get("starttls", ["yes" if parts.username else "no"])[0]
    starttls = not secure and wish.lower() in {"yes", "true", "1", "on"}
    return SmtpPostman(
        host=parts.hostname or "localhost",
        port=parts.port or (465 if secure else 587 if starttls else 25),
        secure=secure,
        starttls=starttls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _told(code: int, words: bytes | str) -> Exception:
    """Return what a server said, without the address: jobs and logs keep the words, and know no persons."""
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    said = _ADDRESS.sub("…", said)
    return Undeliverable(said) if code >= PERMANENT else smtplib.SMTPException(said)
