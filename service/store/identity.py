"""Who asks, and what they are mandated to do at this moment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from service.domain.actors import ANONYMOUS, OPERATOR, Actor, Authority, Role, Scope
from service.store.tables import mandates, organisations, persons


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, as the door let them in; what they may do is looked up in the transaction."""

    person_id: str | None = None
    operator: bool = False
    token_id: str | None = None
    token_scopes: frozenset[Scope] | None = None
    session_id: str | None = None


# Every request asks this, so the statement is built once.
_MANDATED = (
    select(
        persons.c.name.label("person"),
        mandates.c.id,
        mandates.c.organisation_id,
        organisations.c.name,
        mandates.c.role,
        mandates.c.scopes,
    )
    .select_from(persons)
    .outerjoin(
        mandates,
        (mandates.c.person_id == persons.c.id)
        & (mandates.c.valid_from <= bindparam("now"))
        & or_(mandates.c.expires_at.is_(None), mandates.c.expires_at > bindparam("now")),
    )
    .outerjoin(organisations, organisations.c.id == mandates.c.organisation_id)
    .where(persons.c.id == bindparam("person_id"))
    .order_by(mandates.c.id)
)


def acting(connection: Connection, identity: Identity, now: datetime) -> Actor:
    """Return the actor with the mandates that are in force at `now`; anonymous if the person is gone."""
    if identity.operator:
        return OPERATOR
    if identity.person_id is None:
        return ANONYMOUS
    rows = connection.execute(_MANDATED, {"person_id": identity.person_id, "now": now}).all()
    if not rows:
        return ANONYMOUS
    authorities = tuple(
        Authority(row.id, row.organisation_id, row.name, Role(row.role), frozenset(row.scopes))
        for row in rows
        if row.id is not None
    )
    return Actor(
        identity.person_id,
        rows[0].person,
        authorities,
        identity.token_scopes,
        identity.token_id,
        session_id=identity.session_id,
    )
