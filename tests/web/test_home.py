"""The home page."""

from tests.builders import an_agenda
from tests.web.visitors import Site
from tests.worlds import World


def test_open_agenda_comes_first_with_its_figures_and_phases(site: Site, world: World) -> None:
    words = site.visitor.opens("/").words
    assert [
        world.view.headline in words,
        "Amendments are open." in words,
        "How far it has come" in words,
    ] == [True] * 3


def test_other_agendas_stand_below(site: Site, world: World) -> None:
    assert "Other agendas" not in site.visitor.opens("/").words
    an_agenda(site.house, world.facility, ())
    assert "Other agendas" in site.visitor.opens("/").words
