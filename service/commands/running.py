"""Commands that run the service."""

import gc
import logging
import os
import signal
import socket
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from service.adapters import apart
from service.adapters.key_sources import CannotSealError
from service.app import House, build, create_app, work
from service.commands.command import Command
from service.commands.failpoints import crash_at
from service.demo.placing import place
from service.domain.errors import DemoKey, Refusal, SealAway, SealPinRefused
from service.settings import PREFIX, SettingError, Settings, read_settings
from service.store.identity import Identity
from service.workflows import sealing, sweeping

LOCAL = "127.0.0.1"
DEFAULT_PORT = "8000"
STOPS_WITHIN = 10
GARBAGE_COLLECTED_EVERY = 20_000
# Whoever has just written to the disk holds the write lock: it must not wait long for its turn among the threads.
SWITCH_SECONDS = 0.0005


class Server(uvicorn.Server):
    """A server that says that it is about to stop: what streams without end would have to be waited for."""

    def __init__(self, config: uvicorn.Config, leaving: Callable[[], None]) -> None:
        super().__init__(config)
        self._leaving = leaving

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let streams end, then stop as ever."""
        self._leaving()
        await super().shutdown(sockets)


def _serve(_: Namespace) -> int:
    apart.nest()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    host, port = os.environ.get("HOST", LOCAL), int(os.environ.get("PORT", DEFAULT_PORT))
    environment = {f"{PREFIX}BASE_URL": address(host, port), **os.environ}
    settings = read_settings(environment)
    if settings.demo_sign_in:
        place(settings, _tell)
    house = build(settings)
    _try_the_keys(house)
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    app = create_app(house)
    server = Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOPS_WITHIN,
            h11_max_incomplete_event_size=64 * 1024,
        ),
        app.state.watch.close,
    )
    # What is loaded by now lives as long as the process: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_COLLECTED_EVERY)
    sys.setswitchinterval(SWITCH_SECONDS)
    sys.stdout.write(_greeting(settings))
    sys.stdout.flush()
    # Once it has stopped in good order, uvicorn raises again what stopped it.
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    return 0


def _try_the_keys(house: House) -> None:
    """Open the key that seals papers, and look for those of signatories beside: better now than at an edition.

    What is wrong with the key of one who signs, as far as a device or a service tells it, stops their editions alone.
    """
    _try_the_seal(house)
    house.sealer.look_beside(_tell_of_a_key)


def _tell_of_a_key(said: str) -> None:
    sys.stderr.write(f"{said} What they sign waits; all else works.\n")


def _try_the_seal(house: House) -> None:
    """Open the key that seals papers, and say what keeps it from sealing any: better now than at an edition.

    A key that is away, as a device can be or a service, keeps nobody from amending.

    Raises:
        SettingError: it cannot be opened, because what names it is wrong.
    """
    try:
        sealing.look(house.context(Identity()))
    except CannotSealError as fault:
        raise SettingError(str(fault)) from fault
    except SealAway as away:
        # What it is that does not answer, and how, only the cause knows.
        said = away.__cause__ or away.message
        sys.stderr.write(
            f"No paper can be sealed now: {said} All else works, and the key is looked for again.\n"
        )
    except SealPinRefused as refused:
        said = refused.__cause__ or refused.message
        sys.stderr.write(f"No paper can be sealed: {said} All else works. No PIN is tried twice.\n")
    except DemoKey:
        sys.stderr.write(
            "No paper can be published: the only key is the demonstration's, which is not meant for "
            f"{house.settings.base_url}. Name the facility's own key, or set {PREFIX}SIGNING_DEMO=allow. "
            "All else works.\n"
        )
    except Refusal as refusal:
        sys.stderr.write(f"No paper can be published: {refusal.message} All else works.\n")


def address(host: str, port: int) -> str:
    """Return the address of a door where no other was set; one that is open to other machines has no demo behind it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _greeting(settings: Settings) -> str:
    lines = [f"Sympolity is ready at {settings.base_url}", "Ctrl-C stops it."]
    if settings.demo_sign_in:
        lines[1:1] = [
            f"Sign in as a demo person at {settings.base_url}/sign-in: facility@, rapporteur@, signatory@, approver@,",
            "delegation@, intpa@, observer@ or city1@ … city114@example.org. No password is needed.",
        ]
    return "\n".join(lines) + "\n"


def _worker(_: Namespace) -> int:
    apart.nest()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    settings = read_settings()
    house: House = build(settings)
    _try_the_keys(house)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    sys.stdout.write("The worker is ready. Ctrl-C stops it.\n")
    sys.stdout.flush()
    work(house, stop, crash_at(settings.failpoint))
    return 0


def _migrate(_: Namespace) -> int:
    build(read_settings())
    sys.stdout.write("The database has the schema of this release.\n")
    return 0


def _sweep(_: Namespace) -> int:
    count = sweeping.sweep(build(read_settings()).context(Identity(operator=True)))
    sys.stdout.write(f"Forgotten, because their time is over: {count} sessions, links, counters and keys.\n")
    return 0


def _demo(_: Namespace) -> int:
    apart.nest()
    if not place(read_settings(), _tell):
        sys.stderr.write(
            "The demonstration is only loaded into an empty database. "
            f"Choose another data directory with {PREFIX}DATA.\n"
        )
        return 1
    sys.stdout.write("The demonstration is loaded.\n")
    return 0


def _tell(step: str) -> None:
    """Say what is being done while it takes a while."""
    sys.stdout.write(f"{step} …\n")
    sys.stdout.flush()


def _no_arguments(_: ArgumentParser) -> None:
    """Take no arguments: the settings come from the environment."""


SERVE = Command(
    "serve",
    "Serve pages and API, with a worker inside; HOST and PORT say where.",
    "PORT=8080 sympolity serve",
    _serve,
    _no_arguments,
)
WORKER = Command(
    "worker",
    "Do the background work, beside one or more `serve`.",
    "sympolity worker",
    _worker,
    _no_arguments,
)
MIGRATE = Command(
    "migrate",
    "Bring the database to the schema of this release.",
    "sympolity migrate",
    _migrate,
    _no_arguments,
)
SWEEP = Command(
    "sweep",
    "Forget expired sessions, links, counters and keys; workers do this every hour.",
    "sympolity sweep",
    _sweep,
    _no_arguments,
)
DEMO = Command(
    "demo",
    "Load the demonstration into an empty database.",
    "SYMPOLITY_DATA=/tmp/demo sympolity demo",
    _demo,
    _no_arguments,
)
