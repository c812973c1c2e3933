"""What a person has seen, keeps and wishes in a review: remembered for that person, and no part of the record."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from service.domain.views.review import SavedView
from service.store.review_tables import amendment_looks, key_wishes, saved_views
from service.store.tables import amendments

_VIEWS = select(
    saved_views.c.id,
    saved_views.c.agenda_id,
    saved_views.c.name,
    saved_views.c.query,
    saved_views.c.created_at,
)


def keep_looks(
    connection: Connection, person_id: str, seen: Mapping[str, tuple[int, int]], now: datetime
) -> None:
    """Keep in which state a person saw amendments: each id with its revision, and the count of its wordings."""
    mine = (amendment_looks.c.person_id == person_id) & amendment_looks.c.amendment_id.in_(sorted(seen))
    connection.execute(delete(amendment_looks).where(mine))
    if seen:
        connection.execute(
            insert(amendment_looks),
            [
                {
                    "person_id": person_id,
                    "amendment_id": amendment_id,
                    "revision": revision,
                    "wording": wording,
                    "seen_at": now,
                }
                for amendment_id, (revision, wording) in sorted(seen.items())
            ],
        )


def revisions(
    connection: Connection, agenda_id: str, amendment_ids: frozenset[str]
) -> Mapping[str, tuple[int, int]]:
    """Return the present state of those amendments that the agenda has and everyone sees."""
    query = select(amendments.c.id, amendments.c.revision, amendments.c.rebased).where(
        amendments.c.agenda_id == agenda_id,
        amendments.c.id.in_(sorted(amendment_ids)),
        amendments.c.number.is_not(None),
    )
    return {row.id: (row.revision, row.rebased) for row in connection.execute(query)}


def list_views(connection: Connection, person_id: str, agenda_id: str) -> tuple[SavedView, ...]:
    """Return the views that a person keeps of an agenda, by name."""
    mine = (saved_views.c.person_id == person_id) & (saved_views.c.agenda_id == agenda_id)
    return tuple(
        SavedView(*row) for row in connection.execute(_VIEWS.where(mine).order_by(saved_views.c.name))
    )


def get_view(connection: Connection, person_id: str, view_id: str) -> SavedView | None:
    """Return one view, if it is this person's."""
    mine = (saved_views.c.person_id == person_id) & (saved_views.c.id == view_id)
    row = connection.execute(_VIEWS.where(mine)).one_or_none()
    return SavedView(*row) if row is not None else None


def count_views(connection: Connection, person_id: str, agenda_id: str) -> int:
    """Return how many views a person keeps of an agenda."""
    mine = (saved_views.c.person_id == person_id) & (saved_views.c.agenda_id == agenda_id)
    return connection.scalars(select(func.count()).select_from(saved_views).where(mine)).one()


def is_named(connection: Connection, person_id: str, agenda_id: str, name: str, *, but: str = "") -> bool:
    """Tell whether a person has a view of this name already, another than `but`."""
    named = and_(
        saved_views.c.person_id == person_id,
        saved_views.c.agenda_id == agenda_id,
        saved_views.c.name == name,
        saved_views.c.id != but,
    )
    return connection.scalars(select(saved_views.c.id).where(named)).first() is not None


def keep_view(connection: Connection, person_id: str, view: SavedView) -> None:
    """Keep a view."""
    connection.execute(
        insert(saved_views).values(
            id=view.id,
            person_id=person_id,
            agenda_id=view.agenda_id,
            name=view.name,
            query=view.query,
            created_at=view.created_at,
        )
    )


def rename_view(connection: Connection, view_id: str, name: str) -> None:
    """Give a view another name."""
    connection.execute(update(saved_views).where(saved_views.c.id == view_id).values(name=name))


def delete_view(connection: Connection, view_id: str) -> None:
    """Let go of a view."""
    connection.execute(delete(saved_views).where(saved_views.c.id == view_id))


def wants_letters(connection: Connection, person_id: str) -> bool:
    """Tell whether single letters are commands to a person: they are, until the person says no."""
    found = connection.scalars(
        select(key_wishes.c.letters).where(key_wishes.c.person_id == person_id)
    ).first()
    return found is None or found


def wish_letters(connection: Connection, person_id: str, *, letters: bool) -> None:
    """Keep whether single letters are commands to a person."""
    connection.execute(delete(key_wishes).where(key_wishes.c.person_id == person_id))
    connection.execute(insert(key_wishes).values(person_id=person_id, letters=letters))
