"""What the facility does next for a person who takes part."""

from datetime import timedelta

import pytest

from service.domain.actors import MandateLevel, MandateNature, Role
from service.domain.views.participants import (
    ENDS_SOON,
    Invited,
    MandateDetail,
    NextStep,
    ParticipantView,
)
from service.domain.views.people import OrganisationRef
from tests.domain.actors import NOW


def a_person(invited: Invited, *mandates: MandateDetail) -> ParticipantView:
    return ParticipantView("p", "Ada", "ada@city.example", "en", invited, None, mandates)


def held(ends: timedelta | None = None, *, in_force: bool = True) -> MandateDetail:
    return MandateDetail(
        "m", OrganisationRef("o", "Amara"), "p", "Ada", "ada@city.example", Role.REPRESENTATIVE, (),
        MandateLevel.POLITICAL, "Letter", NOW, NOW + ends if ends is not None else None, MandateNature.OWN,
        None, None, None, None, "", in_force,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("invited", "step"),
    [
        (Invited.NOT_YET, NextStep.INVITE),
        (Invited.SENT, NextStep.AWAIT),
        (Invited.EXPIRED, NextStep.INVITE_AGAIN),
        (Invited.WITHDRAWN, NextStep.INVITE_AGAIN),
        (Invited.ACCEPTED, NextStep.NOTHING),
    ],
)
def test_the_next_step_follows_from_the_invitation(invited: Invited, step: NextStep) -> None:
    assert a_person(invited, held()).next_step(NOW) is step
    assert a_person(invited, held(in_force=False)).next_step(NOW) is NextStep.MANDATE_OVER


def test_a_mandate_that_ends_soon_is_told_unless_another_lasts() -> None:
    assert a_person(Invited.ACCEPTED, held(ENDS_SOON)).next_step(NOW) is NextStep.MANDATE_ENDS_SOON
    assert a_person(Invited.ACCEPTED, held(ENDS_SOON), held()).next_step(NOW) is NextStep.NOTHING
    assert a_person(Invited.ACCEPTED, held(ENDS_SOON * 2)).next_step(NOW) is NextStep.NOTHING
