"""The few things outside that have more than one real implementation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from service.domain.access import LinkPurpose, Passkey
from service.domain.actors import Person
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


class LinkPoster(Protocol):
    """Has a link mailed to a person: in the caller's transaction it only writes down that it is to be sent."""

    def __call__(self, ctx: "Context", work: "UnitOfWork", person: Person, purpose: LinkPurpose) -> None:
        """Have a link for this purpose made and mailed, once the transaction is done."""
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


class Clock(Protocol):
    """Tells the time where no transaction does."""

    def __call__(self) -> datetime:
        """Return the present moment, in UTC."""
        ...
