"""Who may do what, and when. The only place that says so.

`POLICY` reads: a permission is granted when every rule of any one of its rows holds. Rules are two-line
predicates; each brings the refusal that tells a person why it does not hold.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.actors import Actor, Scope
from service.domain.errors import (
    DeadlinePassed,
    Denied,
    ForeignOrganisation,
    FourEyes,
    PhaseClosed,
    Refusal,
    SignInNeeded,
)
from service.domain.phases import BOUND_BY_DEADLINE, CAPABILITIES, Capability, Phase


class Permission(StrEnum):
    """One thing that someone may or may not do."""

    SESSION_OPEN_IN_DEMO = "session.open_in_demo"
    TOKEN_ISSUE = "token.issue"  # noqa: S105 - a permission, not a password
    AGENDA_CREATE = "agenda.create"
    AGENDA_EDIT = "agenda.edit"
    AGENDA_MOVE_PHASE = "agenda.move_phase"
    PARTICIPANT_ADMIT = "participant.admit"
    MANDATE_GRANT = "mandate.grant"
    PERSON_ERASE = "person.erase"
    EVIDENCE_ADD = "evidence.add"
    LESSON_PROPOSE = "lesson.propose"
    LESSON_SHORTLIST = "lesson.shortlist"
    RECOMMENDATION_DRAFT = "recommendation.draft"
    RECOMMENDATION_EDIT = "recommendation.edit"
    RECOMMENDATION_TABLE = "recommendation.table"
    RECOMMENDATION_WITHDRAW = "recommendation.withdraw"
    RECOMMENDATION_CONSOLIDATE = "recommendation.consolidate"
    COMMENT_POST = "comment.post"
    COMMENT_RESOLVE = "comment.resolve"
    AMENDMENT_TABLE = "amendment.table"
    AMENDMENT_COMPROMISE = "amendment.compromise"
    AMENDMENT_SIGN = "amendment.sign"
    AMENDMENT_SIGN_COMPROMISE = "amendment.sign_compromise"
    AMENDMENT_REBASE = "amendment.rebase"
    AMENDMENT_REBASE_COMPROMISE = "amendment.rebase_compromise"
    AMENDMENT_WITHDRAW = "amendment.withdraw"
    AMENDMENT_WITHDRAW_COMPROMISE = "amendment.withdraw_compromise"
    AMENDMENT_ADVISE = "amendment.advise"
    AMENDMENT_DECIDE = "amendment.decide"
    POSITION_TAKE = "position.take"
    POSITION_WITHDRAW = "position.withdraw"
    EDITION_ASSEMBLE = "edition.assemble"
    EDITION_APPROVE = "edition.approve"
    EDITION_WITHDRAW = "edition.withdraw"
    JOB_READ = "job.read"
    JOB_RETRY = "job.retry"
    JOB_RUN = "job.run"
    MAIL_READ = "mail.read"
    MAIL_FOLLOW_LINK = "mail.follow_link"
    NOTIFICATION_CHOOSE = "notification.choose"
    NOTIFICATION_UNSUBSCRIBE = "notification.unsubscribe"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted upon, as far as permissions care.

    `organisation_id` is the organisation acted for, `now` the moment of the transaction by the database's clock.
    `linked` tells that a link of one of our own mails was shown.
    """

    phase: Phase | None = None
    closes_at: datetime | None = None
    now: datetime | None = None
    organisation_id: str | None = None
    assembled_by: str | None = None
    demo: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A named predicate and the refusal that explains it."""

    name: str
    holds: Callable[[Actor, Subject], bool]
    refusal: Callable[[Permission, Subject], Refusal]


def _denied(permission: Permission, _: Subject) -> Refusal:
    return Denied(permission=permission.value)


def _sign_in(_: Permission, __: Subject) -> Refusal:
    return SignInNeeded()


SIGNED_IN = Rule("is signed in", lambda actor, _: actor.person_id is not None, _sign_in)
SHOWS_A_LINK = Rule("shows the link of a mail", lambda _, subject: subject.linked, _denied)
NO_EMPTY_TOKEN = Rule(
    "comes in person, or by a token that allows something",
    lambda actor, _: actor.token_scopes is None or bool(actor.token_scopes),
    _denied,
)
IN_DEMO = Rule("the demonstration's sign-in is on", lambda _, subject: subject.demo, _denied)
RUNS_THE_SERVICE = Rule("runs the service", lambda actor, _: actor.operator, _denied)


def mandated(scope: Scope) -> Rule:
    """Hold when any mandate of the actor carries `scope`."""
    return Rule(f"holds a mandate to {scope}", lambda actor, _: actor.holds(scope), _denied)


def speaks_for(scope: Scope) -> Rule:
    """Hold when the actor's mandate for the organisation acted for carries `scope`."""

    def holds(actor: Actor, subject: Subject) -> bool:
        return subject.organisation_id is not None and actor.holds_for(scope, subject.organisation_id)

    return Rule(f"is mandated by that organisation to {scope}", holds, lambda _, __: ForeignOrganisation())


def while_open(capability: Capability) -> Rule:
    """Hold when the agenda's phase opens `capability` and no deadline that binds it has passed."""

    def holds(_: Actor, subject: Subject) -> bool:
        return subject.phase is not None and capability in CAPABILITIES[subject.phase] and not late(subject)

    def late(subject: Subject) -> bool:
        if capability not in BOUND_BY_DEADLINE or subject.closes_at is None or subject.now is None:
            return False
        return subject.now >= subject.closes_at

    def refusal(_: Permission, subject: Subject) -> Refusal:
        opened = CAPABILITIES[subject.phase] if subject.phase is not None else frozenset()
        if capability in opened and subject.closes_at is not None:
            return DeadlinePassed(closed_at=subject.closes_at.strftime("%Y-%m-%d %H:%M"))
        words = ", ".join(sorted(c.value.replace("_", " ") for c in opened)) or "nothing"
        return PhaseClosed(phase=(subject.phase or "").replace("_", " "), open=words)

    return Rule(f"while the phase opens “{capability}”", holds, refusal)


SOMEONE_ELSE = Rule(
    "is not who assembled it",
    lambda actor, subject: actor.person_id != subject.assembled_by,
    lambda _, __: FourEyes(),
)

Row = tuple[Rule, ...]


def _when(capability: Capability, *rows: Row) -> tuple[Row, ...]:
    return tuple((*row, while_open(capability)) for row in rows)


OPERATOR: Row = (RUNS_THE_SERVICE,)
FACILITY: Row = (SIGNED_IN, mandated(Scope.FACILITATE))
RAPPORTEUR: Row = (SIGNED_IN, mandated(Scope.CONSOLIDATE))
COMMENTATOR: Row = (SIGNED_IN, speaks_for(Scope.COMMENT))
AMENDER: Row = (SIGNED_IN, speaks_for(Scope.AMEND))
MEDIATOR: Row = (SIGNED_IN, speaks_for(Scope.CONSOLIDATE))
VOICE: Row = (SIGNED_IN, speaks_for(Scope.POSITION))
APPROVER: Row = (SIGNED_IN, mandated(Scope.APPROVE), SOMEONE_ELSE)

POLICY: Mapping[Permission, tuple[Row, ...]] = {
    Permission.SESSION_OPEN_IN_DEMO: ((IN_DEMO,),),
    Permission.TOKEN_ISSUE: (OPERATOR,),
    Permission.AGENDA_CREATE: (FACILITY,),
    Permission.AGENDA_EDIT: (FACILITY,),
    Permission.AGENDA_MOVE_PHASE: (FACILITY,),
    Permission.PARTICIPANT_ADMIT: (FACILITY, OPERATOR),
    Permission.MANDATE_GRANT: (FACILITY, OPERATOR),
    Permission.PERSON_ERASE: (FACILITY, OPERATOR),
    Permission.EVIDENCE_ADD: _when(Capability.DOCUMENT, COMMENTATOR),
    Permission.LESSON_PROPOSE: _when(Capability.DOCUMENT, COMMENTATOR),
    Permission.LESSON_SHORTLIST: _when(Capability.DOCUMENT, RAPPORTEUR),
    Permission.RECOMMENDATION_DRAFT: _when(Capability.DRAFT, RAPPORTEUR),
    Permission.RECOMMENDATION_EDIT: _when(Capability.DRAFT, RAPPORTEUR),
    Permission.RECOMMENDATION_TABLE: _when(Capability.DRAFT, RAPPORTEUR),
    Permission.RECOMMENDATION_WITHDRAW: (RAPPORTEUR,),
    Permission.RECOMMENDATION_CONSOLIDATE: _when(Capability.CONSOLIDATE, RAPPORTEUR),
    Permission.COMMENT_POST: _when(Capability.COMMENT, COMMENTATOR),
    Permission.COMMENT_RESOLVE: _when(Capability.COMMENT, RAPPORTEUR, COMMENTATOR),
    Permission.AMENDMENT_TABLE: _when(Capability.AMEND, AMENDER),
    # Compromises are found when the amendments are in: by then it is the rapporteur who proposes them.
    Permission.AMENDMENT_COMPROMISE: (
        *_when(Capability.AMEND, AMENDER),
        *_when(Capability.DECIDE, MEDIATOR),
    ),
    Permission.AMENDMENT_SIGN: _when(Capability.AMEND, AMENDER),
    Permission.AMENDMENT_SIGN_COMPROMISE: _when(Capability.WITHDRAW_AMENDMENT, AMENDER),
    # Who mediates carries over and withdraws compromises; an organisation's other amendments are not theirs.
    Permission.AMENDMENT_REBASE: _when(Capability.WITHDRAW_AMENDMENT, AMENDER),
    Permission.AMENDMENT_REBASE_COMPROMISE: _when(Capability.WITHDRAW_AMENDMENT, AMENDER, MEDIATOR),
    Permission.AMENDMENT_WITHDRAW: _when(Capability.WITHDRAW_AMENDMENT, AMENDER),
    Permission.AMENDMENT_WITHDRAW_COMPROMISE: _when(Capability.WITHDRAW_AMENDMENT, AMENDER, MEDIATOR),
    Permission.AMENDMENT_ADVISE: _when(Capability.DECIDE, RAPPORTEUR),
    Permission.AMENDMENT_DECIDE: _when(Capability.DECIDE, RAPPORTEUR),
    Permission.POSITION_TAKE: _when(Capability.POSITION, VOICE),
    Permission.POSITION_WITHDRAW: _when(Capability.POSITION, VOICE),
    Permission.EDITION_ASSEMBLE: _when(Capability.PUBLISH, FACILITY),
    Permission.EDITION_APPROVE: _when(Capability.PUBLISH, APPROVER),
    Permission.EDITION_WITHDRAW: _when(Capability.PUBLISH, FACILITY),
    Permission.JOB_READ: (FACILITY, OPERATOR),
    Permission.JOB_RETRY: (FACILITY, OPERATOR),
    Permission.JOB_RUN: (OPERATOR,),
    Permission.MAIL_READ: (FACILITY, OPERATOR),
    # Where nothing is sent, it is the only way to receive one.
    Permission.MAIL_FOLLOW_LINK: ((*FACILITY, IN_DEMO),),
    Permission.NOTIFICATION_CHOOSE: ((SIGNED_IN, NO_EMPTY_TOKEN),),
    Permission.NOTIFICATION_UNSUBSCRIBE: ((SHOWS_A_LINK,),),
}


def allows(actor: Actor, permission: Permission, subject: Subject) -> bool:
    """Tell whether `actor` may do it: what pages ask before they show a button."""
    return any(all(rule.holds(actor, subject) for rule in row) for row in POLICY[permission])


def require(actor: Actor, permission: Permission, subject: Subject) -> None:
    """Refuse unless `actor` may do it.

    Raises:
        Refusal: of the rule that failed in the row that came furthest, so that the most useful reason is told.
    """
    furthest = -1
    reason: Refusal | None = None
    for row in POLICY[permission]:
        failed = next((i for i, rule in enumerate(row) if not rule.holds(actor, subject)), None)
        if failed is None:
            return
        if failed > furthest:
            furthest, reason = failed, row[failed].refusal(permission, subject)
    raise reason or Denied(permission=permission.value)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader sees beyond what is public: drafts of their organisations, or all drafts."""

    everything: bool
    organisation_ids: frozenset[str]


def visible_to(actor: Actor) -> Sight:
    """Return what `actor` may read; every query is narrowed by it."""
    return Sight(
        everything=actor.holds(Scope.CONSOLIDATE) or actor.holds(Scope.FACILITATE),
        organisation_ids=actor.organisation_ids,
    )
