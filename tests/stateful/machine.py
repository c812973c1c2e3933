"""A model of a whole round: people do whatever they like, and are told what the tables say, over HTTP."""

from itertools import product

from service.domain import comments, editions
from service.domain.amendments import AmendmentAction, AmendmentState
from service.domain.comments import CommentAction
from service.domain.editions import EditionAction
from service.domain.invitations import InvitationState
from service.domain.lessons import LessonAction
from service.domain.phases import Phase, by_itself
from service.domain.positions import Stance
from service.domain.recommendations import RecommendationAction
from tests.stateful.amending import AMENDMENT_STATES, AT_STAKE, ON_AMENDMENTS, Amending
from tests.stateful.outside import WAYS_IN, Outside
from tests.stateful.printing import WAYS_TO_BREAK, Printing
from tests.stateful.talking import COMMENT_STATES, ON_COMMENTS, Talking


class Rounds(Amending, Talking, Printing, Outside):
    """Everything that can happen in a round."""

    def through_every_phase(self) -> None:
        """In each phase, try to open each of the others."""
        self.begin(0)
        self.act_on_recommendation(RecommendationAction.TABLE)
        self.act_on_recommendation(RecommendationAction.TABLE)
        for phase in Phase:
            while self.story.phase is not phase:
                self.move_to(list(Phase)[list(Phase).index(self.story.phase) + 1])
            for other in Phase:
                self.move_to(other)
                if self.story.phase is not phase:
                    break
        self.teardown()

    def decide_on_everything(self) -> None:
        """Bring an amendment to each state and try each decision; the same with compromises."""
        self.begin(2)
        for state, action in product(AMENDMENT_STATES, ON_AMENDMENTS):
            self._next_round_when_full()
            self.bring_an_amendment_to(state, action)
        for state, then in product(AT_STAKE, (None, AmendmentAction.REOPEN)):
            self._next_round_when_full()
            self.settle_by_a_compromise(state, then)
        self.consolidate()
        self.teardown()

    def _next_round_when_full(self) -> None:
        if self.is_full():
            self.teardown()
            self.begin(2)

    def talk_about_everything(self) -> None:
        """Bring a thread to each state and try each action, then again when its words are gone."""
        self.begin(2)
        for state, action in product(COMMENT_STATES, ON_COMMENTS):
            self._next_round_when_full()
            self.bring_a_comment_to(state, action, ahead=0)
            self.bring_a_comment_to(state, CommentAction.ANSWER, ahead=0)
            lost = self.bring_an_amendment_to
            lost(AmendmentState.UNDER_EXAMINATION, AmendmentAction.ACCEPT)
            self.consolidate()
            for which in range(len(self.story.all(comments.LIFECYCLE, comments.CommentState.ORPHANED))):
                self.act_on_a_comment(which, action, lost=True)
        self.teardown()

    def publish_in_every_way(self) -> None:
        """Adopt a text whose endorsements were asked for again, and publish it from a workshop that breaks."""
        self.begin(4)
        self.take_position(0, Stance.ENDORSED)
        self.take_position(0, Stance.ENDORSED)
        self.take_position(1, Stance.OBJECTION)
        for phase in (Phase.CONSOLIDATION, Phase.AMENDING):
            self.move_to(phase)
        self.bring_an_amendment_to(AmendmentState.UNDER_EXAMINATION, AmendmentAction.ACCEPT)
        self.consolidate()
        for phase in (Phase.CONSOLIDATION, Phase.ENDORSEMENT):
            self.move_to(phase)
        self.withdraw_position(0)
        self.take_position(0, Stance.ENDORSED)
        self.take_position(1, Stance.ENDORSED)
        for which in range(4):
            self.withdraw_position(which)
            self.withdraw_position(which)
        self.take_position(0, Stance.ENDORSED)
        self.move_to(Phase.PUBLICATION)
        self._ask_of_the_recommendation()
        for broken_at, then in product(WAYS_TO_BREAK, (EditionAction.APPROVE, EditionAction.WITHDRAW)):
            self.assemble()
            self.publish(broken_at, then)
            self.mend_or_break_the_workshop("")
            for which in range(len(self.story.all(editions.LIFECYCLE))):
                self.act_on_an_edition(which, then)
        self._ask_of_the_recommendation()
        self.teardown()
        # A text that nobody endorses is not adopted.
        self.begin(5)
        self._ask_of_the_recommendation()
        self.teardown()

    def _ask_of_the_recommendation(self) -> None:
        for action in (RecommendationAction.TABLE, RecommendationAction.WITHDRAW):
            self.act_on_recommendation(action)

    def take_openings_back(self) -> None:
        """Open each phase by mistake, and take it back; then open it and do something, so that it cannot be."""
        self.begin(0)
        for phase in Phase:
            self.take_back()
            following = by_itself(phase)
            if following is None:
                break
            for _ in range(2):
                self.move_to(following)
                self.take_back()
            self.move_to(following)
            for earlier in {
                Phase.CONSOLIDATION: (Phase.AMENDING,),
                Phase.ENDORSEMENT: (Phase.CONSOLIDATION,),
            }.get(following, ()):
                self.move_to(earlier)
                self.take_back()
            self.set_deadline(3)
            self.take_back()
            if following is Phase.ENDORSEMENT:
                self.take_position(0, Stance.ENDORSED)
        self.teardown()

    def correct_what_was_decided(self) -> None:
        """Correct a text before it is published and afterwards, each time going back to ask for positions again."""
        self.begin(3)
        self.learn(None, 0)
        self.put_a_lesson_right(0)
        self.move_to(Phase.ENDORSEMENT)
        self.take_position(0, Stance.ENDORSED)
        self.move_to(Phase.PUBLICATION)
        self.put_a_lesson_right(0)
        self.correcting = True
        for later in (Phase.PUBLICATION, Phase.FOLLOW_UP):
            if later is Phase.FOLLOW_UP:
                self.publish("", EditionAction.APPROVE)
                self.move_to(later)
                self.move_to(Phase.PUBLICATION)
                self.take_back()
                self.move_to(Phase.PUBLICATION)
            self.correct()
            self.move_to(Phase.ENDORSEMENT)
            self.take_back()
            self.move_to(Phase.ENDORSEMENT)
            self.take_position(0, Stance.ENDORSED)
            self.move_to(Phase.PUBLICATION)
        self.publish("", EditionAction.APPROVE)
        self.correcting = False
        self.teardown()

    def take_a_refusal_back(self) -> None:
        """Close the time for positions by mistake, when nobody has endorsed yet."""
        self.begin(4)
        self.move_to(Phase.PUBLICATION)
        self.take_back()
        self.teardown()

    def let_the_words_come_back(self) -> None:
        """Endorse a text that changes and then reads again as it was endorsed."""
        self.begin(4)
        self.take_position(0, Stance.ENDORSED)
        for phase in (Phase.CONSOLIDATION, Phase.AMENDING):
            self.move_to(phase)
        for words in ("says it otherwise.", "keeps these words."):
            thing = self._amend(self.ground.cities[0], words=words)
            assert thing is not None
            self._act_on_amendment(thing, AmendmentAction.ACCEPT)
            self.consolidate()
            self.paragraph = 0
        self.teardown()

    def invite_and_tell(self) -> None:
        """Try everything with invitations in each state, and with a webhook and its messages."""
        self.begin(1)
        for state, action in product(InvitationState, WAYS_IN):
            self.try_an_invitation(state, action)
        self.tell_a_program()
        self.teardown()

    def learn_and_unlearn(self) -> None:
        """Put lessons on the shared list and take them off, each twice."""
        self.begin(0)
        for _ in range(12):
            self.learn(None, 0)
        for which, action in product(range(12), LessonAction):
            self.learn(action, which)
            self.learn(LessonAction.TAKE_OFF, which)
        for which in range(12):
            self.learn(LessonAction.SHORTLIST, which)
            self.learn(LessonAction.SHORTLIST, which)
        self.teardown()

    def withdraw_the_recommendation(self) -> None:
        """Withdraw it as a draft, and when it is tabled; nobody amends it then."""
        for steps in (0, 2):
            self.begin(steps)
            for action in (RecommendationAction.WITHDRAW, RecommendationAction.TABLE):
                self.act_on_recommendation(action)
            self._ask_of_the_recommendation()
            self.amend(0, draft=False)
            self.teardown()
