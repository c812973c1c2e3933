from datetime import timedelta

import pytest

from service.domain.errors import IllegalMove
from service.domain.invitations import LASTS, Invitation, InvitationState
from service.domain.views.participants import InvitationView, Invited
from tests.domain.actors import NOW


def sent() -> Invitation:
    return Invitation("invitation", "ada", "eva", NOW, NOW + LASTS)


def test_an_invitation_is_sent_again_for_seven_more_days() -> None:
    invitation = sent()
    later = NOW + timedelta(days=3)
    invitation.send_again("bea", later)
    assert (invitation.invited_by, invitation.sent_at, invitation.expires_at, invitation.times_sent) == (
        "bea",
        later,
        later + timedelta(days=7),
        2,
    )


def test_whoever_has_come_is_not_invited_again() -> None:
    invitation = sent()
    invitation.accept(NOW)
    assert (invitation.state, invitation.accepted_at) == (InvitationState.ACCEPTED, NOW)
    with pytest.raises(IllegalMove):
        invitation.send_again("eva", NOW)


def test_a_withdrawn_invitation_is_not_accepted() -> None:
    invitation = sent()
    invitation.withdraw()
    with pytest.raises(IllegalMove):
        invitation.accept(NOW)


def test_a_link_that_nobody_followed_in_time_has_expired() -> None:
    view = InvitationView(InvitationState.SENT, NOW, NOW + LASTS, 1, None)
    assert (view.at(NOW), view.at(NOW + LASTS)) == (Invited.SENT, Invited.EXPIRED)
