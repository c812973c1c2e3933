"""Who belongs where: partnerships and their members, participants of an agenda."""

from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, func, insert, select, update

from service.domain.actors import OrganisationKind, Partnership, Region
from service.store.entities import Entities
from service.store.tables import organisations, participations, partnership_members, partnerships

_TAKES_PART = select(participations.c.organisation_id).where(
    participations.c.agenda_id == bindparam("agenda_id"),
    participations.c.organisation_id == bindparam("organisation_id"),
)


class Memberships:
    """The joins between organisations, partnerships and agendas."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities

    def add_partnership(self, partnership: Partnership) -> None:
        """Add a partnership with its members."""
        self._entities.changed = True
        self._entities.connection.execute(
            insert(partnerships).values(
                id=partnership.id,
                name=partnership.name,
                region=partnership.region,
                themes=partnership.themes,
                lead_id=partnership.lead_id,
            )
        )
        self._entities.connection.execute(
            insert(partnership_members),
            [{"partnership_id": partnership.id, "organisation_id": m} for m in partnership.member_ids],
        )

    def is_partnership(self, name: str) -> bool:
        """Tell whether there is a partnership of this name."""
        query = select(func.count()).select_from(partnerships).where(partnerships.c.name == name)
        return self._entities.connection.scalars(query).one() > 0

    def partnerships(self, names: Collection[str]) -> dict[str, Partnership]:
        """Return the partnerships of these names, by name."""
        query = (
            select(partnerships, partnership_members.c.organisation_id)
            .join(partnership_members, partnership_members.c.partnership_id == partnerships.c.id)
            .where(partnerships.c.name.in_(sorted(names)))
            .order_by(partnership_members.c.organisation_id)
        )
        found: dict[str, Partnership] = {}
        for row in self._entities.connection.execute(query):
            known = found.get(row.name)
            members = (*(known.member_ids if known else ()), row.organisation_id)
            found[row.name] = Partnership(
                row.id, row.name, Region(row.region), row.themes, row.lead_id, members
            )
        return found

    def rejoin(self, partnership: Partnership, new_members: Collection[str]) -> None:
        """Write who leads a partnership, and who has joined it."""
        self._entities.changed = True
        connection, there = self._entities.connection, partnerships.c.id == partnership.id
        connection.execute(update(partnerships).where(there).values(lead_id=partnership.lead_id))
        if new_members:
            connection.execute(
                insert(partnership_members),
                [{"partnership_id": partnership.id, "organisation_id": m} for m in new_members],
            )

    def admit(self, agenda_id: str, organisation_ids: Iterable[str]) -> None:
        """Let organisations take part in an agenda."""
        rows = [{"agenda_id": agenda_id, "organisation_id": o} for o in organisation_ids]
        if rows:
            self._entities.changed = True
            self._entities.connection.execute(insert(participations), rows)

    def participants(self, agenda_id: str) -> frozenset[str]:
        """Return the ids of the organisations that take part in an agenda."""
        query = select(participations.c.organisation_id).where(participations.c.agenda_id == agenda_id)
        return frozenset(self._entities.connection.scalars(query))

    def counted(self, agenda_id: str, kinds: Collection[OrganisationKind]) -> frozenset[str]:
        """Return the ids of the participants that count under a rule."""
        query = (
            select(participations.c.organisation_id)
            .join(organisations, organisations.c.id == participations.c.organisation_id)
            .where(participations.c.agenda_id == agenda_id, organisations.c.kind.in_(kinds))
        )
        return frozenset(self._entities.connection.scalars(query))

    def takes_part(self, agenda_id: str, organisation_id: str) -> bool:
        """Tell whether an organisation takes part in an agenda."""
        found = self._entities.connection.scalars(
            _TAKES_PART, {"agenda_id": agenda_id, "organisation_id": organisation_id}
        )
        return found.first() is not None
