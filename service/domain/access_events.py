"""Facts about ways in: links used, sessions ended, confirmations given. They hold ids alone."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import Event


@dataclass(frozen=True, slots=True)
class AccountLinked(Event):
    """A person linked an account elsewhere, to sign in with it."""

    name: ClassVar[str] = "account.linked"
    account_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class AccountUnlinked(Event):
    """A person unlinked an account elsewhere."""

    name: ClassVar[str] = "account.unlinked"
    account_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class ConfirmationGiven(Event):
    """A person confirmed that it is they who act, for one act on one version of one thing."""

    name: ClassVar[str] = "confirmation.given"
    person_id: str
    action: str
    object_id: str
    version: str
    means: str


@dataclass(frozen=True, slots=True)
class LinkUsed(Event):
    """A person used the link that was mailed to them."""

    name: ClassVar[str] = "link.used"
    person_id: str
    purpose: str


@dataclass(frozen=True, slots=True)
class SessionsRevoked(Event):
    """A person ended sessions of their own: one, or all of them."""

    name: ClassVar[str] = "session.revoked"
    person_id: str
    session_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TokenRevoked(Event):
    """A person revoked an API token of their own."""

    name: ClassVar[str] = "token.revoked"
    token_id: str
    person_id: str
