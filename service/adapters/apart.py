"""Work on what strangers wrote, in a process of its own with little memory and little time.

Whatever goes wrong there, the service goes on, and says what happened. A module that works apart has two functions:
`answer` takes bytes and returns bytes, and `load` loads the libraries that it needs for that.
"""

import os
import subprocess
import sys
from pathlib import Path

from service.adapters.limits import answer_of, fit_to_be_apart, limit
from service.adapters.nest import Nest, NestGoneError, WorkFailedError, open_nest

BY_THE_CLOCK = 3
"""A busy machine gives a process a part of its time, so the clock is given this many times the limit."""

_CHECKOUT = Path(__file__).parents[2]
_TOLD = 500


class ApartError(RuntimeError):
    """The process apart did not answer; the message says whether time, memory or the input was the reason."""


_nests: list[Nest] = []


def nest() -> None:
    """Let this process's work apart come from a nest; to be called before it opens or begins anything else."""
    opened = open_nest()
    if opened is not None:
        _nests[:] = [opened]


def run(module: str, given: bytes, *, seconds: float, mebibytes: int) -> bytes:
    """Return what a module answers in a process of its own when it is given these bytes.

    Args:
        module: what to run.
        given: what it reads.
        seconds: of processor time.
        mebibytes: of memory.

    Raises:
        ApartError: It ran out of time or memory, or failed.
    """
    try:
        for opened in _nests:
            return opened.ask(
                module, given, seconds=seconds, mebibytes=mebibytes, patience=seconds * BY_THE_CLOCK
            )
    except NestGoneError:
        for gone in _nests:
            gone.close()
        _nests.clear()
    except TimeoutError as error:
        raise ApartError(f"{module} took more than {seconds:g} seconds.") from error
    except WorkFailedError as error:
        raise ApartError(f"{module} failed: {str(error)[:_TOLD]}") from error
    return _run_anew(module, given, seconds=seconds, mebibytes=mebibytes)


def _run_anew(module: str, given: bytes, *, seconds: float, mebibytes: int) -> bytes:
    """Do the same in a process that begins from nothing: where there is no nest."""
    command = [sys.executable, "-m", __name__, module, str(mebibytes), str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603  the module is named in this program, never by a user
            command,
            input=given,
            capture_output=True,
            timeout=seconds * BY_THE_CLOCK,
            check=False,
            cwd=_CHECKOUT,
            env=fit_to_be_apart(os.environ),
        )
    except subprocess.TimeoutExpired as error:
        raise ApartError(f"{module} took more than {seconds:g} seconds.") from error
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:_TOLD]
        raise ApartError(f"{module} failed: {told or f'ended with {done.returncode}'}")
    return done.stdout


def _answer_here(module: str, mebibytes: str, seconds: str) -> None:
    # The module loads what it needs when it answers, which counts.
    limit(seconds=float(seconds), mebibytes=int(mebibytes))
    sys.stdout.buffer.write(answer_of(module, sys.stdin.buffer.read()))


if __name__ == "__main__":
    _answer_here(*sys.argv[1:])
