"""/verifications: is this file an edition, and has anything been changed?"""

from datetime import datetime
from typing import Any

from litestar import Request, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency, Provide
from msgspec import Struct

from service.api.asking import Asking
from service.api.refusals import BadRequest, InvalidRequest, WrongMediaType
from service.domain.errors import FieldError
from service.domain.verification import Verdict, Verification
from service.workflows import editions

PDF = "application/pdf"
FORM = "multipart/form-data"
LARGEST_FILE = 30 * 1024 * 1024
# What a form adds around its one file.
WRAPPING = 64 * 1024


class Report(Struct, frozen=True):
    """What can be said of a file: the verdict, its reasons in words, and what is known of who sealed it and when.

    What is not known is null. Of signer, times, digest, title and edition, rely only on a valid file's.
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
    )


async def provide_paper(request: Request[Any, Any, Any]) -> bytes:
    """Return the file that a request brings: as its body, or in the field `file` of a form.

    Raises:
        WrongMediaType: it comes neither way.
        InvalidRequest: the form has no such field.
        BadRequest: the form has a field that is not UTF-8.
    """
    kind, _ = request.content_type
    if kind == PDF:
        return await request.body()
    if kind != FORM:
        raise WrongMediaType(expected=f"{PDF}, or {FORM} with a field named “file”")
    try:
        sent = await request.form()
    except UnicodeDecodeError:
        raise BadRequest from None
    upload = sent.get("file")
    if not isinstance(upload, UploadFile):
        raise InvalidRequest(errors=[FieldError("file", "Send the file in a form field of this name.")])
    return await upload.read()


@post(
    "/verifications",
    tags=["Editions"],
    status_code=200,
    opt={"uploads": (PDF, FORM)},
    dependencies={"paper": Provide(provide_paper)},
    request_max_body_size=LARGEST_FILE + WRAPPING,
    sync_to_thread=True,
)
def verify_file(paper: NamedDependency[bytes], ctx: Asking) -> Report:
    """Check a PDF: whose seal it carries, and whether a byte has changed since. Nothing is kept of the file."""
    return report(editions.verify(ctx, paper))


ROUTES = [verify_file]
