"""The order of decision: which amendments meet, what is decided on first, and what falls with what."""

from litestar import get
from msgspec import Struct

from service.api.asking import Asking
from service.api.consolidation import TAGS, Collision
from service.api.lists import Id
from service.api.schemas import AmendmentRef, shown
from service.domain.deciding import SENTENCES, FallReason
from service.domain.text import GroupKind
from service.domain.views.deciding import DecisionView, FallView, GroupView
from service.workflows import deciding


class Group(Struct, frozen=True):
    """Amendments that meet. Each of the `wordings` is one amendment, or several that say the same.

    `incompatible` ones cannot all stand, `compatible` ones can; `identical` ones are one wording, and stand or fall
    together. `choices` are the largest sets of wordings that can stand together, by their places in `wordings`; null
    where there are too many wordings to list them. Those `beside` meet some of the group, and stand in nobody's way.
    """

    kind: GroupKind
    wordings: tuple[tuple[AmendmentRef, ...], ...]
    beside: tuple[AmendmentRef, ...]
    collisions: tuple[Collision, ...]
    choices: tuple[tuple[int, ...], ...] | None


class Distance(Struct, frozen=True):
    """How far amendments are from the text, compared field by field.

    How many blocks they strike out as a whole; how many characters they delete and insert, those of whole blocks
    included; how many other changes they make, of style, marks and place. In a group, what counts is what they
    change in the blocks in which the group collides.
    """

    blocks: int
    characters: int
    others: int


class Reason(Struct, frozen=True):
    """Why an amendment falls, as a code and in a sentence."""

    code: FallReason
    sentence: str


class Fall(Struct, frozen=True):
    """An amendment that falls when another is adopted."""

    amendment: AmendmentRef
    reasons: tuple[Reason, ...]


class DecisionToTake(Struct, frozen=True):
    """One decision to take, on amendments that say the same.

    `falls` is what falls if they are adopted, `stays` what they meet that can still be decided on then. `group` is
    the place of the group of incompatible ones that they belong to, if any.
    """

    amendments: tuple[AmendmentRef, ...]
    group: int | None
    compromise: bool
    distance: Distance
    falls: tuple[Fall, ...]
    stays: tuple[AmendmentRef, ...]


class DecidingOrder(Struct, frozen=True):
    """The groups of amendments that meet, and the decisions on all that stand, one after the other."""

    groups: tuple[Group, ...]
    decisions: tuple[DecisionToTake, ...]


_reference, _collision, _distance = shown(AmendmentRef), shown(Collision), shown(Distance)


def _references(views: tuple[object, ...]) -> tuple[AmendmentRef, ...]:
    return tuple(map(_reference, views))


def _group(view: GroupView) -> Group:
    return Group(
        view.kind,
        tuple(map(_references, view.wordings)),
        _references(view.beside),
        tuple(map(_collision, view.collisions)),
        view.choices,
    )


def fall(view: FallView) -> Fall:
    """Return what falls, as the API shows it."""
    reasons = tuple(Reason(reason, SENTENCES[reason]) for reason in view.reasons)
    return Fall(_reference(view.amendment), reasons)


def _decision(view: DecisionView) -> DecisionToTake:
    return DecisionToTake(
        _references(view.amendments),
        view.group,
        view.compromise,
        _distance(view.distance),
        tuple(map(fall, view.falls)),
        _references(view.stays),
    )


@get("/recommendations/{recommendation_id:str}/deciding-order", tags=TAGS, sync_to_thread=True)
def read_deciding_order(recommendation_id: Id, ctx: Asking) -> DecidingOrder:
    """Read in which order the amendments to the current version are decided on, and what falls with what.

    A compromise comes first, then what is furthest from the text, then the lower number; groups of amendments that
    cannot all stand, and those that are in none, follow each other in the order of the text.
    """
    found = deciding.order(ctx, recommendation_id)
    return DecidingOrder(tuple(map(_group, found.groups)), tuple(map(_decision, found.decisions)))


ROUTES = [read_deciding_order]
