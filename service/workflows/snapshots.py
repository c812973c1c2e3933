"""The snapshot: everything that an edition prints, collected in the transaction that assembles it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from service.domain import publication
from service.domain.actors import OrganisationKind, Region
from service.domain.adoption import AdoptionRule, Outcome
from service.domain.events import PhaseMoved, PhaseMoveTakenBack
from service.domain.lessons import LessonState
from service.domain.particulars import due_of, success_of
from service.domain.permissions import visible_to
from service.domain.phases import Phase
from service.domain.prefaces import Making, Withdrawn, mandate, method, verdict
from service.domain.publication import Snapshot, Standing
from service.domain.recommendations import Addressee, RecommendationState
from service.domain.record import Entry, head_of
from service.domain.text import BASE, Block
from service.domain.views.agendas import EvidenceView, LessonView
from service.domain.views.amendments import AmendmentFilter, AmendmentView
from service.domain.views.corrections import CorrectionView
from service.domain.views.people import OrganisationView, PartnershipView
from service.domain.views.recommendations import Origin, PositionView, RecommendationSummary, VersionView
from service.store.queries import record as record_queries
from service.store.queries.facility import facility_at
from service.workflows import library, proving, reading
from service.workflows.context import Context
from service.workflows.pages import every

# What the paper calls them, in its language.
_WORDS: Mapping[Addressee | OrganisationKind | Region, str] = {
    Addressee.EU_HEADQUARTERS: "EU headquarters",
    Addressee.EU_DELEGATIONS: "EU Delegations",
    Addressee.CITIES: "Cities",
    Addressee.OTHER_ACTORS: "Other actors",
    OrganisationKind.LOCAL_AUTHORITY: "local authority",
    OrganisationKind.EU_SERVICE: "EU service",
    OrganisationKind.NETWORK: "network",
    OrganisationKind.FACILITY: "coordination facility",
    Region.SUB_SAHARAN_AFRICA: "Sub-Saharan Africa",
    Region.ASIA_PACIFIC: "Asia-Pacific",
    Region.LATIN_AMERICA_CARIBBEAN: "Latin America and the Caribbean",
    Region.SOUTHERN_NEIGHBOURHOOD: "Southern Neighbourhood",
    Region.EASTERN_NEIGHBOURHOOD: "Eastern Neighbourhood",
    Region.EUROPEAN_UNION: "European Union",
}
_INVENTED = "invented for the demonstration"
_PRINTED = (RecommendationState.ADOPTED, RecommendationState.PUBLISHED)
# An edition is assembled only when nothing is tabled any more; a draft of it shows what is.
_SHOWN = (*_PRINTED, RecommendationState.NOT_ADOPTED, RecommendationState.TABLED)


def snapshot_of(ctx: Context, agenda_id: str, number: int, now: datetime, *, proven: bool = True) -> Snapshot:
    """Return the agenda as it stands, frozen.

    Args:
        ctx: the assembling person's context, inside the transaction.
        agenda_id: the agenda.
        number: the edition's number.
        now: when it is assembled.
        proven: whether with proofs from the record, which take long to make.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        agenda = reading.agenda(ctx, agenda_id)
        known = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
        listed = tuple(one for one in known if one.state in _SHOWN)
        texts = {v.recommendation_id: v for v in reading.current_versions(ctx, agenda_id)}
        wanted = AmendmentFilter(agenda_id=agenda_id)
        amended = tuple(
            one
            for one in every(lambda cursor: reading.amendments(ctx, wanted, 100, cursor))
            # What was never tabled is its authors' own, even to those who assemble.
            if one.number is not None
        )
        evidence = every(lambda cursor: library.evidence(ctx, agenda_id, 100, cursor))
        lessons = every(lambda cursor: library.lessons(ctx, agenda_id, 100, cursor))
        organisations = every(lambda cursor: library.organisations(ctx, agenda_id, 100, cursor))
        partnerships = every(lambda cursor: library.partnerships(ctx, 100, cursor))
        positions = reading.position_grid(ctx, agenda_id)
        outcomes = reading.outcomes(ctx, agenda_id)
        figures = reading.figures(ctx, agenda_id)
        entries = record_queries.whole_record(reader.connection, agenda_id)
        head = head_of(entries)
        pieces = {e.id: e for e in evidence}
        taken = proving.positions_taken(entries)
        shown = {one.id for one in listed}
        printed = tuple(p for p in positions if p.counts and p.recommendation_id in shown)
        asks = tuple(
            _recommendation(
                ctx,
                one,
                agenda.rule,
                text=texts[one.id],
                outcome=outcomes[one.id],
                positions=[p for p in printed if p.recommendation_id == one.id],
                amendments=[a for a in amended if a.recommendation_id == one.id],
                evidence=[e for e in evidence if any(u.recommendation_id == one.id for u in e.underpins)],
                taken=taken,
                language=agenda.language,
            )
            for one in listed
        )
        making = Making(
            tuple(amendment for ask in asks for amendment in ask.amendments),
            figures.comments,
            figures.open_comments + figures.orphaned_comments,
            _withdrawn(known, amended),
        )
        return Snapshot(
            programme=agenda.programme,
            title=agenda.headline,
            subtitle=agenda.title,
            meeting=publication.Meeting(agenda.meeting, agenda.place, agenda.starts_on, agenda.ends_on),
            edition=number,
            assembled_at=now.replace(microsecond=0),
            language=agenda.language,
            status=_status(listed),
            editor=facility_at(reader.connection, now) or "The coordination facility",
            record=publication.RecordHead(head.size, head.root),
            participants=publication.Participants(
                invited=figures.partnerships, active=figures.active_partnerships, comments=figures.comments
            ),
            recommendations=asks,
            lessons=tuple(
                publication.Lesson(
                    at,
                    one.text,
                    tuple(
                        _evidence(n, pieces[i], agenda.language) for n, i in enumerate(one.evidence_ids, 1)
                    ),
                    _foreign(one.language, agenda.language),
                    _corrections(one.corrections),
                )
                for at, one in enumerate(_ranked(lessons), 1)
            ),
            organisations=_organisations(organisations, partnerships),
            mandate=mandate(agenda.programme, agenda.place, [ask.outcome.standing for ask in asks]),
            method=method(making, agenda.rule, [_WORDS[kind] for kind in agenda.rule.counts]),
            steps=_steps(entries_of_phase(entries)),
            imprint=(ctx.licence,) if ctx.licence else (),
            demo=agenda.invented,
            proofs=proving.receipts_for(
                ctx, agenda_id, entries, {taken[p.id] for p in printed if p.id in taken}
            )
            if proven
            else None,
        )


def _ranked(lessons: tuple[LessonView, ...]) -> list[LessonView]:
    """Return the lessons of the shared list in its order."""
    shared = (one for one in lessons if one.state is LessonState.SHORTLISTED)
    return sorted(shared, key=lambda one: one.rank or one.number)


def entries_of_phase(entries: tuple[Entry, ...]) -> tuple[tuple[datetime, str], ...]:
    """Return when each phase opened; an opening that was taken back is none."""
    opened: list[tuple[datetime, str]] = []
    for entry in entries:
        if entry.name == PhaseMoved.name:
            opened.append((entry.at, str(entry.data["target"])))
        elif entry.name == PhaseMoveTakenBack.name:
            opened.pop()
    return tuple(opened)


OPENED: Mapping[str, str] = {
    Phase.PREPARATION: "The drafting of the recommendations began.",
    Phase.COMMENTING: "The recommendations were opened for comments.",
    Phase.AMENDING: "The recommendations were opened for amendments.",
    Phase.CONSOLIDATION: "The consolidation of the accepted amendments began.",
    Phase.ENDORSEMENT: "The organisations were asked for their positions.",
    Phase.PUBLICATION: "The time for positions ended, and the rule was applied.",
    Phase.FOLLOW_UP: "The follow-up began.",
}
"""How an edition tells that a phase opened; papers and renditions say it in their language."""


def _steps(opened: tuple[tuple[datetime, str], ...]) -> tuple[publication.Step, ...]:
    return tuple(publication.Step(at.replace(microsecond=0), OPENED[phase]) for at, phase in opened)


def _status(listed: tuple[RecommendationSummary, ...]) -> str:
    adopted = sum(one.state in _PRINTED for one in listed)
    if not any(one.state is not RecommendationState.TABLED for one in listed):
        return "nothing decided yet"
    return f"{adopted} of {len(listed)} recommendations adopted"


def _standing(state: RecommendationState) -> Standing:
    if state is RecommendationState.TABLED:
        return Standing.UNDECIDED
    return Standing.ADOPTED if state in _PRINTED else Standing.NOT_ADOPTED


def _withdrawn(
    asks: Iterable[RecommendationSummary], amendments: Sequence[AmendmentView]
) -> tuple[Withdrawn, ...]:
    return tuple(
        Withdrawn(one.number, one.title, sum(a.recommendation_id == one.id for a in amendments))
        for one in asks
        if one.state is RecommendationState.WITHDRAWN
    )


def _recommendation(
    ctx: Context,
    one: RecommendationSummary,
    rule: AdoptionRule,
    *,
    text: VersionView,
    outcome: Outcome,
    positions: list[PositionView],
    amendments: list[AmendmentView],
    evidence: list[EvidenceView],
    taken: Mapping[str, int],
    language: str,
) -> publication.Recommendation:
    origins, standing = reading.origins(ctx, text.provenance), _standing(one.state)
    return publication.Recommendation(
        number=one.number,
        title=one.title,
        addressee=_WORDS[one.addressee],
        theme=one.theme,
        version=publication.Version(text.number, text.digest),
        blocks=text.blocks,
        outcome=publication.Outcome(
            standing is Standing.ADOPTED,
            verdict(rule, outcome, standing),
            standing is not Standing.UNDECIDED,
            outcome.counted,
        ),
        positions=tuple(
            publication.Position(
                p.organisation.id,
                p.stance.value,
                p.reservation.value if p.reservation is not None else "",
                p.statement,
                p.resolved_by,
                taken.get(p.id, 0),
                _foreign(p.language or language, language),
            )
            for p in positions
        ),
        amendments=tuple(_amendment(a, language) for a in amendments),
        provenance=tuple(
            publication.Provenance(
                block.id,
                tuple(
                    publication.Run(run.start, run.end, _origin(run.origins, origins))
                    for run in text.provenance.get(block.id, ())
                ),
            )
            for block in text.blocks
        ),
        success=success_of(text.blocks).text,
        due=due_of(text.blocks).text.rstrip("."),
        evidence=tuple(
            replace(_evidence(n, e, language), blocks=_claims(e, one.id, text.blocks))
            for n, e in enumerate(evidence, 1)
        ),
    )


def _origin(ids: tuple[str, ...], origins: Mapping[str, Origin]) -> str:
    words = []
    for i in ids:
        origin = origins.get(i)
        if i == BASE or origin is None:
            words.append("first draft")
        elif origin.amendment_number is not None:
            names = ", ".join(o.name for o in origin.organisations)
            kind = "compromise amendment" if origin.compromise else "amendment"
            words.append(f"{kind} {origin.amendment_number} ({names})")
        elif origin.version_number == 1:
            words.append("first draft")
        else:
            words.append(f"edited in version {origin.version_number}")
    return "; ".join(words)


def _amendment(view: AmendmentView, language: str) -> publication.Amendment:
    # What its authors proposed: the words of a decision are not theirs, and stand in the text itself.
    changed = set(view.block_ids)
    # The block before each stays, so that what is printed is the difference that the page shows.
    kept = changed | _before(view.base_blocks, changed) | _before(view.blocks, changed)
    places: dict[str, int] = {block.id: at for at, block in enumerate(view.base_blocks, 1)}
    return publication.Amendment(
        number=view.number or 0,
        organisations=tuple(o.id for o in view.organisations),
        base_version=view.base_version.number,
        target=min((places[i] for i in changed if i in places), default=_beside(view.blocks, places)),
        language=view.language,
        base=tuple(block for block in view.base_blocks if block.id in kept),
        amended=tuple(block for block in view.blocks if block.id in kept),
        justification=view.justification,
        state=view.state.value,
        reason=view.decision_reason,
        decided_on=view.decided_at.date() if view.decided_at is not None else None,
        incorporated_in=view.incorporated_in.number if view.incorporated_in is not None else None,
        compromise_of=tuple(ref.number for ref in view.covers if ref.number is not None),
        reason_language=_foreign(view.reason_language or language, language),
    )


def _beside(wording: tuple[Block, ...], places: Mapping[str, int]) -> int:
    """Return the number of the block that the first new block follows."""
    number = 1
    for block in wording:
        if block.id not in places:
            return number
        number = places[block.id]
    return number


def _before(blocks: tuple[Block, ...], changed: set[str]) -> set[str]:
    return {one.id for one, following in pairwise(blocks) if following.id in changed}


def _claims(view: EvidenceView, recommendation_id: str, blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """Return the paragraphs of a text that a piece of evidence was given for, in their order."""
    named = {one.block_id for one in view.underpins if one.recommendation_id == recommendation_id}
    return tuple(block.id for block in blocks if block.id in named)


def _foreign(language: str, of_the_agenda: str) -> str:
    """Return a language where it has to be named beside words: where they are not in that of the agenda."""
    return language if language != of_the_agenda else ""


def _corrections(found: tuple[CorrectionView, ...]) -> tuple[publication.Correction, ...]:
    return tuple(publication.Correction(one.corrected_at.date(), one.reason, one.before) for one in found)


def _evidence(number: int, view: EvidenceView, language: str) -> publication.Evidence:
    return publication.Evidence(
        number, view.title, _source(view, view.source), view.page, view.quotation, view.url,
        language=_foreign(view.language, language),
        corrections=tuple(
            replace(one, was=(title, _source(view, source), *others))
            for one in _corrections(view.corrections)
            for title, source, *others in (one.was,)
        ),
    )  # fmt: skip


def _source(view: EvidenceView, source: str) -> str:
    """Return where a piece of evidence comes from, as it is printed: what is invented says so."""
    labelled = _INVENTED in source.lower() or not view.invented
    return source if labelled else f"{source} ({_INVENTED})"


def _organisations(
    organisations: tuple[OrganisationView, ...], partnerships: tuple[PartnershipView, ...]
) -> tuple[publication.Organisation, ...]:
    member = {m.id: p for p in partnerships for m in p.members}
    return tuple(
        publication.Organisation(
            id=one.id,
            name=one.name,
            kind=_WORDS[one.kind],
            country=one.country,
            region=_WORDS[one.region],
            partnership=member[one.id].name if one.id in member else "",
        )
        for one in organisations
    )
