"""Use cases around evidence."""

from dataclasses import dataclass

from service.domain import evidence
from service.domain.errors import Invalid, Unknown
from service.domain.events import EvidenceAdded
from service.domain.evidence import Evidence, EvidenceKind, EvidenceLink
from service.domain.permissions import Permission, require
from service.domain.text import normalise
from service.domain.tongues import written_in
from service.domain.views.agendas import Underpinned
from service.store.uow import UnitOfWork
from service.workflows.context import Context
from service.workflows.recommendations import author, visible


@dataclass(frozen=True, slots=True)
class AddEvidence:
    """Evidence, and what it underpins; in the agenda's language unless another is named."""

    agenda_id: str
    organisation_id: str
    kind: EvidenceKind
    title: str
    source: str
    page: str = ""
    quotation: str = ""
    url: str = ""
    invented: bool = False
    underpins: tuple[Underpinned, ...] = ()
    language: str = ""


def add(ctx: Context, command: AddEvidence) -> str:
    """An organisation, or the rapporteur, adds evidence; returns its id."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(command.agenda_id)
        require(work.actor, Permission.EVIDENCE_ADD, agenda.subject(work.now, command.organisation_id))
        words = {
            n: normalise(getattr(command, n), field=n)
            for n in ("title", "source", "page", "quotation", "url")
        }
        evidence.check(**words)
        piece = Evidence(
            id=ctx.new_id(),
            agenda_id=agenda.id,
            number=work.evidence.count(agenda_id=agenda.id) + 1,
            kind=command.kind,
            **words,
            invented=command.invented,
            organisation_id=command.organisation_id,
            person_id=author(work),
            created_at=work.now,
            language=written_in(command.language, agenda.language),
        )
        work.evidence.add(piece)
        for index, target in enumerate(command.underpins):
            _check_target(work, agenda.id, index, target)
            work.evidence_links.add(
                EvidenceLink(ctx.new_id(), piece.id, target.recommendation_id, target.block_id)
            )
        targets = tuple(dict.fromkeys(u.recommendation_id for u in command.underpins))
        work.record(
            EvidenceAdded(piece.id, targets), agenda_id=agenda.id, organisation_id=command.organisation_id
        )
        return piece.id


def _check_target(work: UnitOfWork, agenda_id: str, index: int, target: Underpinned) -> None:
    recommendation = visible(work, target.recommendation_id)
    if recommendation.agenda_id != agenda_id:
        raise Unknown(thing="recommendation")
    if target.block_id is not None:
        version = work.versions.get(recommendation.current_version_id)
        if target.block_id not in {b.id for b in version.blocks}:
            raise Invalid.field(
                f"underpins.{index}.block_id", "This version has no such block. Choose one that it has."
            )
