"""People with mandates, and what is acted upon, written down shortly."""

from datetime import UTC, datetime

from service.domain.actors import ROLE_SCOPES, Actor, Authority, Role, Scope
from service.domain.permissions import Subject
from service.domain.phases import Phase

OWN, FOREIGN = "own-city", "other-city"
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def someone(
    *roles: Role, token: frozenset[Scope] | None = None, person: str = "ada", organisation: str = OWN
) -> Actor:
    """Return a person with all that a mandate in each of these capacities can hold."""
    authorities = tuple(Authority(f"mandate-{r}", organisation, "City", r, ROLE_SCOPES[r]) for r in roles)
    return Actor(person, "Ada", authorities, token)


def subject(
    phase: Phase | None = None, *, organisation: str | None = None, closes_at: datetime | None = None
) -> Subject:
    """Return what is acted upon, at the moment `NOW`."""
    return Subject(phase, closes_at, NOW, organisation)
