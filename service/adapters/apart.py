"""Work on what strangers wrote, in a process of its own with little memory and little time.

Whatever goes wrong there, the service goes on, and says what happened.
"""

import resource
import subprocess
import sys
from pathlib import Path

MEBIBYTE = 1024 * 1024
BY_THE_CLOCK = 3
"""A busy machine gives a process a part of its time, so the clock is given this many times the limit."""

_CHECKOUT = Path(__file__).parents[2]
_TOLD = 500


class ApartError(RuntimeError):
    """The process apart did not answer; the message says whether time, memory or the input was the reason."""


def run(module: str, given: bytes, *, seconds: float, mebibytes: int) -> bytes:
    """Return what ``python -m module`` writes when it is given these bytes.

    Args:
        module: what to run.
        given: what it reads.
        seconds: of processor time.
        mebibytes: of memory.

    Raises:
        ApartError: It ran out of time or memory, or failed.
    """
    command = [sys.executable, "-m", module, str(mebibytes), str(int(seconds) + 1)]
    try:
        done = subprocess.run(  # noqa: S603  the module is named in this program, never by a user
            command,
            input=given,
            capture_output=True,
            timeout=seconds * BY_THE_CLOCK,
            check=False,
            cwd=_CHECKOUT,
        )
    except subprocess.TimeoutExpired as error:
        raise ApartError(f"{module} took more than {seconds:g} seconds.") from error
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:_TOLD]
        raise ApartError(f"{module} failed: {told or f'ended with {done.returncode}'}")
    return done.stdout


def limit_self(arguments: list[str]) -> None:
    """Limit this process to the mebibytes and seconds of processor time that `run` put on its command line."""
    mebibytes, seconds = (int(argument) for argument in arguments)
    resource.setrlimit(resource.RLIMIT_AS, (mebibytes * MEBIBYTE, mebibytes * MEBIBYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
