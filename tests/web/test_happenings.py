"""The sentences about what happened."""

from enum import StrEnum

import pytest

from service.domain import amendments, comments, editions
from service.domain.activity import LEADS_TO
from service.domain.amendments import AmendmentAction, AmendmentState
from service.domain.comments import CommentState
from service.domain.editions import EditionState
from service.domain.events import AmendmentTabled, CommentMoved, LessonProposed
from service.domain.views.activity import ActivityView
from service.web.happenings import AGAIN, SENTENCES, sentence, told
from service.web.languages import known
from tests.builders import an_amendment, decided
from tests.counting import counting
from tests.houses import BEGINNING
from tests.web.visitors import Site
from tests.worlds import World

ENGLISH = known()["en"]
REACHED: dict[type[StrEnum], set[StrEnum]] = {
    AmendmentState: set(amendments.LIFECYCLE.moves.values()),
    CommentState: set(comments.LIFECYCLE.moves.values()),
    EditionState: set(editions.LIFECYCLE.moves.values()),
}
"""What things come to by what happens to them; of other codes any can come about."""
PAIRS = [
    (name, code) for name, (_, codes) in LEADS_TO.items() for code in sorted(REACHED.get(codes, set(codes)))
]


def happened(number: int | None, name: str, led_to: StrEnum | None = None) -> ActivityView:
    return ActivityView(1, BEGINNING, name, f"a{number}", None, None, number, led_to)


@pytest.mark.parametrize(("name", "result"), PAIRS)
def test_whatever_an_event_leads_to_has_a_sentence(name: str, result: StrEnum) -> None:
    assert sentence(name, result) is not None


def test_whatever_is_said_of_amendments_is_said_of_one_and_of_several() -> None:
    numbered = {said for (event, _), said in SENTENCES.items() if event.name.startswith("amendment.")}
    lacking = [
        said for said in numbered | set(AGAIN.values()) if "%(names)s" not in said.one or not said.many
    ]
    assert lacking == []


def test_things_to_which_the_same_was_done_are_told_in_one_sentence() -> None:
    tabled = [happened(number, AmendmentTabled.name) for number in (51, 39)]
    assert told(tabled[:1], ENGLISH, linked=False) == "Amendment 51 was tabled."
    assert told(tabled, ENGLISH) == (
        'Amendments <a href="/amendments/a51">51</a> and <a href="/amendments/a39">39</a> were tabled.'
    )
    assert (
        told([happened(None, CommentMoved.name, CommentState.DECLINED)], ENGLISH) == "A comment was declined."
    )


def test_what_has_no_sentence_or_no_number_is_described() -> None:
    assert told([happened(None, LessonProposed.name)], ENGLISH) == "A lesson was proposed."
    assert told([happened(None, AmendmentTabled.name)], ENGLISH) == "An amendment was tabled."


def test_an_amendment_says_what_happened_to_it_and_a_city_reads_it_in_its_news(
    site: Site, world: World
) -> None:
    city = site.acting(world.cities[0])
    city.opens("/me")
    amendment = an_amendment(world, by=world.cities[1])
    decided(world, amendment)
    decided(world, amendment, AmendmentAction.REOPEN)
    page = site.visitor.opens(f"/amendments/{amendment}")
    said = (
        "Amendment 1 was tabled.",
        "Amendment 1 is admissible.",
        "Amendment 1 is under examination.",
        "Amendment 1 was accepted.",
        "Amendment 1 was reopened: it is under examination again.",
    )
    places = [page.words.find(one) for one in said]
    assert places == sorted(places)
    assert -1 not in places
    history = page.words[places[0] :]
    assert (world.cities[1].name in history, "Rapporteur" in history) == (True, True)
    news = city.opens("/me").words
    assert [one for one in said if one not in news] == []


def test_an_amendment_asks_as_often_after_many_things_happened_as_after_one(site: Site, world: World) -> None:
    amendment, asked = an_amendment(world), []
    for action in (AmendmentAction.ADMIT, AmendmentAction.EXAMINE):
        decided(world, amendment, action)
        with counting(site.house) as statements:
            site.visitor.opens(f"/amendments/{amendment}")
        asked.append(len(statements))
    assert asked[0] == asked[1]
