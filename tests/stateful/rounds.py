"""A round: its phases, its recommendation, and what everyone may do beside; the ground of every story."""

from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from service.domain import lessons, positions
from service.domain.errors import IllegalMove, UndoOver
from service.domain.lessons import SHARED_LIST, LessonAction, LessonState
from service.domain.phases import MOVES, UNDOES, Capability, Phase, action_to, by_itself
from service.domain.positions import PositionState, Stance
from service.domain.recommendations import LIFECYCLE as RECOMMENDATIONS
from service.domain.recommendations import RecommendationAction, RecommendationState
from tests.stateful.ground import Ground
from tests.stateful.story import Cell, Story, Thing

WHICH = st.integers(0, 10_000)
TABLED = RecommendationState.TABLED
GOING_BACK = {(Phase.PUBLICATION, Phase.ENDORSEMENT), (Phase.FOLLOW_UP, Phase.PUBLICATION)}
"""The moves that are made when what was decided is to be corrected."""


def one_of(things: list[Thing], which: int) -> Thing:
    """Return one of the things, whichever number was drawn."""
    return things[which % len(things)]


class Round(RuleBasedStateMachine):
    """Stories of a round; `ground` is set once, `visited` gathers over all stories."""

    ground: ClassVar[Ground]
    visited: ClassVar[set[Cell]]

    @initialize(steps=st.integers(0, 5))
    def begin(self, steps: int) -> None:
        self.story = Story(self.ground, self.ground.round(), self.visited)
        self.ground.workshop.broken_at = ""
        self.paragraph, self.correcting = 0, False
        for _ in range(steps):
            self.move_to(by_itself(self.story.phase) or Phase.FOLLOW_UP)

    @rule(following=st.sampled_from(Phase))
    def move_to(self, following: Phase) -> None:
        story, source = self.story, self.story.phase
        if (source, following) in GOING_BACK and not self.correcting:
            # What follows from there is told on purpose; whoever does as they like would hardly come to an end.
            return
        answer = self.ground.facility.post(
            f"{story.round.agenda}/phase", {"phase": following, "reason": "Next."}
        )
        try:
            action = action_to(source, following)
        except IllegalMove:
            story.visited.add((MOVES.name, source, f"to {following}"))
            story.expect(answer, IllegalMove.code)
            return
        story.expect(answer, "done")
        story.visited.add((MOVES.name, source, action))
        story.phase, story.closes_at = following, None
        story.settled = story.recommendation
        if source is Phase.PREPARATION and story.recommendation is RecommendationState.DRAFT:
            self.settle(RecommendationAction.TABLE)
        if (source, following) == (Phase.ENDORSEMENT, Phase.PUBLICATION) and story.recommendation is TABLED:
            self.settle(self._verdict())

    @rule()
    def take_back(self) -> None:
        story = self.story
        moved = story.last_move()
        closes_at = self.ground.clock() + timedelta(hours=5)
        answer = self.ground.facility.post(
            f"{story.round.agenda}/phase/undo", {"reason": "A mistake.", "closes_at": closes_at.isoformat()}
        )
        if moved is None or moved["target"] != story.phase:
            story.expect(answer, UndoOver.code)
            return
        story.expect(answer, "done")
        source = Phase(moved["source"])
        undo = next(undo for undo, done in UNDOES.items() if done is action_to(source, story.phase))
        self.visited.add((MOVES.name, story.phase, undo))
        story.phase, story.closes_at = MOVES.next(story.phase, undo), closes_at
        if story.recommendation is not story.settled:
            self.settle(RecommendationAction.RETURN)

    def _verdict(self) -> RecommendationAction:
        stances = [one.facts["stance"] for one in self.story.all(positions.LIFECYCLE, PositionState.STANDING)]
        # Of two organisations that count, half have to answer, and two thirds of those for or against to endorse.
        passed = bool(stances) and Stance.OBJECTION not in stances
        return RecommendationAction.ADOPT if passed else RecommendationAction.REFUSE

    def settle(self, action: RecommendationAction) -> None:
        self.visited.add((RECOMMENDATIONS.name, self.story.recommendation, action))
        self.story.recommendation = RECOMMENDATIONS.next(self.story.recommendation, action)

    @rule(hours=st.integers(1, 48))
    def set_deadline(self, hours: int) -> None:
        story = self.story
        tag = self.ground.facility.get(story.round.agenda).headers["etag"]
        closes_at = self.ground.clock() + timedelta(hours=hours)
        change = {"phase_closes_at": closes_at.isoformat()}
        answer = self.ground.facility.patch(story.round.agenda, change, headers={"If-Match": tag})
        story.expect(answer, "done")
        story.closes_at = closes_at

    @precondition(lambda self: self.story.closes_at is not None)
    @rule(hours=st.integers(1, 24))
    def wait(self, hours: int) -> None:
        self.ground.clock.advance(hours=hours)

    # A round without its recommendation is soon told; most stories go on.
    @precondition(lambda self: self.paragraph > 2)
    @rule(action=st.sampled_from([RecommendationAction.TABLE, RecommendationAction.WITHDRAW]))
    def act_on_recommendation(self, action: RecommendationAction) -> None:
        story = self.story
        story.visited.add((RECOMMENDATIONS.name, story.recommendation, action))
        if action is RecommendationAction.TABLE:
            answer = self.ground.facility.post(f"{story.round.recommendation}/tabling")
            closed = story.closed(Capability.DRAFT)
        else:
            answer = self.ground.facility.post(
                f"{story.round.recommendation}/withdrawal", {"reason": "Moot."}
            )
            closed = None
        if closed:
            story.expect(answer, closed)
        elif RECOMMENDATIONS.allows(story.recommendation, action):
            story.expect(answer, "done")
            self.settle(action)
        else:
            story.expect(answer, story.refuses(RECOMMENDATIONS, story.recommendation, action))

    def seen_by_cities(self) -> bool:
        """Tell whether the recommendation is more than a draft."""
        return self.story.recommendation is not RecommendationState.DRAFT

    def move(self, thing: Thing, action: StrEnum) -> str:
        """Let a thing take a move if the table has it; returns what is told."""
        if not thing.machine.allows(thing.state, action):
            return self.story.refuses(thing.machine, thing.state, action)
        self.story.moves(thing, action)
        return "done"

    @rule(action=st.sampled_from([None, *LessonAction]), which=WHICH)
    def learn(self, action: LessonAction | None, which: int) -> None:
        story, known = self.story, self.story.all(lessons.LIFECYCLE)
        closed = story.closed(Capability.DOCUMENT)
        if action is None or not known:
            made = story.expect(
                self.ground.cities[0].post(f"{story.round.agenda}/lessons", {"text": "It lasts."}),
                closed or "done",
            )
            if made:
                path = f"/lessons/{made['id']}"
                story.things.append(
                    Thing(path, lessons.LIFECYCLE, LessonState.PROPOSED, self.ground.cities[0])
                )
            return
        thing = one_of(known, which)
        method = "POST" if action is LessonAction.SHORTLIST else "DELETE"
        tag = self.ground.facility.get(thing.path).headers["etag"]
        answer = self.ground.facility.send(method, f"{thing.path}/shortlist", headers={"If-Match": tag})
        full = len(story.all(lessons.LIFECYCLE, LessonState.SHORTLISTED)) >= SHARED_LIST
        if closed:
            story.expect(answer, closed)
        elif full and action is LessonAction.SHORTLIST and thing.state is LessonState.PROPOSED:
            story.expect(answer, "too_many_lessons")
        else:
            story.expect(answer, self.move(thing, action))
        story.look(thing)

    @precondition(lambda self: self.story.all(lessons.LIFECYCLE))
    @rule(which=WHICH)
    def put_a_lesson_right(self, which: int) -> None:
        """The facility corrects a lesson, which leaves it where it stands."""
        story = self.story
        thing = one_of(story.all(lessons.LIFECYCLE), which)
        seen = self.ground.facility.get(thing.path)
        right = {"text": f"{seen.json()['text']} Truly.", "reason": "It says too little."}
        answer = self.ground.facility.patch(thing.path, right, headers={"If-Match": seen.headers["etag"]})
        story.expect(answer, story.closed(Capability.PUBLISH) or "done")
        story.look(thing)

    def teardown(self) -> None:
        """Look at everything once more when a story ends."""
        if hasattr(self, "story"):
            self.story.look_around()
