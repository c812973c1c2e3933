"""Authenticator apps and recovery codes: of an app a salt is kept, of a recovery code its digest."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from service.store.access_tables import code_apps, recovery_codes

_app, _recovery = code_apps.c, recovery_codes.c


def begin(connection: Connection, person_id: str, salt: str, now: datetime) -> None:
    """Keep an app that is being set up, in the place of the one before."""
    forget(connection, person_id)
    connection.execute(
        insert(code_apps).values(person_id=person_id, salt=salt, created_at=now, last_step=0, proven=False)
    )


def salt_of(connection: Connection, person_id: str, *, proven: bool) -> str | None:
    """Return the salt of a person's app: one that is in use, or one that is being set up."""
    query = select(_app.salt).where(_app.person_id == person_id, _app.proven.is_(proven))
    return connection.scalars(query).one_or_none()


def use(connection: Connection, person_id: str, salt: str, step: int) -> bool:
    """Use up the code of a span of time, and all before it; tell whether it was still unused."""
    used = connection.execute(
        update(code_apps)
        .where(_app.person_id == person_id, _app.salt == salt, _app.last_step < step)
        .values(last_step=step, proven=True)
    )
    return used.rowcount > 0


def forget(connection: Connection, person_id: str) -> None:
    """Forget a person's app, and their recovery codes with it."""
    connection.execute(delete(recovery_codes).where(_recovery.person_id == person_id))
    connection.execute(delete(code_apps).where(_app.person_id == person_id))


def keep_recovery(connection: Connection, person_id: str, digests: list[str]) -> None:
    """Keep recovery codes in the place of those before."""
    connection.execute(delete(recovery_codes).where(_recovery.person_id == person_id))
    connection.execute(
        insert(recovery_codes), [{"code_digest": digest, "person_id": person_id} for digest in digests]
    )


def use_recovery(connection: Connection, person_id: str, digest: str) -> bool:
    """Use up a recovery code; tell whether there was one."""
    query = delete(recovery_codes).where(_recovery.person_id == person_id, _recovery.code_digest == digest)
    return connection.execute(query).rowcount > 0


def left(connection: Connection, person_id: str) -> int:
    """Return how many recovery codes a person has left."""
    query = select(func.count()).select_from(recovery_codes).where(_recovery.person_id == person_id)
    return connection.execute(query).scalar_one()
