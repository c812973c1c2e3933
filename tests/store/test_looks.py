from service.domain.views.recommendations import VersionRef
from service.store import looks
from tests.builders import a_world, an_amendment, consolidated, decided
from tests.houses import House


def test_what_a_person_saw_last_is_kept_for_each_person_and_text(house: House) -> None:
    world = a_world(house)
    first = world.summary.current_version
    decided(world, an_amendment(world))
    consolidated(world)
    second = world.summary.current_version
    amara, vilaro = world.cities[0].person, world.cities[1].person
    with house.stranger.transaction() as work:
        here = world.recommendation

        def seen(person: str) -> VersionRef | None:
            return looks.last_look(work.connection, person, here)

        assert seen(amara) is None
        looks.keep_look(work.connection, amara, here, first.id, work.now)
        assert (seen(amara), seen(vilaro)) == (first, None)
        looks.keep_look(work.connection, amara, here, second.id, work.now)
        assert seen(amara) == second
