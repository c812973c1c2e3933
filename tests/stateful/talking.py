"""Comments and positions in a round."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from service.domain import comments, positions
from service.domain.comments import CommentAction, CommentState
from service.domain.errors import IllegalMove
from service.domain.phases import Capability
from service.domain.positions import CURRENT, PositionAction, PositionState, Stance
from tests.stateful.rounds import TABLED, WHICH, Round, one_of
from tests.stateful.story import Thing, reachable, way

ON_COMMENTS = (
    CommentAction.ANSWER,
    CommentAction.RESOLVE,
    CommentAction.DECLINE,
    CommentAction.REOPEN,
    CommentAction.ATTACH,
)
COMMENT_STATES = tuple(reachable(comments.LIFECYCLE, ON_COMMENTS, CommentState.OPEN))


class Talking(Round):
    """What organisations say of the text: in threads, and as positions. `paragraph` is the next to be amended."""

    def _comment(self, paragraph: int) -> Thing | None:
        story, by = self.story, self.ground.cities[0]
        version = story.round.version() if self.seen_by_cities() else {"blocks": []}
        block = next((b["id"] for b in version["blocks"] if f" {paragraph} " in b["text"]), None)
        answer = by.post(f"{story.round.recommendation}/comments", {"text": "Why?", "block_id": block})
        expected = story.closed(Capability.COMMENT) or "done" if self.seen_by_cities() else "unknown"
        made = story.expect(answer, expected)
        if made is None:
            return None
        thing = Thing(f"/comments/{made['id']}", comments.LIFECYCLE, CommentState.OPEN, by)
        thing.facts = {"paragraph": paragraph if block else None}
        story.things.append(thing)
        return thing

    @rule(ahead=st.integers(0, 2))
    def comment(self, ahead: int) -> None:
        self._comment(self.paragraph + ahead)

    @precondition(lambda self: self.seen_by_cities() and not self.story.closed(Capability.COMMENT))
    @rule(
        state=st.sampled_from(COMMENT_STATES),
        action=st.sampled_from(ON_COMMENTS),
        ahead=st.integers(0, 2),
    )
    def bring_a_comment_to(self, state: CommentState, action: CommentAction, ahead: int) -> None:
        thing = self._comment(self.paragraph + ahead)
        assert thing is not None
        for step in way(comments.LIFECYCLE, thing.state, state, ON_COMMENTS):
            self._act_on_comment(thing, CommentAction(step))
        self._act_on_comment(thing, action)
        self.story.look(thing)

    @precondition(lambda self: self.story.all(comments.LIFECYCLE))
    @rule(which=WHICH, action=st.sampled_from(ON_COMMENTS), lost=st.booleans())
    def act_on_a_comment(self, which: int, action: CommentAction, lost: bool) -> None:  # noqa: FBT001 - as above
        orphans = self.story.all(comments.LIFECYCLE, CommentState.ORPHANED)
        thing = one_of(orphans if lost and orphans else self.story.all(comments.LIFECYCLE), which)
        self._act_on_comment(thing, action)
        self.story.look(thing)

    def _act_on_comment(self, thing: Thing, action: CommentAction) -> None:
        story = self.story
        if action is CommentAction.ANSWER:
            answer = self.ground.cities[1].post(f"{thing.path}/replies", {"text": "Because."})
        elif action is CommentAction.ATTACH:
            title = story.round.version()["blocks"][0]["id"]
            answer = self.ground.facility.post(f"{thing.path}/place", {"block_id": title})
        else:
            body = {"action": action, "text": "So it is."}
            answer = self.ground.facility.post(f"{thing.path}/resolution", body)
        expected = story.closed(Capability.COMMENT) or self.move(thing, action)
        story.expect(answer, expected)
        if action is CommentAction.ATTACH and expected == "done":
            thing.facts["paragraph"] = None

    @precondition(lambda self: self.seen_by_cities())
    @rule(who=st.sampled_from([0, 1]), stance=st.sampled_from([Stance.ENDORSED, Stance.OBJECTION]))
    def take_position(self, who: int, stance: Stance) -> None:
        story, by = self.story, self.ground.cities[who]
        version = story.round.version()
        words = {"statement": "No.", "resolved_by": "More."} if stance is Stance.OBJECTION else {}
        body = {"version": version["id"], "digest": version["digest"], "stance": stance} | words
        answer = by.post(f"{story.round.recommendation}/positions", body)
        mine = [p for p in story.all(positions.LIFECYCLE, *CURRENT) if p.by is by]
        expected = story.closed(Capability.POSITION)
        if not expected and story.recommendation is not TABLED:
            expected = IllegalMove.code
        if not expected and any(p.state is PositionState.STANDING for p in mine):
            self.visited.add((positions.LIFECYCLE.name, PositionState.STANDING, PositionAction.SUPERSEDE))
            expected = "position_exists"
        made = story.expect(answer, expected or "done")
        if made is None:
            return
        for earlier in mine:
            story.moves(earlier, PositionAction.SUPERSEDE)
            story.look(earlier)
        thing = Thing(f"/positions/{made['id']}", positions.LIFECYCLE, PositionState.STANDING, by)
        thing.facts = {"stance": stance, "digest": version["digest"]}
        story.things.append(thing)

    @precondition(lambda self: self.story.all(positions.LIFECYCLE))
    @rule(which=WHICH)
    def withdraw_position(self, which: int) -> None:
        thing, story = one_of(self.story.all(positions.LIFECYCLE), which), self.story
        closed = story.closed(Capability.POSITION)
        story.expect(
            thing.by.post(f"{thing.path}/withdrawal"), closed or self.move(thing, PositionAction.WITHDRAW)
        )
        story.look(thing)
