"""/verifications: is this file an edition, and has anything been changed?"""

from datetime import datetime

from litestar import post
from litestar.di import NamedDependency, Provide
from msgspec import Struct

from service.api.asking import Asking
from service.api.schemas import shown
from service.api.uploads import FORM, WRAPPING, uploaded
from service.domain.verification import Verdict, Verification
from service.workflows import editions

PDF = "application/pdf"
LARGEST_FILE = 30 * 1024 * 1024


class SignedBy(Struct, frozen=True):
    """One who signed the paper beside the seal: with a key of their own, or by their account as the seal attests."""

    name: str
    organisation: str
    signed_at: datetime
    own_key: bool


class Report(Struct, frozen=True):
    """What can be said of a file: the verdict, its reasons in words, and what is known of who sealed it and when.

    What is not known is null. Of signer, times, digest, title, edition and signatories, rely only on a valid
    file's.
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
    signatories: tuple[SignedBy, ...]


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
        tuple(map(_signed_by, found.signatories)),
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


ROUTES = [verify_file]
