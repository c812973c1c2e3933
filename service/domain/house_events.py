"""Facts that belong to no agenda: who is there, who acts for whom, who signed in; and what every fact is."""

from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    name: ClassVar[str]

    @property
    def subject_id(self) -> str:
        """The id of the thing that the event is about."""
        return str(getattr(self, fields(self)[0].name))


@dataclass(frozen=True, slots=True)
class MandateGranted(Event):
    """A person was mandated to act for an organisation."""

    name: ClassVar[str] = "mandate.granted"
    mandate_id: str
    person_id: str
    organisation_id: str
    role: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganisationAdmitted(Event):
    """An organisation was entered."""

    name: ClassVar[str] = "organisation.admitted"
    organisation_id: str


@dataclass(frozen=True, slots=True)
class PartnershipEntered(Event):
    """A partnership was entered."""

    name: ClassVar[str] = "partnership.entered"
    partnership_id: str


@dataclass(frozen=True, slots=True)
class PersonEntered(Event):
    """A person was given an account."""

    name: ClassVar[str] = "person.entered"
    person_id: str


@dataclass(frozen=True, slots=True)
class PersonErased(Event):
    """What is known of a person was erased."""

    name: ClassVar[str] = "person.erased"
    person_id: str


@dataclass(frozen=True, slots=True)
class SessionClosed(Event):
    """A person signed out."""

    name: ClassVar[str] = "session.closed"
    person_id: str


@dataclass(frozen=True, slots=True)
class SessionOpened(Event):
    """A person signed in."""

    name: ClassVar[str] = "session.opened"
    person_id: str


@dataclass(frozen=True, slots=True)
class TokenIssued(Event):
    """An API token was issued."""

    name: ClassVar[str] = "token.issued"
    token_id: str
    person_id: str
    scopes: tuple[str, ...]
