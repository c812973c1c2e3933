"""Many who act at once: each is granted what they ask for. Pairs of whom one must lose are in `tests/reliability`."""

from service.domain.views.amendments import AmendmentFilter
from service.workflows import amendments, reading
from service.workflows.amendments import EditDraft
from service.workflows.context import Context
from tests.builders import a_world, an_amendment, an_edition, approve, endorsed, tabling
from tests.houses import House
from tests.workflows.races import race


def test_numbers_are_given_once_however_many_table_at_once(house: House) -> None:
    world = a_world(house)
    commands = [(world.acting(city), tabling(world, by=city)) for city in world.cities]
    for _ in range(5):
        told = race(*[lambda c=ctx, m=command: amendments.table(c, m) for ctx, command in commands])
        assert told == ["done"] * len(commands)
    every = reading.amendments(house.stranger, AmendmentFilter(agenda_id=world.agenda), 100).items
    assert sorted(a.number or 0 for a in every) == list(range(1, 21))


def test_drafts_that_are_finished_and_sent_at_once_are_all_tabled(house: House) -> None:
    world = a_world(house)

    def send(ctx: Context, edit: EditDraft) -> None:
        with ctx.transaction():
            amendments.edit_draft(ctx, edit)
            amendments.table_draft(ctx, edit.amendment_id)

    for number in range(5):
        blocks = world.reworded(ask=f"Ask number {number} of the cities.")
        drafts = [
            (
                world.acting(city),
                EditDraft(an_amendment(world, by=city, draft=True), blocks, "Because.", "en"),
            )
            for city in world.cities
        ]
        told = race(*[lambda c=ctx, e=edit: send(c, e) for ctx, edit in drafts])
        assert told == ["done"] * len(drafts)


def test_two_workers_publish_an_edition_once(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world)
    approve(world, edition)
    assert race(house.work, house.work) == ["done", "done"]
    states = [e.data.get("state") for e in house.record(world.agenda) if e.subject_id == edition]
    assert states.count("released") == 1
