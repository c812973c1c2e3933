from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from service.domain.actors import Actor, Authority, Mandate, MandateLevel, MandateNature, Role, Scope
from service.domain.errors import Invalid, MandateEnded, NotDelegable
from service.domain.mandates import REASON_LENGTH, alternate, delegate, passed_on, revoke, used
from tests.domain.actors import FOREIGN, NOW, OWN

TOMORROW = NOW + timedelta(days=1)
CITY = (Scope.COMMENT, Scope.AMEND, Scope.POSITION)


def a_mandate(**other: Any) -> Mandate:  # noqa: ANN401 - any field of a mandate
    given: dict[str, Any] = {
        "id": "source",
        "person_id": "ada",
        "organisation_id": OWN,
        "role": Role.REPRESENTATIVE,
        "scopes": CITY,
        "level": MandateLevel.POLITICAL,
        "document": "Letter",
        "valid_from": NOW,
    }
    return Mandate(**given | other)


def lent(source: Mandate, **other: Any) -> Mandate:  # noqa: ANN401 - any argument of a delegation
    given: dict[str, Any] = {
        "mandate_id": "lent",
        "person_id": "bea",
        "scopes": (Scope.AMEND, Scope.COMMENT),
        "held": frozenset(CITY),
        "expires_at": TOMORROW,
        "now": NOW,
    }
    return delegate(source, **given | other)


def named(source: Mandate, person: str = "bea") -> Mandate:
    return alternate(source, mandate_id="second", person_id=person, now=NOW)


def fields(run: Callable[[], object]) -> list[str]:
    with pytest.raises(Invalid) as refused:
        run()
    return [error.field for error in refused.value.errors]


def test_an_alternate_may_do_what_the_holder_may_for_as_long() -> None:
    made = named(a_mandate(expires_at=TOMORROW))
    assert (
        made.person_id,
        made.organisation_id,
        made.scopes,
        made.expires_at,
        made.nature,
        made.source_id,
    ) == (
        "bea",
        OWN,
        CITY,
        TOMORROW,
        MandateNature.ALTERNATE,
        "source",
    )


def test_a_delegation_lends_some_scopes_until_a_date_in_the_order_of_the_source() -> None:
    made = lent(a_mandate())
    assert (made.scopes, made.expires_at, made.nature, made.source_id) == (
        (Scope.COMMENT, Scope.AMEND),
        TOMORROW,
        MandateNature.DELEGATED,
        "source",
    )


@pytest.mark.parametrize(
    "source",
    [
        a_mandate(nature=MandateNature.DELEGATED, source_id="first"),
        a_mandate(nature=MandateNature.ALTERNATE, source_id="first"),
        a_mandate(expires_at=NOW),
        a_mandate(valid_from=TOMORROW),
        a_mandate(revoked_at=NOW),
    ],
)
def test_what_was_passed_on_or_is_not_in_force_is_not_passed_on(source: Mandate) -> None:
    with pytest.raises(NotDelegable):
        lent(source)
    with pytest.raises(NotDelegable):
        named(source)


def test_a_delegation_is_refused_by_field() -> None:
    source = a_mandate(expires_at=TOMORROW)
    assert fields(lambda: lent(source, person_id="ada")) == ["email"]
    assert fields(lambda: named(source, "ada")) == ["email"]
    assert fields(lambda: lent(source, scopes=(), expires_at=NOW)) == ["scopes", "expires_at"]
    assert fields(lambda: lent(source, scopes=(Scope.APPROVE,))) == ["scopes"]
    # A token that was not given for positions lends none.
    assert fields(lambda: lent(source, scopes=(Scope.POSITION,), held=frozenset({Scope.COMMENT}))) == [
        "scopes"
    ]
    assert fields(lambda: lent(source, expires_at=TOMORROW + timedelta(seconds=1))) == ["expires_at"]


def test_a_mandate_is_revoked_once_with_a_reason() -> None:
    mandate = a_mandate()
    assert fields(lambda: revoke(mandate, by="eva", reason="", now=NOW)) == ["reason"]
    assert fields(lambda: revoke(mandate, by="eva", reason="x" * (REASON_LENGTH + 1), now=NOW)) == ["reason"]
    revoke(mandate, by="eva", reason="Left the city.", now=NOW)
    assert (mandate.revoked_at, mandate.revoked_by, mandate.revocation) == (NOW, "eva", "Left the city.")
    with pytest.raises(MandateEnded):
        revoke(mandate, by="eva", reason="Again.", now=NOW)


def authority(
    mandate_id: str, *scopes: Scope, organisation: str = OWN, source: str | None = None
) -> Authority:
    nature = MandateNature.DELEGATED if source else MandateNature.OWN
    return Authority(mandate_id, organisation, "City", Role.REPRESENTATIVE, frozenset(scopes), nature, source)


def test_the_record_tells_which_lent_mandate_was_used() -> None:
    actor = Actor(
        "bea",
        "Bea",
        (
            authority("lent", Scope.POSITION, Scope.COMMENT, source="source"),
            authority("own", Scope.COMMENT),
            authority("elsewhere", Scope.POSITION, organisation=FOREIGN),
        ),
    )
    assert passed_on(actor, OWN, "position.taken") == {
        "mandate": {"id": "lent", "nature": "delegated", "source_id": "source"}
    }
    assert passed_on(actor, OWN, "comment.posted") == {}
    assert passed_on(actor, FOREIGN, "position.taken") == {}
    assert passed_on(actor, None, "position.taken") == {}


def test_without_a_fitting_scope_any_mandate_for_the_organisation_counts() -> None:
    actor = Actor("bea", "Bea", (authority("lent", Scope.COMMENT, source="source"),))
    found = used(actor, OWN, "mandate.delegated")
    assert found is not None
    assert found.mandate_id == "lent"
