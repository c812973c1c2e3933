"""The few things outside that have more than one real implementation."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING, Protocol

from service.domain.access import LinkPurpose, Passkey
from service.domain.actors import Person
from service.domain.checkpoints import Checkpoint, Key, Note
from service.domain.mails import Envelope, Mail
from service.domain.publication import Approval, Snapshot
from service.domain.renditions import Courtesy, Facts, Rendition
from service.domain.seals import SealDescription, SigningPerson
from service.domain.signatory_keys import SignatoryKey
from service.domain.verification import Verification
from service.domain.webhooks import Answer
from service.domain.word import Paper, Sheet

if TYPE_CHECKING:
    from service.store.uow import UnitOfWork
    from service.workflows.context import Context


class Renderer(Protocol):
    """Prints the final document."""

    def render(self, snapshot: Snapshot, approval: Approval) -> bytes:
        """Return the paper as a PDF, the same bytes for the same input."""
        ...

    def draft(self, snapshot: Snapshot) -> bytes:
        """Return a draft of the paper, marked as such on each page, the same bytes for the same input.

        Raises:
            NotPrintableError: it cannot be printed; the message says why.
        """
        ...

    @property
    def maker(self) -> str:
        """What names it: whatever prints other bytes has another name."""
        ...

    def courtesy(self, tree: Rendition, identifier: str, made_at: datetime) -> bytes:
        """Return a translated rendition as a PDF, marked as such on each page, the same bytes for the same input.

        Raises:
            NotPrintableError: it cannot be printed; the message says why.
        """
        ...


class Renditions(Protocol):
    """Writes editions in other formats; addresses are given as paths, and written whole."""

    @property
    def maker(self) -> str:
        """What names it: whatever writes other bytes has another name."""
        ...

    def tree(
        self, snapshot: Snapshot, facts: Facts, language: str, offered: Sequence[Courtesy] = ()
    ) -> Rendition:
        """Return an edition as the tree that all its formats are written from, likewise."""
        ...

    def html(self, snapshot: Snapshot, facts: Facts, language: str, offered: Sequence[Courtesy] = ()) -> str:
        """Return an edition as one HTML file, the same for the same input; without a language it is its own."""
        ...

    def markdown(
        self, snapshot: Snapshot, facts: Facts, language: str, offered: Sequence[Courtesy] = ()
    ) -> str:
        """Return an edition as Markdown, likewise."""
        ...


class Sealer(Protocol):
    """Seals a paper and checks seals."""

    def is_ready(self) -> bool:
        """Tell whether the keys are at hand."""
        ...

    def roots(self) -> bytes:
        """Return the roots under which papers are checked here, in PEM, each below its name and fingerprint."""
        ...

    def describe(self, *, patiently: bool = False) -> SealDescription:
        """Return whose key it is, and until when, as it is known at once; nothing secret.

        `patiently` asks the key itself, however long that takes.

        Raises:
            SealAway: it cannot be reached, and was not since the start; or now, where it is asked itself.
            SealPinRefused: what holds it refuses its PIN; likewise.
        """
        ...

    def key_of(self, person: SigningPerson, *, patiently: bool = False) -> SignatoryKey | None:
        """Return what is known of the key with which a person signs papers, at once; None where they have none.

        `patiently` asks the key itself, however long that takes.
        """
        ...

    def look_beside(self, tell: Callable[[str], None]) -> None:
        """Look for the keys of signatories, without making anybody wait; `tell` is told what is wrong with any."""
        ...

    def sign(self, pdf: bytes, people: Sequence[SigningPerson] = ()) -> bytes:
        """Return the PDF with the facility's seal, and the signatures of those of the people who have a key.

        Raises:
            SealAway: the facility's key cannot be reached now.
            SealPinRefused: what holds it refuses its PIN.
            Refusal: what is wrong with the key of a signatory.
        """
        ...

    def timestamp(self, pdf: bytes) -> bytes:
        """Return the sealed PDF with an archive timestamp."""
        ...

    def renew(self, pdf: bytes) -> bytes:
        """Return a paper that has archive timestamps with a fresh one over all of it."""
        ...

    def certificate_in(self, pdf: bytes) -> str | None:
        """Return the SHA-256, in hex, of the certificate that sealed a paper of our own, if it can be read."""
        ...

    def verify(
        self,
        pdf: bytes,
        *,
        patiently: bool = False,
        record_keys: tuple[bytes, ...] = (),
        sealed_with: Callable[[], Collection[str]] = frozenset,
    ) -> Verification:
        """Return what can be said of a PDF, whoever made it; never raises for a broken file.

        `patiently` gives it the time that one of our own papers may need on a busy machine; `record_keys` are the
        public keys under which the proofs from the record that it holds are checked; `sealed_with` reads the SHA-256 of
        the certificates under which papers were published here, and is called only where these tell whose seals are
        expected.
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


LinkMaker = Callable[["UnitOfWork", "Context", LinkPurpose, str, str | None], str]
"""Makes the secret of a single-use link for a person, in the transaction that is given, and of what it confirms."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """What mails need: who writes them, who carries them (None: they are kept), and whose they are.

    `host` is the right half of every Message-ID.
    """

    letters: Letters
    postman: Postman | None
    make_link: LinkMaker
    host: str = "localhost"


class Notary(Protocol):
    """Signs the checkpoints of the record."""

    key: Key

    def sign(self, checkpoint: Checkpoint) -> Note:
        """Return a checkpoint with the signature of this instance's key."""
        ...

    def is_signed(self, text: str, signature: bytes, public: bytes) -> bool:
        """Tell whether a text was signed with the key of which this is the public half."""
        ...


class LinkPoster(Protocol):
    """Has a link mailed to a person: in the caller's transaction it only writes down that it is to be sent."""

    def __call__(
        self,
        ctx: "Context",
        work: "UnitOfWork",
        person: Person,
        purpose: LinkPurpose,
        confirmation_id: str | None = None,
    ) -> None:
        """Have a link for this purpose made and mailed, once the transaction is done; one that confirms names what."""
        ...


class Provider(Protocol):
    """A provider of accounts elsewhere (OpenID Connect)."""

    @property
    def issuer(self) -> str:
        """Its name among all providers: an address."""
        ...

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Return where a person signs in."""
        ...

    def subject(self, *, code: str, verifier: str, nonce: str, issuer: str | None, now: datetime) -> str:
        """Return who signed in, by the provider's own name for them; refuses what is not to be believed."""
        ...


class PasskeyRules(Protocol):
    """Checks passkeys (WebAuthn) for the address of this service; what is not to be believed is refused."""

    def creation(self, *, handle: str, email: str, challenge: bytes, known: tuple[bytes, ...]) -> str:
        """Return what a browser needs to make a passkey, as JSON."""
        ...

    def request(self, *, challenge: bytes) -> str:
        """Return what a browser needs to ask for a passkey, as JSON."""
        ...

    def named(self, response: str) -> tuple[bytes, bytes]:
        """Return the id of the passkey and the challenge that an answer names, neither of them checked yet."""
        ...

    def registered(self, response: str, challenge: bytes) -> Passkey:
        """Return the passkey that a browser has made."""
        ...

    def asserted(self, response: str, challenge: bytes, passkey: Passkey) -> int:
        """Return the counter of a passkey that was shown."""
        ...


@dataclass(frozen=True, slots=True)
class Doors:
    """By which doors people can come in here, beside the demonstration's: None where a door is not there.

    `secret_of` derives a secret from a label and a key that the database does not hold.
    """

    post_link: LinkPoster | None = None
    provider: Provider | None = None
    secret_of: Callable[[str], bytes] | None = None
    passkeys: PasskeyRules | None = None


class Sheets(Protocol):
    """Reads tables that people keep in files."""

    def rows(self, content: bytes) -> tuple[tuple[str, ...], ...]:
        """Return the cells of a file's first sheet as text; a formula begins with an equals sign.

        Raises:
            Invalid: it is no such file, damaged, or larger than any list of participants.
        """
        ...


class WordFiles(Protocol):
    """Writes and reads documents for word processors."""

    def write(self, sheet: Sheet) -> bytes:
        """Return a document, the same bytes for the same sheet."""
        ...

    def read(self, content: bytes) -> Paper:
        """Return what stands in a document that somebody hands in.

        Raises:
            Invalid: it is no such document, damaged, or larger than any text with its changes.
        """
        ...


class Courier(Protocol):
    """Calls other people's programs, and keeps what it proves to them that it is us."""

    local: bool
    """Whether it also calls programs on this machine, without https: for tests and the demonstration."""

    def secret(self, webhook_id: str, generation: int) -> bytes:
        """Return the secret of a webhook: 32 bytes, always the same for the same webhook and generation."""
        ...

    def carry(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post a body to an address of the open internet; never raises for what is wrong over there."""
        ...


class Workplace(Protocol):
    """The process that a worker is, by a name under which others see whether it is still there."""

    name: str
    """Which process of which machine it is; empty where the machine does not tell."""

    def is_gone(self, name: str) -> bool:
        """Tell whether a worker of this machine has ended; of one elsewhere nobody here can tell."""
        ...
