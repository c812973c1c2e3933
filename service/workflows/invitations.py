"""Use cases around invitations: asking persons to come in, once more, no more, and noting that they came."""

from collections.abc import Sequence

from service.domain.access import LinkPurpose
from service.domain.actors import Person
from service.domain.errors import PersonGone, Unknown
from service.domain.invitations import LASTS, Invitation, InvitationState
from service.domain.mails import Mail
from service.domain.people_events import InvitationAccepted, InvitationWithdrawn, PersonInvited
from service.domain.permissions import Permission, Subject, require
from service.store import links
from service.store.queries import participants
from service.store.uow import UnitOfWork
from service.workflows import mails, reading
from service.workflows.context import Context


def invite(ctx: Context, person_id: str) -> str:
    """The facility invites a person, or once more; returns the person's id.

    Raises:
        PersonGone: the person was erased.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.PARTICIPANT_INVITE, Subject())
        person = work.persons.lock(person_id, share=True)
        if person.erased:
            raise PersonGone
        _invite(ctx, work, (person,))
        return person_id


def invite_all(ctx: Context, agenda_id: str) -> int:
    """The facility invites everyone of an agenda who was not invited yet; returns how many."""
    with ctx.transaction() as work:
        require(work.actor, Permission.PARTICIPANT_INVITE, Subject())
        agenda = reading.agenda(ctx, agenda_id)
        wanted = participants.uninvited(work.connection, agenda_id, work.now)
        _invite(ctx, work, work.persons.all(id=frozenset(wanted)), agenda.title)
        return len(wanted)


def withdraw(ctx: Context, person_id: str) -> None:
    """The facility takes an invitation back; its link opens nothing any more."""
    with ctx.transaction() as work:
        require(work.actor, Permission.PARTICIPANT_INVITE, Subject())
        invitation = work.invitations.find(person_id=person_id)
        if invitation is None:
            raise Unknown(thing="invitation")
        invitation.withdraw()
        links.cancel(work.connection, person_id, LinkPurpose.INVITATION, work.now)
        work.record(InvitationWithdrawn(invitation.id, person_id))


def accept_invitation(work: UnitOfWork, person_id: str) -> bool:
    """Note that an invited person followed the link in time; returns whether there was anything to accept.

    Whoever consumes the link calls this in the same transaction, and lets nobody in where it returns False.
    """
    invitation = work.invitations.find(person_id=person_id)
    if (
        invitation is None
        or invitation.state is not InvitationState.SENT
        or invitation.expires_at <= work.now
    ):
        return False
    invitation.accept(work.now)
    work.record(InvitationAccepted(invitation.id, person_id))
    return True


def _invite(ctx: Context, work: UnitOfWork, persons: Sequence[Person], agenda: str = "") -> None:
    """Invite persons: the mail takes a link along that is made when it goes out, and works once."""
    ids = frozenset(person.id for person in persons)
    known = {one.person_id: one for one in work.invitations.all(person_id=ids, lock=True)}
    names = participants.organisations_of(work.connection, ids, work.now)
    new = []
    for person in persons:
        invitation = known.get(person.id)
        if invitation is None:
            by = work.actor.person_id
            invitation = Invitation(ctx.new_id(), person.id, by, work.now, work.now + LASTS)
            new.append(invitation)
        else:
            invitation.send_again(work.actor.person_id, work.now)
        work.record(PersonInvited(person.id, invitation.id, invitation.times_sent))
    work.invitations.add_all(new)
    mails.post_all(
        ctx,
        work,
        [
            Mail(
                "invitation",
                person.email,
                person.language,
                {"organisation": names.get(person.id, ""), "agenda": agenda},
                person.id,
                link=LinkPurpose.INVITATION,
            )
            for person in persons
        ],
    )
