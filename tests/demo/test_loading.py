"""The demonstration is told through the use cases alone, and leaves what its content says."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select

from service.app import House, build
from service.demo.content.barcelona import BARCELONA
from service.demo.content.brussels import BRUSSELS
from service.demo.content.model import Meeting
from service.demo.content.people import ORGANISATIONS, PEOPLE
from service.demo.content.places import PARTNERSHIPS
from service.demo.content.wording import merged, text_for
from service.demo.hours import StoryClock
from service.demo.loading import LONG_AGO, NotEmptyError, is_empty, load, tell
from service.demo.stage import Stage
from service.domain.actors import OrganisationKind, Role, Scope
from service.domain.amendments import Opinion
from service.domain.editions import EditionState
from service.domain.phases import CAPABILITIES, Phase
from service.domain.recommendations import RecommendationState
from service.domain.record import Entry, first_break
from service.domain.verification import Verdict
from service.domain.views import Page
from service.domain.views.agendas import AgendaView
from service.domain.views.amendments import AmendmentFilter, AmendmentView
from service.domain.views.people import MeView
from service.settings import Settings
from service.store.bookkeeping import record_heads
from service.store.engine import Database, make_engine
from service.store.identity import Identity
from service.store.queries.record import whole_record
from service.workflows import access, editions, library, reading, renditions
from service.workflows.context import Context
from service.workflows.coverage import covering
from service.workflows.renditions import Format
from tests.engines import Databases
from tests.fakes import SEAL, FakeRenderer, FakeSealer, a_notary

pytestmark = pytest.mark.slow

# A Monday, in the winter time of Brussels; the deadline thirty days later lies in its summer time.
NOW = datetime(2027, 3, 8, 9, 30, tzinfo=UTC)
DEADLINE = datetime(2027, 4, 7, 16, tzinfo=UTC)
MEETINGS = pytest.mark.parametrize("meeting", [BRUSSELS, BARCELONA], ids=lambda one: one.key)
T = TypeVar("T")


def everything(turn: Callable[[str | None], Page[T]]) -> tuple[T, ...]:
    """Return the items of all pages."""
    page = turn(None)
    items = list(page.items)
    while page.next is not None:
        page = turn(page.next)
        items += page.items
    return tuple(items)


@dataclass
class Demonstration:
    """A house in which the story was told at `NOW`."""

    house: House
    told: list[str]

    @property
    def visitor(self) -> Context:
        return self.house.context(Identity())

    def person(self, email: str) -> MeView:
        with self.house.context(Identity(operator=True)).transaction() as work:
            person = work.persons.find(email=email)
        assert person is not None
        view = library.me(self.house.context(Identity(person.id)))
        assert view is not None
        return view

    def agenda(self, meeting: Meeting) -> AgendaView:
        (view,) = (a for a in reading.agendas(self.visitor).items if a.title == meeting.title)
        return view

    def amendments(self, meeting: Meeting) -> tuple[AmendmentView, ...]:
        wanted = AmendmentFilter(agenda_id=self.agenda(meeting).id)
        return everything(lambda cursor: reading.amendments(self.visitor, wanted, cursor=cursor))

    def records(self) -> dict[str, tuple[Entry, ...]]:
        with self.house.database.reading() as connection:
            scopes = connection.scalars(select(record_heads.c.scope)).all()
            return {scope: whole_record(connection, scope) for scope in scopes}


@pytest.fixture(scope="module")
def demo(databases: Databases) -> Iterator[Demonstration]:
    """The story, told once on each engine, with fakes for the printer and the seal."""
    url = databases.fresh()
    clock = StoryClock(LONG_AGO)
    # The story begins before the seal of the other tests is in force.
    sealer = FakeSealer(seal=replace(SEAL, valid_from=LONG_AGO))
    house = House(Settings(), Database(make_engine(url), clock), FakeRenderer(), sealer, a_notary())
    told: list[str] = []
    tell(Stage(house, clock), NOW, told.append)
    clock.move_to(NOW)
    yield Demonstration(house, told)
    house.database.engine.dispose()
    databases.drop(url)


def test_telling_reports_what_it_is_doing(demo: Demonstration) -> None:
    assert demo.told == [
        "Entering the partnerships and their people",
        "Telling what happened towards Brussels 2023",
        "Telling what happened towards Barcelona 2024",
    ]


def test_house_is_not_empty_once_the_story_is_told(demo: Demonstration) -> None:
    assert not is_empty(demo.house)


def test_house_knows_every_partnership_and_every_city_as_invented(demo: Demonstration) -> None:
    partnerships = everything(lambda cursor: library.partnerships(demo.visitor, cursor=cursor))
    organisations = everything(lambda cursor: library.organisations(demo.visitor, cursor=cursor))
    cities = [o for o in organisations if o.kind is OrganisationKind.LOCAL_AUTHORITY]
    assert len(partnerships) == 57
    assert len(cities) == 114
    assert {p.name for p in partnerships} == {f"{p.name}: {p.project}" for p in PARTNERSHIPS}
    assert {m.id for p in partnerships for m in p.members} == {c.id for c in cities}
    assert {o.name for o in organisations if o.invented} == {o.name for o in ORGANISATIONS}


@MEETINGS
def test_everyone_but_the_facility_takes_part(demo: Demonstration, meeting: Meeting) -> None:
    guests = {o.name for o in ORGANISATIONS if o.kind != "facility"}
    agenda = demo.agenda(meeting)
    views = everything(lambda cursor: library.organisations(demo.visitor, agenda.id, cursor=cursor))
    assert {o.name for o in views} == guests


def test_fixed_accounts_have_their_mandates(demo: Demonstration) -> None:
    voice = {Scope.COMMENT, Scope.AMEND, Scope.POSITION}
    mandates = {
        "facility": (Role.FACILITY, {Scope.COMMENT, Scope.CONSOLIDATE, Scope.FACILITATE}),
        "rapporteur": (Role.RAPPORTEUR, {Scope.COMMENT, Scope.CONSOLIDATE}),
        "signatory": (Role.SIGNATORY, {Scope.COMMENT, Scope.APPROVE}),
        "approver": (Role.SIGNATORY, {Scope.COMMENT, Scope.APPROVE}),
        "delegation": (Role.STAKEHOLDER, voice),
        "intpa": (Role.STAKEHOLDER, voice),
        "observer": (Role.OBSERVER, set[Scope]()),
        **{f"city{number}": (Role.REPRESENTATIVE, voice) for number in range(1, 115)},
    }
    names = {o.key: o.name for o in ORGANISATIONS}
    assert {person.local for person in PEOPLE} == set(mandates)
    for known in PEOPLE:
        person = demo.person(f"{known.local}@example.org")
        assert (person.name, person.language, person.time_zone) == (known.name, known.language, known.zone)
        assert [(m.organisation, (m.role, set(m.scopes))) for m in person.mandates] == [
            (names[known.organisation], mandates[known.local])
        ], known.local


def test_visitor_can_sign_in_as_each_person(demo: Demonstration) -> None:
    passed_on = {"deputy@example.org", "adviser@example.org"}
    assert {p.email for p in access.demo_people(demo.visitor)} == {p.email for p in PEOPLE} | passed_on


def test_one_city_has_an_alternate_and_another_lends_its_voice(demo: Demonstration) -> None:
    held = [demo.person(f"{who}@example.org").mandates for who in ("deputy", "adviser")]
    assert [[(m.nature.value, set(m.scopes)) for m in mandates] for mandates in held] == [
        [("alternate", {Scope.COMMENT, Scope.AMEND, Scope.POSITION})],
        [("delegated", {Scope.COMMENT})],
    ]


def test_barcelona_is_amending_until_thirty_days_after_loading_at_six_in_brussels(
    demo: Demonstration,
) -> None:
    agenda = demo.agenda(BARCELONA)
    assert (agenda.phase, agenda.phase_closes_at) == (Phase.AMENDING, DEADLINE)
    assert agenda.open == CAPABILITIES[Phase.AMENDING]
    assert {phase: moment - DEADLINE for phase, moment in agenda.timetable.items()} == {
        # One winter hour lies between what closed before and the deadline.
        Phase.PREPARATION: timedelta(days=-105, hours=1),
        Phase.COMMENTING: timedelta(days=-75, hours=1),
        Phase.AMENDING: timedelta(),
        Phase.CONSOLIDATION: timedelta(days=14),
        Phase.ENDORSEMENT: timedelta(days=35),
        Phase.PUBLICATION: timedelta(days=42),
        Phase.FOLLOW_UP: timedelta(days=407),
    }


def test_barcelona_has_the_size_that_the_demonstration_promises(demo: Demonstration) -> None:
    figures = reading.figures(demo.visitor, demo.agenda(BARCELONA).id)
    assert figures.recommendations >= 12
    assert figures.amendments == len(BARCELONA.amendments) >= 60
    assert figures.partnerships == 57
    assert figures.comments == len(BARCELONA.threads)
    assert figures.colliding > 0


@MEETINGS
def test_amendments_come_to_the_state_that_the_content_gives_them(
    demo: Demonstration, meeting: Meeting
) -> None:
    views = demo.amendments(meeting)
    names = {o.key: o.name for o in ORGANISATIONS}
    numbers = {view.justification: view.number for view in views}
    fallen_with = {
        key: f"It is covered by compromise amendment {numbers[one.justification]}, which was accepted."
        for one in meeting.amendments
        if one.state == "accepted"
        for key in one.covers
    }
    assert [view.number for view in views] == list(range(1, len(meeting.amendments) + 1))
    assert {
        (
            view.recommendation_number,
            view.justification,
            view.language,
            view.state.value,
            view.opinion,
            tuple(o.name for o in view.organisations),
            view.decision_reason,
        )
        for view in views
    } == {
        (
            next(r.number for r in meeting.recommendations if r.key == one.recommendation),
            one.justification,
            one.language,
            one.state,
            Opinion(one.opinion) if one.opinion is not None else None,
            tuple(names[f"city{city}"] for city in (one.city, *one.cosignatories)),
            fallen_with.get(one.key, one.reason if one.state != "withdrawn" else ""),
        )
        for one in meeting.amendments
    }
    assert sum(view.incorporated_in is not None for view in views) == len(merged(meeting))


@MEETINGS
def test_compromises_cover_what_the_content_says(demo: Demonstration, meeting: Meeting) -> None:
    views = {view.justification: view for view in demo.amendments(meeting)}
    keyed = {one.key: views[one.justification] for one in meeting.amendments}
    for one in meeting.amendments:
        covered = [keyed[key] for key in one.covers]
        assert [ref.id for ref in keyed[one.key].covers] == [view.id for view in covered]
        assert [v.covered_by[0].id for v in covered] == [keyed[one.key].id] * len(covered)


def test_compromise_of_barcelona_realises_a_part_of_each_amendment_that_it_covers(
    demo: Demonstration,
) -> None:
    views = {view.justification: view for view in demo.amendments(BARCELONA)}
    (compromise,) = (one for one in BARCELONA.amendments if one.covers)
    found = covering(demo.visitor, views[compromise.justification].id)
    assert [(one.coverage.words.realised, one.coverage.words.asked) for one in found.covers] == [
        (3, 4),
        (7, 8),
    ]


def test_open_amendments_of_barcelona_stand_on_the_current_text(demo: Demonstration) -> None:
    views = demo.amendments(BARCELONA)
    second = {one.justification for one in BARCELONA.amendments if one.wave == 2}
    assert {view.justification for view in views if not view.stale} >= second


@MEETINGS
def test_recommendations_read_as_the_first_reading_left_them(demo: Demonstration, meeting: Meeting) -> None:
    agenda = demo.agenda(meeting)
    views = reading.recommendations(demo.visitor, agenda.id).items
    texts = reading.current_versions(demo.visitor, agenda.id)
    for one, view, text in zip(meeting.recommendations, views, texts, strict=True):
        assert (view.number, view.addressee.value, view.theme) == (one.number, one.addressees[0], one.theme)
        assert [(b.kind.value, b.level, b.text) for b in text.blocks] == [
            (b.kind, b.level, b.text) for b in text_for(meeting, one, 2)
        ]
        assert text.number == (2 if any(a.recommendation == one.key for a in merged(meeting)) else 1)


@MEETINGS
def test_threads_come_to_the_state_that_the_content_gives_them(demo: Demonstration, meeting: Meeting) -> None:
    views = [
        comment
        for recommendation in reading.recommendations(demo.visitor, demo.agenda(meeting).id).items
        for comment in reading.comments(demo.visitor, recommendation.id).items
    ]
    assert {
        (v.text, v.kind.value, v.state.value, tuple(r.text for r in v.replies), v.resolution) for v in views
    } == {
        (
            one.text,
            one.kind,
            one.state,
            (*(r.text for r in one.replies), *([one.closing] if one.state == "answered" else [])),
            one.closing if one.state in {"resolved", "declined"} else "",
        )
        for one in meeting.threads
    }


@MEETINGS
def test_lessons_and_evidence_are_on_the_agenda(demo: Demonstration, meeting: Meeting) -> None:
    agenda = demo.agenda(meeting)
    lessons = library.lessons(demo.visitor, agenda.id).items
    pieces = {piece.id: piece.title for piece in library.evidence(demo.visitor, agenda.id).items}
    titles = {one.key: one.title for one in meeting.evidence}
    assert [(v.text, v.state.value, [pieces[e] for e in v.evidence_ids]) for v in lessons] == [
        (one.text, one.state, [titles[key] for key in one.evidence]) for one in meeting.lessons
    ]
    assert [
        (v.title, v.invented, len(v.underpins)) for v in library.evidence(demo.visitor, agenda.id).items
    ] == [(one.title, one.invented, len(one.supports)) for one in meeting.evidence]


def test_brussels_is_published_but_for_what_it_refused(demo: Demonstration) -> None:
    agenda = demo.agenda(BRUSSELS)
    outcomes = {"adopted": RecommendationState.PUBLISHED, "not_adopted": RecommendationState.NOT_ADOPTED}
    views = reading.recommendations(demo.visitor, agenda.id).items
    assert agenda.phase is Phase.FOLLOW_UP
    assert [view.state for view in views] == [outcomes[plan.outcome] for plan in BRUSSELS.positions]
    assert [view.positions for view in views] == [
        len(plan.endorsed) + len(plan.others) for plan in BRUSSELS.positions
    ]


def test_edition_of_brussels_is_released_on_the_last_day_of_the_meeting(demo: Demonstration) -> None:
    (edition,) = library.editions(demo.visitor, demo.agenda(BRUSSELS).id).items
    paper = editions.pdf(demo.visitor, edition.id)
    assert edition.state is EditionState.RELEASED
    assert edition.released_at is not None
    assert edition.released_at.date() == BRUSSELS.ends_on
    assert (edition.assembled_by, edition.approved_by) == (
        "Coordinator of the facility",
        "Second signatory of the agenda",
    )
    assert edition.file_digest == hashlib.sha256(paper).hexdigest()
    checked = editions.verify(demo.visitor, paper)
    assert (checked.verdict, [one.state for one in edition.signatories]) == (
        Verdict.VALID,
        ["signed", "signed"],
    )


def test_edition_of_brussels_can_be_read_in_french_and_in_part_in_arabic(demo: Demonstration) -> None:
    (edition,) = library.editions(demo.visitor, demo.agenda(BRUSSELS).id).items
    assert renditions.languages(demo.visitor, edition.id) == ("ar", "fr")
    texts = {one.language: dict(one.texts)["title"] for one in BRUSSELS.translations}
    for language, title in texts.items():
        read = renditions.rendition(demo.visitor, edition.id, Format.MARKDOWN, language)
        assert title in read.content.decode()


def test_record_is_unbroken_and_tells_a_past_in_its_order(demo: Demonstration) -> None:
    records = demo.records()
    assert set(records) == {"house", demo.agenda(BRUSSELS).id, demo.agenda(BARCELONA).id}
    for scope, entries in records.items():
        moments = [entry.at for entry in entries]
        assert first_break(entries) is None, scope
        assert moments == sorted(moments), scope
        assert moments[-1] < NOW, scope


def test_story_is_not_told_to_a_house_that_knows_it(demo: Demonstration, tmp_path: Path) -> None:
    before = demo.records()
    url = demo.house.database.engine.url.render_as_string(hide_password=False)
    with pytest.raises(NotEmptyError, match="holds"):
        load(Settings(data=str(tmp_path), database_url=url))
    assert demo.records() == before


def test_house_is_empty_before_the_story_and_its_paper_is_sealed_after_it(tmp_path: Path) -> None:
    settings = Settings(data=str(tmp_path))
    house = build(settings)
    assert is_empty(house)
    load(settings)
    visitor = house.context(Identity())
    brussels, barcelona = reading.agendas(visitor).items
    (edition,) = library.editions(visitor, brussels.id).items
    verification = editions.verify(visitor, editions.pdf(visitor, edition.id))
    house.database.engine.dispose()
    assert (barcelona.title, barcelona.phase) == ("Barcelona 2024", Phase.AMENDING)
    assert (verification.verdict, verification.demo, verification.digest) == (
        Verdict.VALID,
        True,
        edition.digest,
    )
    assert verification.signed_at is not None
    assert verification.signed_at.date() == BRUSSELS.ends_on
