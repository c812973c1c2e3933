"""What whoever published a paper can add to its report: whether it is that very file, and whether it still stands."""

from dataclasses import replace
from datetime import datetime

from service.domain.verification import Finding, Sentence, Verdict, Verification
from service.domain.views.lookups import Published, Standing


def completed(
    found: Verification,
    published: Published | None,
    *,
    same_file: bool,
    record_agrees: bool | None,
    now: datetime,
) -> Verification:
    """Return the report on a valid paper with what only its publisher knows; any other report as it is.

    A report that was kept until the proof of the archive timestamp ended says so, and proves no more than a new one.

    Args:
        found: what the file shows by itself.
        published: the edition that was published here with its data, or None.
        same_file: whether its paper is this very file.
        record_agrees: whether the record still begins as the paper says; None where that cannot be told.
        now: when it is asked.
    """
    if found.verdict is not Verdict.VALID or found.edition is None:
        return found
    if same_file:
        # Whose seal it should be is known of the very file that was published here.
        settled = tuple(one for one in found.sentences if one.template is not Finding.SIGNER_OPEN)
        found = replace(found, sentences=settled)
    if published is None:
        return replace(found, sentences=(Sentence(Finding.NOT_PUBLISHED), *found.sentences))
    if found.archived_until is not None and found.archived_until <= now:
        said = (_standing(published, now), _file(published, same=same_file), Sentence(Finding.ARCHIVE_OVER))
        return replace(found, verdict=Verdict.UNKNOWN, sentences=said)
    known = [_of_record(one, agrees=record_agrees) for one in found.sentences]
    return replace(found, sentences=(_standing(published, now), _file(published, same=same_file), *known))


def _file(published: Published, *, same: bool) -> Sentence:
    number = {"number": str(published.number)}
    if not same:
        return Sentence(Finding.SAME_DATA, number)
    return Sentence(Finding.PUBLISHED_FILE, {**number, "released_at": _day(published.released_at)})


def _standing(published: Published, now: datetime) -> Sentence:
    if published.standing is Standing.WITHDRAWN:
        return Sentence(Finding.WITHDRAWN)
    if published.successor is not None:
        later = published.successor
        values = {"number": str(later.number), "released_at": _day(later.released_at)}
        return Sentence(Finding.SUPERSEDED, values)
    at = {"at": f"{now:%Y-%m-%d %H:%M} UTC"}
    if published.withdrawn is not None:
        return Sentence(Finding.STANDS_AGAIN, {**at, "number": str(published.withdrawn.number)})
    return Sentence(Finding.STANDS, at)


def _of_record(one: Sentence, *, agrees: bool | None) -> Sentence:
    if one.template is not Finding.RECORD_NAMED or agrees is None:
        return one
    return Sentence(Finding.RECORD_AGREES if agrees else Finding.RECORD_DIFFERS, {"size": one.values["size"]})


def _day(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d}"
