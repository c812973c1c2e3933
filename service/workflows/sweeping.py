"""Use case of tidying: what is over is forgotten."""

from service.domain.permissions import Permission, Subject, require
from service.store import sweeping
from service.workflows.context import Context


def sweep(ctx: Context) -> int:
    """Whoever runs the service has expired sessions, links, counters and old keys forgotten; returns how many."""
    with ctx.transaction() as work:
        require(work.actor, Permission.BOOKS_SWEEP, Subject())
        return sweeping.sweep(work.connection, work.now)
