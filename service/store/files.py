"""Files by the SHA-256 of their content: writing the same one twice leaves one."""

import hashlib

from sqlalchemy import Connection, insert, select

from service.store.bookkeeping import files


def keep(connection: Connection, content: bytes, media_type: str) -> str:
    """Keep a file; returns its SHA-256 in hex."""
    digest = hashlib.sha256(content).hexdigest()
    if connection.execute(select(files.c.digest).where(files.c.digest == digest)).first() is None:
        connection.execute(insert(files).values(digest=digest, media_type=media_type, content=content))
    return digest


def content_of(connection: Connection, digest: str) -> bytes:
    """Return a kept file.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such file.
    """
    content: bytes = connection.scalars(select(files.c.content).where(files.c.digest == digest)).one()
    return content
