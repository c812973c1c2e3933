"""Use cases around passkeys: adding one, signing in and confirming with it, removing it."""

import hashlib
from datetime import timedelta

from service.domain.access import SIGN_INS_FROM_ADDRESS, Door, Means, network
from service.domain.errors import PasskeyRefused, SignInNeeded, Unknown
from service.domain.events import PasskeyAdded, PasskeyRemoved
from service.domain.permissions import Act, Permission, Subject, require, visible_to
from service.domain.views.access import PasskeyView
from service.store import passkeys as store
from service.store.passkeys import Held
from service.store.uow import UnitOfWork
from service.workflows import limits, sessions
from service.workflows.confirmations import confirmed, given, renewed
from service.workflows.context import Context
from service.workflows.ports import PasskeyRules
from service.workflows.secret_digests import digest_of

LASTS = timedelta(minutes=5)
ADD, SIGN_IN, CONFIRM = "add", "sign_in", "confirm"
NAME_LENGTH = 60


def act_of(person_id: str) -> Act:
    """Return what has to be confirmed before one's passkeys change."""
    return Act(Permission.CODES_CHANGE, person_id, "passkey")


def act_of_removing(person_id: str, passkey_id: str) -> Act:
    """Return what has to be confirmed before a person's passkey is removed: exactly this one."""
    return Act(Permission.CODES_CHANGE, person_id, "passkey", digest_of(passkey_id))


def mine(ctx: Context) -> tuple[PasskeyView, ...]:
    """Return the reader's passkeys.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        if reader.actor.person_id is None:
            raise SignInNeeded
        return store.of_person(reader.connection, reader.actor.person_id)


def begin_adding(ctx: Context) -> str:
    """A person begins to add a passkey; returns what their browser needs, as JSON."""
    with ctx.transaction() as work:
        act = act_of(work.actor.person_id or "")
        require(work.actor, act.action, confirmed(work, act, Subject()))
        person = work.persons.get(act.object_id)
        return _rules(ctx).creation(
            handle=person.id,
            email=person.email,
            challenge=_challenge(ctx, work, ADD),
            known=store.credentials(work.connection, person.id),
        )


def add(ctx: Context, response: str, name: str) -> str:
    """A person's browser has made a passkey; returns its id.

    Raises:
        PasskeyRefused: it was not made here, or not for an open challenge of this session.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.CONFIRMATION_GIVE, Subject())
        _, challenge = _answered(ctx, work, response, ADD)
        passkey = _rules(ctx).registered(response, challenge)
        if store.find(work.connection, _digest(passkey.credential)) is not None:
            raise PasskeyRefused
        held = Held(ctx.new_id(), work.actor.person_id or "", passkey)
        store.keep(work.connection, held, _digest(passkey.credential), name[:NAME_LENGTH], work.now)
        work.record(PasskeyAdded(held.id, held.person_id))
        return held.id


def remove(ctx: Context, passkey_id: str) -> None:
    """A person removes a passkey of their own.

    Raises:
        Unknown: the person has no such passkey.
    """
    with ctx.transaction() as work:
        act = act_of_removing(work.actor.person_id or "", passkey_id)
        require(work.actor, act.action, confirmed(work, act, Subject()))
        if not store.forget(work.connection, act.object_id, passkey_id):
            raise Unknown(thing="passkey")
        work.record(PasskeyRemoved(passkey_id, act.object_id))


def begin(ctx: Context, address: str) -> str:
    """Somebody begins to show a passkey, to sign in or to confirm; returns what their browser needs, as JSON.

    Raises:
        TooManyRequests: too many attempts came from this network.
    """
    limits.spend(ctx, (SIGN_INS_FROM_ADDRESS, network(address)))
    with ctx.transaction() as work:
        require(work.actor, Permission.PASSKEY_USE, Subject())
        purpose = SIGN_IN if work.actor.session_id is None else CONFIRM
        return _rules(ctx).request(challenge=_challenge(ctx, work, purpose))


def come_in(ctx: Context, response: str, browser: str) -> str:
    """Whoever shows a passkey signs in; returns the secret of the session.

    Raises:
        PasskeyRefused: nobody has added it here, or it was not shown here, or not for an open challenge.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.PASSKEY_USE, Subject())
        held = _shown(ctx, work, response, SIGN_IN)
        return sessions.begin(ctx, work, held.person_id, Door.PASSKEY, browser)


def confirm(ctx: Context, act: Act, response: str) -> str:
    """A person confirms an act by a passkey of theirs; returns the session's new secret.

    Raises:
        PasskeyRefused: it is not theirs, or it was not shown here, or not for an open challenge of this session.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.CONFIRMATION_GIVE, Subject())
        held = _shown(ctx, work, response, CONFIRM)
        if held.person_id != work.actor.person_id:
            raise PasskeyRefused
        given(ctx, work, act, Means.PASSKEY)
        return renewed(ctx, work)


def _shown(ctx: Context, work: UnitOfWork, response: str, purpose: str) -> Held:
    credential, challenge = _answered(ctx, work, response, purpose)
    held = store.find(work.connection, _digest(credential))
    if held is None:
        raise PasskeyRefused
    store.count(work.connection, held.id, _rules(ctx).asserted(response, challenge, held.passkey))
    return held


def _challenge(ctx: Context, work: UnitOfWork, purpose: str) -> bytes:
    challenge = ctx.new_secret().encode()
    session_id = work.actor.session_id
    store.challenge(work.connection, _digest(challenge), purpose, session_id, work.now + LASTS)
    return challenge


def _answered(ctx: Context, work: UnitOfWork, response: str, purpose: str) -> tuple[bytes, bytes]:
    """Use up the challenge that an answer names; returns the passkey's own id, and the challenge."""
    credential, challenge = _rules(ctx).named(response)
    session_id = None if purpose == SIGN_IN else work.actor.session_id
    if not store.answer(work.connection, _digest(challenge), purpose, session_id, work.now):
        raise PasskeyRefused
    return credential, challenge


def _rules(ctx: Context) -> PasskeyRules:
    if ctx.doors.passkeys is None:
        raise Unknown(thing="door")
    return ctx.doors.passkeys


def _digest(value: bytes) -> str:
    return hashlib.sha256(value).hexdigest()
