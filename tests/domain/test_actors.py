from service.domain.actors import ANONYMOUS, OPERATOR, ROLE_SCOPES, Role, Scope
from tests.domain.actors import FOREIGN, OWN, someone


def test_every_role_says_what_its_mandates_can_hold() -> None:
    assert set(ROLE_SCOPES) == set(Role)


def test_the_most_a_mandate_can_hold_is_what_the_capacity_needs() -> None:
    assert {role: sorted(scopes) for role, scopes in ROLE_SCOPES.items()} == {
        Role.REPRESENTATIVE: ["amend", "comment", "position"],
        Role.STAKEHOLDER: ["amend", "comment", "position"],
        Role.FACILITY: ["comment", "consolidate", "facilitate"],
        Role.RAPPORTEUR: ["comment", "consolidate"],
        Role.SIGNATORY: ["approve", "comment"],
        Role.OBSERVER: [],
    }


def test_a_mandate_holds_for_its_own_organisation_alone() -> None:
    actor = someone(Role.REPRESENTATIVE)
    assert actor.holds(Scope.AMEND)
    assert actor.holds_for(Scope.AMEND, OWN)
    assert not actor.holds_for(Scope.AMEND, FOREIGN)


def test_a_scope_held_for_another_organisation_does_not_help() -> None:
    actor = someone(Role.OBSERVER)
    assert not actor.holds(Scope.COMMENT)
    assert not actor.holds_for(Scope.COMMENT, OWN)


def test_a_token_narrows_what_its_person_can_do_and_never_widens_it() -> None:
    actor = someone(Role.REPRESENTATIVE, token=frozenset({Scope.COMMENT, Scope.APPROVE}))
    assert actor.effective(actor.authorities[0]) == {Scope.COMMENT}
    assert not actor.holds(Scope.AMEND)
    assert not actor.holds(Scope.APPROVE)


def test_a_token_without_scopes_can_do_nothing() -> None:
    assert not any(someone(*Role, token=frozenset()).holds(scope) for scope in Scope)


def test_an_actor_acts_for_every_organisation_of_their_mandates() -> None:
    assert someone(Role.REPRESENTATIVE, Role.OBSERVER).organisation_ids == {OWN}
    assert ANONYMOUS.organisation_ids == frozenset()


def test_only_the_operator_runs_the_service() -> None:
    assert OPERATOR.operator
    assert not ANONYMOUS.operator
    assert OPERATOR.person_id is None
