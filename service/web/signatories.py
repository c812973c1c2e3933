"""Forms around those who sign an edition: declining to sign, going on without who is silent."""

from litestar import Response, post
from litestar.params import FromPath

from service.domain.permissions import Act, Permission
from service.web.confirming import ask_to_confirm, confirming
from service.web.done import Done
from service.web.editions import shown
from service.web.forms import Sent
from service.web.pages import Asked, Asking, see_other
from service.workflows import library, signatories
from service.workflows.signatories import Decline, TakeOff


@post("/editions/{edition_id:str}/refusal", sync_to_thread=True, include_in_schema=False)
def decline(
    request: Asked, edition_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Decline to sign an edition, and say why."""
    command = Decline(edition_id, form.text("digest"), form.text("reason"))
    form.submit(lambda: signatories.decline(ctx, command))
    if form.refusal is not None:
        return shown(request, ctx, edition_id, form)
    return see_other(f"/editions/{edition_id}", Done.DECLINED)


@post(
    "/editions/{edition_id:str}/signatories/{signatory_id:str}/removal",
    sync_to_thread=True,
    include_in_schema=False,
)
def take_off(
    request: Asked, edition_id: FromPath[str], signatory_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Go on without a signatory who is silent."""
    act = Act(Permission.EDITION_TAKE_OFF, signatory_id, library.edition(ctx, edition_id).digest)
    command = TakeOff(edition_id, signatory_id)
    form.submit(lambda: confirming(ctx, act, lambda: signatories.take_off(ctx, command)))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    if form.refusal is not None:
        return shown(request, ctx, edition_id, form)
    return see_other(f"/editions/{edition_id}", Done.SIGNATORY_TAKEN_OFF)
