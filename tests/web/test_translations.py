"""Pages of translations."""

from service.domain.phases import Phase
from service.workflows import people
from tests.builders import a_lesson, an_amendment, consolidated, decided
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World

LECON = "Les petits contrats arrivent plus tôt."
FRENCH = {"title": "Nommer les villes", "ask": "Nommer *un* contact.", "why": "Cela marche."}


def typed(world: World, **words: str) -> dict[str, str]:
    return {f"text.{world.blocks[name].id}": text for name, text in {**FRENCH, **words}.items()}


def begun(site: Site, world: World, language: str = "fr", **words: str) -> str:
    """Begin a translation, as the first city; returns its address."""
    city = site.acting(world.cities[0])
    path = f"/recommendations/{world.recommendation}/translate"
    page = city.opens(f"{path}?language={language}")
    return city.sends(path, page.fields() | typed(world, **words)).leads_to


def inside(html: str) -> str:
    """What a page says itself, without the frame around it."""
    return html.partition("<main")[2].partition("</main>")[0]


def moved_on(world: World) -> None:
    decided(world, an_amendment(world))
    world.in_phase(Phase.CONSOLIDATION)
    consolidated(world)


def test_translation_is_begun_from_the_list_and_read_beside_the_original(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}/translations"
    city = site.acting(world.cities[0])
    assert "Choose a language below to begin." in city.opens(path).words
    assert "Nobody has translated this recommendation yet." in site.visitor.opens(path).words
    page = site.visitor.opens(begun(site, world))
    assert page.status == 200
    assert "Courtesy translation; the authentic text is in English" in page.words
    assert [inside(page.html).count('lang="fr" dir="ltr"'), "<em>un</em>" in page.html] == [3, True]
    assert "Cela marche. Partnerships have shown results" in page.words
    assert "French not approved yet" in site.visitor.opens(path).words


def test_words_from_right_to_left_say_so(site: Site, world: World) -> None:
    address = begun(site, world, "ar", title="سمّوا المدن")
    assert inside(site.visitor.opens(address).html).count('lang="ar" dir="rtl"') == 3
    city = site.acting(world.cities[0])
    assert inside(city.opens(f"{address}/edit").html).count('lang="ar" dir="rtl"') == 3
    again = city.opens(f"/recommendations/{world.recommendation}/translate?language=ar")
    assert again.leads_to == f"{address}/edit"


def test_readers_are_offered_their_language_where_they_read_the_text(site: Site, world: World) -> None:
    address = begun(site, world)
    here = f"/recommendations/{world.recommendation}"
    reader = people.enter_person(
        site.house.operator, people.EnterPerson("reader@example.org", "A reader", language="fr")
    )
    assert f'<a class="go" href="{address}" hreflang="fr">' in site.as_person(reader).opens(here).html
    assert (
        f'<a href="{address}" hreflang="fr" lang="fr" dir="auto">français</a>'
        in site.visitor.opens(here).html
    )


def test_stale_translation_says_what_changed_and_is_brought_up_to_date(site: Site, world: World) -> None:
    address = begun(site, world)
    moved_on(world)
    page = site.visitor.opens(address)
    assert "This is a translation of version 1. The text is at version 2" in page.words
    assert page.words.count("changed since") == 1
    city = site.acting(world.cities[0])
    editor = city.opens(f"{address}/edit")
    assert "removed: a contact added: two contact" in editor.words
    sent = city.sends(f"{address}/edit", editor.fields() | typed(world, ask="Nommer deux contacts."))
    assert sent.leads_to == address
    assert "Of version 2" in site.visitor.opens(address).words


def test_text_that_moved_on_meanwhile_keeps_what_was_typed(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    path = f"/recommendations/{world.recommendation}/translate"
    fields = city.opens(f"{path}?language=fr").fields() | typed(world)
    moved_on(world)
    page = city.sends(path, fields)
    assert (page.status, page.fields()[f"text.{world.blocks['why'].id}"]) == (409, "Cela marche.")
    again = city.sends(path, page.fields())
    assert again.status == 303


def test_who_saves_over_another_is_shown_both(site: Site, world: World) -> None:
    address = begun(site, world)
    one, other = site.acting(world.cities[0]), site.acting(world.cities[1])
    first, second = one.opens(f"{address}/edit").fields(), other.opens(f"{address}/edit").fields()
    one.sends(f"{address}/edit", first | typed(world, why="Elles durent."))
    page = other.sends(f"{address}/edit", second | typed(world, why="Elles restent."))
    assert (page.status, page.fields()[f"text.{world.blocks['why'].id}"]) == (412, "Elles restent.")
    assert "Somebody else saved meanwhile: Elles durent." in page.words
    assert other.sends(f"{address}/edit", page.fields()).leads_to == address


def test_faults_are_told_at_their_block(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    path = f"/recommendations/{world.recommendation}/translate"
    empty = typed(world, title="", ask="", why="a" * 1_001)
    page = city.sends(path, city.opens(f"{path}?language=fr").fields() | empty)
    assert (page.status, f'href="#text.{world.blocks["why"].id}"' in page.html) == (422, True)
    wrong = city.opens(f"{path}?language=en")
    assert (wrong.status, "The text itself is in this language." in wrong.words) == (422, True)


def test_rapporteur_approves_and_opens_again(site: Site, world: World) -> None:
    address = begun(site, world)
    rapporteur = site.acting(world.rapporteur)
    page = rapporteur.opens(address)
    assert "Approve exactly these words" in page.words
    assert (
        rapporteur.sends(f"{address}/approval", page.fields("/approval"), action="approve").leads_to
        == address
    )
    assert "approved by City network" in site.visitor.opens(address).words
    assert rapporteur.sends(f"{address}/approval", action="reopen").leads_to == address
    assert rapporteur.sends(f"{address}/approval", action="reopen").status == 409


def test_list_asks_as_often_for_three_languages_as_for_one(site: Site, world: World) -> None:
    costs = []
    reader, here = site.acting(world.cities[1]), f"/recommendations/{world.recommendation}"
    reader.opens(here)
    for languages in (["fr"], ["ar", "es"]):
        for language in languages:
            begun(site, world, language)
        with counting(site.house) as statements:
            pages = [reader.opens(here), reader.opens(f"{here}/translations")]
        assert [page.status for page in pages] == [200, 200]
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_a_lesson_is_translated_and_read_beside_its_own_words(site: Site, world: World) -> None:
    lesson = a_lesson(world)
    city, listed = site.acting(world.cities[0]), f"/lessons/{lesson}/translations"
    assert "Nobody has translated this lesson yet." in site.visitor.opens(listed).words
    form = city.opens(f"/lessons/{lesson}/translate?language=fr")
    address = city.sends(f"/lessons/{lesson}/translate", form.fields() | {"text.lesson": LECON}).leads_to
    page = site.visitor.opens(address)
    assert "Courtesy translation; the authentic text is in English" in page.words
    assert f"{LECON} Small contracts arrive sooner." in page.words
    assert f'href="/agendas/{world.agenda}/lessons#l1"' in inside(page.html)
    assert "French not approved yet" in site.visitor.opens(listed).words
    assert city.opens(f"/lessons/{lesson}/translate?language=fr").leads_to == f"{address}/edit"
    assert city.opens(f"{address}/edit").fields()["text.lesson"] == LECON


def test_a_lesson_is_read_in_ones_own_language_with_its_own_words_a_step_away(
    site: Site, world: World
) -> None:
    lesson, path = a_lesson(world), f"/agendas/{world.agenda}/lessons"
    city = site.acting(world.cities[0])
    fields = city.opens(f"/lessons/{lesson}/translate?language=fr").fields() | {"text.lesson": LECON}
    address = city.sends(f"/lessons/{lesson}/translate", fields).leads_to
    reader = people.enter_person(
        site.house.operator, people.EnterPerson("reader@example.org", "A reader", language="fr")
    )
    shown = f'<p class="text" lang="fr" dir="ltr">{LECON}</p>'
    assert shown not in site.as_person(reader).opens(path).html
    rapporteur = site.acting(world.rapporteur)
    rapporteur.sends(f"{address}/approval", rapporteur.opens(address).fields("/approval"), action="approve")
    own = site.as_person(reader).opens(path).html
    assert shown in own
    assert '<p class="text" lang="en" dir="auto">Small contracts arrive sooner.</p></details>' in own
    others = site.visitor.opens(path).html
    assert f'<p class="text" lang="fr" dir="ltr">{LECON}</p>' not in others
    assert f'<a href="{address}" hreflang="fr"><span lang="fr" dir="auto">français</span></a>' in others


def test_faults_of_a_lesson_in_other_words_are_told_at_its_field(site: Site, world: World) -> None:
    lesson, city = a_lesson(world), site.acting(world.cities[0])
    place = f"/lessons/{lesson}/translate"
    page = city.sends(place, city.opens(f"{place}?language=fr").fields() | {"text.lesson": "a" * 1_001})
    assert (page.status, 'href="#text.lesson"' in page.html) == (422, True)
    wrong = city.opens(f"{place}?language=en")
    assert (wrong.status, "The text itself is in this language." in wrong.words) == (422, True)


def test_lessons_ask_as_often_for_three_languages_as_for_one(site: Site, world: World) -> None:
    lesson, path = a_lesson(world), f"/agendas/{world.agenda}/lessons"
    city, reader, costs = site.acting(world.cities[0]), site.acting(world.cities[1]), []
    reader.opens(path)
    for languages in (["fr"], ["ar", "es"]):
        for language in languages:
            form = city.opens(f"/lessons/{lesson}/translate?language={language}")
            city.sends(f"/lessons/{lesson}/translate", form.fields() | {"text.lesson": LECON})
        with counting(site.house) as statements:
            pages = [reader.opens(path), reader.opens(f"/lessons/{lesson}/translations")]
        assert [page.status for page in pages] == [200, 200]
        costs.append(len(statements))
    assert costs[0] == costs[1]
