"""The order of decision: which amendments meet, what is decided on first, and what falls with what."""

from litestar import get
from msgspec import Struct

from service.api.asking import Asking
from service.api.consolidation import TAGS, Collision
from service.api.lists import Cursor, Id, Limit
from service.api.schemas import AmendmentRef, shown
from service.domain.deciding import SENTENCES, FallReason
from service.domain.text import GroupKind
from service.domain.views.deciding import DecisionView, FallView, GroupView
from service.workflows import deciding


class Group(Struct, frozen=True):
    """Amendments that meet. Each of the `wordings` is one amendment, or several that say the same.

    `place` counts all groups of the recommendation from 0. Of the `collisions` the first ten are listed, and
    `more_collisions` tells how many there are besides.

    `incompatible` ones cannot all stand, `compatible` ones can; `identical` ones are one wording, and stand or fall
    together. `choices` are the largest sets of wordings that can stand together, by their places in `wordings`; null
    where there are too many wordings to list them. Those `beside` meet some of the group, and stand in nobody's way.
    """

    place: int
    kind: GroupKind
    wordings: tuple[tuple[AmendmentRef, ...], ...]
    beside: tuple[AmendmentRef, ...]
    collisions: tuple[Collision, ...]
    more_collisions: int
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

    `place` counts all decisions from 1. `falls` is what falls if they are adopted, `stays` what they meet that can
    still be decided on then; of each the first ten are named, and `more_falls` and `more_stays` tell how many there
    are besides. `group` is the place of the group of incompatible ones that they belong to, if any.
    """

    place: int
    amendments: tuple[AmendmentRef, ...]
    group: int | None
    compromise: bool
    distance: Distance
    falls: tuple[Fall, ...]
    more_falls: int
    stays: tuple[AmendmentRef, ...]
    more_stays: int


class DecidingOrder(Struct, frozen=True):
    """One page of the decisions on all that stand, one after the other, and the groups that these are about.

    `next` is the cursor of the following page, null at the end.
    """

    groups: tuple[Group, ...]
    decisions: tuple[DecisionToTake, ...]
    next: str | None


_reference, _collision, _distance = shown(AmendmentRef), shown(Collision), shown(Distance)


def _references(views: tuple[object, ...]) -> tuple[AmendmentRef, ...]:
    return tuple(map(_reference, views))


def _group(view: GroupView) -> Group:
    return Group(
        view.place,
        view.kind,
        tuple(map(_references, view.wordings)),
        _references(view.beside),
        tuple(map(_collision, view.collisions)),
        view.more_collisions,
        view.choices,
    )


def fall(view: FallView) -> Fall:
    """Return what falls, as the API shows it."""
    reasons = tuple(Reason(reason, SENTENCES[reason]) for reason in view.reasons)
    return Fall(_reference(view.amendment), reasons)


def _decision(view: DecisionView) -> DecisionToTake:
    return DecisionToTake(
        view.place,
        _references(view.amendments),
        view.group,
        view.compromise,
        _distance(view.distance),
        tuple(map(fall, view.falls)),
        view.more_falls,
        _references(view.stays),
        view.more_stays,
    )


@get("/recommendations/{recommendation_id:str}/deciding-order", tags=TAGS, sync_to_thread=True)
def read_deciding_order(
    recommendation_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None
) -> DecidingOrder:
    """Read in which order the amendments to the current version are decided on, and what falls with what.

    A compromise comes first, then what is furthest from the text, then the lower number; groups of amendments that
    cannot all stand, and those that are in none, follow each other in the order of the text.
    """
    found = deciding.order(ctx, recommendation_id, limit, cursor)
    return DecidingOrder(tuple(map(_group, found.groups)), tuple(map(_decision, found.decisions)), found.next)


ROUTES = [read_deciding_order]
