"""Editions in a round: assembled, approved, made step by step in a workshop that may break, released, withdrawn."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from service.domain import editions
from service.domain.editions import STEPS, EditionAction, EditionState
from service.domain.phases import Capability, Phase
from service.domain.recommendations import RecommendationAction, RecommendationState
from service.store.jobs import ATTEMPTS, LONGEST_PAUSE
from tests.stateful.rounds import WHICH, Round, one_of
from tests.stateful.story import Thing

WAYS_TO_BREAK = ("", *(step.value for step in STEPS))
_DECIDED = frozenset(
    {RecommendationState.ADOPTED, RecommendationState.NOT_ADOPTED, RecommendationState.PUBLISHED}
)
_IN_THE_WORKSHOP = (
    EditionState.APPROVED,
    EditionState.RENDERED,
    EditionState.SIGNED,
    EditionState.TIMESTAMPED,
    EditionState.VERIFIED,
)


class Printing(Round):
    """What the facility and who approves do with editions; the workshop stops where it is broken."""

    @precondition(lambda self: self.story.phase in {Phase.ENDORSEMENT, Phase.PUBLICATION, Phase.FOLLOW_UP})
    @rule()
    def assemble(self) -> None:
        self._assemble()

    def _assemble(self) -> Thing | None:
        story = self.story
        answer = self.ground.facility.post(f"{story.round.agenda}/editions", {"reason": "A mistake in it."})
        settled = story.recommendation in _DECIDED
        made = story.expect(answer, story.closed(Capability.PUBLISH) or ("done" if settled else "not_ready"))
        if made is None:
            return None
        thing = Thing(
            f"/editions/{made['id']}", editions.LIFECYCLE, EditionState.ASSEMBLED, self.ground.facility
        )
        thing.facts = {"digest": made["digest"], "replaces": self._newest()}
        story.things.append(thing)
        return thing

    @precondition(lambda self: self._can_publish())
    @rule(
        broken_at=st.sampled_from(WAYS_TO_BREAK),
        then=st.sampled_from([EditionAction.APPROVE, EditionAction.WITHDRAW]),
    )
    def publish(self, broken_at: str, then: EditionAction) -> None:
        thing = self._assemble()
        assert thing is not None
        self.ground.workshop.broken_at = broken_at
        self._act_on_edition(thing, EditionAction.APPROVE)
        self._work()
        self._act_on_edition(thing, then)
        self.story.look(thing)

    def _can_publish(self) -> bool:
        decided = self.story.recommendation in _DECIDED
        return self.story.phase in {Phase.PUBLICATION, Phase.FOLLOW_UP} and decided

    @precondition(lambda self: self.story.all(editions.LIFECYCLE))
    @rule(which=WHICH, action=st.sampled_from([EditionAction.APPROVE, EditionAction.WITHDRAW]))
    def act_on_an_edition(self, which: int, action: EditionAction) -> None:
        thing = one_of(self.story.all(editions.LIFECYCLE), which)
        self._act_on_edition(thing, action)
        self.story.look(thing)

    def _newest(self) -> tuple[str, bool] | None:
        """Return the digest of the newest edition that was ever released, and whether it was withdrawn since."""
        released = [one for one in self.story.all(editions.LIFECYCLE) if one.facts.get("released")]
        return (
            (released[-1].facts["digest"], released[-1].state is EditionState.WITHDRAWN) if released else None
        )

    def _act_on_edition(self, thing: Thing, action: EditionAction) -> None:
        story, closed = self.story, self.story.closed(Capability.PUBLISH)
        if action is EditionAction.WITHDRAW:
            answer = self.ground.facility.post(f"{thing.path}/withdrawal", {"reason": "It is wrong."})
            story.expect(answer, closed or self.move(thing, action))
            return
        answer = self.ground.approver.post(f"{thing.path}/approval", {"digest": thing.facts["digest"]})
        # Its words say what has changed since the edition before it, which has to be that still.
        outdated = thing.facts["replaces"] != self._newest() and thing.machine.allows(thing.state, action)
        story.expect(answer, closed or ("not_ready" if outdated else self.move(thing, action)))
        thing.facts.setdefault("due", self.ground.clock())

    @precondition(lambda self: self.story.all(editions.LIFECYCLE))
    @rule(broken_at=st.sampled_from(WAYS_TO_BREAK))
    def mend_or_break_the_workshop(self, broken_at: str) -> None:
        self.ground.workshop.broken_at = broken_at
        # Whatever was put off is due again.
        self.ground.clock.advance(days=1)
        self._work()

    def _work(self) -> None:
        self.ground.work()
        waiting = self.story.all(editions.LIFECYCLE, *_IN_THE_WORKSHOP)
        for edition in sorted(waiting, key=lambda one: one.facts["due"]):
            # What failed waits for a while, and what failed too often for a person.
            is_due = edition.facts["due"] <= self.ground.clock()
            if is_due and edition.facts.setdefault("attempts", 0) < ATTEMPTS:
                self._work_on(edition)

    def _work_on(self, edition: Thing) -> None:
        broken_at = self.ground.workshop.broken_at
        edition.facts["attempts"] += 1
        for step in STEPS:
            if not editions.LIFECYCLE.allows(edition.state, step):
                continue
            if step.value == broken_at:
                pause = min(timedelta(seconds=2 ** edition.facts["attempts"]), LONGEST_PAUSE)
                edition.facts["due"] = self.ground.clock() + pause
                return
            if step is EditionAction.RELEASE and edition.facts["replaces"] != self._newest():
                # Another was released meanwhile: it waits for a person, who can only withdraw it.
                edition.facts["attempts"] = ATTEMPTS
                return
            self.story.moves(edition, step)
            edition.facts["attempts"] = 1
            edition.facts["released"] = step is EditionAction.RELEASE
        if self.story.recommendation is RecommendationState.ADOPTED:
            self.settle(RecommendationAction.PUBLISH)
