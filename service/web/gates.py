"""What a page asks before it shows a form: may this reader do it at all?"""

from dataclasses import replace

from service.domain.errors import Denied, ForeignOrganisation
from service.domain.permissions import Permission, require
from service.workflows.reading import Abilities


def must(abilities: Abilities, permission: Permission) -> None:
    """Refuse a page for something that the reader may do for none of their organisations.

    Raises:
        Refusal: the most useful reason; that a phase is closed tells more than that a mandate is missing.
    """
    if abilities.may(permission):
        return
    for authority in abilities.actor.authorities:
        try:
            require(
                abilities.actor,
                permission,
                replace(abilities.subject, organisation_id=authority.organisation_id),
            )
        except (Denied, ForeignOrganisation):
            continue
    try:
        require(abilities.actor, permission, abilities.subject)
    except ForeignOrganisation:
        # Nobody has named an organisation yet, so none can be the wrong one.
        raise Denied(permission=permission.value) from None
