"""Which process of this machine a worker is, so that another one sees when it is gone, and need not wait for its lease.

A process id alone says little: ids are given again, and each container counts its own. So the name of a worker holds
when its machine was started, among which processes it counts, its id, and when it began.
"""

import os
from pathlib import Path

_BOOT, _AMONG = Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/ns/pid")
_STATE, _BEGAN = 0, 19
"""Where /proc/…/stat, behind the name, tells how a process is, and when it began."""
_DEAD = ("Z", "X")


class ThisProcess:
    """This process as a worker."""

    def __init__(self) -> None:
        """Find out its name; it is empty where the machine does not tell."""
        try:
            self._place = f"{_BOOT.read_text(encoding='ascii').strip()} {_AMONG.readlink()}"
            self.name = f"{self._place} {os.getpid()} {_stat(os.getpid())[_BEGAN]}"
        except OSError:
            self._place = self.name = ""

    def is_gone(self, name: str) -> bool:
        """Tell whether a worker of this machine has ended; of one elsewhere nobody here can tell."""
        said = name.split(" ")
        if not self._place or " ".join(said[:-2]) != self._place:
            return False
        process, began = said[-2:]
        try:
            found = _stat(int(process))
        except OSError:
            return True
        return found[_STATE] in _DEAD or found[_BEGAN] != began


def _stat(process: int) -> list[str]:
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    return told.rpartition(")")[2].split()
