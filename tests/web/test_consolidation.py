"""Working accepted amendments into the next version."""

from dataclasses import replace

from service.domain.text import Resolution
from service.web.consolidation import resolutions
from service.web.forms import Form
from service.workflows import amendments
from tests.builders import ASK, an_amendment, decided, tabling
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World


def test_choices_are_read_as_decisions() -> None:
    form = Form(
        {
            "choice.a.b.x": ("a",),
            "choice.a.c.": ("order",),
            "choice.b.c.y": ("words",),
            "words.b.c.y": ("Other words.",),
            "choice.c.d.z": ("",),
            "note": ("",),
        }
    )
    assert resolutions(form) == (
        Resolution(("a", "b"), "", prefer="a", block="x"),
        Resolution(("a", "c"), "", in_order=True),
        Resolution(("b", "c"), "", block="y", replacement="Other words."),
    )


def test_nothing_accepted_is_said(site: Site, world: World) -> None:
    page = site.acting(world.rapporteur).opens(f"/recommendations/{world.recommendation}/consolidate")
    assert (page.status, "Nothing waits to be worked in" in page.words) == (200, True)


def test_collision_is_decided_then_previewed_then_made(site: Site, world: World) -> None:
    first = decided(world, an_amendment(world, edit={"ask": ASK.replace("every", "each")}))
    second = decided(
        world, an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("every", "any")})
    )
    rapporteur = site.acting(world.rapporteur)
    path = f"/recommendations/{world.recommendation}/consolidate"
    page = rapporteur.opens(path)
    assert (
        "Amendments 1 and 2 collide to be decided" in page.words,
        "Version 2, as it" in page.words,
    ) == (True, False)
    refused = rapporteur.sends(path, step="make")
    assert (refused.status, "Accepted amendments still collide" in refused.words) == (409, True)
    key = f"choice.{first}.{second}.{world.blocks['ask'].id}"
    seen = rapporteur.sends(path, {key: second}, step="preview")
    assert ("Replaces “every” by “any”." in seen.words, f'value="{second}" checked' in seen.html) == (
        True,
        True,
    )
    made = rapporteur.sends(path, {key: second}, step="make", note="After the first reading")
    assert (made.status, world.text.number, world.text.blocks[1].text) == (
        303,
        2,
        ASK.replace("every", "any"),
    )


def test_what_leaves_no_text_is_said_and_cannot_be_made(site: Site, world: World) -> None:
    title, ask, why = world.text.blocks
    for city, left in zip(world.cities, ((title, why), (title, ask)), strict=False):
        command = replace(tabling(world, by=city), blocks=left)
        decided(world, amendments.table(world.acting(city), command))
    rapporteur = site.acting(world.rapporteur)
    for path in ("consolidate", "scenarios"):
        page = rapporteur.opens(f"/recommendations/{world.recommendation}/{path}")
        assert "A recommendation needs at least one paragraph below its title: the ask." in page.words
        assert 'value="make"' not in page.html


def test_page_is_the_rapporteurs(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}/consolidate"
    assert site.acting(world.cities[0]).opens(path).status == 403


def test_the_page_takes_the_same_statements_for_thirty_amendments_as_for_one(
    site: Site, world: World
) -> None:
    rapporteur = site.acting(world.rapporteur)
    costs = []
    for count in (1, 29):
        for _ in range(count):
            decided(world, an_amendment(world, edit={"ask": ASK.replace("every", "each")}))
        with counting(site.house) as statements:
            rapporteur.opens(f"/recommendations/{world.recommendation}/consolidate")
        costs.append(len(statements))
    assert (costs, max(costs) <= 40) == ([costs[0]] * 2, True)
