"""Who may do what, and when. The only place that says so.

`POLICY` reads: a permission is granted when every rule of any one of its rows holds. Rules are two-line
predicates; each brings the refusal that tells a person why it does not hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.actors import Actor, Role, Scope
from service.domain.acts import Act, Permission
from service.domain.errors import Denied, Refusal
from service.domain.phases import Capability
from service.domain.rules import (
    FOR_POSITIONS,
    FRESHLY_CONFIRMED,
    HOLDER,
    IN_DEMO,
    IN_PERSON,
    IN_SESSION,
    NAMED_TO_SIGN,
    NO_EMPTY_TOKEN,
    OTHERS_WORDS,
    RUNS_THE_SERVICE,
    SHOWS_A_LINK,
    SIGNED_IN,
    SOMEONE_ELSE,
    UNNARROWED,
    Rule,
    Subject,
    mandated,
    speaks_for,
    while_open,
)

__all__ = [
    "FRESHLY_CONFIRMED",
    "POLICY",
    "Act",
    "Permission",
    "Sight",
    "Subject",
    "allows",
    "require",
    "visible_to",
]


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
ASSESSOR: Row = (SIGNED_IN, speaks_for(Scope.COMMENT, Role.STAKEHOLDER))
SIGNATORY: Row = (SIGNED_IN, mandated(Scope.APPROVE))
APPROVER: Row = (SIGNED_IN, mandated(Scope.APPROVE), SOMEONE_ELSE, NAMED_TO_SIGN)

POLICY: Mapping[Permission, tuple[Row, ...]] = {
    Permission.SESSION_OPEN_IN_DEMO: ((IN_DEMO,),),
    Permission.SESSION_REVOKE: (ONESELF,),
    # Whoever holds the secret that was mailed is let in; who merely asks is told nothing.
    Permission.LINK_ASK: (ANYONE,),
    Permission.LINK_MAKE: (OPERATOR,),
    Permission.LINK_USE: (ANYONE,),
    Permission.ACCOUNT_USE: (ANYONE,),
    # By whatever lets a person in, somebody else could come in: adding and removing it is confirmed.
    Permission.ACCOUNT_LINK: _confirmed((*ONESELF, IN_SESSION)),
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
    Permission.PARTICIPANT_REMIND: (FACILITY,),
    Permission.MANDATE_GRANT: (FACILITY, OPERATOR),
    Permission.PERSON_ERASE: (FACILITY, OPERATOR),
    Permission.MANDATE_NAME_ALTERNATE: (FACILITY, OPERATOR, (*OWN, UNNARROWED, FRESHLY_CONFIRMED)),
    Permission.MANDATE_DELEGATE: _confirmed(OWN),
    Permission.MANDATE_READ: (FACILITY, OPERATOR, OWN),
    Permission.MANDATE_REVOKE: (FACILITY, OPERATOR, (*OWN, UNNARROWED)),
    # Whoever writes a mandate down vouches for the document that it rests on.
    Permission.MANDATE_ATTACH: (FACILITY, OPERATOR),
    Permission.RECORD_AUDIT: (OPERATOR,),
    Permission.EVIDENCE_ADD: _when(Capability.DOCUMENT, COMMENTATOR),
    Permission.LESSON_PROPOSE: _when(Capability.DOCUMENT, COMMENTATOR),
    Permission.LESSON_SHORTLIST: _when(Capability.DOCUMENT, RAPPORTEUR),
    # The facility answers for what it published; nobody's position is bound to these, so nothing is decided anew.
    Permission.EVIDENCE_CORRECT: _when(Capability.PUBLISH, FACILITY),
    Permission.LESSON_CORRECT: _when(Capability.PUBLISH, FACILITY),
    Permission.RECOMMENDATION_DRAFT: _when(Capability.DRAFT, RAPPORTEUR),
    Permission.RECOMMENDATION_EDIT: _when(Capability.DRAFT, RAPPORTEUR),
    # The facility answers for what it published; the words that it puts right are decided on anew.
    Permission.RECOMMENDATION_CORRECT: _when(Capability.PUBLISH, FACILITY),
    Permission.RECOMMENDATION_ORDER: _when(Capability.DRAFT, RAPPORTEUR),
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
    # Taking back what binds changes as much as giving it.
    Permission.POSITION_WITHDRAW: _confirmed(*_when(Capability.POSITION, VOICE)),
    # EU services look at a text while it is open to comments: what they find is to help those who amend it.
    Permission.ASSESSMENT_GIVE: _when(Capability.COMMENT, ASSESSOR),
    # What one has seen, the views that one keeps, and how one wants to work.
    Permission.REVIEW_KEEP: ((SIGNED_IN, NO_EMPTY_TOKEN),),
    Permission.EDITION_ASSEMBLE: _confirmed(*_when(Capability.PUBLISH, FACILITY)),
    Permission.EDITION_APPROVE: _confirmed(*_when(Capability.PUBLISH, APPROVER)),
    # A draft shows nothing that is not public; but each takes a process of its own for seconds.
    Permission.EDITION_DRAFT: (FACILITY, SIGNATORY),
    # Who does not sign binds nobody: the edition stays as it is, and is published by nobody.
    Permission.EDITION_DECLINE: _when(Capability.PUBLISH, APPROVER),
    # Taking the last one off who is silent publishes what the others have signed.
    Permission.EDITION_TAKE_OFF: _confirmed(*_when(Capability.PUBLISH, FACILITY)),
    Permission.EDITION_WITHDRAW: _confirmed(*_when(Capability.PUBLISH, FACILITY)),
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
