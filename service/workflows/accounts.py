"""Use cases around accounts elsewhere: signing in with one, linking and unlinking one's own.

An account is known by its issuer and the issuer's own name for the person, never by an e-mail address: whoever can
give themselves an address elsewhere must not become the person who has it here.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from service.domain.access import SIGN_INS_FROM_ADDRESS, Door, network
from service.domain.errors import (
    AccountTaken,
    AccountUnknown,
    ProviderRefused,
    SignInNeeded,
    Unknown,
)
from service.domain.events import AccountLinked, AccountUnlinked
from service.domain.permissions import Act, Permission, Subject, require, visible_to
from service.domain.views.access import AccountView
from service.store import accounts
from service.workflows import limits, sessions
from service.workflows.confirmations import confirmed
from service.workflows.context import Context
from service.workflows.ports import Provider
from service.workflows.secret_digests import digest_of

ATTEMPT_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Begun:
    """Where a person signs in, and the secret by which their browser is known when it comes back."""

    address: str
    browser_secret: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser brings back from the provider."""

    state: str
    code: str
    issuer: str | None


def act_of_linking(person_id: str) -> Act:
    """Return what has to be confirmed before an account is linked."""
    return Act(Permission.ACCOUNT_LINK, person_id, "account")


def act_of_unlinking(person_id: str, account_id: str) -> Act:
    """Return what has to be confirmed before a person's account is unlinked: exactly this one."""
    return Act(Permission.ACCOUNT_LINK, person_id, "account", digest_of(account_id))


def begin(ctx: Context, address: str, *, linking: bool = False) -> Begun:
    """Somebody goes to the provider: to sign in, or, signed in already, to link their account there.

    Raises:
        SignInNeeded: only who is signed in by a session can link.
        TooManyRequests: too many attempts came from this network.
        ProviderSilent: the provider does not answer as it should.
        Unknown: there is no provider.
    """
    provider = _provider(ctx)
    limits.spend(ctx, (SIGN_INS_FROM_ADDRESS, network(address)))
    state, secret = ctx.new_secret(), ctx.new_secret()
    there = provider.address(
        state=state, nonce=_derived(secret, "nonce", state), verifier=_derived(secret, "verifier", state)
    )
    with ctx.transaction() as work:
        require(work.actor, Permission.ACCOUNT_USE, Subject())
        if linking:
            act = act_of_linking(work.actor.person_id or "")
            require(work.actor, act.action, confirmed(work, act, Subject()))
        session_id = work.actor.session_id if linking else None
        until = work.now + ATTEMPT_LASTS
        accounts.begin(work.connection, digest_of(state), digest_of(secret), session_id, until)
    return Begun(there, secret)


def finish(ctx: Context, answer: Answer, browser_secret: str, browser: str) -> str | None:
    """Somebody comes back from the provider; returns the secret of their session, or None when they linked.

    Raises:
        ProviderRefused: it is no answer to an attempt of this browser, or not to be believed.
        ProviderSilent: the provider does not answer as it should.
        AccountUnknown: nobody here has linked this account.
        AccountTaken: somebody else has.
    """
    provider = _provider(ctx)
    with ctx.transaction() as work:
        require(work.actor, Permission.ACCOUNT_USE, Subject())
        attempt = accounts.use(work.connection, digest_of(answer.state), digest_of(browser_secret), work.now)
        now = work.now
    # The attempt is used up by now, whatever comes of it: no answer is taken twice.
    if attempt is None:
        raise ProviderRefused
    subject = provider.subject(
        code=answer.code,
        verifier=_derived(browser_secret, "verifier", answer.state),
        nonce=_derived(browser_secret, "nonce", answer.state),
        issuer=answer.issuer,
        now=now,
    )
    if attempt[0] is not None:
        _link(ctx, provider.issuer, subject, attempt[0])
        return None
    with ctx.transaction() as work:
        require(work.actor, Permission.ACCOUNT_USE, Subject())
        person_id = accounts.person_of(work.connection, provider.issuer, subject)
        if person_id is None:
            raise AccountUnknown(name=provider.name)
        return sessions.begin(ctx, work, person_id, Door.PROVIDER, browser)


def mine(ctx: Context) -> tuple[AccountView, ...]:
    """Return the reader's accounts elsewhere.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        if reader.actor.person_id is None:
            raise SignInNeeded
        return accounts.of_person(reader.connection, reader.actor.person_id)


def unlink(ctx: Context, account_id: str) -> None:
    """A person unlinks an account of their own: nobody signs in with it any more.

    Raises:
        Unknown: the person has linked no such account.
    """
    with ctx.transaction() as work:
        act = act_of_unlinking(work.actor.person_id or "", account_id)
        require(work.actor, act.action, confirmed(work, act, Subject()))
        if not accounts.unlink(work.connection, act.object_id, account_id):
            raise Unknown(thing="account")
        work.record(AccountUnlinked(account_id, act.object_id))


def _link(ctx: Context, issuer: str, subject: str, session_id: str) -> None:
    with ctx.transaction() as work:
        # It was confirmed when the attempt began, in the session that it is checked to come back to.
        require(work.actor, Permission.ACCOUNT_LINK, Subject(confirmed=True))
        if work.actor.session_id != session_id:
            raise ProviderRefused
        person_id = work.actor.person_id or ""
        known = accounts.person_of(work.connection, issuer, subject)
        if known is not None and known != person_id:
            raise AccountTaken
        if known is None:
            account = AccountView(ctx.new_id(), issuer, work.now)
            accounts.link(work.connection, account, subject=subject, person_id=person_id)
            work.record(AccountLinked(account.id, person_id))


def _provider(ctx: Context) -> Provider:
    if ctx.doors.provider is None:
        raise Unknown(thing="door")
    return ctx.doors.provider


def _derived(secret: str, use: str, state: str) -> str:
    """Return a value that only the browser with the secret can bring again; what is kept of it tells nothing."""
    return hmac.new(secret.encode(), f"{use}:{state}".encode(), hashlib.sha256).hexdigest()
