from datetime import UTC, datetime

from service.domain.tasks import Task, TaskKind, pressing
from service.domain.views.activity import AskRef
from service.domain.views.people import OrganisationRef

SOON, LATER = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)


def a_task(kind: TaskKind, number: int = 1, closes_at: datetime | None = None) -> Task:
    return Task(
        kind, f"{number}", "1", AskRef("1", number, "Ask"), OrganisationRef("1", "Amara"), None, closes_at
    )


def test_what_closes_first_presses_most_then_what_hangs_on_it_then_the_order_of_the_document() -> None:
    told = [
        a_task(TaskKind.READ_ANSWER, 6),
        a_task(TaskKind.TAKE_POSITION, 2, LATER),
        a_task(TaskKind.TAKE_POSITION, 1, LATER),
        a_task(TaskKind.CONFIRM_POSITION, 3, LATER),
        a_task(TaskKind.SEND_DRAFT, 4, SOON),
        a_task(TaskKind.CARRY_OVER, 5),
        Task(TaskKind.SIGN_EDITION, "7", "1", None, OrganisationRef("1", "Amara"), edition=1),
    ]
    found = [(task.kind, task.recommendation and task.recommendation.number) for task in pressing(told)]
    assert found == [
        (TaskKind.SEND_DRAFT, 4),
        (TaskKind.CONFIRM_POSITION, 3),
        (TaskKind.TAKE_POSITION, 1),
        (TaskKind.TAKE_POSITION, 2),
        (TaskKind.SIGN_EDITION, None),
        (TaskKind.CARRY_OVER, 5),
        (TaskKind.READ_ANSWER, 6),
    ]


def test_what_is_asked_for_two_reasons_is_asked_once() -> None:
    told = [
        a_task(TaskKind.ANSWER_MENTION),
        a_task(TaskKind.ANSWER_QUESTION),
        a_task(TaskKind.ANSWER_QUESTION, 2),
    ]
    assert [(task.kind, task.subject_id) for task in pressing(told)] == [
        (TaskKind.ANSWER_QUESTION, "1"),
        (TaskKind.ANSWER_QUESTION, "2"),
    ]
