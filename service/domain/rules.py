"""The rules of which permissions are made: each a predicate with the refusal that explains it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from service.domain.actors import Actor, Role, Scope
from service.domain.acts import Act
from service.domain.errors import (
    ConfirmationNeeded,
    DeadlinePassed,
    Denied,
    ForeignOrganisation,
    FourEyes,
    NotNamedToSign,
    OwnTranslation,
    PhaseClosed,
    Refusal,
    SignInNeeded,
)
from service.domain.phases import BOUND_BY_DEADLINE, CAPABILITIES, Capability, Phase


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted upon, as far as permissions care.

    `organisation_id` is the organisation acted for, `now` the moment of the transaction by the database's clock;
    `linked` tells that a link of one of our own mails was shown, `confirmed` that whoever acts has just confirmed
    exactly this act, which `act` names. `holders` are the persons who hold a mandate that is acted upon, or the one
    that it comes from; `signatories` those who were named to sign an edition, if anybody was.
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
    act: Act | None = None
    holders: frozenset[str] = frozenset()
    signatories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """A named predicate and the refusal that explains it."""

    name: str
    holds: Callable[[Actor, Subject], bool]
    refusal: Callable[[str, Subject], Refusal]


def _denied(permission: str, _: Subject) -> Refusal:
    return Denied(permission=permission)


def _sign_in(_: str, __: Subject) -> Refusal:
    return SignInNeeded()


def _confirm(permission: str, subject: Subject) -> Refusal:
    return ConfirmationNeeded(action=permission, act=subject.act)


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


def speaks_for(scope: Scope, role: Role | None = None) -> Rule:
    """Hold when the actor's mandate for the organisation acted for carries `scope`, in this capacity if named."""

    def holds(actor: Actor, subject: Subject) -> bool:
        if role is None:
            return subject.organisation_id is not None and actor.holds_for(scope, subject.organisation_id)
        acting = (a for a in actor.authorities if a.organisation_id == subject.organisation_id)
        return any(a.role is role and scope in actor.effective(a) for a in acting)

    name = f"is mandated by that organisation to {scope}" + (f" as a {role}" if role is not None else "")
    return Rule(name, holds, lambda _, __: ForeignOrganisation())


def while_open(capability: Capability) -> Rule:
    """Hold when the agenda's phase opens `capability` and no deadline that binds it has passed."""

    def holds(_: Actor, subject: Subject) -> bool:
        return subject.phase is not None and capability in CAPABILITIES[subject.phase] and not late(subject)

    def late(subject: Subject) -> bool:
        if capability not in BOUND_BY_DEADLINE or subject.closes_at is None or subject.now is None:
            return False
        return subject.now >= subject.closes_at

    def refusal(_: str, subject: Subject) -> Refusal:
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

NAMED_TO_SIGN = Rule(
    "is among those named to sign it, where any are",
    lambda actor, subject: not subject.signatories or actor.person_id in subject.signatories,
    lambda _, __: NotNamedToSign(),
)

OTHERS_WORDS = Rule(
    "did not write it",
    lambda actor, subject: actor.person_id != subject.written_by,
    lambda _, __: OwnTranslation(),
)
