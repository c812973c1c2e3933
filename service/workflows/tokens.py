"""Use cases around one's own API tokens: making, looking through, revoking."""

from dataclasses import dataclass, replace
from datetime import datetime

from service.domain.access import BINDING_SCOPES, TOKEN_LASTS_AT_MOST
from service.domain.actors import Scope
from service.domain.errors import FieldError, Invalid, SignInNeeded, Unknown
from service.domain.events import TokenIssued, TokenRevoked
from service.domain.permissions import Act, Permission, Subject, require, visible_to
from service.domain.text import normalise
from service.domain.views.access import TokenView
from service.store import access
from service.store.uow import UnitOfWork
from service.workflows.confirmations import confirmed
from service.workflows.context import Context
from service.workflows.secret_digests import digest_of

NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that a person makes for themselves; the name tells them what it is used for."""

    name: str
    scopes: tuple[Scope, ...]
    expires_at: datetime


def act_of(person_id: str, scopes: tuple[Scope, ...]) -> Act:
    """Return what has to be confirmed before a token with these scopes is made."""
    return Act(Permission.TOKEN_ISSUE_BINDING, person_id, ",".join(sorted({s.value for s in scopes})))


def issue_own(ctx: Context, command: NewToken) -> tuple[str, str]:
    """A person makes a token for themselves; returns its id and its secret, which is shown once and not kept."""
    with ctx.transaction() as work:
        require(work.actor, Permission.TOKEN_ISSUE_OWN, Subject())
        name = normalise(command.name, field="name").strip()
        errors = faults_of(command.scopes, command.expires_at, work.now)
        if not 0 < len(name) <= NAME_LENGTH:
            errors.insert(0, FieldError("name", "Give it a name of at most 100 characters."))
        if errors:
            raise Invalid(errors=errors)
        person_id = work.actor.person_id or ""
        if BINDING_SCOPES.intersection(command.scopes):
            act = act_of(person_id, command.scopes)
            require(work.actor, act.action, confirmed(work, act, Subject()))
        return keep_token(ctx, work, person_id, replace(command, name=name))


def mine(ctx: Context) -> tuple[TokenView, ...]:
    """Return the reader's tokens in force, the newest first.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        if reader.actor.person_id is None:
            raise SignInNeeded
        return access.tokens_of(reader.connection, reader.actor.person_id, reader.now)


def revoke(ctx: Context, token_id: str) -> None:
    """A person revokes a token of their own: from now on it opens nothing.

    Raises:
        Unknown: the person has no such token.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.TOKEN_REVOKE, Subject())
        person_id = work.actor.person_id or ""
        if not access.revoke_token(work.connection, person_id, token_id, work.now):
            raise Unknown(thing="token")
        work.record(TokenRevoked(token_id, person_id))


def faults_of(scopes: tuple[Scope, ...], expires_at: datetime, now: datetime) -> list[FieldError]:
    """Return what is wrong with a token to be made."""
    errors = []
    if not scopes:
        errors.append(FieldError("scopes", "Name at least one scope."))
    if not now < expires_at <= now + TOKEN_LASTS_AT_MOST:
        errors.append(FieldError("expires_at", "Give a time within the next year."))
    return errors


def keep_token(ctx: Context, work: UnitOfWork, person_id: str, token: NewToken) -> tuple[str, str]:
    """Make a token in the caller's transaction; returns its id and its secret."""
    token_id, secret = ctx.new_id(), ctx.new_secret()
    access.keep_token(
        work.connection,
        token_id=token_id,
        secret_digest=digest_of(secret),
        person_id=person_id,
        name=token.name,
        scopes=token.scopes,
        now=work.now,
        expires_at=token.expires_at,
    )
    work.record(TokenIssued(token_id, person_id, tuple(s.value for s in token.scopes)))
    return token_id, secret
