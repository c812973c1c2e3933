"""Amendments in a round: tabled, decided, covered by compromises, worked into the text."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from service.domain import amendments, comments, positions
from service.domain.amendments import ACCEPTED, AmendmentAction, AmendmentState
from service.domain.comments import CommentAction
from service.domain.errors import IllegalMove
from service.domain.phases import Capability
from service.domain.positions import PositionAction, PositionState
from service.domain.recommendations import RecommendationAction
from tests.api.world import Caller
from tests.stateful.ground import PARAGRAPHS
from tests.stateful.rounds import TABLED, WHICH, Round, one_of
from tests.stateful.story import Thing, reachable, way

_DECISIONS = {
    AmendmentAction.ADMIT: "admissible",
    AmendmentAction.DECLARE_INADMISSIBLE: "inadmissible",
    AmendmentAction.EXAMINE: "under_examination",
    AmendmentAction.ACCEPT: "accepted",
    AmendmentAction.ACCEPT_MODIFIED: "accepted_modified",
    AmendmentAction.REJECT: "rejected",
    AmendmentAction.FALL: "fallen",
    AmendmentAction.REOPEN: "reopened",
}
ON_AMENDMENTS = (
    AmendmentAction.TABLE,
    AmendmentAction.WITHDRAW,
    AmendmentAction.SUPERSEDE,
    *_DECISIONS,
)
AT_STAKE = tuple(amendments.OPEN | ACCEPTED)
_NO_VERSION: dict[str, Any] = {
    "id": "0" * 26,
    "number": 0,
    "blocks": [{"kind": "paragraph", "text": "None."}],
}
AMENDMENT_STATES = tuple(reachable(amendments.LIFECYCLE, ON_AMENDMENTS, AmendmentState.DRAFT))


class Amending(Round):
    """What authors and the rapporteur do with amendments; each takes out a paragraph that no other touches."""

    def _amend(
        self, by: Caller, *, draft: bool = False, covers: Thing | None = None, words: str = ""
    ) -> Thing | None:
        """Take out the next paragraph, or give it or that of one to cover other words; return it, if it could be."""
        story, paragraph = self.story, self.paragraph if covers is None else covers.facts["paragraph"]
        version: dict[str, Any] = story.round.version() if self.seen_by_cities() else _NO_VERSION
        blocks = [b for b in version["blocks"] if f" {paragraph} " not in b["text"]]
        if covers is not None:
            words = "keeps these words, and more."
        if words:
            more = {"text": f"Paragraph {paragraph} {words}"}
            blocks = [b | more if f" {paragraph} " in b["text"] else b for b in version["blocks"]]
        body = {"base_version": version["id"], "blocks": blocks, "justification": "It is said elsewhere."}
        covered = {"covers": [covers.path.rpartition("/")[2]]} if covers is not None else {}
        answer = by.post(f"{story.round.recommendation}/amendments", body | covered | {"draft": draft})
        made = story.expect(answer, self._to_amend())
        if made is None:
            return None
        thing = self._known(made, by, paragraph, version["number"], draft=draft, covers=covers)
        thing.facts["keeps"] = bool(words)
        return thing

    def _known(
        self,
        made: dict[str, Any],
        by: Caller,
        paragraph: int,
        base: int,
        *,
        draft: bool = False,
        covers: Thing | None = None,
    ) -> Thing:
        thing = Thing(f"/amendments/{made['id']}", amendments.LIFECYCLE, AmendmentState.DRAFT, by)
        thing.facts = {"paragraph": paragraph, "base": base, "covers": covers}
        thing.facts |= {"keeps": False, "incorporated": False, "tabled": not draft, "fell": False}
        self.paragraph += covers is None
        self.story.things.append(thing)
        if not draft:
            self.story.moves(thing, AmendmentAction.TABLE)
        return thing

    def _to_amend(self) -> str:
        if not self.seen_by_cities():
            return "unknown"
        if self.story.recommendation is not TABLED:
            return IllegalMove.code
        return self.story.closed(Capability.AMEND) or "done"

    def is_full(self) -> bool:
        """Tell whether no paragraph is left to be amended."""
        return self.paragraph >= PARAGRAPHS - 2

    @precondition(lambda self: not self.is_full())
    @rule(who=st.sampled_from([0, 1]), draft=st.booleans())
    def amend(self, who: int, draft: bool) -> None:  # noqa: FBT001 - Hypothesis passes it by name
        thing = self._amend(self.ground.cities[who], draft=draft)
        if thing:
            self.story.look(thing)

    @precondition(lambda self: not self.is_full() and self._to_amend() == "done")
    @rule(
        state=st.sampled_from(AMENDMENT_STATES),
        action=st.sampled_from(ON_AMENDMENTS),
    )
    def bring_an_amendment_to(self, state: AmendmentState, action: AmendmentAction) -> None:
        thing = self._amended(state)
        self._act_on_amendment(thing, action)
        self.story.look(thing)

    def _amended(self, state: AmendmentState) -> Thing:
        thing = self._amend(self.ground.cities[0], draft=True)
        assert thing is not None
        for step in way(amendments.LIFECYCLE, thing.state, state, ON_AMENDMENTS):
            self._act_on_amendment(thing, AmendmentAction(step))
        assert thing.state is state
        return thing

    @precondition(lambda self: not self.is_full() and self._to_amend() == "done")
    @rule(state=st.sampled_from(AT_STAKE), then=st.sampled_from([None, AmendmentAction.REOPEN]))
    def settle_by_a_compromise(self, state: AmendmentState, then: AmendmentAction | None) -> None:
        covered = self._amended(state)
        compromise = self._amend(self.ground.cities[1], covers=covered)
        assert compromise is not None
        for action in filter(None, (AmendmentAction.ACCEPT, then)):
            self._act_on_amendment(compromise, action)
            self.story.look(covered)

    @precondition(lambda self: self.story.all(amendments.LIFECYCLE))
    @rule(which=WHICH, action=st.sampled_from(ON_AMENDMENTS))
    def act_on_an_amendment(self, which: int, action: AmendmentAction) -> None:
        thing = one_of(self.story.all(amendments.LIFECYCLE), which)
        self._act_on_amendment(thing, action)
        self.story.look(thing)

    def _act_on_amendment(self, thing: Thing, action: AmendmentAction) -> None:
        story = self.story
        if action is AmendmentAction.TABLE:
            story.expect(thing.by.post(f"{thing.path}/tabling"), self._table_draft(thing))
        elif action is AmendmentAction.WITHDRAW:
            story.expect(thing.by.post(f"{thing.path}/withdrawal"), self._withdraw(thing))
        elif action is AmendmentAction.SUPERSEDE:
            self._replace(thing)
        else:
            body: dict[str, Any] = {"decision": _DECISIONS[action], "reason": "As the rule says."}
            if action is AmendmentAction.ACCEPT_MODIFIED:
                body["blocks"] = self.ground.facility.get(thing.path).json().get("blocks")
            answer = self.ground.facility.post(f"{thing.path}/decision", body)
            story.expect(answer, self._decide(thing, action))

    def _replace(self, thing: Thing) -> None:
        """Let its author table another in its place."""
        story = self.story
        version: dict[str, Any] = story.round.version()
        blocks = [b for b in version["blocks"] if f" {self.paragraph} " not in b["text"]]
        body = {"base_version": version["id"], "blocks": blocks, "justification": "It is said better."}
        body |= {"replaces": thing.path.rpartition("/")[2]}
        answer = thing.by.post(f"{story.round.recommendation}/amendments", body)
        expected = self._to_amend()
        if expected == "done":
            expected = self.move(thing, AmendmentAction.SUPERSEDE)
        made = story.expect(answer, expected)
        if made is not None:
            self._known(made, thing.by, self.paragraph, version["number"])

    def _table_draft(self, thing: Thing) -> str:
        story, to_amend = self.story, self._to_amend()
        if to_amend != "done":
            return to_amend
        if thing.facts["base"] != story.round.version()["number"]:
            return "stale_base"
        told = self.move(thing, AmendmentAction.TABLE)
        thing.facts["tabled"] |= told == "done"
        return told

    def _withdraw(self, thing: Thing) -> str:
        return self.story.closed(Capability.WITHDRAW_AMENDMENT) or self.move(thing, AmendmentAction.WITHDRAW)

    def _decide(self, thing: Thing, action: AmendmentAction) -> str:
        story = self.story
        # Deciding on what was just tabled takes several moves.
        story.visited.add((amendments.LIFECYCLE.name, thing.state, action))
        if not thing.facts["tabled"]:
            # A draft is nobody's but its authors': there is none for who decides.
            return "unknown"
        if closed := story.closed(Capability.DECIDE):
            return closed
        if thing.facts["incorporated"]:
            return IllegalMove.code
        try:
            steps = amendments.steps_to(thing.state, action)
        except IllegalMove:
            return story.refuses(amendments.LIFECYCLE, thing.state, action)
        accepted_before = thing.state in ACCEPTED
        story.moves(thing, *steps)
        self._follow(thing, accepted_before=accepted_before)
        return "done"

    def _follow(self, compromise: Thing, *, accepted_before: bool) -> None:
        """Let what a compromise covers fall with its acceptance, and come back when it is accepted no more."""
        covered, accepted = compromise.facts["covers"], compromise.state in ACCEPTED
        if covered is None or accepted == accepted_before:
            return
        if accepted and covered.state in AT_STAKE and not covered.facts["incorporated"]:
            self.story.moves(covered, AmendmentAction.FALL)
            compromise.facts["fell"] = True
        elif accepted_before and compromise.facts["fell"]:
            self.story.moves(covered, AmendmentAction.RESTORE)
            compromise.facts["fell"] = False

    @precondition(lambda self: self.seen_by_cities())
    @rule()
    def consolidate(self) -> None:
        story = self.story
        accepted = [a for a in story.all(amendments.LIFECYCLE, *ACCEPTED) if not a.facts["incorporated"]]
        answer = self.ground.facility.post(f"{story.round.recommendation}/merges", {"note": "Worked in."})
        expected = story.closed(Capability.CONSOLIDATE) or ("done" if accepted else "nothing_to_merge")
        story.expect(answer, expected)
        if expected != "done":
            return
        for one in accepted:
            # What was accepted after the compromise that covers it falls at last.
            self._follow(one, accepted_before=False)
        for one in accepted:
            one.facts["incorporated"] = one.state in ACCEPTED
        gone = {one.facts["paragraph"] for one in accepted if not one.facts["keeps"]}
        for thread in story.all(comments.LIFECYCLE):
            lost = thread.facts["paragraph"] in gone
            if lost and comments.LIFECYCLE.allows(thread.state, CommentAction.ORPHAN):
                story.moves(thread, CommentAction.ORPHAN)
                story.look(thread)
        self._ask_again()

    def correct(self) -> None:
        """Put a word right in a text that was decided on: it is tabled again, and positions are asked for anew."""
        story, version = self.story, self.story.round.version()
        blocks = [dict(block) for block in version["blocks"]]
        blocks[-1]["text"] += " So it should have read."
        body = {"base_version": version["id"], "blocks": blocks, "note": "A word was missing."}
        story.expect(self.ground.facility.post(f"{story.round.recommendation}/versions", body), "done")
        self.settle(RecommendationAction.CORRECT)
        self._ask_again()

    def _ask_again(self) -> None:
        """Positions stand on exactly the words that they were taken on."""
        story = self.story
        reads = story.round.version()["digest"]
        for position in story.all(positions.LIFECYCLE, *positions.CURRENT):
            standing, same = position.state is PositionState.STANDING, position.facts["digest"] == reads
            if standing != same:
                change = PositionAction.REQUEST_RECONFIRMATION if standing else PositionAction.CARRY
                story.moves(position, change)
                story.look(position)
