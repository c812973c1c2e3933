"""Words for codes."""

from service.domain.amendments import AmendmentState
from service.domain.events import EVENTS
from service.domain.phases import Phase
from service.web.words import PHASE_NOW, WORDS, event, shape, word

PARTIAL = {"CommentAction"}


def test_every_code_has_a_word() -> None:
    lacking = {
        f"{kind.__name__}.{code}"
        for kind, words in WORDS.items()
        if kind.__name__ not in PARTIAL
        for code in {member.value for member in kind} ^ set(words)
    }
    assert lacking == set()


def test_every_phase_says_what_goes_on() -> None:
    assert set(PHASE_NOW) == set(Phase)


def test_every_event_is_told_in_a_sentence() -> None:
    assert [name for name in EVENTS if not event(name).endswith(".")] == []


def test_event_that_is_not_known_any_more_is_told_by_its_name() -> None:
    assert event("thing.vanished") == "thing.vanished"


def test_states_that_look_alike_in_colour_differ_in_shape() -> None:
    told = {state.value: (word(state), shape(state)) for state in AmendmentState}
    assert (told["accepted"], told["rejected"], told["tabled"]) == (
        ("accepted", "done"),
        ("rejected", "out"),
        ("tabled", "wait"),
    )
