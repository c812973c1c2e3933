"""The page on which anyone checks a paper."""

from litestar import Response, get, post

from service.domain.errors import Invalid
from service.domain.verification import Verification
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page
from service.workflows import editions
from service.workflows.context import Context

LARGEST = 30 * 1024 * 1024
_FRAME = 64 * 1024


@get("/verify", sync_to_thread=True, include_in_schema=False)
def ask(request: Asked, ctx: Asking) -> Response[str]:
    """Show the form that takes a file."""
    return page(request, ctx, "verify.html", found=None)


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
    return page(request, ctx, "verify.html", status=form.status, private=True, found=found, form=form)


def _checked(ctx: Context, form: Form) -> Verification:
    data = form.files.get("paper", b"")
    if not data:
        raise Invalid.field("paper", "Choose the file that you want to check.")
    return editions.verify(ctx, data)
