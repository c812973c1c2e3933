"""Use cases around invitations: asking persons to come in, once more, no more, and noting that they came."""

from collections.abc import Iterable

from service.domain.errors import Unknown
from service.domain.invitations import LASTS, Invitation, InvitationState
from service.domain.people_events import InvitationAccepted, InvitationWithdrawn, PersonInvited
from service.domain.permissions import Permission, Subject, require
from service.store.queries import participants
from service.store.uow import UnitOfWork
from service.workflows import reading
from service.workflows.context import Context


def invite(ctx: Context, person_id: str) -> str:
    """The facility invites a person, or once more; returns the person's id."""
    with ctx.transaction() as work:
        require(work.actor, Permission.PARTICIPANT_INVITE, Subject())
        _invite(ctx, work, (work.persons.get(person_id).id,))
        return person_id


def invite_all(ctx: Context, agenda_id: str) -> int:
    """The facility invites everyone of an agenda who was not invited yet; returns how many."""
    with ctx.transaction() as work:
        require(work.actor, Permission.PARTICIPANT_INVITE, Subject())
        reading.agenda(ctx, agenda_id)
        wanted = participants.uninvited(work.connection, agenda_id, work.now)
        _invite(ctx, work, wanted)
        return len(wanted)


def withdraw(ctx: Context, person_id: str) -> None:
    """The facility takes an invitation back; its link opens nothing any more."""
    with ctx.transaction() as work:
        require(work.actor, Permission.PARTICIPANT_INVITE, Subject())
        invitation = work.invitations.find(person_id=person_id)
        if invitation is None:
            raise Unknown(thing="invitation")
        invitation.withdraw()
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


def _invite(ctx: Context, work: UnitOfWork, person_ids: Iterable[str]) -> None:
    wanted = tuple(person_ids)
    known = {one.person_id: one for one in work.invitations.all(person_id=frozenset(wanted), lock=True)}
    new = []
    for person_id in wanted:
        invitation = known.get(person_id)
        if invitation is None:
            by = work.actor.person_id
            invitation = Invitation(ctx.new_id(), person_id, by, work.now, work.now + LASTS)
            new.append(invitation)
        else:
            invitation.send_again(work.actor.person_id, work.now)
        _post(invitation)
        work.record(PersonInvited(person_id, invitation.id, invitation.times_sent))
    work.invitations.add_all(new)


def _post(invitation: Invitation) -> None:
    """Hand the invitation's mail to the outbox: the one place from which invitations are mailed."""
    del invitation
