"""Where each kind of entity is kept: one table, in which every field is the column of the same name."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from sqlalchemy import Delete, Insert, Select, Table, Update, bindparam, delete, insert, select, update

from service.domain.actors import Mandate, Organisation, Person
from service.domain.agendas import Agenda
from service.domain.amendments import Amendment, AmendmentRevision, Signature
from service.domain.assessments import Assessment
from service.domain.comments import Comment, Reply
from service.domain.compromises import Cover
from service.domain.corrections import Correction
from service.domain.editions import Edition
from service.domain.evidence import Evidence, EvidenceLink
from service.domain.invitations import Invitation
from service.domain.lessons import Lesson
from service.domain.positions import Position
from service.domain.recommendations import Recommendation, Version
from service.domain.signatories import Signatory
from service.domain.translations import Translation
from service.store import correction_tables, review_tables, signatory_tables, tables, translation_tables

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Kept(Generic[T]):
    """A kind of entity, its table, and the statements that every use case executes.

    Building a statement takes longer than executing it, so each is built once. `of` in them is the id, `known` the
    revision that was read: what somebody else has changed since is not found. `revised` tells that the kind has one.
    `at_home` is `one` and after it the agenda that it belongs to; None where it belongs to none.
    """

    kind: type[T]
    table: Table
    revised: bool
    width: int
    every: Select[Any]
    one: Select[Any]
    at_home: Select[Any] | None
    insert: Insert
    update: Update
    delete: Delete


def _names(kind: type) -> list[str]:
    return [field.name for field in fields(kind)]


def _kept(kind: type[T], table: Table) -> Kept[T]:
    names = _names(kind)
    every, it = select(*(table.c[name] for name in names)), table.c.id == bindparam("of")
    revised = "revision" in names
    as_read = (it, table.c.revision == bindparam("known")) if revised else (it,)
    return Kept(
        kind=kind,
        table=table,
        revised=revised,
        width=len(names),
        every=every,
        one=every.where(it),
        at_home=every.add_columns(*(tables.agendas.c[name] for name in _names(Agenda)))
        .join_from(table, tables.agendas)
        .where(it)
        if "agenda_id" in names
        else None,
        insert=insert(table),
        update=update(table).where(*as_read),
        delete=delete(table).where(*as_read),
    )


# In the order in which changes are written, so that two transactions never wait for each other in a circle.
KEPT: Mapping[type, Kept[Any]] = MappingProxyType(
    {
        kind: _kept(kind, table)
        for kind, table in (
            (Organisation, tables.organisations),
            (Person, tables.persons),
            (Mandate, tables.mandates),
            (Invitation, tables.invitations),
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
            (Assessment, review_tables.assessments),
            (Evidence, tables.evidence),
            (EvidenceLink, tables.evidence_links),
            (Lesson, tables.lessons),
            (Correction, correction_tables.corrections),
            (Edition, tables.editions),
            (Signatory, signatory_tables.signatories),
            (Translation, translation_tables.translations),
        )
    }
)
