"""People who act before a browser."""

from service.workflows import access, links
from service.workflows.context import Context
from tests.worlds import Member, World


def by_session(world: World, member: Member) -> Context:
    """Return the context in which a member acts before a browser."""
    secret = links.come_in(world.house.stranger, links.sign_in_link(world.house.operator, member.email), "")
    return world.house.context(access.identify_session(world.house.stranger, secret))
