"""Compromise amendments: what they cover, and what falls with them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from service.domain.amendments import Amendment, AmendmentAction, AmendmentState
from service.domain.errors import FieldError, Invalid
from service.domain.own_reasons import OwnReason

COVERED_LIMIT = 100


@dataclass(eq=False)
class Cover:
    """That a compromise covers an amendment; `fell` once the amendment fell with it, for as long as it does."""

    id: str
    compromise_id: str
    covered_id: str
    fell: bool = False


def check_covers(
    compromise: Amendment,
    covered_ids: Sequence[str],
    known: Mapping[str, Amendment],
    compromises: Collection[str],
) -> None:
    """Refuse a compromise that covers what it cannot.

    Args:
        compromise: the one that is about to be tabled.
        covered_ids: what it says it covers.
        known: those of them that there are, by their ids.
        compromises: which of them are compromises themselves.

    Raises:
        Invalid: names each that cannot be covered, as `covers.2`, and says why.
    """
    if len(covered_ids) > COVERED_LIMIT:
        raise Invalid.field(
            "covers", "A compromise covers at most %(limit)s amendments.", limit=COVERED_LIMIT
        )
    named = [(f"covers.{at}", known.get(one)) for at, one in enumerate(covered_ids)]
    wrong = [_obstacle(field, compromise, covered, compromises) for field, covered in named]
    if any(wrong):
        raise Invalid(errors=[error for error in wrong if error is not None])


def _obstacle(
    field: str, compromise: Amendment, covered: Amendment | None, compromises: Collection[str]
) -> FieldError | None:
    if covered is None or (covered.number is None and covered.id != compromise.id):
        return FieldError(field, "There is no such amendment here.")
    values = {"number": covered.number}
    obstacles = (
        (covered.id == compromise.id, FieldError(field, "A compromise cannot cover itself.")),
        (
            covered.id in compromises,
            FieldError(
                field,
                "Amendment %(number)s is a compromise itself. Cover what it covers, and not itself.",
                values,
            ),
        ),
        (
            covered.recommendation_id != compromise.recommendation_id,
            FieldError(field, "Amendment %(number)s is to another recommendation.", values),
        ),
        (
            covered.base_version_id != compromise.base_version_id,
            FieldError(
                field,
                "Amendment %(number)s was made on another version. Ask its authors to carry it over first.",
                values,
            ),
        ),
        (
            not is_at_stake(covered),
            FieldError(
                field,
                "Amendment %(number)s is decided already, so there is nothing to find a compromise on.",
                values,
            ),
        ),
    )
    return next((error for stands_in_the_way, error in obstacles if stands_in_the_way), None)


def is_at_stake(amendment: Amendment) -> bool:
    """Tell whether it can still become text: it is open, or accepted and not yet part of a version."""
    return amendment.stands


def fall_with(covered: Amendment, compromise: Amendment, *, person_id: str, now: datetime) -> str:
    """Let a covered amendment fall, or stay fallen, because this compromise is accepted; returns the reason."""
    if covered.state is not AmendmentState.FALLEN:
        covered.act(AmendmentAction.FALL)
    reason = OwnReason.COVERED.of(compromise.number)
    covered.explain(reason)
    covered.decided_by, covered.decided_at = person_id, now
    covered.decided_blocks = None
    return reason


def come_back(covered: Amendment, compromise: Amendment) -> str:
    """Take a covered amendment up again, because its compromise is accepted no more; returns the reason."""
    covered.act(AmendmentAction.RESTORE)
    reason = OwnReason.COVERED_NO_MORE.of(compromise.number)
    covered.explain(reason)
    covered.decided_by, covered.decided_at = None, None
    return reason
