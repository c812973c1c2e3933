"""What is weighed before anything is published: which claims have no evidence, and which lessons to share."""

from collections import defaultdict

from service.domain.likeness import alike
from service.domain.permissions import visible_to
from service.domain.underpinning import Naming, underpinning
from service.domain.views.agendas import EvidenceView
from service.domain.views.weighing import CandidateView, ClaimsView, Likeness
from service.workflows import library, reading
from service.workflows.context import Context
from service.workflows.pages import every


def claims(ctx: Context, agenda_id: str) -> tuple[ClaimsView, ...]:
    """Return the claims of each recommendation of an agenda, with the evidence that names them."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        asks = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
        texts = {one.recommendation_id: one.blocks for one in reading.current_versions(ctx, agenda_id)}
        named: dict[str, list[Naming]] = defaultdict(list)
        for piece in evidence(ctx, agenda_id):
            for target in piece.underpins:
                named[target.recommendation_id].append(Naming(piece.id, target.block_id))
        return tuple(ClaimsView(one, underpinning(texts[one.id], named[one.id])) for one in asks)


def evidence(ctx: Context, agenda_id: str) -> tuple[EvidenceView, ...]:
    """Return all evidence of an agenda."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return every(lambda cursor: library.evidence(ctx, agenda_id, 100, cursor))


def candidates(ctx: Context, agenda_id: str) -> tuple[CandidateView, ...]:
    """Return the lessons of an agenda with what speaks for each, the best underpinned ones first."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        lessons = {one.id: one for one in every(lambda c: library.lessons(ctx, agenda_id, 100, c))}
        pieces = {one.id: one for one in evidence(ctx, agenda_id)}
        partnerships: dict[str, list[str]] = defaultdict(list)
        for partnership in every(lambda cursor: library.partnerships(ctx, 100, cursor)):
            for member in partnership.members:
                partnerships[member.id].append(partnership.name)
        near = alike({one.id: one.text for one in lessons.values()})
        found = []
        for one in lessons.values():
            own = tuple(pieces[i] for i in one.evidence_ids)
            organisations = dict.fromkeys((one.organisation.id, *(piece.organisation.id for piece in own)))
            names = dict.fromkeys(name for i in organisations for name in partnerships[i])
            others = tuple(Likeness(lessons[i], share) for i, share in near[one.id].items())
            found.append(CandidateView(one, own, tuple(names), others))
        return tuple(sorted(found, key=lambda c: (-len(c.partnerships), -len(c.evidence), c.lesson.number)))
