"""Views of a person's own ways in."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.access import Door, LinkPurpose
from service.domain.actors import Scope


@dataclass(frozen=True, slots=True)
class LinkView:
    """What a mailed link will do, before it is used."""

    purpose: LinkPurpose
    person_id: str
    name: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session of the reader; `used_at` is told to the hour, `browser` is a few words at most."""

    id: str
    door: Door
    browser: str
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    present: bool


@dataclass(frozen=True, slots=True)
class TokenView:
    """An API token of the reader that is in force; its secret is not known here."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account elsewhere with which the reader signs in; whom the issuer knows them as is not shown."""

    id: str
    issuer: str
    linked_at: datetime
