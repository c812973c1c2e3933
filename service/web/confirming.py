"""How pages ask for a confirmation: where the demonstration is on, the button that sends is the confirmation."""

import re
from collections.abc import Callable
from typing import TypeVar

from litestar import Response

from service.domain.permissions import Act
from service.web.entering import KEPT
from service.web.forms import Form
from service.web.pages import Asked, page
from service.workflows import codes, confirmations, passkeys
from service.workflows.context import Context

T = TypeVar("T")
# Forms that have no page of their own stand on the page of the thing that they are about.
_ON_A_PAGE = re.compile(
    r"/(?:withdrawal|confirmation|approval|link|(?:signatories/)?[0-9A-Z]{26}/(?:unlink|remove|removal))$"
)


def sent_act(form: Form) -> Act:
    """Return the act that a form names which was sent to confirm it.

    Raises:
        Invalid: no such act needs a confirmation.
    """
    return confirmations.act_named(
        form.text("action"), form.text("object_id"), form.text("version"), form.text("content")
    )


def back_of(target: str) -> str:
    """Return the page from which a form was sent, for whoever would rather begin anew."""
    return _ON_A_PAGE.sub("", target)


def confirming(ctx: Context, act: Act, run: Callable[[], T]) -> T:
    """Run a use case that needs a confirmation; a demo person confirms by the click that sends.

    Raises:
        ConfirmationNeeded: the person has to confirm it first.
    """
    if not ctx.demo or ctx.identity.session_id is None:
        return run()
    with ctx.transaction():
        confirmations.confirm_in_demo(ctx, act)
        return run()


def ask_to_confirm(request: Asked, ctx: Context, act: Act, form: Form) -> Response[str]:
    """Show by what the person can confirm; what was typed is carried on, and sent once they have.

    Args:
        request: what was asked for.
        ctx: its context.
        act: what is to be confirmed.
        form: what was sent to the page of the act; or, once more, what was sent to confirm it.
    """
    carried = [(name, value) for name, value in form.kept if name.startswith(KEPT)]
    target = form.text("target")
    if not target:
        carried, target = [(f"{KEPT}{name}", value) for name, value in form.kept], request.url.path
    return page(
        request, ctx, "confirm.html", status=form.status, private=True, act=act, carried=carried, target=target,
        form=form, by_mail=ctx.doors.post_link is not None, by_code=codes.mine(ctx).in_use,
        by_passkey=bool(passkeys.mine(ctx)),
    )  # fmt: skip
