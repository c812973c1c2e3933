"""What waits in a line is done one after the other."""

import threading

import pytest

from service.adapters.lines import Line


def test_what_waits_is_done_in_its_turn_and_none_is_held_up_by_what_fails(
    caplog: pytest.LogCaptureFixture,
) -> None:
    line, done, said = Line("a line"), threading.Event(), list[object]()

    def fail() -> None:
        raise OSError("the device is broken")

    for one in (lambda: said.append(1), fail, lambda: said.append(threading.current_thread().name), done.set):
        line(one)
    assert done.wait(5)
    assert (said, [record.levelname for record in caplog.records]) == ([1, "a line"], ["ERROR"])


def test_line_without_room_for_a_thread_says_so_and_begins_with_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line, done = Line("a line"), threading.Event()

    def full(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", full)
    with pytest.raises(RuntimeError, match="can't start new thread"):
        line(done.set)
    monkeypatch.undo()
    line(done.set)
    assert done.wait(5)
