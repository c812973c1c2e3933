"""Workers of one machine see when another one is gone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.adapters import workplaces
from service.adapters.workplaces import ThisProcess

ELSEWHERE = "another machine pid:[1] 1 1"


def another() -> "subprocess.Popen[str]":
    """Begin another process, which tells its name and waits until nobody talks to it any more."""
    code = (
        "from service.adapters.workplaces import ThisProcess; print(ThisProcess().name, flush=True); input()"
    )
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, text=True)


def test_a_worker_is_there_until_it_ends_whether_or_not_anybody_asked_for_its_end() -> None:
    here = ThisProcess()
    with another() as process:
        assert process.stdout is not None
        name = process.stdout.readline().strip()
        assert (here.is_gone(here.name), here.is_gone(name)) == (False, False)
        process.kill()
        # Its end is known, and nobody has taken notice yet.
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert here.is_gone(name)
    assert here.is_gone(name)


def test_a_process_that_was_given_the_id_of_one_that_ended_is_another() -> None:
    here = ThisProcess()
    place, process, began = here.name.rsplit(" ", 2)
    assert here.is_gone(f"{place} {process} {int(began) - 1}")


@pytest.mark.parametrize("name", [ELSEWHERE, "", "x"])
def test_of_a_worker_elsewhere_nobody_can_tell(name: str) -> None:
    assert not ThisProcess().is_gone(name)


def test_a_machine_that_tells_nothing_of_its_processes_has_workers_without_a_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    known = ThisProcess().name
    monkeypatch.setattr(workplaces, "_BOOT", tmp_path / "nothing")
    here = ThisProcess()
    assert (here.name, here.is_gone(known), here.is_gone("")) == ("", False, False)
