"""Looking an edition up by what is printed on its paper, and what its publisher adds to a report."""

from dataclasses import dataclass, replace

from service.domain import paper_codes, standings
from service.domain.permissions import visible_to
from service.domain.verification import Finding, Sentence, Verification
from service.domain.views.lookups import Published
from service.store.queries import lookups
from service.store.queries import record as record_queries
from service.store.reader import Reader
from service.store.renewing import former_report
from service.workflows.context import Context


@dataclass(frozen=True, slots=True)
class Found:
    """An edition that was asked for, and the report on its paper as it can be given today; None before its release.

    `former` tells that it was asked for by the digest of its paper from before the archive timestamp was renewed.
    """

    edition: Published
    report: Verification | None
    former: bool = False


def look_up(ctx: Context, code: str) -> tuple[Found, ...]:
    """Return the editions that have a code, or whose digest begins with what was typed, the newest first.

    Raises:
        Invalid: it is no code.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        asked = paper_codes.read(code)
        found = lookups.wanted(reader.connection, asked)
        if asked.whole is not None and not any(asked.whole in (one.digest, one.file_digest) for one in found):
            return tuple(Found(one, of_former(ctx, asked.whole), former=True) for one in found)
        # Where a code is not enough to tell one edition, its record is not read yet either.
        alone = len(found) == 1
        return tuple(Found(one, _report(reader, one, with_record=alone)) for one in found)


def roots(ctx: Context) -> bytes:
    """Return the roots under which papers are checked here, for whoever checks them elsewhere (PEM)."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return ctx.sealer.roots()


def of_published(ctx: Context, file_digest: str) -> Verification | None:
    """Return the report on a paper that was published here, by its SHA-256; None where there is no such paper."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        known = lookups.published_as(reader.connection, file_digest)
        return _report(reader, known, with_record=True) if known is not None else None


def of_former(ctx: Context, file_digest: str) -> Verification | None:
    """Return the report on a paper whose archive timestamp was renewed since, by its SHA-256, or None."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        former = former_report(reader.connection, file_digest)
    if former is None:
        return None
    found = completed(ctx, former)
    said = (
        Sentence(Finding.OLDER_ARCHIVE) if one.template is Finding.SAME_DATA else one
        for one in found.sentences
    )
    return replace(found, sentences=tuple(said))


def completed(ctx: Context, found: Verification) -> Verification:
    """Return the report on a file that was not published here, with what is known here of the data inside."""
    if found.digest is None:
        return found
    with ctx.reading() as reader:
        visible_to(reader.actor)
        known = lookups.published_from(reader.connection, found.digest)
        agrees = _agrees(reader, known, found) if known is not None else None
        return standings.completed(found, known, same_file=False, record_agrees=agrees, now=reader.now)


def _report(reader: Reader, known: Published, *, with_record: bool) -> Verification | None:
    found = known.verification
    if known.released_at is None or found is None:
        return None
    agrees = _agrees(reader, known, found) if with_record else None
    return standings.completed(found, known, same_file=True, record_agrees=agrees, now=reader.now)


def _agrees(reader: Reader, known: Published, found: Verification) -> bool | None:
    """Tell whether the agenda's record still begins as the paper says; None where the report does not say how."""
    size, root = found.record_size, found.record_root
    if size is None or root is None:
        return None
    if not 0 < size <= record_queries.head(reader.connection, known.agenda_id).size:
        return False
    (hash_,) = record_queries.hashes_of(reader.connection, known.agenda_id, ((0, size),))
    return hash_.hex() == root
