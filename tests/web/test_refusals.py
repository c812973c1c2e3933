"""Refusals in the words of the pages."""

import pytest

from service.domain.errors import Denied, EmptyChange, IllegalMove, NotReleased, PhaseClosed, Refusal
from service.web.languages import choose
from service.web.refusals import told

ENGLISH = choose([], "")
FOLLOWED = "The agenda is published; what becomes of it is being followed."


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (
            PhaseClosed(phase="follow up", open="comment"),
            f"This is not open now. The agenda is in the phase “Follow-up”: {FOLLOWED}",
        ),
        (
            PhaseClosed(phase="", open="nothing"),
            "This is not open now: the agenda is in its  phase, which allows: nothing.",
        ),
        (
            Denied(permission="agenda.edit"),
            "None of your mandates covers this. If one should, ask the coordination facility.",
        ),
        (
            IllegalMove("amendment", "fallen", "accept", ()),
            "This cannot be done any more: things have moved on. Load the page again to see where they stand.",
        ),
        (
            NotReleased(state="assembled"),
            "This edition has no paper yet: it is “waiting for approval”. The PDF comes when it is published.",
        ),
        (EmptyChange(), EmptyChange.template),
    ],
)
def test_reader_is_told_without_codes(refusal: Refusal, words: str) -> None:
    assert told(refusal, ENGLISH) == words
