"""Loads the demonstration: two meetings, told from their beginning by the people who take part, at their times."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from service.app import House, build
from service.demo.content.barcelona import BARCELONA
from service.demo.content.brussels import BRUSSELS
from service.demo.content.model import Meeting, Wave
from service.demo.debate import assessing, consolidating, deciding, tabling, talking
from service.demo.endings import endorsing, publishing_it
from service.demo.hours import StoryClock, stretches
from service.demo.rounds import Round, begin, drafting, learning, open_phase, shortlisting
from service.demo.speaking import translating
from service.demo.stage import Act, Stage, enter_everyone, pass_on, side_by_side
from service.domain.phases import Phase
from service.settings import KEY_SOURCES, Settings
from service.store.identity import Identity
from service.workflows import notifications

LENT = timedelta(days=90)
LONG_AGO = datetime(2022, 10, 3, 9, tzinfo=UTC)


class NotEmptyError(RuntimeError):
    """The database holds agendas or people already: the demonstration is not mixed with anything else."""


def is_empty(house: House) -> bool:
    """Tell whether nothing has been entered into the house yet: no agenda, and no person."""
    with house.context(Identity(operator=True)).transaction() as work:
        return work.agendas.count() == 0 and work.persons.count() == 0


def load(settings: Settings, progress: Callable[[str], None] = lambda _: None) -> None:
    """Load the demonstration into the empty database that the settings name.

    Args:
        settings: of the instance.
        progress: is told in a few words what is being done.

    Raises:
        NotEmptyError: something has been entered already.
    """
    clock = StoryClock(LONG_AGO)
    # The story is sealed with the demonstration's keys, whatever key the facility has: it is invented.
    own = replace(settings, **dict.fromkeys(KEY_SOURCES, ""), tsa_url="", signing_demo="allow")
    present, story = build(settings), build(own, clock=clock)
    try:
        if not is_empty(present):
            raise NotEmptyError("The database holds agendas or people already.")
        with present.context(Identity()).reading() as reader:
            now = reader.now
        tell(Stage(story, clock), now, progress)
        # It has all happened long ago: nobody is told of it now.
        notifications.pass_over(present.context(Identity(operator=True)))
    finally:
        present.database.engine.dispose()
        story.database.engine.dispose()


def tell(stage: Stage, now: datetime, progress: Callable[[str], None] = lambda _: None) -> None:
    """Tell the whole story on an empty stage.

    Args:
        stage: whose clock stands at the beginning.
        now: the moment of loading, at which the second meeting's amending phase is open.
        progress: is told in a few words what is being done.
    """
    progress("Entering the partnerships and their people")
    enter_everyone(stage)
    pass_on(stage, now + LENT)
    for meeting in (BRUSSELS, BARCELONA):
        progress(f"Telling what happened towards {meeting.title}")
        _tell_round(stage, meeting, now)


def _tell_round(stage: Stage, meeting: Meeting, now: datetime) -> None:
    told = Round(stage, meeting, stretches(meeting, now))
    begin(told)
    for place, stretch in enumerate(told.timetable[: meeting.current_phase + 1]):
        if place:
            open_phase(told, place)
        scenes = [list(scene) for scene in _scenes(told, place)]
        lasts = (min(stretch.closes, now) - stretch.opens) / max(len(scenes), 1)
        for number, scene in enumerate(scenes):
            begins = stretch.opens + number * lasts
            stage.play(scene, begins, begins + lasts, told.zone)


def _scenes(told: Round, place: int) -> Iterator[Iterable[Act]]:
    """Yield what happens in a phase; each scene takes an equal part of it."""
    waves: dict[int, Wave] = {phase: wave for wave, phase in told.meeting.wave_phases.items()}
    match told.timetable[place].phase:
        case Phase.PREPARATION:
            yield drafting(told)
        case Phase.COMMENTING:
            yield side_by_side(talking(told, 1), learning(told), assessing(told, 1), translating(told, 1))
        case Phase.AMENDING:
            wave = waves[place]
            yield (
                tabling(told, wave)
                if wave == 1
                else side_by_side(tabling(told, wave), talking(told, wave), assessing(told, wave))
            )
            if place == told.meeting.current_phase:
                yield side_by_side(deciding(told, wave), translating(told, wave))
        case Phase.CONSOLIDATION:
            wave = waves[place - 1]
            yield deciding(told, wave)
            yield side_by_side(consolidating(told, wave), shortlisting(told))
        case Phase.ENDORSEMENT:
            # What is put to the organisations stays as it is, so it can be translated as it will be printed.
            yield side_by_side(endorsing(told), translating(told, 2))
        case Phase.PUBLICATION:
            yield publishing_it(told)
        case Phase.FOLLOW_UP:
            return
