"""Ways in: by which door a person comes, what a mailed link is for, and how often one may knock."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address

from service.domain.actors import Scope

TOKEN_LASTS_AT_MOST = timedelta(days=366)
# What these let a token do binds an organisation, or the round, so a token gets them by a confirmation alone.
BINDING_SCOPES = frozenset({Scope.POSITION, Scope.APPROVE, Scope.FACILITATE})
SESSION_LASTS = timedelta(hours=12)
CONFIRMATION_LASTS = timedelta(minutes=5)


class Door(StrEnum):
    """How a person came in."""

    DEMO = "demo"
    LINK = "link"
    INVITATION = "invitation"
    PASSKEY = "passkey"
    PROVIDER = "provider"


class LinkPurpose(StrEnum):
    """What a single-use link does for the person whom it was mailed to."""

    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    CONFIRM = "confirm"

    @property
    def lasts(self) -> timedelta:
        """How long the link can be used."""
        return timedelta(days=7) if self is LinkPurpose.INVITATION else timedelta(minutes=15)


class Means(StrEnum):
    """By what a person confirmed that it is they who act."""

    DEMO = "demo"
    LINK = "link"
    CODE = "code"
    PASSKEY = "passkey"


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey: its id among authenticators, the key that checks it, and how often it was shown, if it counts."""

    credential: bytes
    public_key: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in a span; the span begins with the first time."""

    name: str
    count: int
    within: timedelta


SIGN_INS_OF_ACCOUNT = Limit("sign_in_account", 5, timedelta(minutes=15))
SIGN_INS_FROM_ADDRESS = Limit("sign_in_address", 20, timedelta(hours=1))
# Whoever is signed in and takes one position after the other confirms each, and many do so in one hall.
CONFIRMATIONS_BY_MAIL = Limit("confirmation_mail", 40, timedelta(minutes=15))
CODES_OF_PERSON = Limit("confirmation_code", 5, timedelta(minutes=15))


def writes(per_minute: int) -> Limit:
    """Return how many changes a person may ask for in a minute."""
    return Limit("write", per_minute, timedelta(minutes=1))


def network(address: str) -> str:
    """Return what is counted for a caller's address: of IPv6 the /64, of which one caller has all."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"
