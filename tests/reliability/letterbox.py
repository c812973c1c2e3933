"""A mail server on this machine that keeps the Message-ID of whatever it takes."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.serving import HERE, free_port


class Letterbox:
    """Takes every mail."""

    def __init__(self) -> None:
        self.url = f"smtp://{HERE}:{free_port()}"
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        """Take a mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken[str(message_from_bytes(content)["Message-ID"])] += 1
        return "250 OK"

    @classmethod
    @contextmanager
    def opened(cls) -> Iterator["Letterbox"]:
        """Open one, and close it in the end."""
        box = cls()
        controller = Controller(box, hostname=HERE, port=int(box.url.rpartition(":")[2]))
        controller.start()
        try:
            yield box
        finally:
            controller.stop()
