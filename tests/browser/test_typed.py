"""What is typed stays: through a reload, another language and a change of mind, in whatever form it is typed."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.acceptance.people import API, agenda_in, person
from tests.browser.occasions import begun, tabled
from tests.browser.window import Window, signs_in, window
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = "Words that took an hour."


@pytest.fixture(scope="module")
def places(shared_server: Server) -> dict[str, str]:
    """Pages on which somebody writes."""
    with person(shared_server) as reader:
        agenda = agenda_in(reader, "amending")["id"]
        asks = reader.all(f"/agendas/{agenda}/recommendations")
        said = next(found for ask in asks if (found := reader.all(f"/recommendations/{ask['id']}/comments")))
        open_ones = [one for one in said if one["state"] == "open"]
        return {
            "comment": (open_ones or said)[0]["id"],
            "agenda": agenda,
            "ask": asks[0]["id"],
        }


@pytest.fixture(scope="module")
def discussed(shared_server: Server, places: dict[str, str]) -> tuple[str, str]:
    """Two amendments of one recommendation, each with a discussion of its own."""
    return tabled(shared_server, places["ask"]), tabled(shared_server, places["ask"], "It is reported on.")


@pytest.fixture(scope="module")
def city(browser: Browser, shared_server: Server) -> Iterator[Window]:
    """The window of a representative who is interrupted often."""
    with window(browser, shared_server.address) as opened:
        signs_in(opened, "city1")
        opened.speaks("en")
        yield opened


def other_language(opened: Window) -> None:
    """Choose another language at the foot of the page, and English again."""
    for tag in ("fr", "en"):
        with opened.turns_page():
            opened.page.locator(f"form.tongues button[value={tag}]").click()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/comments/{comment}", "textarea[name=text]"),
        ("/recommendations/{ask}/translate?language=it", "textarea >> nth=1"),
        ("/agendas/{agenda}/evidence", "[name=title]"),
        ("/agendas/{agenda}/lessons", "textarea[name=text]"),
    ],
)
def test_what_is_typed_survives_a_reload_and_another_language(
    city: Window, places: dict[str, str], path: str, field: str
) -> None:
    city.goes_to(path.format(**places))
    typed = city.page.locator(field)
    typed.fill(WORDS)
    with city.turns_page():
        # As "Show them" does.
        city.page.evaluate("location.assign('')")
    expect(typed).to_have_value(WORDS)
    other_language(city)
    expect(typed).to_have_value(WORDS)
    city.presses("Discard it and begin anew")
    expect(typed).to_have_value("")
    assert "What you typed is discarded." in city.reads()


def test_words_of_another_language_stay_with_their_own(city: Window, places: dict[str, str]) -> None:
    path = "/recommendations/{ask}/translate?language={language}"
    field = city.page.locator("textarea >> nth=1")
    city.goes_to(path.format(**places, language="it"))
    field.fill(WORDS)
    city.goes_to(path.format(**places, language="de"))
    expect(field).to_have_value("")
    city.goes_to(path.format(**places, language="it"))
    expect(field).to_have_value(WORDS)
    city.presses("Discard it and begin anew")


def test_words_that_come_back_into_a_closed_part_open_it(city: Window, places: dict[str, str]) -> None:
    city.goes_to("/recommendations/{ask}/amend".format(**places))
    part = city.page.locator("details:has(textarea)").first
    part.locator("summary").click()
    part.locator("textarea").fill(WORDS)
    city.page.reload()
    expect(part.locator("textarea")).to_be_visible()
    expect(part.locator("textarea")).to_have_value(WORDS)
    city.presses("Discard it and begin anew")


def test_words_about_one_amendment_do_not_come_back_under_another(
    city: Window, discussed: tuple[str, str]
) -> None:
    one, other = discussed
    field = city.page.locator("#discussion textarea[name=text]")
    city.goes_to(f"/amendments/{one}")
    field.fill(WORDS)
    city.goes_to(f"/amendments/{other}")
    expect(field).to_have_value("")
    city.goes_to(f"/amendments/{one}")
    expect(field).to_have_value(WORDS)
    city.presses("Discard it and begin anew")


def test_words_typed_where_something_was_just_done_outlive_a_lost_connection(
    city: Window, places: dict[str, str]
) -> None:
    page = city.page
    city.goes_to("/agendas/{agenda}/lessons".format(**places))
    page.locator("textarea[name=text]").fill("Small contracts arrive sooner.")
    city.presses("Propose it")
    assert ("Your lesson is proposed." in city.reads(), "done=" in page.url) == (True, False)
    page.locator("textarea[name=text]").fill(WORDS)
    city.context.set_offline(True)
    page.locator("form:has(textarea[name=text])").evaluate("(form) => form.requestSubmit()")
    # The browser's own page of the lost connection is a failure to Playwright where it comes a moment later.
    with suppress(Error):
        page.wait_for_url("chrome-error://**")
    city.context.set_offline(False)
    page.go_back()
    expect(page.locator("textarea[name=text]")).to_have_value(WORDS)
    assert "Your lesson is proposed." not in city.reads()
    city.presses("Discard it and begin anew")
    city.faults.clear()


def test_words_that_come_back_do_not_pass_for_words_on_what_others_wrote_since(
    browser: Browser, shared_server: Server
) -> None:
    with person(shared_server, "facility") as facility:
        lesson = facility.all(f"/agendas/{agenda_in(facility, 'follow_up')['id']}/lessons")[0]
        with window(browser, shared_server.address) as opened:
            place = f"/lessons/{lesson['id']}/correction"
            signs_in(opened, "facility", place)
            opened.page.locator("[name=text]").fill(WORDS)
            opened.page.locator("[name=reason]").fill("It was wrong.")
            there, meanwhile = f"{API}/lessons/{lesson['id']}", "Others were faster."
            mark = {"If-Match": facility.client.get(there).headers["etag"]}
            sent = {"text": meanwhile, "reason": "It was older."}
            assert facility.client.patch(there, json=sent, headers=mark).is_success
            opened.goes_to(place)
            expect(opened.page.locator("[name=text]")).to_have_value(WORDS)
            opened.presses("Correct it")
            assert f"Somebody else saved meanwhile: {meanwhile}" in opened.reads()
            expect(opened.page.locator("[name=text]")).to_have_value(WORDS)
            opened.presses("Correct it")
        assert facility.read(f"/lessons/{lesson['id']}")["text"] == WORDS


def test_editor_keeps_what_is_typed_and_what_is_sent_is_gone(browser: Browser, own_server: Server) -> None:
    _, ask = begun(own_server)
    with window(browser, own_server.address) as opened:
        signs_in(opened, "rapporteur", f"/recommendations/{ask}/edit")
        page: Page = opened.page
        field = page.locator("textarea >> nth=1")
        before = field.input_value()
        field.fill(f"{before} {WORDS}")
        page.reload()
        expect(field).to_have_value(f"{before} {WORDS}")
        opened.presses("Check the new version")
        with opened.turns_page():
            page.locator("button[name=step][value=save]").click()
        assert "The next version is made." in opened.reads()
        opened.goes_to(f"/recommendations/{ask}/edit")
        assert "What you typed is here again" not in opened.reads()
        assert page.evaluate("localStorage.length") == 0
