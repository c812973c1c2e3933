"""Page of an agenda's webhooks, for the facility: whom they tell, what did not arrive, and the secrets, once."""

from collections.abc import Callable

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.permissions import Permission
from service.domain.webhooks import OVERLAP
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import reading, webhooks
from service.workflows.context import Context
from service.workflows.webhooks import RegisterWebhook

ACTIONS: dict[str, Callable[[Context, str], object]] = {
    "disable": webhooks.disable,
    "enable": webhooks.enable,
    "test": webhooks.send_test,
}
DONE = {"disable": Done.WEBHOOK_OFF, "enable": Done.WEBHOOK_ON}


@get("/agendas/{agenda_id:str}/webhooks", sync_to_thread=True, include_in_schema=False)
def listed(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an agenda's webhooks and their last messages."""
    with ctx.reading():
        return _page(request, ctx, agenda_id, Form())


@post("/agendas/{agenda_id:str}/webhooks", sync_to_thread=True, include_in_schema=False)
def register(request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking) -> Response[str]:
    """Register a webhook, and show its secret."""
    command = RegisterWebhook(agenda_id, form.text("url").strip(), tuple(form.text("events").split()))
    made = form.submit(lambda: webhooks.register(ctx, command))
    return _page(request, ctx, agenda_id, form if made is None else Form(), made)


@post("/webhooks/{webhook_id:str}/secret", sync_to_thread=True, include_in_schema=False)
def rotate(request: Asked, webhook_id: FromPath[str], form: Sent, ctx: Asking) -> Response[str]:
    """Give a webhook a new secret, and show it."""
    form.submit(lambda: webhooks.rotate(ctx, webhook_id))
    agenda_id = webhooks.webhook(ctx, webhook_id).agenda_id
    return _page(request, ctx, agenda_id, form, webhook_id)


@post("/webhooks/{webhook_id:str}/state", sync_to_thread=True, include_in_schema=False)
def act(request: Asked, webhook_id: FromPath[str], form: Sent, ctx: Asking) -> Response[str] | Response[None]:
    """Switch a webhook off or on, or send it a test."""
    action = ACTIONS.get(form.text("action"), webhooks.send_test)
    form.submit(lambda: action(ctx, webhook_id))
    return _back(request, ctx, webhook_id, form, DONE.get(form.text("action"), Done.WEBHOOK_TESTED))


@post("/webhook-messages/{message_id:str}/retry", sync_to_thread=True, include_in_schema=False)
def retry(
    request: Asked, message_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Send a message again."""
    form.submit(lambda: webhooks.retry(ctx, message_id))
    return _back(request, ctx, webhooks.delivery(ctx, message_id).webhook_id, form, Done.TRIED_AGAIN)


def _back(
    request: Asked, ctx: Context, webhook_id: str, form: Form, done: Done
) -> Response[str] | Response[None]:
    agenda_id = webhooks.webhook(ctx, webhook_id).agenda_id
    if form.refusal is not None:
        return _page(request, ctx, agenda_id, form)
    return see_other(f"/agendas/{agenda_id}/webhooks", done)


def _page(
    request: Asked, ctx: Context, agenda_id: str, form: Form, fresh: str | None = None
) -> Response[str]:
    must(reading.abilities(ctx, agenda_id), Permission.WEBHOOK_MANAGE)
    return page(
        request,
        ctx,
        "webhooks.html",
        status=form.status,
        private=True,
        agenda=reading.agenda(ctx, agenda_id),
        webhooks=webhooks.listed(ctx, agenda_id),
        messages=webhooks.last_deliveries(ctx, agenda_id),
        fresh=fresh,
        secret=webhooks.secret(ctx, fresh) if fresh is not None and form.refusal is None else "",
        overlap=OVERLAP,
        form=form,
    )
