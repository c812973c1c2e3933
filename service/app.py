"""The composition root: the only module that knows all the others, and the only one that wires them."""

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from litestar import Litestar, Request, Response
from litestar.config.compression import CompressionConfig
from litestar.datastructures import MutableScopeHeaders
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.exceptions import ClientException, HTTPException
from litestar.middleware import ASGIMiddleware
from litestar.status_codes import HTTP_431_REQUEST_HEADER_FIELDS_TOO_LARGE
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service import api, web
from service.adapters.identifiers import UlidSource, new_secret
from service.adapters.paper import ChildRenderer
from service.adapters.sealing import NoSealer, make_sealer
from service.api import problems
from service.domain.errors import Refusal, SignInNeeded
from service.settings import Settings
from service.store.engine import Database, default_url, make_engine
from service.store.identity import Identity
from service.store.migrate import upgrade_engine
from service.web import csrf, errors, headers
from service.workflows import access, publishing
from service.workflows.context import Context
from service.workflows.ports import Renderer, Sealer

LOG = logging.getLogger(__name__)
IDLE_SECONDS = 1.0
BODY_LIMIT = 32 * 1024 * 1024
# What browsers and proxies send of headers, several times over.
HEAD_LIMIT = 32 * 1024


@dataclass(frozen=True)
class House:
    """Everything that an instance is made of."""

    settings: Settings
    database: Database
    renderer: Renderer
    sealer: Sealer
    new_id: Callable[[], str] = field(default_factory=UlidSource)

    def context(self, identity: Identity | Callable[[], Identity]) -> Context:
        """Return a context for one request, job or command."""
        return Context(
            database=self.database,
            identity=identity,
            new_id=self.new_id,
            new_secret=new_secret,
            renderer=self.renderer,
            sealer=self.sealer,
            demo=self.settings.demo_sign_in,
        )


def build(settings: Settings, *, clock: Callable[[], datetime] | None = None) -> House:
    """Build the house as the settings say, and bring its database to this release.

    Args:
        settings: the settings.
        clock: replaces the database's clock where a story is told in another time.
    """
    settings.data_directory.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database_url or default_url(settings.data_directory))
    upgrade_engine(engine)
    if clock is None and engine.dialect.name == "sqlite":
        # The embedded engine has this machine's clock; asking it by a statement would only take longer.
        now: Callable[[], datetime] | None = partial(datetime.now, UTC)
    else:
        now = clock
    return House(
        settings=settings,
        database=Database(engine, now),
        renderer=ChildRenderer(settings.base_url),
        sealer=make_sealer(
            settings.data_directory,
            pkcs12=settings.signing_pkcs12,
            passphrase=settings.signing_passphrase,
            roots=settings.signing_roots,
            tsa_url=settings.tsa_url,
            clock=clock,
        ),
    )


def described(settings: Settings) -> Litestar:
    """Return an application to be described, not run: it has every route, and neither database nor keys."""
    engine = make_engine("sqlite:///never-opened")
    return create_app(House(settings, Database(engine), ChildRenderer(settings.base_url), NoSealer()))


class HeadLimit(ASGIMiddleware):
    """Refuses a flood of headers, as the server below passes on whatever it is sent."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Let a request pass whose headers are no larger than anyone needs."""
        if sum(len(name) + len(value) for name, value in scope["headers"]) > HEAD_LIMIT:
            raise ClientException(status_code=HTTP_431_REQUEST_HEADER_FIELDS_TOO_LARGE)
        await next_app(scope, receive, send)


async def all_methods(message: Message, scope: Scope) -> None:
    """Let OPTIONS list every method of an address; the framework lists those that it was told of first."""
    if message["type"] == "http.response.start" and scope.get("method") == "OPTIONS":
        place, headers = scope.get("path_template"), MutableScopeHeaders.from_message(message)
        for route in scope["litestar_app"].routes:
            if route.path_format == place and "allow" in headers:
                headers["allow"] = ", ".join(sorted(route.methods))


def create_app(house: House) -> Litestar:
    """Return the application."""

    def provide_context(request: Request[Any, Any, Any]) -> Context:
        # Found out in the handler's own thread, when it first asks.
        return house.context(partial(_identity, house, request))

    return Litestar(
        route_handlers=[*api.ROUTES, *web.ROUTES],
        dependencies={"ctx": Provide(provide_context, sync_to_thread=False)},
        exception_handlers={Refusal: _answer, HTTPException: _answer, Exception: _answer},
        middleware=[HeadLimit()],
        before_send=[headers.guard, all_methods],
        compression_config=CompressionConfig(backend="brotli", brotli_quality=5, gzip_compress_level=6),
        request_max_body_size=BODY_LIMIT,
        openapi_config=None,
        lifespan=[_workers(house)],
        logging_config=None,
    )


def _identity(house: House, request: Request[Any, Any, Any]) -> Identity:
    """Return whom the request shows itself to be: by a token, or by a session's cookie."""
    stranger = house.context(Identity())
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() != "bearer" or not token:
            raise SignInNeeded
        return access.identify_token(stranger, token.strip())
    secret = csrf.session_secret(request)
    return access.identify_session(stranger, secret) if secret else Identity()


def _answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer an error in the way of the part of the house that was asked."""
    if request.url.path.startswith(api.PREFIXES):
        return problems.answer(request, error)
    if not isinstance(error, Refusal | HTTPException):
        LOG.error("unexpected error in %s %r", request.method, request.url.path, exc_info=error)
    return errors.answer(request, error)


def _workers(house: House) -> Callable[[Litestar], Any]:
    @asynccontextmanager
    async def running(_: Litestar) -> AsyncIterator[None]:
        stop = threading.Event()
        threads = [
            threading.Thread(target=work, args=(house, stop), name=f"worker-{n}", daemon=True)
            for n in range(int(house.settings.workers))
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join(timeout=30)

    return running


def work(house: House, stop: threading.Event, reached: Callable[[str], None] = lambda _: None) -> None:
    """Do jobs as they come, until told to stop."""
    while not stop.is_set():
        try:
            busy = publishing.work_once(house.context(Identity(operator=True)), reached)
        except Exception:
            # A worker outlives whatever it meets: the next round may find the database again.
            LOG.exception("the worker could not go on")
            busy = False
        if not busy:
            stop.wait(IDLE_SECONDS)
