"""Queries for those who are to sign editions."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, exists, select

from service.domain.editions import EditionState
from service.domain.signatories import SignatoryState
from service.domain.tasks import Task, TaskKind
from service.domain.views.agendas import SignatoryView
from service.domain.views.people import OrganisationRef
from service.store.signatory_tables import signatories
from service.store.tables import editions, organisations, persons

_WHO = (
    select(signatories, persons.c.name, organisations.c.name.label("organisation"))
    .join(persons, persons.c.id == signatories.c.person_id)
    .join(organisations, organisations.c.id == signatories.c.organisation_id)
)


def signatories_of(
    connection: Connection, edition_ids: Collection[str]
) -> Mapping[str, tuple[SignatoryView, ...]]:
    """Return who is to sign each of these editions, in the order in which they were named."""
    found: dict[str, list[SignatoryView]] = defaultdict(list)
    query = _WHO.where(signatories.c.edition_id.in_(sorted(edition_ids))).order_by(signatories.c.id)
    for row in connection.execute(query):
        found[row.edition_id].append(
            SignatoryView(
                id=row.id,
                person_id=row.person_id,
                name=row.name,
                organisation=OrganisationRef(row.organisation_id, row.organisation),
                state=SignatoryState(row.state),
                digest=row.digest,
                acted_at=row.acted_at,
                reason=row.reason,
            )
        )
    return {edition_id: tuple(listed) for edition_id, listed in found.items()}


def papers_to_sign(connection: Connection, person_id: str) -> tuple[Task, ...]:
    """Return the editions that wait for a person's signature, unless somebody else has declined."""
    others = signatories.alias("others")
    declined = exists().where(others.c.edition_id == editions.c.id, others.c.state == SignatoryState.DECLINED)
    query = (
        select(
            editions.c.id,
            editions.c.agenda_id,
            editions.c.number,
            signatories.c.organisation_id,
            organisations.c.name.label("organisation"),
        )
        .join(signatories, signatories.c.edition_id == editions.c.id)
        .join(organisations, organisations.c.id == signatories.c.organisation_id)
        .where(
            signatories.c.person_id == person_id,
            signatories.c.state == SignatoryState.AWAITED,
            editions.c.state == EditionState.ASSEMBLED,
            ~declined,
        )
        .order_by(editions.c.id)
    )
    return tuple(
        Task(
            TaskKind.SIGN_EDITION,
            row.id,
            row.agenda_id,
            None,
            OrganisationRef(row.organisation_id, row.organisation),
            edition=row.number,
        )
        for row in connection.execute(query)
    )
