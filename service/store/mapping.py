"""The one mapping of domain classes onto the schema.

Importing this module maps the classes. Entities stay plain: nothing is loaded lazily, and a change that somebody
else made in between is noticed by the `revision` column.
"""

from sqlalchemy import Table
from sqlalchemy.orm import registry

from service.domain.actors import Mandate, Organisation, Person
from service.domain.agendas import Agenda
from service.domain.amendments import Amendment, AmendmentRevision, Signature
from service.domain.comments import Comment, Reply
from service.domain.compromises import Cover
from service.domain.editions import Edition
from service.domain.evidence import Evidence, EvidenceLink
from service.domain.lessons import Lesson
from service.domain.positions import Position
from service.domain.recommendations import Recommendation, Version
from service.store import tables
from service.store.columns import metadata

_registry = registry(metadata=metadata)

_MAPPED: tuple[tuple[type, Table], ...] = (
    (Organisation, tables.organisations),
    (Person, tables.persons),
    (Mandate, tables.mandates),
    (Agenda, tables.agendas),
    (Recommendation, tables.recommendations),
    (Version, tables.versions),
    (Amendment, tables.amendments),
    (AmendmentRevision, tables.amendment_revisions),
    (Cover, tables.amendment_covers),
    (Signature, tables.signatures),
    (Comment, tables.comments),
    (Reply, tables.replies),
    (Position, tables.positions),
    (Evidence, tables.evidence),
    (EvidenceLink, tables.evidence_links),
    (Lesson, tables.lessons),
    (Edition, tables.editions),
)

for _class, _table in _MAPPED:
    _registry.map_imperatively(
        _class, _table, version_id_col=_table.c.revision if "revision" in _table.c else None
    )
