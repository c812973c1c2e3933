"""Files by the SHA-256 of their content: writing the same one twice leaves one."""

import hashlib
from collections.abc import Collection

from sqlalchemy import Connection, insert, select

from service.store.bookkeeping import files


def keep(connection: Connection, content: bytes, media_type: str) -> str:
    """Keep a file; returns its SHA-256 in hex."""
    digest = hashlib.sha256(content).hexdigest()
    # Whoever lets go of the same file waits, and sees that it is needed.
    if not hold(connection, (digest,)):
        connection.execute(insert(files).values(digest=digest, media_type=media_type, content=content))
    return digest


def hold(connection: Connection, digests: Collection[str]) -> frozenset[str]:
    """Let nobody else keep or delete these files until the transaction ends; returns which of them there are."""
    query = select(files.c.digest).where(files.c.digest.in_(digests)).order_by(files.c.digest)
    return frozenset(connection.scalars(query.with_for_update()))


def content_of(connection: Connection, digest: str) -> bytes:
    """Return a kept file.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such file.
    """
    content: bytes = connection.scalars(select(files.c.content).where(files.c.digest == digest)).one()
    return content
