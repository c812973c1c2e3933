"""Co-signing what somebody has proposed already, from the form in which it was typed once more."""

import pytest
from playwright.sync_api import Browser

from tests.acceptance.people import person
from tests.browser.test_story import NEW, Story
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_who_types_the_same_again_co_signs_and_keeps_what_was_typed(
    browser: Browser, own_server: Server, *, script: bool
) -> None:
    with person(own_server) as reader:
        told = Story(browser, own_server, reader, script=script)
        mine = told.city_proposes("city1", NEW)
        number = reader.read(mine)["number"]
        with told.at("city2", f"{told.ask}/amend") as city:
            field = city.page.get_by_label(f"Block {told.place + 1}", exact=True)
            field.fill(told.block["text"].replace(told.phrase, NEW, 1))
            city.page.get_by_label("Why?").fill("In the words of our council.")
            if not script:
                city.presses("Preview")
            button = city.page.get_by_role("button", name=f"Co-sign Amendment {number}")
            button.wait_for()
            if script:
                city.is_accessible()
            city.presses(f"Co-sign Amendment {number}")
            assert "Your organisation stands behind this amendment" in city.reads()
            assert "2 organisations stand behind it" in city.reads()
            city.follows("To your draft")
            city.follows("Go on with this draft")
            assert city.page.get_by_label("Why?").input_value() == "In the words of our council."
            assert NEW in field.input_value()
