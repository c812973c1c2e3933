"""What a page asks before it shows a form: may this reader do it at all?"""

from service.domain.permissions import Permission, require
from service.workflows.reading import Abilities


def must(abilities: Abilities, permission: Permission) -> None:
    """Refuse a page for something that the reader may do for none of their organisations.

    Raises:
        Refusal: of the rule that does not hold; who is not signed in is asked to.
    """
    if not abilities.may(permission):
        require(abilities.actor, permission, abilities.subject)
