"""The few things outside that have more than one real implementation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING, Protocol

from service.domain.checkpoints import Checkpoint, Key, Note
from service.domain.mails import Envelope, LinkPurpose, Mail
from service.domain.publication import Approval, Snapshot
from service.domain.verification import Verification

if TYPE_CHECKING:
    from service.store.uow import UnitOfWork
    from service.workflows.context import Context


class Renderer(Protocol):
    """Prints the final document."""

    def render(self, snapshot: Snapshot, approval: Approval) -> bytes:
        """Return the paper as a PDF, the same bytes for the same input."""
        ...


class Sealer(Protocol):
    """Seals a paper and checks seals."""

    def is_ready(self) -> bool:
        """Tell whether the keys are at hand."""
        ...

    def sign(self, pdf: bytes) -> bytes:
        """Return the PDF with the facility's seal."""
        ...

    def timestamp(self, pdf: bytes) -> bytes:
        """Return the sealed PDF with an archive timestamp."""
        ...

    def verify(self, pdf: bytes, *, patiently: bool = False) -> Verification:
        """Return what can be said of a PDF, whoever made it; never raises for a broken file.

        `patiently` gives it the time that one of our own papers may need on a busy machine.
        """
        ...


class Postman(Protocol):
    """Hands mails to a mail server."""

    def send(self, message: EmailMessage) -> None:
        """Hand a mail over; whatever else than `Undeliverable` goes wrong is tried again.

        Raises:
            Undeliverable: trying again would not help.
        """
        ...


class Letters(Protocol):
    """Writes mails in their readers' languages."""

    def subject(self, mail: Mail) -> str:
        """Return what a mail is about, in one line."""
        ...

    def message(self, envelope: Envelope) -> EmailMessage:
        """Return a mail as it goes out, the same for the same envelope."""
        ...


LinkMaker = Callable[["UnitOfWork", "Context", LinkPurpose, str], str]
"""Makes the secret of a single-use link for a person, in the transaction that is given."""


class NoLinks(RuntimeError):
    """Nothing makes secret links in this house."""


def no_links(_: "UnitOfWork", __: "Context", purpose: LinkPurpose, ___: str) -> str:
    """Refuse to make a link."""
    raise NoLinks(purpose)


@dataclass(frozen=True, slots=True)
class Mailing:
    """What mails need: who writes them, who carries them (None: they are kept), and whose they are.

    `host` is the right half of every Message-ID.
    """

    letters: Letters
    postman: Postman | None = None
    make_link: LinkMaker = no_links
    host: str = "localhost"


class Notary(Protocol):
    """Signs the checkpoints of the record."""

    key: Key

    def sign(self, checkpoint: Checkpoint) -> Note:
        """Return a checkpoint with the signature of this instance's key."""
        ...


class Clock(Protocol):
    """Tells the time where no transaction does."""

    def __call__(self) -> datetime:
        """Return the present moment, in UTC."""
        ...
