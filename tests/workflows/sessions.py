"""People who act before a browser."""

from service.domain.access import Means
from service.domain.permissions import Act
from service.workflows import access, confirmations, links
from service.workflows.context import Context
from tests.worlds import Member, World


def by_session(world: World, member: Member) -> Context:
    """Return the context in which a member acts before a browser."""
    secret = links.come_in(world.house.stranger, links.sign_in_link(world.house.operator, member.email), "")
    return world.house.context(access.identify_session(world.house.stranger, secret))


def confirmed(ctx: Context, act: Act) -> None:
    """Let the session's person confirm an act, by whatever means."""
    with ctx.transaction() as work:
        confirmations.given(ctx, work, act, Means.LINK)
