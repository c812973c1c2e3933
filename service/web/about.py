"""Pages about the service: how it works, who can use it, what it keeps."""

from litestar import Response, get

from service.web.keys import KEYS
from service.web.pages import Asked, Asking, page


@get("/help", sync_to_thread=True, include_in_schema=False)
def manual(request: Asked, ctx: Asking) -> Response[str]:
    """Explain how an agenda comes about, and every word that needs it."""
    return page(request, ctx, "help.html")


@get("/help/keyboard", sync_to_thread=True, include_in_schema=False)
def keyboard(request: Asked, ctx: Asking) -> Response[str]:
    """List the keys that the pages know, and say how to switch off those that are the pages' own."""
    return page(request, ctx, "keyboard.html", groups=KEYS)


@get("/accessibility", sync_to_thread=True, include_in_schema=False)
def accessibility(request: Asked, ctx: Asking) -> Response[str]:
    """Say who can use the pages, and where they still fall short."""
    return page(request, ctx, "accessibility.html")


@get("/privacy", sync_to_thread=True, include_in_schema=False)
def privacy(request: Asked, ctx: Asking) -> Response[str]:
    """Say what is kept about a person."""
    return page(request, ctx, "privacy.html")
