"""Taking checkpoints of the record: signed in the transaction whose entries they cover last."""

from service.domain.checkpoints import Checkpoint, Occasion
from service.domain.merkle import Frontier
from service.domain.views.people import Party
from service.store import checkpoints
from service.store.queries.people import list_parties
from service.store.uow import UnitOfWork
from service.workflows.context import Context


def take(ctx: Context, work: UnitOfWork, agenda_id: str, occasion: Occasion) -> None:
    """Let an agenda's record be signed as it is when this transaction has written what happens in it."""

    def sign(tree: Frontier) -> None:
        origin = f"{ctx.notary.key.name}/{agenda_id}"
        note = ctx.notary.sign(Checkpoint(origin, tree.size, tree.root.hex(), work.now))
        checkpoints.keep(work.connection, note, occasion)

    work.witness(agenda_id, sign)


def parties(work: UnitOfWork, agenda_id: str) -> tuple[Party, ...]:
    """Return everyone who acts for an organisation of the round, to be sent its checkpoints."""
    return list_parties(work.connection, agenda_id, work.now)
