"""The page on which anyone checks a paper, or looks its edition up by what is printed on it."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain import paper_codes
from service.domain.errors import Invalid
from service.domain.verification import Verification
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import editions, verifications
from service.workflows.context import Context

LARGEST = 30 * 1024 * 1024
_FRAME = 64 * 1024


@get("/verify", sync_to_thread=True, include_in_schema=False)
def ask(request: Asked, ctx: Asking) -> Response[str] | Response[None]:
    """Show the forms that take a file or a code; a code that can be read leads to its own address."""
    form = Form()
    if "code" in request.query_params:
        form = Form({"code": (request.query_params["code"],)})
        wanted = form.submit(lambda: paper_codes.read(form.text("code")))
        if wanted is not None:
            return see_other(f"/verify/{wanted.text}")
    return page(request, ctx, "verify.html", status=form.status, found=None, editions=None, form=form)


@get("/verify/roots.pem", sync_to_thread=True, include_in_schema=False)
def roots(ctx: Asking) -> Response[bytes]:
    """Hand out the roots that a check elsewhere needs; the same for everyone."""
    content = verifications.roots(ctx)
    named = {"Content-Disposition": 'attachment; filename="roots.pem"'}
    return Response(content, media_type="application/x-pem-file", headers=named)


@get("/verify/{code:str}", sync_to_thread=True, include_in_schema=False)
def look_up(request: Asked, code: FromPath[str], ctx: Asking) -> Response[str]:
    """Show which edition has a code, whether it still stands, and the digests to compare."""
    form = Form({"code": (code,)})
    found = form.submit(lambda: verifications.look_up(ctx, code))
    status = 404 if found == () else form.status
    return page(request, ctx, "verify.html", status=status, found=None, editions=found, form=form)


@post(
    "/verify",
    sync_to_thread=True,
    status_code=200,
    include_in_schema=False,
    request_max_body_size=LARGEST + _FRAME,
)
def verify(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Say in words what can be said of a file; it is not kept."""
    found = form.submit(lambda: _checked(ctx, form))
    return page(
        request, ctx, "verify.html", status=form.status, private=True, found=found, editions=None, form=form
    )


def _checked(ctx: Context, form: Form) -> Verification:
    data = form.files.get("paper", b"")
    if not data:
        raise Invalid.field("paper", "Choose the file that you want to check.")
    return editions.verify(ctx, data)
