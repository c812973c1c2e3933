"""The composition root: the only module that knows all the others, and the only one that wires them."""

import logging
import math
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlsplit

from litestar import Litestar, Request, Response
from litestar.config.compression import CompressionConfig
from litestar.datastructures import Cookie, MutableScopeHeaders, State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.exceptions import ClientException, HTTPException
from litestar.middleware import ASGIMiddleware
from litestar.status_codes import HTTP_431_REQUEST_HEADER_FIELDS_TOO_LARGE
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service import api, ways_in, web
from service.adapters.calling import make_courier
from service.adapters.door_key import DoorKey
from service.adapters.identifiers import UlidSource, new_secret
from service.adapters.key_sources import CannotSealError
from service.adapters.mail import make_postman
from service.adapters.no_sealer import NoSealer
from service.adapters.notary import NoNotary, make_notary
from service.adapters.paper import ChildRenderer
from service.adapters.passkeys import WebAuthn
from service.adapters.sealing import make_sealer
from service.adapters.sheets import FileSheets
from service.adapters.word import FileWord
from service.adapters.workplaces import ThisProcess
from service.api import problems
from service.domain.access import writes
from service.domain.errors import Refusal, SignInNeeded, TryAgain
from service.domain.seals import signers_named
from service.key_settings import key_source
from service.settings import SettingError, Settings
from service.store.engine import Database, default_url, make_engine
from service.store.identity import Identity
from service.store.migrate import upgrade_engine
from service.web import csrf, entering, errors, headers
from service.web.languages import choose
from service.web.letters import HouseLetters
from service.web.renditions import HouseRenditions
from service.web.watching import PAGE, Watch
from service.workflows import access, activity, jobs, links, mails, moving, notifications, sweeping, webhooks
from service.workflows.context import Context
from service.workflows.limits import Reserved
from service.workflows.ports import (
    Courier,
    Doors,
    Mailing,
    Notary,
    Postman,
    Renderer,
    Sealer,
    Sheets,
    WordFiles,
)

LOG = logging.getLogger(__name__)
IDLE_SECONDS = 1.0
SWEEPS_EVERY = 3600.0
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
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
    notary: Notary
    new_id: Callable[[], str] = field(default_factory=UlidSource)
    postman: Postman | None = None
    doors: Doors = field(default_factory=Doors)
    sheets: Sheets = field(default_factory=FileSheets)
    word: WordFiles = field(default_factory=FileWord)
    courier: Courier | None = None
    workplace: ThisProcess = field(default_factory=ThisProcess)

    @property
    def mailing(self) -> Mailing:
        """Who writes and who carries the mails."""
        settings = self.settings
        letters = HouseLetters(settings.base_url, settings.mail_from or f"no-reply@{settings.mail_host}")
        return Mailing(letters, self.postman, links.make_link, settings.mail_host)

    @cached_property
    def writes(self) -> Reserved | None:
        """How often a person may change something; None where nobody counts."""
        allowed = int(self.settings.writes_per_minute)
        return Reserved(writes(allowed)) if allowed else None

    def context(self, identity: Identity | Callable[[], Identity]) -> Context:
        """Return a context for one request, job or command."""
        return Context(
            database=self.database,
            identity=identity,
            new_id=self.new_id,
            new_secret=new_secret,
            renderer=self.renderer,
            renditions=HouseRenditions(self.settings.base_url),
            sealer=self.sealer,
            mailing=self.mailing,
            notary=self.notary,
            sheets=self.sheets,
            word=self.word,
            licence=self.settings.licence.strip(),
            demo=self.settings.demo_sign_in,
            doors=self.doors,
            courier=self.courier,
            workplace=self.workplace,
        )


def build(settings: Settings, *, clock: Callable[[], datetime] | None = None) -> House:
    """Build the house as the settings say, and bring its database to this release.

    Args:
        settings: the settings.
        clock: replaces the database's clock where a story is told in another time.

    Raises:
        SettingError: the roots or the keys of signatories that the settings name cannot be read.
    """
    settings.data_directory.mkdir(parents=True, exist_ok=True)
    try:
        sealer = _sealer(settings, clock)
    except CannotSealError as fault:
        raise SettingError(str(fault)) from fault
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
        sealer=sealer,
        postman=make_postman(settings.smtp_url),
        notary=make_notary(
            settings.data_directory, urlsplit(settings.base_url).netloc, settings.signing_record_key
        ),
        doors=_doors(settings),
        courier=make_courier(
            settings.data_directory, settings.webhook_key, local=settings.webhooks_local == "on"
        ),
    )


def _sealer(settings: Settings, clock: Callable[[], datetime] | None) -> Sealer:
    return make_sealer(
        settings.data_directory,
        source=key_source(settings),
        roots=settings.signing_roots,
        signers=signers_named(settings.signing_signer),
        tsa_url=settings.tsa_url,
        signatories=settings.signing_signatories,
        signatories_passphrase=settings.signing_signatories_passphrase,
        signatories_keys=settings.signing_signatories_keys,
        demo_allowed=settings.demo_seals,
        now=datetime.now(UTC),
        clock=clock,
    )


def _doors(settings: Settings) -> Doors:
    """Return the ways in that the settings open."""
    secret_of = DoorKey(settings.data_directory / "door-key")
    address = urlsplit(settings.base_url)
    passkeys = WebAuthn(f"{address.scheme}://{address.netloc}", address.hostname or "")
    if not settings.oidc_issuer:
        return Doors(post_link=mails.post_link, secret_of=secret_of, passkeys=passkeys)
    # Loaded where it is needed: most instances start without an HTTP client.
    from service.adapters.oidc import OpenIdProvider  # noqa: PLC0415 - see above

    return Doors(
        post_link=mails.post_link,
        secret_of=secret_of,
        passkeys=passkeys,
        provider=OpenIdProvider(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            name=settings.provider_name,
            redirect_uri=f"{settings.base_url.rstrip('/')}/sign-in/provider/back",
        ),
    )


def described(settings: Settings) -> Litestar:
    """Return an application to be described, not run: it has every route, and neither database nor keys."""
    engine = make_engine("sqlite:///never-opened")
    return create_app(
        House(settings, Database(engine), ChildRenderer(settings.base_url), NoSealer(), NoNotary())
    )


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
    app = wire()
    app.state.house, app.state.watch = house, _watch(house)
    return app


def wire() -> Litestar:
    """Return an application without a house yet: every route, and what each asks for."""
    app = Litestar(
        route_handlers=[*api.ROUTES, *web.ROUTES],
        dependencies={
            "ctx": Provide(_provide_context, sync_to_thread=False),
            "renewed": Provide(_renewed, sync_to_thread=False),
        },
        exception_handlers={Refusal: _answer, HTTPException: _answer, Exception: _answer},
        middleware=[HeadLimit()],
        before_send=[headers.guard, all_methods],
        compression_config=CompressionConfig(
            backend="brotli", brotli_quality=5, gzip_compress_level=6, exclude_opt_key="uncompressed"
        ),
        request_max_body_size=BODY_LIMIT,
        openapi_config=None,
        lifespan=[_working, _watched],
        state=State({problems.VOICE: partial(choose, ())}),
        logging_config=None,
    )
    ways_in.keep_shut_what_is_undeclared(app)
    return app


def _provide_context(request: Request[Any, Any, Any]) -> Context:
    house: House = request.app.state.house
    # Found out in the handler's own thread, when it first asks.
    return house.context(partial(_identity, house, request))


def _identity(house: House, request: Request[Any, Any, Any]) -> Identity:
    """Return whom the request shows itself to be, unless they change more than one person ever would."""
    identity = _shown(house, request)
    looks = request.method in SAFE or request.route_handler.opt.get("looks", False)
    if house.writes is not None and identity.person_id is not None and not looks:
        house.writes.spend(house.context(Identity()), identity.person_id)
    return identity


def _shown(house: House, request: Request[Any, Any, Any]) -> Identity:
    """Return whom the request shows itself to be: by a token, or by a session's cookie."""
    stranger = house.context(Identity())
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() != "bearer" or not token:
            raise SignInNeeded
        return access.identify_token(stranger, token.strip())
    secret = csrf.session_secret(request)
    return access.identify_session(stranger, secret) if secret else Identity()


def _renewed(request: Request[Any, Any, Any]) -> Callable[[str], Cookie]:
    """Return what makes the cookie by which a session goes on with another secret."""
    return lambda secret: entering.cookie(request, secret, entering.LASTS)


def _answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer an error in the way of the part of the house that was asked."""
    if request.url.path.startswith(api.PREFIXES):
        return problems.answer(request, error)
    if not isinstance(error, Refusal | HTTPException):
        LOG.error("unexpected error in %s %r", request.method, request.url.path, exc_info=error)
    return errors.answer(request, error)


@asynccontextmanager
async def _working(app: Litestar) -> AsyncIterator[None]:
    house: House = app.state.house
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


def _watch(house: House) -> Watch:
    def stranger() -> Context:
        return house.context(Identity())

    return Watch(
        lambda agenda_ids: activity.heads(stranger(), agenda_ids),
        lambda agenda_id, after: activity.since(stranger(), agenda_id, after, PAGE),
    )


@asynccontextmanager
async def _watched(app: Litestar) -> AsyncIterator[None]:
    watch: Watch = app.state.watch
    watch.open()
    try:
        yield
    finally:
        watch.close()


def work(house: House, stop: threading.Event, reached: Callable[[str], None] = lambda _: None) -> None:
    """Do jobs as they come, until told to stop; between them, open what is due by the clock, and tidy up."""
    begun, looked_at, told_at, swept = False, -math.inf, -math.inf, -math.inf
    while not stop.is_set():
        ctx, busy = house.context(Identity(operator=True)), False
        with _outlived():
            if not begun:
                jobs.begin(ctx)
                begun = True
            if time.monotonic() - looked_at >= IDLE_SECONDS:
                looked_at = time.monotonic()
                moving.keep_time(ctx)
            if time.monotonic() - swept >= SWEEPS_EVERY:
                sweeping.sweep(ctx)
                swept = time.monotonic()
        # What fails by the clock, again and again, must not keep what somebody waits for from being done.
        with _outlived():
            busy = jobs.work_once(ctx, reached)
            if not busy and time.monotonic() - told_at >= IDLE_SECONDS:
                # While many write, what is new is told together: telling each at once would make them wait.
                told_at = time.monotonic()
                busy = notifications.find_due(ctx)
            busy = busy or webhooks.dispatch(ctx)
        if not busy:
            stop.wait(IDLE_SECONDS)


@contextmanager
def _outlived() -> Iterator[None]:
    """Go on after whatever a worker meets, what ends tasks among it: the next round may find the database again."""
    try:
        yield
    except TryAgain as refusal:
        # A line is enough, as it comes again with each round: a log must not fill the disk that is full.
        LOG.warning("the worker could not go on: %s (%s)", refusal, refusal.__cause__)
    except BaseException:
        LOG.exception("the worker could not go on")
