"""Where the key can be that seals papers; each is opened by what stands behind `service.adapters.signing.open_signer`.

Nothing here loads the libraries that sign, because most processes never seal anything.
"""

from dataclasses import dataclass, field

from service.domain.seals import KeyPlace
from service.domain.signatory_keys import KeyFault


class CannotSealError(RuntimeError):
    """The keys, what opens them, or the timestamp authority did not do their part; the message says which."""


class KeyAwayError(CannotSealError):
    """The key is named as it should be, and cannot be reached now; it may be later."""


class PinRefusedError(KeyAwayError):
    """What holds the key refuses its PIN: asking again with the same one would only lock it."""


class StampsAwayError(CannotSealError):
    """The timestamp authority does not answer, or refuses; it may do its part later."""


class NotTheirsError(CannotSealError):
    """The certificate of a signatory's key is somebody else's."""


class CannotSignError(CannotSealError):
    """The key of a signatory does not do its part: the message says whose and why, `name` and `fault` what to tell."""

    def __init__(self, said: str, name: str, fault: KeyFault = KeyFault.SHUT) -> None:
        """Say what is wrong with the key of the person of that name."""
        super().__init__(said)
        self.name, self.fault = name, fault


def fault_of(error: CannotSealError) -> KeyFault:
    """Return what it is that keeps the key of a signatory from signing."""
    match error:
        case CannotSignError():
            return error.fault
        case PinRefusedError():
            return KeyFault.PIN_REFUSED
        case KeyAwayError():
            return KeyFault.AWAY
        case NotTheirsError():
            return KeyFault.OF_ANOTHER
        case _:
            return KeyFault.SHUT


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A PKCS#12 file with key and certificates, and the passphrase that opens it."""

    path: str
    passphrase: str = field(default="", repr=False)
    place: KeyPlace = KeyPlace.FILE

    @property
    def holder(self) -> str:
        """What holds the key."""
        return self.path


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a device (PKCS#11): the device's library, the token's label, that of key and certificate, the PIN."""

    module: str
    token: str
    label: str
    pin: str = field(repr=False)
    place: KeyPlace = KeyPlace.TOKEN

    @property
    def holder(self) -> str:
        """What holds the key, and refuses a wrong PIN: the token, whichever of its keys is meant."""
        return f"{self.module} {self.token}"


VERSIONS = frozenset({"1", "2"})
"""The versions of the protocol of signing services (CSC) that are spoken."""


@dataclass(frozen=True, slots=True)
class RemoteKey:
    """A key at a signing service (CSC): the service's address, its name for the key, and what it asks for.

    What lets in is either a token that lasts (`access`), or a client and its secret, for which short-lived tokens are
    given at `oauth_url` (OAuth 2.0, client credentials). `version` is that of the protocol that it speaks.
    """

    url: str
    credential: str
    access: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)
    client: str = ""
    secret: str = field(default="", repr=False)
    oauth_url: str = ""
    version: str = "1"
    place: KeyPlace = KeyPlace.SERVICE

    @property
    def holder(self) -> str:
        """What holds the key, and refuses a wrong PIN: the service, for each of its keys apart."""
        return f"{self.url} {self.credential}"


KeySource = KeyFile | Token | RemoteKey


@dataclass(frozen=True, slots=True)
class NamedKey:
    """The key that is named for a signatory; `fingerprint` is the SHA-256 of its certificate, in hex, where told."""

    source: KeySource
    fingerprint: str = ""
