"""What waits for a person: the things that their organisations are asked to do, the most pressing first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.views.activity import AskRef
from service.domain.views.people import OrganisationRef


class TaskKind(StrEnum):
    """What is asked of an organisation, in the order in which it presses."""

    SIGN_EDITION = "sign_edition"
    CONFIRM_POSITION = "confirm_position"
    TAKE_POSITION = "take_position"
    ANSWER_COMPROMISE = "answer_compromise"
    CARRY_OVER = "carry_over"
    SEND_DRAFT = "send_draft"
    ANSWER_QUESTION = "answer_question"
    ANSWER_MENTION = "answer_mention"
    READ_ANSWER = "read_answer"
    PLACE_COMMENT = "place_comment"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do.

    `subject_id` is what it is done to: a recommendation for a position to take, else the position, the amendment, the
    comment or the edition. `amendment` is the number of that amendment, if it has one, and `edition` of that edition,
    which is about no single recommendation. After `closes_at` it is too late.
    """

    kind: TaskKind
    subject_id: str
    agenda_id: str
    recommendation: AskRef | None
    organisation: OrganisationRef
    amendment: int | None = None
    closes_at: datetime | None = None
    edition: int | None = None


def pressing(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return tasks in the order in which they press: by deadline, then by kind, then as the document has them.

    What an organisation is asked to do with the same thing for two reasons is one task.
    """
    kinds = list(TaskKind)
    ordered = sorted(
        tasks,
        key=lambda task: (
            task.closes_at is None,
            task.closes_at.isoformat() if task.closes_at is not None else "",
            kinds.index(task.kind),
            task.recommendation.number if task.recommendation is not None else 0,
            task.subject_id,
            task.organisation.name,
        ),
    )
    once: dict[tuple[str, str], Task] = {}
    for task in ordered:
        once.setdefault((task.subject_id, task.organisation.id), task)
    return tuple(once.values())
