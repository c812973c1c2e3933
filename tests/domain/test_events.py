import re
from dataclasses import fields
from inspect import isclass

from service.domain import events, people_events
from service.domain.commitments import WORDS, is_person
from service.domain.events import EVENTS, Event


def test_every_event_has_a_name_of_its_own() -> None:
    declared = [
        one
        for module in (events, people_events)
        for one in vars(module).values()
        if isclass(one) and issubclass(one, Event)
    ]
    assert sorted(EVENTS) == sorted(one.name for one in declared if one is not Event)
    assert all(EVENTS[one.name] is one for one in declared if one is not Event)
    assert list(EVENTS) == [event.name for event in EVENTS.values()]


def test_every_name_is_a_subject_and_what_happened() -> None:
    assert [name for name in EVENTS if not re.fullmatch(r"[a-z]+\.[a-z_]+", name)] == []


def test_every_event_is_about_what_its_first_field_names() -> None:
    found: dict[str, tuple[str, bool]] = {}
    for name, event in EVENTS.items():
        first, *others = fields(event)
        made = event(**{first.name: "the-id"}, **dict.fromkeys((f.name for f in others), "other"))
        found[name] = (made.subject_id, first.name.endswith("_id"))
    assert found == dict.fromkeys(EVENTS, ("the-id", True))


def test_every_event_says_what_it_means() -> None:
    assert [name for name, event in EVENTS.items() if not (event.__doc__ or "").endswith(".")] == []


FACTS = {
    *(
        "action",
        "block",
        "changed",
        "closes_at",
        "digest",
        "days",
        "file_digest",
        "former_digest",
        "in_order",
        "means",
        "number",
        "opinion",
        "prefer",
        "rank",
        "purpose",
        "version",
    ),
    *("fit", "strength"),
    *("language", "role", "scopes", "source", "stance", "state", "target"),
    *("before", "hours", "phase", "reminded", "reservation", "source_closes_at"),
    *("change", "expires_at", "generation", "gone", "host", "patterns", "times"),
}
"""What events hold beside ids: codes, figures, times and digests, and nothing that anyone writes freely."""


def test_events_hold_no_personal_data_but_what_the_record_veils() -> None:
    found = {f.name for event in EVENTS.values() for f in fields(event)}
    plain = {name for name in found if name.endswith(("_id", "_ids")) and not is_person(name)}
    assert found - plain - FACTS - {name for name in found if is_person(name)} == WORDS
