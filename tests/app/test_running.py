import pytest

from service.commands.running import address
from service.settings import SettingError, read_settings


@pytest.mark.parametrize(
    ("host", "written", "demo"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", True),
        ("localhost", "http://localhost:8000", True),
        ("::1", "http://[::1]:8000", True),
        ("0.0.0.0", "http://0.0.0.0:8000", False),  # noqa: S104 - nothing listens there
        ("::", "http://[::]:8000", False),
        ("192.0.2.7", "http://192.0.2.7:8000", False),
    ],
)
def test_a_door_that_is_open_to_other_machines_is_not_the_demonstrations(
    host: str, written: str, *, demo: bool
) -> None:
    there = address(host, 8000)
    assert (there, read_settings({"SYMPOLITY_BASE_URL": there}).demo_sign_in) == (written, demo)


def test_the_demonstration_is_not_forced_open_to_other_machines() -> None:
    with pytest.raises(SettingError, match="open to the world"):
        read_settings({"SYMPOLITY_BASE_URL": address("::", 8000), "SYMPOLITY_DEMO": "on"})
