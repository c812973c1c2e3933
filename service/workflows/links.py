"""Use cases around mailed links: each opens one door once, for the person whom it was mailed to."""

from service.domain.access import (
    SIGN_INS_FROM_ADDRESS,
    SIGN_INS_OF_ACCOUNT,
    Door,
    Limit,
    LinkPurpose,
    network,
)
from service.domain.actors import Person
from service.domain.errors import Invalid, LinkOver
from service.domain.events import LinkUsed
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.views.access import LinkView
from service.store import allowances, links
from service.store.uow import UnitOfWork
from service.workflows import limits, sessions
from service.workflows.context import Context
from service.workflows.invitations import accept_invitation
from service.workflows.people import EMAIL, EMAIL_LENGTH
from service.workflows.secret_digests import digest_of

DOORS = {LinkPurpose.SIGN_IN: Door.LINK, LinkPurpose.INVITATION: Door.INVITATION}


def make_link(
    work: UnitOfWork, ctx: Context, purpose: LinkPurpose, person_id: str, confirmation_id: str | None = None
) -> str:
    """Make a link in the caller's transaction; returns its secret, which is kept nowhere."""
    secret = ctx.new_secret()
    links.keep(
        work.connection, digest_of(secret), purpose, person_id, work.now, confirmation_id=confirmation_id
    )
    return secret


def sign_in_link(ctx: Context, email: str) -> str:
    """Whoever runs the service makes a link for the person with this address; returns its secret."""
    with ctx.transaction() as work:
        require(work.actor, Permission.LINK_MAKE, Subject())
        person = work.persons.find(email=_plain(email))
        if person is None:
            raise Invalid.field("email", "Nobody has an account with this address.")
        return make_link(work, ctx, LinkPurpose.SIGN_IN, person.id)


def ask(ctx: Context, email: str, address: str) -> None:
    """Somebody asks for a link by mail. What they are told does not depend on whether the address is known.

    Args:
        ctx: the stranger's context.
        email: the address that was typed.
        address: the network address that the request comes from.

    Raises:
        Invalid: that is no address.
        TooManyRequests: too many were asked for, for this address or from this network.
    """
    email = _plain(email)
    if len(email) > EMAIL_LENGTH or EMAIL.fullmatch(email) is None:
        raise Invalid.field("email", "Write one address, such as name@city.example.")
    knock(ctx, email, address)
    with ctx.transaction() as work:
        require(work.actor, Permission.LINK_ASK, Subject())
        person = work.persons.find(email=email)
        if person is not None and ctx.doors.post_link is not None:
            mail_link(ctx, work, person, LinkPurpose.SIGN_IN)
        else:
            # As much is written as a mail would take, so that the time it takes tells nothing either.
            for row in ("mail", "job"):
                allowances.spend(work.connection, _NOTHING, digest_of(row), work.now)


def mail_link(
    ctx: Context, work: UnitOfWork, person: Person, purpose: LinkPurpose, confirmation_id: str | None = None
) -> None:
    """Have a link mailed to a person; it is made when the mail is sent, so that no secret rests anywhere."""
    if ctx.doors.post_link is not None:
        ctx.doors.post_link(ctx, work, person, purpose, confirmation_id)


def show(ctx: Context, secret: str) -> LinkView:
    """Tell what a link will do; nothing is used up by looking, because programs that read mail follow links.

    Raises:
        LinkOver: it cannot be used (any more).
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = links.find(reader.connection, digest_of(secret), reader.now)
    if view is None:
        raise LinkOver
    return view


def come_in(ctx: Context, secret: str, browser: str) -> str:
    """Whoever holds a link signs in with it, once; returns the secret of the session.

    Raises:
        LinkOver: it cannot be used (any more).
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.LINK_USE, Subject())
        used = links.use(work.connection, digest_of(secret), tuple(DOORS), work.now)
        if used is None:
            raise LinkOver
        person_id, purpose = used
        if purpose is LinkPurpose.INVITATION and not accept_invitation(work, person_id):
            # It was taken back, or its time is over.
            raise LinkOver
        work.record(LinkUsed(person_id, purpose.value))
        return sessions.begin(ctx, work, person_id, DOORS[purpose], browser)


def knock(ctx: Context, account: str, address: str) -> None:
    """Count an attempt to come in, for the account and for the network that it comes from.

    Raises:
        TooManyRequests: there were too many.
    """
    limits.spend(ctx, (SIGN_INS_FROM_ADDRESS, network(address)), (SIGN_INS_OF_ACCOUNT, account))


_NOTHING = Limit("nothing", 2**30, SIGN_INS_FROM_ADDRESS.within)


def _plain(email: str) -> str:
    return email.strip().lower()
