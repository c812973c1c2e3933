from dataclasses import fields, replace
from pathlib import Path

import pytest

from service.settings import PREFIX, SettingError, Settings, read_settings

ROOT = Path(__file__).parents[2]


def read(**environment: str) -> Settings:
    return read_settings({f"{PREFIX}{name.upper()}": value for name, value in environment.items()})


def test_nothing_has_to_be_set() -> None:
    assert read() == Settings()
    assert (read().data_directory, read().demo_sign_in, read().is_https) == (Path("./data"), True, False)


def test_what_is_not_the_services_own_is_passed_over() -> None:
    assert read_settings({"PATH": "/bin", "HOME": "/root"}) == Settings()


@pytest.mark.parametrize("name", [f.name for f in fields(Settings)])
def test_every_setting_says_what_it_means(name: str) -> None:
    (setting,) = (f for f in fields(Settings) if f.name == name)
    assert setting.metadata["meaning"].endswith(".")


@pytest.mark.parametrize("name", [f.name for f in fields(Settings)])
def test_every_setting_is_read(name: str) -> None:
    value = {
        "base_url": "https://agenda.example",
        "demo": "off",
        "workers": "3",
        "smtp_url": "smtps://mail.example",
    }.get(name, "some value")
    assert read(**{name: value}) == replace(Settings(), **{name: value})


def test_a_setting_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(
        SettingError, match=r"SYMPOLITY_DATTABASE is not a setting\. Known are: SYMPOLITY_BASE_URL"
    ):
        read(dattabase="x")


@pytest.mark.parametrize(
    ("demo", "address", "open_to_visitors"),
    [
        ("auto", "http://127.0.0.1:8000", True),
        ("auto", "http://localhost", True),
        ("auto", "http://[::1]:8000", True),
        ("auto", "https://agenda.example", False),
        ("auto", "http://127.0.0.1.example", False),
        ("off", "http://127.0.0.1:8000", False),
        ("off", "https://agenda.example", False),
        ("on", "http://127.0.0.1:8000", True),
    ],
)
def test_visitors_sign_in_as_demo_people_on_this_machine_alone(
    demo: str, address: str, *, open_to_visitors: bool
) -> None:
    assert read(demo=demo, base_url=address).demo_sign_in is open_to_visitors


def test_the_demonstrations_sign_in_is_never_open_to_the_world() -> None:
    with pytest.raises(SettingError, match="is open to the world: anyone could act as anyone"):
        read(demo="on", base_url="https://agenda.example")


@pytest.mark.parametrize("demo", ["", "yes", "ON"])
def test_the_demonstration_is_on_off_or_auto(demo: str) -> None:
    with pytest.raises(SettingError, match="say on, off or auto"):
        read(demo=demo)


@pytest.mark.parametrize(
    "address", ["", "agenda.example", "ftp://agenda.example", "https://", "http://[", "http://a:port"]
)
def test_an_address_is_one_that_people_can_open(address: str) -> None:
    with pytest.raises(SettingError, match="SYMPOLITY_BASE_URL is"):
        read(base_url=address)


@pytest.mark.parametrize("workers", ["", "-1", "1.5", "two", "²"])
def test_workers_are_a_number(workers: str) -> None:
    with pytest.raises(SettingError, match="SYMPOLITY_WORKERS is"):
        read(workers=workers)


def test_the_address_says_whether_it_is_https() -> None:
    assert read(base_url="https://agenda.example").is_https


@pytest.mark.parametrize(
    "url", ["mail.example", "https://mail.example", "smtp://", "smtp://ada:pw@host:none"]
)
def test_mail_server_without_a_usable_address_is_refused_and_its_password_not_told(url: str) -> None:
    with pytest.raises(SettingError, match="SMTP_URL is no address") as told:
        read(smtp_url=url)
    assert "pw" not in str(told.value)


def test_mails_come_from_the_host_that_people_see() -> None:
    assert read(base_url="https://agenda.example:8443", demo="off").mail_host == "agenda.example"
