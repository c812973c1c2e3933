"""One meeting of the demonstration while it is told: what has been entered so far, and how it begins."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from zoneinfo import ZoneInfo

from service.demo.content import model
from service.demo.content.people import FACILITY, ORGANISATIONS
from service.demo.content.places import PARTNERSHIPS
from service.demo.content.wording import text_for
from service.demo.hours import Stretch
from service.demo.stage import Act, Stage
from service.demo.texts import Text, as_blocks, text_of
from service.domain.evidence import EvidenceKind
from service.domain.phases import Phase
from service.domain.recommendations import Addressee
from service.domain.views.agendas import Underpinned
from service.workflows import agendas, evidence, lessons, reading, recommendations
from service.workflows.context import Context

SECOND_READING = "The first reading brought new wording. A second reading lets everyone see it and amend it."


@dataclass
class Round:
    """A meeting's agenda, with the ids of what was entered so far by the keys of its content."""

    stage: Stage
    meeting: model.Meeting
    timetable: tuple[Stretch, ...]
    agenda_id: str = ""
    recommendations: dict[str, str] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    lessons: dict[str, str] = field(default_factory=dict)
    amendments: dict[str, str] = field(default_factory=dict)
    threads: dict[str, str] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the meeting's deadlines."""
        return ZoneInfo(self.meeting.time_zone)

    def read(self, ctx: Context, recommendation: model.Recommendation, wave: model.Wave) -> None:
        """Take note of the current version of a recommendation, on which a wave of amendments is written."""
        version = reading.current_version(ctx, self.recommendations[recommendation.key])
        self.texts[recommendation.key] = text_of(version, text_for(self.meeting, recommendation, wave))


def begin(told: Round) -> None:
    """Open the agenda and admit everyone but the facility, which runs the round."""
    meeting, stage = told.meeting, told.stage
    closings: dict[Phase, Stretch] = {}
    for stretch in told.timetable:
        closings.setdefault(stretch.phase, stretch)
    stage.clock.move_to(told.timetable[0].opens)
    with (ctx := stage.acting("facility")).transaction():
        told.agenda_id = agendas.create(
            ctx,
            agendas.CreateAgenda(
                title=meeting.title,
                headline=meeting.headline,
                programme=meeting.programme,
                meeting=meeting.meeting,
                place=meeting.place,
                starts_on=meeting.starts_on,
                ends_on=meeting.ends_on,
                language=meeting.language,
                time_zone=meeting.time_zone,
                rule=meeting.rule,
                timetable={phase: stretch.closes for phase, stretch in closings.items()},
                invented=True,
            ),
        )
        guests = [stage.organisations[one.key] for one in ORGANISATIONS if one is not FACILITY]
        agendas.admit_participants(ctx, told.agenda_id, guests)


def open_phase(told: Round, place: int) -> None:
    """Open the phase at this place of the timetable, which keeps one closing time for each phase: the next one."""
    stretch = told.timetable[place]
    earlier = {each.phase for each in told.timetable[:place]}
    again = stretch.phase in earlier
    told.stage.clock.move_to(stretch.opens)
    with (ctx := told.stage.acting("facility")).transaction():
        if again:
            ahead = {each.phase: each.closes for each in told.timetable[place:]}
            planned = reading.agenda(ctx, told.agenda_id).timetable
            agendas.edit(ctx, agendas.EditAgenda(told.agenda_id, timetable={**planned, **ahead}))
        reason = SECOND_READING if again and stretch.phase is Phase.AMENDING else ""
        agendas.move_phase(ctx, agendas.MovePhase(told.agenda_id, stretch.phase, reason))


def drafting(told: Round) -> Iterator[Act]:
    """The rapporteur drafts the recommendations."""
    for recommendation in told.meeting.recommendations:
        yield partial(_draft, told, recommendation)


def _draft(told: Round, recommendation: model.Recommendation) -> None:
    with (ctx := told.stage.acting("rapporteur")).transaction():
        told.recommendations[recommendation.key] = recommendations.draft(
            ctx,
            recommendations.DraftRecommendation(
                told.agenda_id,
                Addressee(recommendation.addressees[0]),
                recommendation.theme,
                as_blocks(recommendation.blocks, {}),
                "First draft",
            ),
        )
        told.read(ctx, recommendation, 1)


def learning(told: Round) -> Iterator[Act]:
    """Cities and the facility bring what underpins the recommendations; then cities propose what they have learnt."""
    for piece in told.meeting.evidence:
        yield partial(_add_evidence, told, piece)
    for lesson in told.meeting.lessons:
        yield partial(_propose, told, lesson)


def _add_evidence(told: Round, piece: model.Evidence) -> None:
    account = "facility" if piece.partnership is None else f"city{PARTNERSHIPS[piece.partnership - 1].lead}"
    told.evidence[piece.key] = evidence.add(
        told.stage.acting(account),
        evidence.AddEvidence(
            told.agenda_id,
            told.stage.voice(account),
            EvidenceKind(piece.kind),
            piece.title,
            piece.source,
            page="" if piece.page is None else str(piece.page),
            quotation=piece.quotation,
            invented=piece.invented,
            underpins=tuple(
                Underpinned(
                    told.recommendations[one.recommendation], told.texts[one.recommendation].ids[one.block]
                )
                for one in piece.supports
            ),
        ),
    )


def _propose(told: Round, lesson: model.Lesson) -> None:
    account = f"city{lesson.city}"
    told.lessons[lesson.key] = lessons.propose(
        told.stage.acting(account),
        lessons.ProposeLesson(
            told.agenda_id,
            told.stage.voice(account),
            lesson.text,
            tuple(told.evidence[key] for key in lesson.evidence),
        ),
    )


def shortlisting(told: Round) -> Iterator[Act]:
    """The rapporteur puts lessons on the shared list, in the order of their rank."""
    ranked = sorted((lesson.rank, lesson.key) for lesson in told.meeting.lessons if lesson.rank is not None)
    for _, key in ranked:
        yield partial(_shortlist, told, key)


def _shortlist(told: Round, key: str) -> None:
    lessons.shortlist(told.stage.acting("rapporteur"), told.lessons[key])
