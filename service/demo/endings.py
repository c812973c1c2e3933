"""How a round of the demonstration ends: positions on the final text, and the edition that is published."""

from collections.abc import Iterator
from functools import partial

from service.demo.content import model
from service.demo.rounds import Round
from service.demo.stage import Act
from service.domain.positions import Reservation, Stance
from service.workflows import editions, jobs, library, positions

SIGNATORIES = ("signatory", "approver")


def endorsing(told: Round) -> Iterator[Act]:
    """Each city that has something to say takes its positions on all recommendations in one sitting."""
    said: dict[int, list[tuple[str, model.Position]]] = {}
    for plan in told.meeting.positions:
        endorsements = (model.Position(city, "endorsed") for city in plan.endorsed)
        for position in (*endorsements, *plan.others):
            said.setdefault(position.city, []).append((plan.recommendation, position))
    for city in sorted(said):
        yield partial(_take, told, f"city{city}", said[city])


def _take(told: Round, account: str, said: list[tuple[str, model.Position]]) -> None:
    with (ctx := told.stage.acting(account)).transaction():
        for recommendation, position in said:
            text = told.texts[recommendation]
            positions.take(
                ctx,
                positions.TakePosition(
                    told.recommendations[recommendation],
                    told.stage.voice(account),
                    text.version_id,
                    text.digest,
                    Stance(position.stance),
                    Reservation(position.reservation) if position.reservation is not None else None,
                    position.statement,
                    position.resolved_by,
                    language=position.language,
                ),
            )


def publishing_it(told: Round) -> Iterator[Act]:
    """The facility assembles the edition, its signatories sign it, and the paper is printed, sealed and signed."""
    yield partial(_assemble, told)
    for account in SIGNATORIES:
        yield partial(_sign, told, account)
    yield partial(_print_and_seal, told)


def _assemble(told: Round) -> None:
    signing = [told.stage.persons[account] for account in SIGNATORIES]
    editions.assemble(told.stage.acting("facility"), told.agenda_id, to_sign=signing)


def _sign(told: Round, account: str) -> None:
    ctx = told.stage.acting(account)
    (edition,) = library.editions(ctx, told.agenda_id).items
    editions.approve(ctx, editions.ApproveEdition(edition.id, edition.digest))


def _print_and_seal(told: Round) -> None:
    while jobs.work_once(told.stage.operator):
        pass
