"""What a process apart may take, what it is told, and how it answers."""

import importlib
import resource
from collections.abc import Mapping

MEBIBYTE = 1024 * 1024
_OURS = "SYMPOLITY_"


def limit(*, seconds: float, mebibytes: int) -> None:
    """Limit this process to so many seconds of processor time and so many mebibytes of memory."""
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_AS, (mebibytes * MEBIBYTE, mebibytes * MEBIBYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def fit_to_be_apart(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without the settings of the service: passwords and keys are among them."""
    return {name: value for name, value in environment.items() if not name.startswith(_OURS)}


def answer_of(module: str, given: bytes) -> bytes:
    """Return what a module answers to these bytes."""
    answer: bytes = importlib.import_module(module).answer(given)
    return answer
