"""People who act at the same moment, and what each of them was told; pairs are in `tests/reliability`."""

import threading
from collections.abc import Callable, Sequence

from service.domain.errors import Refusal

Act = Callable[[], object]
WAITS = 30.0


def race(*acts: Act) -> list[str]:
    """Let all act at once; returns "done" or the refusal's code for each, in the order of the acts."""
    start = threading.Barrier(len(acts))
    told = ["still running"] * len(acts)

    def run(index: int, act: Act) -> None:
        start.wait(WAITS)
        try:
            act()
            told[index] = "done"
        except Refusal as refusal:
            told[index] = refusal.code
        except Exception as fault:  # noqa: BLE001 - a fault is something that a test has to see
            told[index] = f"{type(fault).__name__}: {fault}"

    threads = [threading.Thread(target=run, args=(i, act)) for i, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAITS)
    return told


def violations(found: Sequence[tuple[object, ...]], explained: Sequence[tuple[object, ...]]) -> list[object]:
    """Return the outcomes that no order of the two explains."""
    return [outcome for outcome in found if outcome not in explained]
