"""Points at which a test lets the process die, as a power failure would."""

import os
from collections.abc import Callable

DIED = 86


def crash_at(failpoint: str) -> Callable[[str], None]:
    """Return what a worker tells the points it reaches; at `failpoint` the process ends at once."""

    def reached(point: str) -> None:
        if failpoint and point == failpoint:
            os._exit(DIED)

    return reached
