"""What people have typed and not sent: kept for each alone, and no part of the record."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, or_, select, text

from service.domain.permissions import Sight
from service.domain.recommendations import RecommendationState
from service.domain.unsent import KEPT, Kept, Unsent, subject_of
from service.domain.views.activity import AskRef
from service.store.bookkeeping import kept_forms
from service.store.tables import amendments, recommendations
from service.store.types import UtcDateTime

_KEEP = text(
    "INSERT INTO kept_forms (person_id, place, fields, kept_at) VALUES (:person_id, :place, :fields, :kept_at)"
    " ON CONFLICT (person_id, place) DO UPDATE SET fields = excluded.fields, kept_at = excluded.kept_at"
).bindparams(bindparam("kept_at", type_=UtcDateTime))


def written(fields: Mapping[str, Collection[str]]) -> str:
    """Return the fields of a form as they are kept."""
    return json.dumps({name: list(values) for name, values in fields.items()}, ensure_ascii=False)


def keep(connection: Connection, person_id: str, place: str, fields: str, now: datetime) -> None:
    """Keep what was typed at a place, instead of what was kept there before; the oldest of too many goes."""
    connection.execute(_KEEP, {"person_id": person_id, "place": place, "fields": fields, "kept_at": now})
    latest = (
        select(kept_forms.c.place)
        .where(kept_forms.c.person_id == person_id)
        .order_by(kept_forms.c.kept_at.desc(), kept_forms.c.place)
        .limit(KEPT)
    )
    connection.execute(
        delete(kept_forms).where(kept_forms.c.person_id == person_id, kept_forms.c.place.not_in(latest))
    )


def kept(connection: Connection, person_id: str, place: str) -> Kept | None:
    """Return what a person typed at a place and did not send, or None."""
    query = select(kept_forms).where(kept_forms.c.person_id == person_id, kept_forms.c.place == place)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    fields = {name: tuple(values) for name, values in json.loads(row.fields).items()}
    return Kept(row.place, fields, row.kept_at)


def discard(connection: Connection, person_id: str, place: str) -> None:
    """Forget what a person typed at a place."""
    mine = (kept_forms.c.person_id == person_id) & (kept_forms.c.place == place)
    connection.execute(delete(kept_forms).where(mine))


def unsent(connection: Connection, sight: Sight, person_id: str) -> tuple[Unsent, ...]:
    """Return what a person has typed and not sent, the latest first; what it was about may be gone, or not theirs."""
    query = select(kept_forms.c.place, kept_forms.c.kept_at).where(kept_forms.c.person_id == person_id)
    rows = connection.execute(query.order_by(kept_forms.c.kept_at.desc(), kept_forms.c.place)).all()
    ids = {subject_of(row.place) for row in rows}
    # Whoever makes up an address learns nothing of a draft that they do not see.
    theirs = or_(amendments.c.number.is_not(None), amendments.c.organisation_id.in_(sight.organisation_ids))
    about = (
        select(recommendations.c.id, recommendations.c.number, recommendations.c.title, amendments.c.id)
        .outerjoin(
            amendments,
            and_(amendments.c.recommendation_id == recommendations.c.id, amendments.c.id.in_(ids), theirs),
        )
        .where(or_(recommendations.c.id.in_(ids), amendments.c.id.is_not(None)))
    )
    if not sight.everything:
        about = about.where(recommendations.c.state != RecommendationState.DRAFT)
    known: dict[str, AskRef] = {}
    for ask, number, title, amendment in connection.execute(about):
        known |= {ask: AskRef(ask, number, title)} | (
            {amendment: AskRef(ask, number, title)} if amendment else {}
        )
    return tuple(
        Unsent(row.place, row.kept_at, known[subject_of(row.place)])
        for row in rows
        if subject_of(row.place) in known
    )
