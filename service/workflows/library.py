"""What readers may see beside the text: people and organisations, evidence, lessons, editions."""

from dataclasses import replace

from service.domain.actors import Scope
from service.domain.errors import Unknown
from service.domain.permissions import visible_to
from service.domain.views import Page
from service.domain.views.agendas import EditionView, EvidenceView, LessonView
from service.domain.views.people import MandateView, MeView, OrganisationView, PartnershipView
from service.store.queries import people, publication
from service.workflows import halts, reading
from service.workflows.context import Context
from service.workflows.reading import LIMIT


def me(ctx: Context) -> MeView | None:
    """Return the reader, or None when nobody is signed in."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return people.get_me(reader.connection, reader.actor) if reader.actor.person_id is not None else None


def voices(ctx: Context, scope: Scope) -> frozenset[str]:
    """Return the ids of the organisations for which the reader's mandates carry `scope`."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        actor = reader.actor
        return frozenset(a.organisation_id for a in actor.authorities if scope in actor.effective(a))


def organisations(
    ctx: Context, agenda_id: str | None = None, limit: int = LIMIT, cursor: str | None = None
) -> Page[OrganisationView]:
    """Return organisations by name: all, or those that take part in an agenda."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        if agenda_id is not None:
            reading.agenda(ctx, agenda_id)
        return people.list_organisations(reader.connection, agenda_id, limit, cursor)


def organisation(ctx: Context, organisation_id: str) -> OrganisationView:
    """Return one organisation."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = people.get_organisation(reader.connection, organisation_id)
        if view is None:
            raise Unknown(thing="organisation")
        return view


def partnerships(ctx: Context, limit: int = LIMIT, cursor: str | None = None) -> Page[PartnershipView]:
    """Return partnerships by name, each with its members."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return people.list_partnerships(reader.connection, limit, cursor)


def mandates(ctx: Context, organisation_id: str) -> tuple[MandateView, ...]:
    """Return the mandates in force for an organisation."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        organisation(ctx, organisation_id)
        return people.list_mandates(reader.connection, organisation_id, reader.now)


def evidence(
    ctx: Context, agenda_id: str, limit: int = LIMIT, cursor: str | None = None
) -> Page[EvidenceView]:
    """Return an agenda's evidence."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return publication.list_evidence(reader.connection, agenda_id, limit, cursor)


def evidence_for(ctx: Context, recommendation_id: str) -> tuple[EvidenceView, ...]:
    """Return the evidence that underpins a recommendation."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.current_version(ctx, recommendation_id)
        return publication.evidence_of(reader.connection, recommendation_id)


def one_evidence(ctx: Context, evidence_id: str) -> EvidenceView:
    """Return one piece of evidence."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = publication.get_evidence(reader.connection, evidence_id)
        if view is None:
            raise Unknown(thing="evidence")
        return view


def lessons(ctx: Context, agenda_id: str, limit: int = LIMIT, cursor: str | None = None) -> Page[LessonView]:
    """Return an agenda's lessons."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return publication.list_lessons(reader.connection, agenda_id, limit, cursor)


def lesson(ctx: Context, lesson_id: str) -> LessonView:
    """Return one lesson."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = publication.get_lesson(reader.connection, lesson_id)
        if view is None:
            raise Unknown(thing="lesson")
        return view


def editions(
    ctx: Context, agenda_id: str, limit: int = LIMIT, cursor: str | None = None
) -> Page[EditionView]:
    """Return an agenda's editions."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return publication.list_editions(reader.connection, agenda_id, reader.actor.person_id, limit, cursor)


def edition_with_paper(ctx: Context, file_digest: str) -> EditionView | None:
    """Return the edition whose sealed paper has this SHA-256, with what has become of it since; None where none has."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return publication.edition_of(reader.connection, file_digest, reader.actor.person_id)


def edition(ctx: Context, edition_id: str) -> EditionView:
    """Return one edition."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = publication.get_edition(reader.connection, edition_id, reader.actor.person_id)
        if view is None:
            raise Unknown(thing="edition")
        return replace(view, halt=halts.halt_of(ctx, view))
