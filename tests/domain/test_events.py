import re
from dataclasses import fields
from inspect import isclass

import pytest

from service.domain import events
from service.domain.events import EVENTS, Event


def test_every_event_has_a_name_of_its_own() -> None:
    declared = [one for one in vars(events).values() if isclass(one) and issubclass(one, Event)]
    assert list(EVENTS.values()) == [one for one in declared if one is not Event]
    assert list(EVENTS) == [event.name for event in EVENTS.values()]


@pytest.mark.parametrize("name", EVENTS)
def test_a_name_is_a_subject_and_what_happened(name: str) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", name)


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_an_event_is_about_what_its_first_field_names(event: type[Event]) -> None:
    first, *others = fields(event)
    made = event(**{first.name: "the-id"}, **dict.fromkeys((f.name for f in others), "other"))
    assert made.subject_id == "the-id"
    assert first.name.endswith("_id")


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_an_event_says_what_it_means(event: type[Event]) -> None:
    assert event.__doc__ is not None
    assert event.__doc__.endswith(".")
