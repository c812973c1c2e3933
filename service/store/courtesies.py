"""The words of approved translations, each kept for exactly the text that it is of, as long as the approval stands."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from service.domain.renditions import Courtesy
from service.domain.text import digest
from service.domain.translations import Translation
from service.store.translation_tables import courtesy_texts as table


def keep(connection: Connection, translation: Translation, organisation: str, now: datetime) -> None:
    """Keep what was approved, in the name of an organisation; it takes the place of earlier words of the same text."""
    let_go(connection, translation)
    connection.execute(
        insert(table).values(
            translation_id=translation.id,
            language=translation.language,
            source=translation.digest,
            blocks=translation.blocks,
            organisation=organisation,
            approved_at=now,
        )
    )


def let_go(connection: Connection, translation: Translation) -> None:
    """Keep the words no longer: they are not approved any more, or others are."""
    connection.execute(
        delete(table).where(table.c.translation_id == translation.id, table.c.source == translation.digest)
    )


def of_texts(connection: Connection, sources: Collection[str]) -> tuple[Courtesy, ...]:
    """Return the approved words of texts with these digests, by language."""
    rows = connection.execute(
        select(table)
        .where(table.c.source.in_(sources))
        .order_by(table.c.language, table.c.source, table.c.translation_id)
    )
    return tuple(
        Courtesy(row.language, row.source, digest(row.blocks), row.blocks, row.organisation, row.approved_at)
        for row in rows
    )


def languages(connection: Connection, sources: Collection[str]) -> tuple[str, ...]:
    """Return into which languages there are approved words of texts with these digests, by their tags."""
    query = select(table.c.language).where(table.c.source.in_(sources)).distinct().order_by(table.c.language)
    return tuple(connection.scalars(query))
