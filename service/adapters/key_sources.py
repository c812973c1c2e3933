"""Where the key can be that seals papers; each is opened by what stands behind `service.adapters.signing.open_signer`.

Nothing here loads the libraries that sign, because most processes never seal anything.
"""

from dataclasses import dataclass, field

from service.domain.seals import KeyPlace


class CannotSealError(RuntimeError):
    """The keys, what opens them, or the timestamp authority did not do their part; the message says which."""


class KeyAwayError(CannotSealError):
    """The key is named as it should be, and cannot be reached now; it may be later."""


class PinRefusedError(KeyAwayError):
    """What holds the key refuses its PIN: asking again with the same one would only lock it."""


class StampsAwayError(CannotSealError):
    """The timestamp authority does not answer, or refuses; it may do its part later."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A PKCS#12 file with key and certificates, and the passphrase that opens it."""

    path: str
    passphrase: str = field(default="", repr=False)
    place: KeyPlace = KeyPlace.FILE


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a device (PKCS#11): the device's library, the token's label, that of key and certificate, the PIN."""

    module: str
    token: str
    label: str
    pin: str = field(repr=False)
    place: KeyPlace = KeyPlace.TOKEN


@dataclass(frozen=True, slots=True)
class RemoteKey:
    """A key at a signing service (CSC): the service's address, its name for the key, and what it asks for.

    What lets in is either a token that lasts (`access`), or a client and its secret, for which short-lived tokens are
    given at `oauth_url` (OAuth 2.0, client credentials).
    """

    url: str
    credential: str
    access: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)
    client: str = ""
    secret: str = field(default="", repr=False)
    oauth_url: str = ""
    place: KeyPlace = KeyPlace.SERVICE


KeySource = KeyFile | Token | RemoteKey
