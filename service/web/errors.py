"""Refusals and faults as pages, in the same look, with a way on; what was typed is never lost."""

from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from service.domain.errors import Refusal, SignInNeeded, TooManyRequests
from service.web import csrf
from service.web.forms import STATE, STATUS, CrossSite, Form, OtherSession
from service.web.pages import Asked, bare_page

KNOWN = frozenset({400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 428, 429, 500, 503})
_SAFE = frozenset({"GET", "HEAD"})


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Return the page for an error that a page's handler raised, or that found no handler.

    Args:
        request: what was asked for.
        error: a refusal, an exception of the framework, or a fault of ours, which is not told in words.
    """
    if request.headers.get("hx-request"):
        return _fragment(request, error)
    if isinstance(error, OtherSession):
        return _resume(request, error.form)
    if isinstance(error, SignInNeeded):
        return _sign_in(request)
    if isinstance(error, Refusal):
        return failure(request, STATUS[error.kind], error)
    fault = error.status_code if isinstance(error, HTTPException) else 500
    return failure(request, 403 if isinstance(error, CrossSite) else fault)


def failure(request: Asked, status: int, refusal: Refusal | None = None) -> Response[str]:
    """Return the page for a status."""
    shown = status if status in KNOWN else 500 if status >= 500 else 400  # noqa: PLR2004 - the classes of HTTP
    sent = request.scope.get("state", {}).get(STATE)
    kept = sent.kept if isinstance(sent, Form) else ()
    answer = bare_page(
        request, "error.html", status=status, code=shown, refusal=refusal, kept=kept, target=request.url.path
    )
    if isinstance(refusal, TooManyRequests):
        answer.headers["Retry-After"] = str(refusal.values["seconds"])
    return answer


def _fragment(request: Asked, error: Exception) -> Response[str]:
    """Return a sentence for a part of a page: what is typed on the page itself stays there."""
    ended = isinstance(error, SignInNeeded | OtherSession)
    refusal = error if isinstance(error, Refusal) else None
    status = 401 if ended else STATUS[refusal.kind] if refusal is not None else 500
    return bare_page(request, "error_part.html", status=status, ended=ended, refusal=refusal)


def _sign_in(request: Asked) -> Response[str]:
    kept = request.scope.get("state", {}).get(STATE)
    form = kept if isinstance(kept, Form) else Form()
    way_back = request.url.path if form.kept or request.method in _SAFE else "/"
    query = f"?{request.url.query}" if request.url.query and request.method in _SAFE else ""
    return bare_page(
        request,
        "sign_in_needed.html",
        status=401,
        way_back=f"{way_back}{query}",
        kept=form.kept,
        carried=[(f"kept.{name}", value) for name, value in form.kept],
    )


def _resume(request: Asked, form: Form) -> Response[str]:
    """Offer to send a form again that was opened in another session."""
    if not csrf.session_secret(request):
        return _sign_in(request)
    return bare_page(request, "resume.html", status=403, target=request.url.path, kept=form.kept, fresh=False)
