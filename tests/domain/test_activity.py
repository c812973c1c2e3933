"""What everyone may know of what happened, and what it led to."""

from service.domain.activity import TOLD, ActivityKind, is_again, led_to, told_of
from service.domain.amendments import AmendmentState
from service.domain.phases import Phase


def test_every_event_that_is_told_is_of_one_kind() -> None:
    of_kinds = [told_of(kind) for kind in ActivityKind]
    assert (frozenset().union(*of_kinds), sum(len(names) for names in of_kinds)) == (TOLD, len(TOLD))
    assert told_of(None) == TOLD


def test_what_an_event_led_to_is_told_where_it_led_to_something() -> None:
    found = [
        led_to("agenda.phase_moved", {"source": "commenting", "target": "amending"}),
        led_to("amendment.moved", {"action": "accept", "state": "accepted"}),
        led_to("comment.posted", {"text": "Who pays for it?"}),
    ]
    assert found == [Phase.AMENDING, AmendmentState.ACCEPTED, None]


def test_a_decision_that_was_taken_back_led_to_where_things_had_been() -> None:
    actions = ("examine", "reopen", "restore")
    assert [is_again("amendment.moved", {"action": action}) for action in actions] == [False, True, True]
    assert not is_again("comment.moved", {"state": "open"})
