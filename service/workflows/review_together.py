"""Use cases of whoever does one thing with several changes: what would become of each, and doing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.domain.amendments import OPEN, AmendmentAction, AmendmentState, Opinion
from service.domain.assessments import EvidenceStrength, Finding, PolicyFit
from service.domain.errors import Invalid, Unknown
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.reviewing import Fate, Together, still_possible
from service.domain.views.amendments import AmendmentView
from service.domain.views.review import Foreseen
from service.store.queries import amendments as queries
from service.store.uow import UnitOfWork
from service.workflows import assessments, decisions, reading, review
from service.workflows.assessments import GiveAssessment
from service.workflows.context import Context
from service.workflows.decisions import Advise, Decide

MOST = 50

ADVICE: Mapping[Together, Opinion] = {
    Together.ADVISE_ACCEPT: Opinion.ACCEPT,
    Together.ADVISE_MODIFIED: Opinion.ACCEPT_MODIFIED,
    Together.ADVISE_REJECT: Opinion.REJECT,
}
DECISIONS: Mapping[Together, AmendmentAction] = {
    Together.ADMIT: AmendmentAction.ADMIT,
    Together.DECLARE_INADMISSIBLE: AmendmentAction.DECLARE_INADMISSIBLE,
    Together.EXAMINE: AmendmentAction.EXAMINE,
}
_REACHED: Mapping[Together, AmendmentState] = {
    Together.ADMIT: AmendmentState.ADMISSIBLE,
    Together.DECLARE_INADMISSIBLE: AmendmentState.INADMISSIBLE,
    Together.EXAMINE: AmendmentState.UNDER_EXAMINATION,
}
NEEDS: Mapping[Together, Permission] = {
    **dict.fromkeys(ADVICE, Permission.AMENDMENT_ADVISE),
    **dict.fromkeys(DECISIONS, Permission.AMENDMENT_DECIDE),
    Together.NO_COMMENT: Permission.ASSESSMENT_GIVE,
}
"""What each of them asks for; having seen something asks for nothing but a person."""


@dataclass(frozen=True, slots=True)
class ActTogether:
    """One thing to do with several changes of an agenda, with one reason; an assessment is an organisation's."""

    agenda_id: str
    amendment_ids: tuple[str, ...]
    action: Together
    reason: str = ""
    organisation_id: str = ""


def possible(ctx: Context, agenda_id: str) -> tuple[Together, ...]:
    """Return what the reader may do with several changes at this moment."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        able = reading.abilities(ctx, agenda_id)
        if reader.actor.person_id is None:
            return ()
        return tuple(one for one in Together if one not in NEEDS or able.may(NEEDS[one]))


def foresee(ctx: Context, command: ActTogether) -> tuple[Foreseen, ...]:
    """Return what would become of each chosen change, in the order of their numbers."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        reading.agenda(ctx, command.agenda_id)
        wanted = _wanted(command)
        found = queries.get_amendments(reader.connection, sight, sorted(wanted))
        if {v.id for v in found if v.agenda_id == command.agenda_id and v.number is not None} != wanted:
            raise Unknown(thing="amendment")
        assessed = _assessed(ctx, _spoken(ctx, command), found)
        return tuple(Foreseen(view, _fate(command, view, assessed)) for view in found)


def act(ctx: Context, command: ActTogether) -> tuple[Foreseen, ...]:
    """Do it with every chosen change that it can still be done with, or with none; returns what became of each.

    Raises:
        Refusal: of the first that was refused.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.REVIEW_KEEP, Subject())
        command = _spoken(ctx, command)
        _lock(work, command)
        foreseen = foresee(ctx, command)
        those = [one.amendment for one in foreseen if one.fate is Fate.DONE]
        if command.action is Together.SEEN:
            review.mark_seen(ctx, command.agenda_id, command.amendment_ids)
        elif command.action is Together.NO_COMMENT:
            _say_nothing(ctx, command, those)
        else:
            for view in those:
                _say(ctx, command, view)
        return foreseen


def _wanted(command: ActTogether) -> frozenset[str]:
    wanted = frozenset(command.amendment_ids)
    if not 0 < len(wanted) <= MOST:
        raise Invalid.field("amendments", "Choose between one and %(limit)s amendments.", limit=MOST)
    return wanted


def _lock(work: UnitOfWork, command: ActTogether) -> None:
    """Lock all that is chosen as everybody else does: the agenda, then recommendations, or amendments by number."""
    wanted = _wanted(command)
    if command.action is Together.SEEN:
        return
    work.agendas.lock(command.agenda_id, share=True)
    if command.action is Together.NO_COMMENT:
        chosen = work.amendments.all(id=wanted, agenda_id=command.agenda_id)
        work.recommendations.all(id=frozenset(one.recommendation_id for one in chosen), lock=True)
        return
    covers = work.covers.all(compromise_id=wanted)
    work.amendments.all(id=wanted | {cover.covered_id for cover in covers}, order="number", lock=True)


def _spoken(ctx: Context, command: ActTogether) -> ActTogether:
    """Return the command with the organisation that assesses, where the reader can only mean one."""
    if command.organisation_id or command.action is not Together.NO_COMMENT:
        return command
    mine = reading.abilities(ctx, command.agenda_id).organisations(Permission.ASSESSMENT_GIVE)
    return replace(command, organisation_id=mine[0].id if len(mine) == 1 else "")


def _say(ctx: Context, command: ActTogether, view: AmendmentView) -> None:
    if command.action in ADVICE:
        decisions.advise(ctx, Advise(view.id, ADVICE[command.action], command.reason))
    else:
        decisions.decide(ctx, Decide(view.id, DECISIONS[command.action], command.reason))


def _say_nothing(ctx: Context, command: ActTogether, those: Sequence[AmendmentView]) -> None:
    """Give one assessment for each recommendation, which says that the service has looked."""
    nothing = Finding(PolicyFit.NO_COMMENT, EvidenceStrength.NO_COMMENT, fit_note=command.reason)
    for recommendation_id in dict.fromkeys(view.recommendation_id for view in those):
        current = reading.recommendation(ctx, recommendation_id).current_version
        assessments.give(
            ctx,
            GiveAssessment(recommendation_id, command.organisation_id, current.id, current.digest, nothing),
        )


def _assessed(ctx: Context, command: ActTogether, found: Sequence[AmendmentView]) -> frozenset[str]:
    """Return the recommendations whose current text the organisation has assessed: nothing takes their place."""
    if command.action is not Together.NO_COMMENT:
        return frozenset()
    return frozenset(
        one.recommendation_id
        for recommendation_id in {view.recommendation_id for view in found}
        for one in assessments.standing(ctx, recommendation_id)
        if one.organisation.id == command.organisation_id and one.current
    )


def _fate(command: ActTogether, view: AmendmentView, assessed: frozenset[str]) -> Fate:
    if command.action is Together.SEEN:
        return Fate.DONE
    if command.action is Together.NO_COMMENT:
        return Fate.ALREADY if view.recommendation_id in assessed else Fate.DONE
    if view.state not in OPEN:
        return Fate.TOO_LATE
    if command.action in ADVICE:
        same = view.opinion is ADVICE[command.action] and view.opinion_reason == command.reason
        return Fate.ALREADY if same else Fate.DONE
    if view.state is _REACHED[command.action]:
        return Fate.ALREADY
    return Fate.DONE if still_possible(view.state, DECISIONS[command.action]) else Fate.TOO_LATE
