from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from service.domain.actors import ANONYMOUS, OPERATOR, Actor, Role, Scope
from service.domain.errors import (
    ConfirmationNeeded,
    DeadlinePassed,
    Denied,
    ForeignOrganisation,
    FourEyes,
    NotNamedToSign,
    PhaseClosed,
    Refusal,
    SignInNeeded,
)
from service.domain.permissions import (
    FRESHLY_CONFIRMED,
    POLICY,
    Permission,
    Sight,
    Subject,
    allows,
    require,
    visible_to,
)
from service.domain.phases import Phase
from tests.domain.actors import FOREIGN, NOW, OWN, someone, subject
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden" / "permissions.txt"
WHO: dict[str, Actor] = {
    "anonymous": ANONYMOUS,
    "no mandate": someone(),
    **{role.value: someone(role) for role in Role},
    "operator": OPERATOR,
}
LEGEND = """Who may do what, in each phase.

any   for whatever organisation        own   for their own organisation or mandate alone        -   never
A star means: not after the phase's deadline.
"""


def cell(actor: Actor, permission: Permission, phase: Phase) -> str:
    """Say for whom the actor may do it in this phase, before and after the deadline."""

    def granted(*, late: bool) -> str:
        closes_at = NOW if late else NOW + timedelta(seconds=1)
        own, foreign = (
            allows(actor, permission, replace(subject(phase, organisation=o, closes_at=closes_at), holders=h))
            for o, h in ((OWN, frozenset({"ada"})), (FOREIGN, frozenset({"bea"})))
        )
        assert own or not foreign
        return "any" if foreign else "own" if own else "-"

    in_time, late = granted(late=False), granted(late=True)
    assert late in {in_time, "-"}
    return in_time if late == in_time else f"{in_time}*"


def described() -> Iterator[str]:
    yield LEGEND
    yield f"{'':<18}" + "".join(f"{phase.value:<15}" for phase in Phase).rstrip()
    for permission in Permission:
        yield ""
        yield permission.value
        for name, actor in WHO.items():
            cells = [cell(actor, permission, phase) for phase in Phase]
            if set(cells) != {"-"}:
                yield f"  {name:<16}" + "".join(f"{c:<15}" for c in cells).rstrip()


def test_who_may_do_what_in_which_phase_is_what_the_table_says() -> None:
    assert_golden(GOLDEN, "\n".join(described()) + "\n")


def test_the_policy_speaks_of_every_permission() -> None:
    assert set(POLICY) == set(Permission)
    assert all(rows and all(rows) for rows in POLICY.values())


def test_demo_sign_in_is_for_anyone_where_the_demonstration_is_on() -> None:
    assert allows(ANONYMOUS, Permission.SESSION_OPEN_IN_DEMO, Subject(demo=True))
    assert not allows(OPERATOR, Permission.SESSION_OPEN_IN_DEMO, Subject())


def refusal(actor: Actor, permission: Permission, what: Subject) -> Refusal:
    assert not allows(actor, permission, what)
    with pytest.raises(Refusal) as refused:
        require(actor, permission, what)
    return refused.value


def test_require_is_silent_where_allows_says_yes() -> None:
    what = subject(Phase.AMENDING, organisation=OWN)
    assert allows(someone(Role.REPRESENTATIVE), Permission.AMENDMENT_TABLE, what)
    require(someone(Role.REPRESENTATIVE), Permission.AMENDMENT_TABLE, what)


@pytest.mark.parametrize(
    ("actor", "what", "expected"),
    [
        (ANONYMOUS, subject(Phase.AMENDING, organisation=OWN), SignInNeeded),
        (someone(), subject(Phase.AMENDING, organisation=OWN), ForeignOrganisation),
        (someone(Role.OBSERVER), subject(Phase.AMENDING, organisation=OWN), ForeignOrganisation),
        (someone(Role.REPRESENTATIVE), subject(Phase.AMENDING, organisation=FOREIGN), ForeignOrganisation),
        (someone(Role.REPRESENTATIVE), subject(Phase.AMENDING), ForeignOrganisation),
        (someone(Role.REPRESENTATIVE), subject(Phase.ENDORSEMENT, organisation=OWN), PhaseClosed),
        (someone(Role.REPRESENTATIVE), subject(None, organisation=OWN), PhaseClosed),
        (
            someone(Role.REPRESENTATIVE),
            subject(Phase.AMENDING, organisation=OWN, closes_at=NOW),
            DeadlinePassed,
        ),
    ],
)
def test_the_rule_that_fails_says_why(actor: Actor, what: Subject, expected: type[Refusal]) -> None:
    assert type(refusal(actor, Permission.AMENDMENT_TABLE, what)) is expected


def test_a_closed_phase_tells_what_is_open() -> None:
    what = subject(Phase.FOLLOW_UP, organisation=OWN)
    told = refusal(someone(Role.REPRESENTATIVE), Permission.AMENDMENT_TABLE, what)
    assert told.message == (
        "This is not open now: the agenda is in its follow up phase, which allows: publish."
    )


def test_a_deadline_is_told_to_the_minute() -> None:
    what = subject(Phase.AMENDING, organisation=OWN, closes_at=NOW)
    told = refusal(someone(Role.REPRESENTATIVE), Permission.AMENDMENT_TABLE, what)
    assert told.values == {"closed_at": "2026-01-05 09:00"}


def test_a_mandate_without_the_scope_is_denied_by_name() -> None:
    told = refusal(someone(Role.REPRESENTATIVE), Permission.AGENDA_CREATE, Subject())
    assert (type(told), told.values) == (Denied, {"permission": "agenda.create"})


def test_the_row_that_came_furthest_gives_the_reason() -> None:
    # The representative fails the rapporteur's row at once, and the organisation's row at the phase alone.
    what = subject(Phase.ENDORSEMENT, organisation=OWN)
    assert type(refusal(someone(Role.REPRESENTATIVE), Permission.COMMENT_RESOLVE, what)) is PhaseClosed


def test_what_needs_four_eyes_is_refused_to_whoever_assembled_it() -> None:
    what = replace(subject(Phase.PUBLICATION), assembled_by="ada")
    assert type(refusal(someone(Role.SIGNATORY), Permission.EDITION_APPROVE, what)) is FourEyes
    require(someone(Role.SIGNATORY, person="bea"), Permission.EDITION_APPROVE, what)


def test_who_was_not_named_to_sign_an_edition_is_told_so() -> None:
    what = replace(subject(Phase.PUBLICATION), assembled_by="ada", signatories=frozenset({"cem"}))
    for permission in (Permission.EDITION_APPROVE, Permission.EDITION_DECLINE):
        assert type(refusal(someone(Role.SIGNATORY, person="bea"), permission, what)) is NotNamedToSign
        require(someone(Role.SIGNATORY, person="cem"), permission, what)


def test_a_token_without_scopes_may_do_nothing() -> None:
    actor = someone(*Role, token=frozenset())
    cells = product(Permission, Phase)
    assert [cell for cell in cells if allows(actor, cell[0], subject(cell[1], organisation=OWN))] == []


@pytest.mark.parametrize("role", Role)
def test_drafts_are_seen_by_those_who_draft_and_by_their_own_organisation(role: Role) -> None:
    everything = role in {Role.RAPPORTEUR, Role.FACILITY}
    assert visible_to(someone(role)) == Sight(everything, frozenset({OWN}))


def test_strangers_see_what_is_public() -> None:
    assert visible_to(ANONYMOUS) == Sight(everything=False, organisation_ids=frozenset())


def test_a_token_narrows_what_is_seen_too() -> None:
    assert not visible_to(someone(Role.RAPPORTEUR, token=frozenset({Scope.COMMENT}))).everything


@pytest.mark.parametrize(
    ("permission", "role", "phase"),
    [
        (Permission.POSITION_TAKE, Role.REPRESENTATIVE, Phase.ENDORSEMENT),
        (Permission.POSITION_WITHDRAW, Role.REPRESENTATIVE, Phase.ENDORSEMENT),
        (Permission.EDITION_ASSEMBLE, Role.FACILITY, Phase.PUBLICATION),
        (Permission.EDITION_WITHDRAW, Role.FACILITY, Phase.PUBLICATION),
        (Permission.EDITION_APPROVE, Role.SIGNATORY, Phase.PUBLICATION),
    ],
)
def test_what_binds_is_confirmed_by_whoever_acts_before_a_browser(
    permission: Permission, role: Role, phase: Phase
) -> None:
    what = subject(phase, organisation=OWN)
    actor = replace(someone(role), session_id="session")
    assert type(refusal(actor, permission, what)) is ConfirmationNeeded
    require(actor, permission, replace(what, confirmed=True))
    # That the phase is closed is told before anybody is asked to confirm.
    assert type(refusal(actor, permission, replace(what, phase=Phase.COMMENTING))) is PhaseClosed
    require(someone(role), permission, what)


def test_acts_that_need_a_confirmation_are_those_that_bind() -> None:
    assert {p for p, rows in POLICY.items() if any(FRESHLY_CONFIRMED in row for row in rows)} == {
        Permission.POSITION_TAKE,
        Permission.POSITION_TAKE_ON_PAPER,
        Permission.EDITION_ASSEMBLE,
        Permission.EDITION_APPROVE,
        Permission.EDITION_TAKE_OFF,
        Permission.TOKEN_ISSUE_BINDING,
        Permission.CODES_CHANGE,
        Permission.MANDATE_NAME_ALTERNATE,
        Permission.MANDATE_DELEGATE,
        Permission.ACCOUNT_LINK,
        Permission.POSITION_WITHDRAW,
        Permission.EDITION_WITHDRAW,
    }
