from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from service.adapters.door_key import DoorKey


def test_the_same_key_gives_the_same_secret_for_a_label(tmp_path: Path) -> None:
    file = tmp_path / "door-key"
    first, second = DoorKey(file), DoorKey(file)
    assert not file.exists()
    assert first("a") == second("a") != first("b")
    assert (file.stat().st_mode & 0o777, file.stat().st_size) == (0o600, 32)
    assert DoorKey(tmp_path / "other")("a") != first("a")


def test_of_many_who_make_a_key_at_once_all_use_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: DoorKey(tmp_path / "door-key")("a"), range(16)))
    assert (len(found), [file.name for file in tmp_path.iterdir()]) == (1, ["door-key"])
