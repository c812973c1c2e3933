"""Use cases around positions: an organisation endorses, or objects to, exactly one text."""

from dataclasses import dataclass

from service.domain import canonical, positions
from service.domain.checkpoints import Occasion
from service.domain.errors import IllegalMove, NotCounted, OtherText, PositionExists
from service.domain.events import PositionTaken, PositionWithdrawn
from service.domain.people_events import PositionEnteredOnPaper
from service.domain.permissions import Act, Permission, require, visible_to
from service.domain.positions import CURRENT, Position, PositionAction, PositionState, Reservation, Stance
from service.domain.recommendations import LIFECYCLE, RecommendationAction
from service.domain.text import normalise
from service.domain.tongues import written_in
from service.workflows import checkpoints, reading
from service.workflows.confirmations import confirmed
from service.workflows.context import Context
from service.workflows.recommendations import author, locked


@dataclass(frozen=True, slots=True)
class TakePosition:
    """What an organisation says of the version that it has read, named by its digest.

    `on_paper` names the letter by which the coordination facility learnt of it, and enters it for the organisation.
    Its words are in the agenda's language unless another is named.
    """

    recommendation_id: str
    organisation_id: str
    version_id: str
    digest: str
    stance: Stance
    reservation: Reservation | None = None
    statement: str = ""
    resolved_by: str = ""
    on_paper: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmPosition:
    """A position that holds for the changed text, too, which is named by its digest as it was read."""

    position_id: str
    version_id: str
    digest: str


def act_of(command: TakePosition) -> Act:
    """Return what has to be confirmed before a position is taken: this stance, these words, this organisation."""
    said = (
        command.organisation_id,
        command.stance,
        command.reservation,
        command.statement.strip(),
        command.resolved_by.strip(),
        command.on_paper.strip(),
    )
    permission = Permission.POSITION_TAKE_ON_PAPER if said[-1] else Permission.POSITION_TAKE
    return Act(permission, command.recommendation_id, command.digest, canonical.digest({"said": said}))


def act_of_confirming(ctx: Context, command: ConfirmPosition) -> Act:
    """Return what has to be confirmed before a position is said again of the changed text."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        said = reading.position(ctx, command.position_id)
        return act_of(
            TakePosition(
                said.recommendation_id,
                said.organisation.id,
                command.version_id,
                command.digest,
                said.stance,
                said.reservation,
                said.statement,
                said.resolved_by,
            )
        )


def take(ctx: Context, command: TakePosition) -> str:
    """An organisation takes a position; returns its id."""
    with ctx.transaction() as work:
        # The recommendation's lock makes two voices of one organisation wait for each other.
        recommendation, agenda = locked(work, command.recommendation_id)
        on_paper = positions.check_letter(normalise(command.on_paper, field="on_paper"))
        act = act_of(command)
        subject = confirmed(work, act, agenda.subject(work.now, command.organisation_id))
        require(work.actor, act.action, subject)
        organisation = work.organisations.get(command.organisation_id)
        if not work.memberships.takes_part(agenda.id, organisation.id):
            raise NotCounted(organisation=organisation.name)
        if not LIFECYCLE.allows(recommendation.state, RecommendationAction.ADOPT):
            possible = LIFECYCLE.actions(recommendation.state)
            raise IllegalMove(LIFECYCLE.name, recommendation.state, "take a position", possible)
        if command.version_id != recommendation.current_version_id:
            raise OtherText
        version = work.versions.get(command.version_id)
        positions.check_digest(version, command.digest)
        statement = normalise(command.statement, field="statement")
        resolved_by = normalise(command.resolved_by, field="resolved_by")
        positions.check(command.stance, command.reservation, statement, resolved_by)
        earlier = work.positions.find(
            recommendation_id=recommendation.id, organisation_id=organisation.id, state=CURRENT
        )
        if earlier is not None and earlier.state is PositionState.STANDING:
            raise PositionExists(
                organisation=organisation.name, stance=earlier.stance.value.replace("_", " ")
            )
        if earlier is not None:
            earlier.act(PositionAction.SUPERSEDE)
        position = Position(
            id=ctx.new_id(),
            recommendation_id=recommendation.id,
            organisation_id=organisation.id,
            person_id=author(work),
            version_id=version.id,
            digest=version.digest,
            stance=command.stance,
            reservation=command.reservation,
            statement=statement,
            resolved_by=resolved_by,
            taken_at=work.now,
            on_paper=on_paper,
            language=written_in(command.language, agenda.language) if statement or resolved_by else None,
        )
        work.positions.add(position)
        work.record(
            PositionTaken(
                position.id,
                recommendation.id,
                organisation.id,
                version.id,
                version.digest,
                position.stance.value,
                position.reservation.value if position.reservation is not None else None,
                position.statement,
                position.resolved_by,
            ),
            agenda_id=agenda.id,
            organisation_id=organisation.id,
        )
        checkpoints.take(ctx, work, agenda.id, Occasion.POSITION_TAKEN)
        if on_paper:
            entered = PositionEnteredOnPaper(position.id, organisation.id)
            work.record(entered, agenda_id=agenda.id, organisation_id=organisation.id)
        return position.id


def confirm(ctx: Context, command: ConfirmPosition) -> str:
    """An organisation says of the changed text what it said before; returns the id of its position on it."""
    with ctx.transaction() as work:
        known = work.positions.get(command.position_id)
        locked(work, known.recommendation_id)
        position = work.positions.lock(command.position_id)
        made = take(
            ctx,
            TakePosition(
                position.recommendation_id,
                position.organisation_id,
                command.version_id,
                command.digest,
                position.stance,
                position.reservation,
                position.statement,
                position.resolved_by,
                language=position.language or "",
            ),
        )
        if position.state is not PositionState.SUPERSEDED:
            # It was withdrawn meanwhile: what was taken back is not confirmed.
            possible = positions.LIFECYCLE.actions(position.state)
            raise IllegalMove(positions.LIFECYCLE.name, position.state, "confirm", possible)
        return made


def withdraw(ctx: Context, position_id: str) -> None:
    """An organisation withdraws its position, and may take another."""
    with ctx.transaction() as work:
        known = work.positions.get(position_id)
        recommendation, agenda = locked(work, known.recommendation_id)
        position = work.positions.lock(position_id)
        act = Act(Permission.POSITION_WITHDRAW, position.id, position.digest)
        subject = agenda.subject(work.now, position.organisation_id)
        require(work.actor, act.action, confirmed(work, act, subject))
        # Where positions are open once more for a corrected text, the others stay decided.
        if not LIFECYCLE.allows(recommendation.state, RecommendationAction.ADOPT):
            possible = LIFECYCLE.actions(recommendation.state)
            raise IllegalMove(LIFECYCLE.name, recommendation.state, "withdraw a position", possible)
        position.act(PositionAction.WITHDRAW)
        work.record(
            PositionWithdrawn(position.id, position.organisation_id),
            agenda_id=agenda.id,
            organisation_id=position.organisation_id,
        )
