import multiprocessing
import stat
import threading
from pathlib import Path

from service.adapters.refused_pins import NAME, RefusedPins

TOKEN, OTHER = "/usr/lib/device.so facility", "/usr/lib/device.so other"


def test_refused_pin_is_known_to_whoever_starts_later_and_no_other_is(tmp_path: Path) -> None:
    pins = RefusedPins(tmp_path)
    before = pins.has(TOKEN, "4711")
    for pin in ("4711", "4712"):
        pins.remember(TOKEN, pin)
    later = RefusedPins(tmp_path)
    asked = [(TOKEN, "4711"), (TOKEN, "4712"), (TOKEN, "4713"), (OTHER, "4711")]
    assert (before, [later.has(*one) for one in asked]) == (False, [True, True, False, False])


def test_pin_itself_is_not_kept_and_only_the_owner_reads_what_is(tmp_path: Path) -> None:
    RefusedPins(tmp_path).remember(TOKEN, "4711")
    kept = tmp_path / NAME
    assert ("4711" in kept.read_text(), stat.S_IMODE(kept.stat().st_mode)) == (False, 0o600)


def test_without_a_directory_a_process_remembers_for_itself() -> None:
    pins = RefusedPins()
    with pins.turn():
        pins.remember(TOKEN, "4711")
    assert [one.has(TOKEN, "4711") for one in (pins, RefusedPins())] == [True, False]


def _try(directory: Path, tried: Path) -> None:
    pins = RefusedPins(directory)
    with pins.turn():
        if not pins.has(TOKEN, "4711"):
            with tried.open("a") as writing:
                writing.write("tried\n")
            pins.remember(TOKEN, "4711")


def test_of_processes_that_begin_together_one_tries_a_pin(tmp_path: Path) -> None:
    tried = tmp_path / "tried"
    forking = multiprocessing.get_context("fork")
    processes = [forking.Process(target=_try, args=(tmp_path, tried)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(10)
    assert tried.read_text() == "tried\n"


def test_of_threads_that_begin_together_one_tries_a_pin(tmp_path: Path) -> None:
    tried = tmp_path / "tried"
    threads = [threading.Thread(target=_try, args=(tmp_path, tried)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert tried.read_text() == "tried\n"
