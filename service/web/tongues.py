"""The language of the pages: chosen at the foot of each, for this browser and for whoever is signed in."""

from litestar import Response, post
from litestar.datastructures import Cookie

from service.domain.errors import Invalid
from service.web.entering import local
from service.web.forms import Form, Sent
from service.web.languages import known
from service.web.pages import LANGUAGE, Asked, Asking, see_other
from service.workflows import wishes

LASTS = 365 * 24 * 3600
BACK = "back"


@post("/language", sync_to_thread=True, include_in_schema=False)
def speak(request: Asked, form: Sent, ctx: Asking) -> Response[None]:
    """Show the pages in another language from now on, and go on reading where the reader was."""
    tag = language_chosen(form)
    if ctx.identity.person_id is not None:
        wishes.speak(ctx, tag)
    answer = see_other(local(form.text(BACK, "/")))
    answer.set_cookie(
        Cookie(
            key=LANGUAGE, value=tag, max_age=LASTS, path="/",
            secure=request.url.scheme == "https", httponly=True, samesite="lax",
        )
    )  # fmt: skip
    return answer


def language_chosen(form: Form) -> str:
    """Return the language that was chosen.

    Raises:
        Invalid: the pages do not speak it.
    """
    tag = form.text(LANGUAGE)
    if tag not in known():
        raise Invalid.field(LANGUAGE, "Choose one of these.")
    return tag
