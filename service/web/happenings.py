"""What happened, in a sentence for each event and what it led to: for the timeline, the home page and a reader's own.

Where there is no sentence of its own, the description of the event is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from babel.lists import format_list
from markupsafe import Markup, escape

from service.domain.amendments import AmendmentState, Opinion
from service.domain.comments import CommentState
from service.domain.editions import EditionState
from service.domain.events import (
    AmendmentAdvised,
    AmendmentCovering,
    AmendmentIncorporated,
    AmendmentMoved,
    AmendmentRebased,
    AmendmentSigned,
    AmendmentTabled,
    AmendmentWithdrawn,
    CommentMoved,
    DeadlineMoved,
    EditionMoved,
    Event,
    PhaseMoved,
    PhaseMoveTakenBack,
    PositionTaken,
    RecommendationAdopted,
    RecommendationRefused,
)
from service.domain.phases import Phase
from service.domain.positions import Stance
from service.domain.views.activity import ActivityView
from service.web import words
from service.web.languages import Language


@dataclass(frozen=True, slots=True)
class Happening:
    """A sentence about one thing, and about several; `names` are their numbers, `result` is what it led to."""

    one: str
    many: str = ""


_A, _C, _E, _S = AmendmentState, CommentState, EditionState, Stance

SENTENCES: Mapping[tuple[type[Event], StrEnum | None], Happening] = {
    (AmendmentTabled, None): Happening(
        "Amendment %(names)s was tabled.", "Amendments %(names)s were tabled."
    ),
    (AmendmentCovering, None): Happening(
        "Amendment %(names)s is a compromise that covers others.",
        "Amendments %(names)s are compromises that cover others.",
    ),
    (AmendmentSigned, None): Happening(
        "Amendment %(names)s was co-signed.", "Amendments %(names)s were co-signed."
    ),
    (AmendmentRebased, None): Happening(
        "Amendment %(names)s was carried over to a newer version of the text.",
        "Amendments %(names)s were carried over to a newer version of the text.",
    ),
    (AmendmentWithdrawn, None): Happening(
        "Amendment %(names)s was withdrawn by its authors.",
        "Amendments %(names)s were withdrawn by their authors.",
    ),
    (AmendmentIncorporated, None): Happening(
        "Amendment %(names)s is part of the text now.", "Amendments %(names)s are part of the text now."
    ),
    (AmendmentAdvised, Opinion.ACCEPT): Happening(
        "The rapporteur recommends to accept amendment %(names)s.",
        "The rapporteur recommends to accept amendments %(names)s.",
    ),
    (AmendmentAdvised, Opinion.ACCEPT_MODIFIED): Happening(
        "The rapporteur recommends to accept amendment %(names)s with changes.",
        "The rapporteur recommends to accept amendments %(names)s with changes.",
    ),
    (AmendmentAdvised, Opinion.REJECT): Happening(
        "The rapporteur recommends to reject amendment %(names)s.",
        "The rapporteur recommends to reject amendments %(names)s.",
    ),
    (AmendmentMoved, _A.TABLED): Happening(
        "Amendment %(names)s was tabled.", "Amendments %(names)s were tabled."
    ),
    (AmendmentMoved, _A.ADMISSIBLE): Happening(
        "Amendment %(names)s is admissible.", "Amendments %(names)s are admissible."
    ),
    (AmendmentMoved, _A.INADMISSIBLE): Happening(
        "Amendment %(names)s is inadmissible.", "Amendments %(names)s are inadmissible."
    ),
    (AmendmentMoved, _A.UNDER_EXAMINATION): Happening(
        "Amendment %(names)s is under examination.", "Amendments %(names)s are under examination."
    ),
    (AmendmentMoved, _A.ACCEPTED): Happening(
        "Amendment %(names)s was accepted.", "Amendments %(names)s were accepted."
    ),
    (AmendmentMoved, _A.ACCEPTED_MODIFIED): Happening(
        "Amendment %(names)s was accepted with changes.", "Amendments %(names)s were accepted with changes."
    ),
    (AmendmentMoved, _A.REJECTED): Happening(
        "Amendment %(names)s was rejected.", "Amendments %(names)s were rejected."
    ),
    (AmendmentMoved, _A.WITHDRAWN): Happening(
        "Amendment %(names)s was withdrawn by its authors.",
        "Amendments %(names)s were withdrawn by their authors.",
    ),
    (AmendmentMoved, _A.FALLEN): Happening(
        "Amendment %(names)s fell: another decision left nothing of it to decide.",
        "Amendments %(names)s fell: another decision left nothing of them to decide.",
    ),
    (AmendmentMoved, _A.SUPERSEDED): Happening(
        "Amendment %(names)s was replaced by another one.", "Amendments %(names)s were replaced by others."
    ),
    (CommentMoved, _C.OPEN): Happening("A comment was reopened."),
    (CommentMoved, _C.ANSWERED): Happening("A comment was answered."),
    (CommentMoved, _C.RESOLVED): Happening("A comment was resolved."),
    (CommentMoved, _C.DECLINED): Happening("A comment was declined."),
    (CommentMoved, _C.ORPHANED): Happening("The words that a comment was about are gone."),
    (PositionTaken, _S.ENDORSED): Happening("An organisation endorsed the text."),
    (PositionTaken, _S.ENDORSED_WITH_RESERVATION): Happening(
        "An organisation endorsed the text with a reservation."
    ),
    (PositionTaken, _S.NO_OBJECTION): Happening("An organisation has no objection to the text."),
    (PositionTaken, _S.OBJECTION): Happening("An organisation objected to the text."),
    (PositionTaken, _S.ABSTAINED): Happening("An organisation abstained."),
    (PositionTaken, _S.RECUSED): Happening("An organisation stayed out of the decision."),
    (RecommendationAdopted, None): Happening("The recommendation was adopted: the rule was met."),
    (RecommendationRefused, None): Happening("The recommendation was not adopted: the rule was not met."),
    (PhaseMoved, Phase.PREPARATION): Happening("The round went back to its preparation."),
    (PhaseMoved, Phase.COMMENTING): Happening("Comments were opened."),
    (PhaseMoved, Phase.AMENDING): Happening("Amendments were opened."),
    (PhaseMoved, Phase.CONSOLIDATION): Happening("Amendments began to be worked in."),
    (PhaseMoved, Phase.ENDORSEMENT): Happening("Organisations were asked for their positions."),
    (PhaseMoved, Phase.PUBLICATION): Happening("The publication of the agenda began."),
    (PhaseMoved, Phase.FOLLOW_UP): Happening("The round is over; what becomes of it is being followed."),
    **{
        (PhaseMoveTakenBack, phase): Happening(
            "The opening of a phase was taken back: the round is in “%(result)s” again."
        )
        for phase in Phase
    },
    **{(DeadlineMoved, phase): Happening("The closing time of “%(result)s” was moved.") for phase in Phase},
    (EditionMoved, _E.ASSEMBLED): Happening("An edition was assembled."),
    (EditionMoved, _E.APPROVED): Happening("An edition was approved."),
    (EditionMoved, _E.RENDERED): Happening("The paper of an edition was printed."),
    (EditionMoved, _E.SIGNED): Happening("The paper of an edition was sealed."),
    (EditionMoved, _E.TIMESTAMPED): Happening("The paper of an edition was time stamped."),
    (EditionMoved, _E.VERIFIED): Happening("The paper of an edition was checked."),
    (EditionMoved, _E.RELEASED): Happening("An edition was published."),
    (EditionMoved, _E.WITHDRAWN): Happening("An edition was withdrawn."),
}
AGAIN: Mapping[type[Event], Happening] = {
    AmendmentMoved: Happening(
        "Amendment %(names)s was reopened: it is under examination again.",
        "Amendments %(names)s were reopened: they are under examination again.",
    ),
}
"""What is said where an earlier decision was taken back."""

_BY_NAME = {(event.name, result): said for (event, result), said in SENTENCES.items()}
_AGAIN_BY_NAME = {event.name: said for event, said in AGAIN.items()}


def sentence(name: str, result: StrEnum | None, *, again: bool = False) -> Happening | None:
    """Return the sentence for an event and what it led to, in English; None where its description has to do."""
    return _AGAIN_BY_NAME.get(name) if again else _BY_NAME.get((name, result))


def told(alike: Sequence[ActivityView], language: Language, *, linked: bool = True) -> Markup:
    """Return what happened to things to which the same was done; `linked` numbers lead to what they name."""
    entry = alike[0]
    found = sentence(entry.name, entry.led_to, again=entry.again)
    names = [_name(one, linked=linked) for one in alike if one.amendment is not None]
    if found is None or (found.many and not names):
        return escape(language.say(words.event(entry.name)))
    said = (
        language.catalogue.ngettext(found.one, found.many, len(names))
        if found.many
        else language.catalogue.gettext(found.one)
    )
    result = language.say(words.word(entry.led_to)) if entry.led_to is not None else ""
    return escape(said) % {
        "names": Markup(format_list(names, locale=language.locale)),  # noqa: S704 - each name is escaped
        "result": Markup("<bdi>{}</bdi>").format(result),
    }


def _name(entry: ActivityView, *, linked: bool) -> Markup:
    if not linked:
        return escape(entry.amendment)
    return Markup('<a href="/amendments/{}">{}</a>').format(entry.subject_id, entry.amendment)
