"""Passing a mandate on: an alternate, one level of delegation, and what the record keeps of either."""

from collections.abc import Collection, Mapping
from datetime import datetime

from service.domain.actors import Actor, Authority, Mandate, MandateNature, Scope
from service.domain.errors import FieldError, Invalid, MandateEnded, NotDelegable

REASON_LENGTH = 1_000
# More than anyone needs, and fewer than would make accounts by the dozen.
LENT_AT_MOST = 10

# The scope under which something is done, by the first word of its event.
_SCOPES: Mapping[str, tuple[Scope, ...]] = {
    "amendment": (Scope.AMEND, Scope.CONSOLIDATE),
    "position": (Scope.POSITION,),
    "comment": (Scope.COMMENT,),
    "evidence": (Scope.COMMENT,),
    "lesson": (Scope.COMMENT,),
}


def alternate(source: Mandate, *, mandate_id: str, person_id: str, now: datetime) -> Mandate:
    """Return the mandate of a second person, who may do the same as the holder.

    Raises:
        NotDelegable: the source has ended, or is passed on itself.
        Invalid: nobody stands in for themselves.
    """
    _check(source, person_id, now)
    return Mandate(
        mandate_id,
        person_id,
        source.organisation_id,
        source.role,
        source.scopes,
        source.level,
        source.document,
        now,
        source.expires_at,
        MandateNature.ALTERNATE,
        source.id,
    )


def delegate(
    source: Mandate,
    *,
    mandate_id: str,
    person_id: str,
    scopes: Collection[Scope],
    held: Collection[Scope],
    expires_at: datetime,
    now: datetime,
) -> Mandate:
    """Return a mandate that lends some scopes of another until a date; `held` are those that the holder can use now.

    Raises:
        NotDelegable: the source has ended, or is passed on itself.
        Invalid: names each field: nobody lends to themselves, more than they hold, or for longer.
    """
    _check(source, person_id, now)
    errors = []
    if not scopes:
        errors.append(FieldError("scopes", "Choose at least one thing that the other person may do."))
    if beyond := [scope for scope in scopes if scope not in source.scopes or scope not in held]:
        errors.append(
            FieldError("scopes", "Your mandate does not include “%(scope)s”.", {"scope": beyond[0]})
        )
    if expires_at <= now:
        errors.append(FieldError("expires_at", "The mandate would have ended already."))
    elif source.expires_at is not None and expires_at > source.expires_at:
        errors.append(FieldError("expires_at", "Your own mandate ends earlier. Choose a day before that."))
    if errors:
        raise Invalid(errors=errors)
    return Mandate(
        mandate_id,
        person_id,
        source.organisation_id,
        source.role,
        tuple(scope for scope in source.scopes if scope in scopes),
        source.level,
        source.document,
        now,
        expires_at,
        MandateNature.DELEGATED,
        source.id,
    )


def _check(source: Mandate, person_id: str, now: datetime) -> None:
    if source.nature is not MandateNature.OWN or not source.in_force(now):
        raise NotDelegable
    if person_id == source.person_id:
        raise Invalid.field("email", "This is the holder's own address. Name another person.")


def revoke(mandate: Mandate, *, by: str | None, reason: str, now: datetime) -> None:
    """End a mandate before its time; what comes from it ends with it.

    Raises:
        MandateEnded: there is nothing left to end.
        Invalid: no reason is given, or a very long one.
    """
    if not mandate.in_force(now):
        raise MandateEnded
    if not reason:
        raise Invalid.field("reason", "Say why: the holder will ask.")
    if len(reason) > REASON_LENGTH:
        raise Invalid.field("reason", "Please keep this under %(limit)s characters.", limit=REASON_LENGTH)
    mandate.revoked_at, mandate.revoked_by, mandate.revocation = now, by, reason


def used(actor: Actor, organisation_id: str | None, event: str) -> Authority | None:
    """Return the authority under which a person acts for an organisation: their own before one passed on to them."""
    held = [a for a in actor.authorities if a.organisation_id == organisation_id]
    scopes = _SCOPES.get(event.partition(".")[0], ())
    fitting = [a for a in held if any(scope in actor.effective(a) for scope in scopes)] or held
    return min(fitting, key=lambda a: a.nature is not MandateNature.OWN, default=None)


def passed_on(actor: Actor, organisation_id: str | None, event: str) -> dict[str, object]:
    """Return what the record keeps where somebody acts under a mandate that was passed on to them; else nothing."""
    authority = used(actor, organisation_id, event)
    if authority is None or authority.source_id is None:
        return {}
    return {
        "mandate": {
            "id": authority.mandate_id,
            "nature": authority.nature.value,
            "source_id": authority.source_id,
        }
    }
