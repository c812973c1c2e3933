"""/verifications: is this file an edition, and has anything been changed?"""

from datetime import datetime
from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter
from msgspec import Struct

from service.api.asking import Asking
from service.api.lists import Listing, whole
from service.api.schemas import refuses, shown
from service.api.uploads import FORM, WRAPPING, uploaded
from service.domain.editions import EditionState
from service.domain.errors import Invalid
from service.domain.paper_codes import code_of
from service.domain.reports import Bearing, Topic, told
from service.domain.verification import Level, Verdict, Verification
from service.domain.views.lookups import Standing
from service.workflows import editions, verifications
from service.workflows.verifications import Found

PDF = "application/pdf"
PEM = "application/x-pem-file"
ROOTS_EXAMPLE = "# …\n-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n"
LARGEST_FILE = 30 * 1024 * 1024


class ReportFinding(Struct, frozen=True):
    """One sentence of a report: the question it answers, and whether it is proven, left open, or against the file.

    `code` names the sentence for programs, and stays.
    """

    topic: Topic
    bearing: Bearing
    code: str
    text: str


class SignedBy(Struct, frozen=True):
    """One who signed the paper beside the seal: with a key of their own, or by their account as the seal attests."""

    name: str
    organisation: str
    signed_at: datetime
    own_key: bool


class Report(Struct, frozen=True):
    """What can be said of a file: the verdict, its reasons in words, and what is known of who sealed it and when.

    `archived_until` is when the proof of the last archive timestamp ends.

    What is not known is null. Of signer, times, digest, title, edition, signatories, level (the form of the seal),
    address (where the paper says that one can ask), record size and root, rely only on a valid file's. `findings` are
    the sentences once more, each with the question that it answers.
    """

    verdict: Verdict
    sentences: tuple[str, ...]
    signer: str | None
    signed_at: datetime | None
    timestamped_at: datetime | None
    digest: str | None
    title: str | None
    edition: int | None
    demo: bool
    archived_until: datetime | None
    level: Level | None
    address: str | None
    record_size: int | None
    record_root: str | None
    findings: tuple[ReportFinding, ...]
    signatories: tuple[SignedBy, ...]


class Successor(Struct, frozen=True):
    """The edition that has taken another one's place."""

    id: str
    number: int
    released_at: datetime


class PublishedEdition(Struct, frozen=True):
    """An edition as who holds its paper asks for it; `standing` tells whether it can be relied on today.

    `code` is printed on the paper, `digest` is that of its data, `file_digest` that of the signed PDF. `report` is
    null until it is released.
    """

    id: str
    agenda_id: str
    agenda: str
    number: int
    state: EditionState
    standing: Standing
    code: str
    digest: str
    file_digest: str | None
    released_at: datetime | None
    superseded_by: Successor | None
    report: Report | None


Code = Annotated[
    str,
    QueryParameter(
        max_length=500,
        description="The code printed on the paper, or a digest (SHA-256) of data or file, or its first 8 digits.",
    ),
]

_signed_by = shown(SignedBy)


def report(found: Verification) -> Report:
    """Render a verification."""
    return Report(
        found.verdict,
        tuple(sentence.text for sentence in found.sentences),
        found.signer,
        found.signed_at,
        found.timestamped_at,
        found.digest,
        found.title,
        found.edition,
        found.demo,
        found.archived_until,
        found.level,
        found.address,
        found.record_size,
        found.record_root,
        tuple(ReportFinding(one.topic, one.bearing, one.code, one.sentence.text) for one in told(found)),
        tuple(map(_signed_by, found.signatories)),
    )


def _published(found: Found) -> PublishedEdition:
    edition, later = found.edition, found.edition.successor
    return PublishedEdition(
        edition.id,
        edition.agenda_id,
        edition.agenda,
        edition.number,
        edition.state,
        edition.standing,
        code_of(edition.digest),
        edition.digest,
        edition.file_digest,
        edition.released_at,
        Successor(later.id, later.number, later.released_at) if later is not None else None,
        report(found.report) if found.report is not None else None,
    )


@post(
    "/verifications",
    tags=["Editions"],
    status_code=200,
    opt={"uploads": (PDF, FORM)},
    dependencies={"paper": Provide(uploaded(PDF))},
    request_max_body_size=LARGEST_FILE + WRAPPING,
    sync_to_thread=True,
)
def verify_file(paper: NamedDependency[bytes], ctx: Asking) -> Report:
    """Check a PDF: whose seal it carries, and whether a byte has changed since. Nothing is kept of the file."""
    return report(editions.verify(ctx, paper))


@get("/verifications", tags=["Editions"], opt=refuses(Invalid), sync_to_thread=True)
def look_up(code: Code, ctx: Asking) -> Listing[PublishedEdition]:
    """Find the edition of a paper by the code printed on it, or by a digest: the newest first, and at most 50."""
    return whole(verifications.look_up(ctx, code), _published)


@get(
    "/verifications/roots",
    tags=["Editions"],
    opt={"answers": PEM, "example": ROOTS_EXAMPLE},
    media_type=PEM,
    sync_to_thread=True,
)
def read_roots(ctx: Asking) -> Response[bytes]:
    """Read the root certificates under which papers are checked here, in PEM, each below its name and fingerprint.

    `sympolity verify FILE --trust roots.pem` checks a paper with them elsewhere, without the network.
    """
    named = {"Content-Disposition": 'attachment; filename="roots.pem"'}
    return Response(verifications.roots(ctx), media_type=PEM, headers=named)


ROUTES = [verify_file, look_up, read_roots]
