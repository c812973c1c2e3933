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
    ConfirmationNeeded,
    DeadlinePassed,
    Denied,
    ForeignOrganisation,
    FourEyes,
    OwnTranslation,
    PhaseClosed,
    Refusal,
    SignInNeeded,
)
from service.domain.phases import BOUND_BY_DEADLINE, CAPABILITIES, Capability, Phase


class Permission(StrEnum):
    """One thing that someone may or may not do."""

    SESSION_OPEN_IN_DEMO = "session.open_in_demo"
    SESSION_REVOKE = "session.revoke"
    LINK_ASK = "link.ask"
    LINK_MAKE = "link.make"
    LINK_USE = "link.use"
    ACCOUNT_USE = "account.use"
    ACCOUNT_LINK = "account.link"
    CODES_CHANGE = "codes.change"
    PASSKEY_USE = "passkey.use"
    CONFIRMATION_ASK = "confirmation.ask"
    CONFIRMATION_GIVE = "confirmation.give"
    CONFIRMATION_GIVE_IN_DEMO = "confirmation.give_in_demo"
    BOOKS_SWEEP = "books.sweep"
    TOKEN_ISSUE = "token.issue"  # noqa: S105 - a permission, not a password
    TOKEN_ISSUE_OWN = "token.issue_own"  # noqa: S105 - a permission, not a password
    TOKEN_ISSUE_BINDING = "token.issue_binding"  # noqa: S105 - a permission, not a password
    TOKEN_REVOKE = "token.revoke"  # noqa: S105 - a permission, not a password
    AGENDA_CREATE = "agenda.create"
    AGENDA_EDIT = "agenda.edit"
    AGENDA_MOVE_PHASE = "agenda.move_phase"
    AGENDA_KEEP_TIME = "agenda.keep_time"
    PARTICIPANT_ADMIT = "participant.admit"
    PARTICIPANT_IMPORT = "participant.import"
    PARTICIPANT_INVITE = "participant.invite"
    MANDATE_GRANT = "mandate.grant"
    PERSON_ERASE = "person.erase"
    MANDATE_NAME_ALTERNATE = "mandate.name_alternate"
    MANDATE_DELEGATE = "mandate.delegate"
    MANDATE_READ = "mandate.read"
    MANDATE_REVOKE = "mandate.revoke"
    RECORD_AUDIT = "record.audit"
    EVIDENCE_ADD = "evidence.add"
    LESSON_PROPOSE = "lesson.propose"
    LESSON_SHORTLIST = "lesson.shortlist"
    RECOMMENDATION_DRAFT = "recommendation.draft"
    RECOMMENDATION_EDIT = "recommendation.edit"
    RECOMMENDATION_TABLE = "recommendation.table"
    RECOMMENDATION_WITHDRAW = "recommendation.withdraw"
    RECOMMENDATION_CONSOLIDATE = "recommendation.consolidate"
    TRANSLATION_WRITE = "translation.write"
    TRANSLATION_APPROVE = "translation.approve"
    COMMENT_POST = "comment.post"
    COMMENT_RESOLVE = "comment.resolve"
    COMMENT_DISCUSS = "comment.discuss"
    COMMENT_CONTRIBUTE = "comment.contribute"
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
    POSITION_TAKE_ON_PAPER = "position.take_on_paper"
    POSITION_WITHDRAW = "position.withdraw"
    EDITION_ASSEMBLE = "edition.assemble"
    EDITION_APPROVE = "edition.approve"
    EDITION_WITHDRAW = "edition.withdraw"
    KEY_READ = "key.read"
    JOB_READ = "job.read"
    JOB_RETRY = "job.retry"
    JOB_RUN = "job.run"
    MAIL_READ = "mail.read"
    MAIL_FOLLOW_LINK = "mail.follow_link"
    NOTIFICATION_CHOOSE = "notification.choose"
    NOTIFICATION_UNSUBSCRIBE = "notification.unsubscribe"
    WEBHOOK_MANAGE = "webhook.manage"
    WEBHOOK_DELIVER = "webhook.deliver"


@dataclass(frozen=True, slots=True)
class Act:
    """One act on one version of one thing: what a confirmation is given for, and for nothing else."""

    action: Permission
    object_id: str
    version: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted upon, as far as permissions care.

    `organisation_id` is the organisation acted for, `now` the moment of the transaction by the database's clock;
    `linked` tells that a link of one of our own mails was shown, `confirmed` that whoever acts has just confirmed
    exactly this act. `holders` are the persons who hold a mandate that is acted upon, or the one that it comes from.
    """

    phase: Phase | None = None
    closes_at: datetime | None = None
    now: datetime | None = None
    organisation_id: str | None = None
    assembled_by: str | None = None
    written_by: str | None = None
    demo: bool = False
    linked: bool = False
    confirmed: bool = False
    holders: frozenset[str] = frozenset()


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


def _confirm(permission: Permission, _: Subject) -> Refusal:
    return ConfirmationNeeded(action=permission.value)


SIGNED_IN = Rule("is signed in", lambda actor, _: actor.person_id is not None, _sign_in)
SHOWS_A_LINK = Rule("shows the link of a mail", lambda _, subject: subject.linked, _denied)
NO_EMPTY_TOKEN = Rule(
    "comes in person, or by a token that allows something",
    lambda actor, _: actor.token_scopes is None or bool(actor.token_scopes),
    _denied,
)
IN_DEMO = Rule("the demonstration's sign-in is on", lambda _, subject: subject.demo, _denied)
IN_PERSON = Rule("comes in person, not with a token", lambda actor, _: actor.token_scopes is None, _denied)
IN_SESSION = Rule("acts by a session", lambda actor, _: actor.session_id is not None, _denied)
# A token was given its scopes by a confirmation, or by the operator, so it needs no other.
FRESHLY_CONFIRMED = Rule(
    "has just confirmed it, where they act by a session",
    lambda actor, subject: actor.session_id is None or subject.confirmed,
    _confirm,
)
RUNS_THE_SERVICE = Rule("runs the service", lambda actor, _: actor.operator, _denied)

HOLDER = Rule(
    "holds that mandate, or the one it comes from",
    lambda actor, subject: actor.person_id in subject.holders,
    _denied,
)

# An alternate may do all that the holder may, so nobody names one with a token that was given for less.
UNNARROWED = Rule(
    "uses no token that was given for less than everything",
    lambda actor, _: actor.token_scopes is None or actor.token_scopes >= frozenset(Scope),
    _denied,
)
# A token takes positions only where it was given that by name, for whomever they are taken.
FOR_POSITIONS = Rule(
    "uses no token that was not given for positions",
    lambda actor, _: actor.token_scopes is None or Scope.POSITION in actor.token_scopes,
    _denied,
)


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

OTHERS_WORDS = Rule(
    "did not write it",
    lambda actor, subject: actor.person_id != subject.written_by,
    lambda _, __: OwnTranslation(),
)

Row = tuple[Rule, ...]


def _when(capability: Capability, *rows: Row) -> tuple[Row, ...]:
    return tuple((*row, while_open(capability)) for row in rows)


def _confirmed(*rows: Row) -> tuple[Row, ...]:
    return tuple((*row, FRESHLY_CONFIRMED) for row in rows)


OPERATOR: Row = (RUNS_THE_SERVICE,)
ANYONE: Row = (IN_PERSON,)
ONESELF: Row = (SIGNED_IN, IN_PERSON)
FACILITY: Row = (SIGNED_IN, mandated(Scope.FACILITATE))
RAPPORTEUR: Row = (SIGNED_IN, mandated(Scope.CONSOLIDATE))
OWN: Row = (SIGNED_IN, HOLDER)
COMMENTATOR: Row = (SIGNED_IN, speaks_for(Scope.COMMENT))
AMENDER: Row = (SIGNED_IN, speaks_for(Scope.AMEND))
MEDIATOR: Row = (SIGNED_IN, speaks_for(Scope.CONSOLIDATE))
VOICE: Row = (SIGNED_IN, speaks_for(Scope.POSITION))
APPROVER: Row = (SIGNED_IN, mandated(Scope.APPROVE), SOMEONE_ELSE)

POLICY: Mapping[Permission, tuple[Row, ...]] = {
    Permission.SESSION_OPEN_IN_DEMO: ((IN_DEMO,),),
    Permission.SESSION_REVOKE: (ONESELF,),
    # Whoever holds the secret that was mailed is let in; who merely asks is told nothing.
    Permission.LINK_ASK: (ANYONE,),
    Permission.LINK_MAKE: (OPERATOR,),
    Permission.LINK_USE: (ANYONE,),
    Permission.ACCOUNT_USE: (ANYONE,),
    Permission.ACCOUNT_LINK: ((*ONESELF, IN_SESSION),),
    Permission.PASSKEY_USE: (ANYONE,),
    # Whoever may confirm decides what binds, so changing by what one confirms is confirmed, too.
    Permission.CODES_CHANGE: _confirmed((*ONESELF, IN_SESSION)),
    Permission.CONFIRMATION_ASK: ((*ONESELF, IN_SESSION),),
    Permission.CONFIRMATION_GIVE: ((*ONESELF, IN_SESSION),),
    Permission.CONFIRMATION_GIVE_IN_DEMO: ((*ONESELF, IN_SESSION, IN_DEMO),),
    Permission.BOOKS_SWEEP: (OPERATOR,),
    Permission.TOKEN_ISSUE: (OPERATOR,),
    Permission.TOKEN_ISSUE_OWN: (ONESELF,),
    # What a token does needs no confirmation, so being given such a token does.
    Permission.TOKEN_ISSUE_BINDING: _confirmed(ONESELF),
    Permission.TOKEN_REVOKE: (ONESELF,),
    Permission.AGENDA_CREATE: (FACILITY,),
    Permission.AGENDA_EDIT: (FACILITY,),
    Permission.AGENDA_MOVE_PHASE: (FACILITY,),
    # Phases that end with their deadline are moved by the service itself.
    Permission.AGENDA_KEEP_TIME: (OPERATOR,),
    Permission.PARTICIPANT_ADMIT: (FACILITY, OPERATOR),
    Permission.PARTICIPANT_IMPORT: (FACILITY, OPERATOR),
    Permission.PARTICIPANT_INVITE: (FACILITY, OPERATOR),
    Permission.MANDATE_GRANT: (FACILITY, OPERATOR),
    Permission.PERSON_ERASE: (FACILITY, OPERATOR),
    Permission.MANDATE_NAME_ALTERNATE: (FACILITY, OPERATOR, (*OWN, UNNARROWED, FRESHLY_CONFIRMED)),
    Permission.MANDATE_DELEGATE: _confirmed(OWN),
    Permission.MANDATE_READ: (FACILITY, OPERATOR, OWN),
    Permission.MANDATE_REVOKE: (FACILITY, OPERATOR, (*OWN, UNNARROWED)),
    Permission.RECORD_AUDIT: (OPERATOR,),
    Permission.EVIDENCE_ADD: _when(Capability.DOCUMENT, COMMENTATOR),
    Permission.LESSON_PROPOSE: _when(Capability.DOCUMENT, COMMENTATOR),
    Permission.LESSON_SHORTLIST: _when(Capability.DOCUMENT, RAPPORTEUR),
    Permission.RECOMMENDATION_DRAFT: _when(Capability.DRAFT, RAPPORTEUR),
    Permission.RECOMMENDATION_EDIT: _when(Capability.DRAFT, RAPPORTEUR),
    Permission.RECOMMENDATION_TABLE: _when(Capability.DRAFT, RAPPORTEUR),
    Permission.RECOMMENDATION_WITHDRAW: (RAPPORTEUR,),
    Permission.RECOMMENDATION_CONSOLIDATE: _when(Capability.CONSOLIDATE, RAPPORTEUR),
    # A translation is a courtesy that changes nothing of the text, so it needs no phase.
    Permission.TRANSLATION_WRITE: (COMMENTATOR,),
    Permission.TRANSLATION_APPROVE: ((*RAPPORTEUR, OTHERS_WORDS),),
    Permission.COMMENT_POST: _when(Capability.COMMENT, COMMENTATOR),
    Permission.COMMENT_RESOLVE: _when(Capability.COMMENT, RAPPORTEUR, COMMENTATOR),
    # What an organisation says to itself needs no phase.
    Permission.COMMENT_DISCUSS: (COMMENTATOR,),
    Permission.COMMENT_CONTRIBUTE: _when(Capability.COMMENT, COMMENTATOR),
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
    Permission.POSITION_TAKE: _confirmed(*_when(Capability.POSITION, VOICE)),
    # A position that came by letter: the facility enters it, and the record names both. It binds no less than another.
    Permission.POSITION_TAKE_ON_PAPER: _confirmed(*_when(Capability.POSITION, (*FACILITY, FOR_POSITIONS))),
    Permission.POSITION_WITHDRAW: _when(Capability.POSITION, VOICE),
    Permission.EDITION_ASSEMBLE: _confirmed(*_when(Capability.PUBLISH, FACILITY)),
    Permission.EDITION_APPROVE: _confirmed(*_when(Capability.PUBLISH, APPROVER)),
    Permission.EDITION_WITHDRAW: _when(Capability.PUBLISH, FACILITY),
    Permission.KEY_READ: (FACILITY, OPERATOR),
    Permission.JOB_READ: (FACILITY, OPERATOR),
    Permission.JOB_RETRY: (FACILITY, OPERATOR),
    Permission.JOB_RUN: (OPERATOR,),
    Permission.MAIL_READ: (FACILITY, OPERATOR),
    # Where nothing is sent, it is the only way to receive one.
    Permission.MAIL_FOLLOW_LINK: ((*FACILITY, IN_DEMO),),
    Permission.NOTIFICATION_CHOOSE: ((SIGNED_IN, NO_EMPTY_TOKEN),),
    Permission.NOTIFICATION_UNSUBSCRIBE: ((SHOWS_A_LINK,),),
    Permission.WEBHOOK_MANAGE: (FACILITY,),
    Permission.WEBHOOK_DELIVER: (OPERATOR,),
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
