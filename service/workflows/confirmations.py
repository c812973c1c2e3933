"""Use cases around confirmations: before an act that binds, a person says once more that it is they who act.

A confirmation is good for one act on one version of one thing, for five minutes, in the session that asked for it;
the act uses it up in its own transaction.
"""

import re
from dataclasses import replace
from datetime import datetime

from service.domain.access import CONFIRMATION_LASTS, CONFIRMATIONS_BY_MAIL, LinkPurpose, Means
from service.domain.errors import Invalid, LinkOver
from service.domain.events import ConfirmationGiven, LinkUsed
from service.domain.permissions import (
    FRESHLY_CONFIRMED,
    POLICY,
    Act,
    Permission,
    Subject,
    require,
    visible_to,
)
from service.store import confirmations, links, sessions
from service.store.uow import UnitOfWork
from service.workflows import limits
from service.workflows.context import Context
from service.workflows.links import mail_link
from service.workflows.secret_digests import digest_of

# An id of this service, and a version as it is named: a digest, a number, or scopes.
_OBJECT, _VERSION = re.compile(r"[0-9A-Z]{1,26}"), re.compile(r"[0-9a-z,_]{1,64}")
_CONTENT = re.compile(r"[0-9a-f]{64}|")
# Their version is made of a person's address, by which whoever guesses it would know it again.
_OF_ADDRESSES = frozenset({Permission.MANDATE_NAME_ALTERNATE, Permission.MANDATE_DELEGATE})
CONFIRMABLE = frozenset(p for p, rows in POLICY.items() if any(FRESHLY_CONFIRMED in row for row in rows))


def confirmed(work: UnitOfWork, act: Act, subject: Subject) -> Subject:
    """Return the subject of an act, having used up the confirmation of it where whoever acts needs one."""
    session_id = work.actor.session_id
    if session_id is None:
        return subject
    return replace(subject, confirmed=confirmations.use(work.connection, session_id, act, work.now), act=act)


def confirm_in_demo(ctx: Context, act: Act) -> datetime:
    """A visitor of the demonstration confirms an act by a click, as its persons have nothing else to show.

    Returns until when the confirmation is good.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.CONFIRMATION_GIVE_IN_DEMO, Subject(demo=ctx.demo))
        return given(ctx, work, act, Means.DEMO)


def act_named(action: str, object_id: str, version: str, content: str = "") -> Act:
    """Return the act that a form or a request names.

    Raises:
        Invalid: no such act needs a confirmation.
    """
    named = next((permission for permission in CONFIRMABLE if permission.value == action), None)
    if named is None:
        raise Invalid.field("action", "Name one of the acts that need a confirmation.")
    return Act(named, object_id, version, content)


def ask_by_mail(ctx: Context, act: Act) -> None:
    """A person has a link mailed that confirms an act, in the session in which they asked.

    Raises:
        TooManyRequests: too many were asked for.
    """
    limits.spend(ctx, (CONFIRMATIONS_BY_MAIL, ctx.identity.person_id or ""))
    with ctx.transaction() as work:
        require(work.actor, Permission.CONFIRMATION_ASK, Subject())
        _check(act)
        person = work.persons.get(work.actor.person_id or "")
        session_id, until = work.actor.session_id or "", work.now + LinkPurpose.CONFIRM.lasts
        asked = ctx.new_id()
        confirmations.keep(work.connection, asked, session_id, act, given_at=None, expires_at=until)
        mail_link(ctx, work, person, LinkPurpose.CONFIRM, asked)


def show(ctx: Context, secret: str) -> Act:
    """Tell what a link would confirm, in the session that asked for it; looking uses nothing up.

    Raises:
        LinkOver: it cannot be used (any more), or not in this session.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        session_id = reader.actor.session_id or ""
        asked = confirmations.asked_by(reader.connection, digest_of(secret), session_id, reader.now)
        if asked is None:
            raise LinkOver
        return asked[1]


def confirm_by_link(ctx: Context, secret: str) -> str:
    """A person confirms exactly what a link was asked for; returns the session's new secret.

    Raises:
        LinkOver: it cannot be used (any more), or not in this session.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.CONFIRMATION_GIVE, Subject())
        session_id, person_id = work.actor.session_id or "", work.actor.person_id or ""
        asked = confirmations.asked_by(work.connection, digest_of(secret), session_id, work.now)
        used = links.use(work.connection, digest_of(secret), (LinkPurpose.CONFIRM,), work.now)
        if asked is None or used is None:
            raise LinkOver
        identifier, act = asked
        confirmations.give(work.connection, identifier, work.now, work.now + CONFIRMATION_LASTS)
        work.record(LinkUsed(person_id, LinkPurpose.CONFIRM.value))
        work.record(_fact(person_id, act, Means.LINK))
        return renewed(ctx, work)


def given(ctx: Context, work: UnitOfWork, act: Act, means: Means) -> datetime:
    """Write down, in the caller's transaction, that the session's person has confirmed an act."""
    _check(act)
    session_id, person_id = work.actor.session_id or "", work.actor.person_id or ""
    until = work.now + CONFIRMATION_LASTS
    confirmations.keep(work.connection, ctx.new_id(), session_id, act, given_at=work.now, expires_at=until)
    work.record(_fact(person_id, act, means))
    return until


def renewed(ctx: Context, work: UnitOfWork) -> str:
    """Give the session another secret, because more is open to it now than when it began; returns it."""
    secret = ctx.new_secret()
    sessions.renew(work.connection, work.actor.session_id or "", digest_of(secret))
    return secret


def _check(act: Act) -> None:
    """Refuse a confirmation of what cannot be."""
    if _OBJECT.fullmatch(act.object_id) is None:
        raise Invalid.field("object_id", "Give the id of what you act on.")
    if _VERSION.fullmatch(act.version) is None:
        raise Invalid.field("version", "Name the version that you act on: a digest, or a number.")
    if _CONTENT.fullmatch(act.content) is None:
        raise Invalid.field("content", "Give the digest of what is said, as you were asked to confirm it.")


def _fact(person_id: str, act: Act, means: Means) -> ConfirmationGiven:
    """Return the fact that the record keeps of a confirmation, which cannot be erased and so tells of no address."""
    version = "" if act.action in _OF_ADDRESSES else act.version
    return ConfirmationGiven(person_id, act.action.value, act.object_id, version, means.value)
