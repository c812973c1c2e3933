"""Work for processes apart: each word asks for something that such a process should bear, or be kept from."""

import json
import os
import signal
import threading
import time
from pathlib import Path

LOADED_IN = list[int]()


def load() -> None:
    """Note which process loaded this."""
    LOADED_IN.append(os.getpid())


def answer(given: bytes) -> bytes:
    """Do what is asked."""
    word = given.decode()
    if word == "tell":
        return json.dumps(told()).encode()
    if word == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if word == "sleep":
        time.sleep(60)
    if word == "grow":
        return str(len(bytes(300 * 1024 * 1024))).encode()
    if word == "spin":
        while True:
            pass
    if word == "refuse":
        raise ValueError("not this")
    return given * 100


def told() -> dict[str, object]:
    """Return what this process knows, and what it has."""
    return {
        "process": os.getpid(),
        "parent": os.getppid(),
        "loaded in": LOADED_IN,
        "open": sorted(str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.exists()),
        "settings": [name for name in os.environ if name.startswith("SYMPOLITY_")],
        "began with": Path("/proc/self/environ").read_bytes().strip(b"\0").decode(),
        "threads": threading.active_count(),
        "waits for": signal.getsignal(signal.SIGCHLD) is not signal.SIG_DFL,
    }
