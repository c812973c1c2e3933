from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.app import build
from service.commands.running import _try_the_keys, _try_the_seal, address
from service.domain.errors import SealPinRefused
from service.settings import SettingError, Settings, read_settings
from tests.adapters.authorities import Authority
from tests.fakes import FakeSealer


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


def test_serving_says_at_once_that_no_paper_can_be_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = Settings(data=str(tmp_path))
    for settings in (here, replace(here, base_url="https://agenda.example")):
        house = build(settings)
        _try_the_seal(house)
        house.database.engine.dispose()
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in told] == ["No paper can be published"]
    assert "SYMPOLITY_SIGNING_DEMO=allow" in told[0]


def test_key_that_is_away_keeps_nobody_from_amending(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Authority("Root", datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC))
    (tmp_path / "root.pem").write_bytes(root.pem)
    elsewhere = Settings(
        data=str(tmp_path),
        signing_roots=str(tmp_path / "root.pem"),
        signing_csc_url="http://127.0.0.1:9",
        signing_csc_credential="seal-1",
        signing_csc_token="hush",
        tsa_url="https://tsa.example",
    )
    house = build(elsewhere)
    _try_the_seal(house)
    house.database.engine.dispose()
    assert capsys.readouterr().err == (
        "No paper can be sealed now: The signing service cannot be reached. "
        "All else works, and the key is looked for again.\n"
    )


def test_pin_that_is_refused_keeps_nobody_from_amending_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = build(Settings(data=str(tmp_path)))
    _try_the_seal(replace(house, sealer=FakeSealer(away=SealPinRefused)))
    house.database.engine.dispose()
    told = capsys.readouterr().err
    assert (
        told == f"No paper can be sealed: {SealPinRefused().message} All else works. No PIN is tried twice.\n"
    )


def test_keys_of_signatories_are_looked_for_at_the_start_and_stop_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = build(Settings(data=str(tmp_path)))
    _try_the_keys(replace(house, sealer=FakeSealer()))
    house.database.engine.dispose()
    told = capsys.readouterr().err
    assert told == "0 keys were looked for. What they sign waits; all else works.\n"


def test_keys_of_signatories_that_are_named_wrongly_stop_the_service_at_its_start(tmp_path: Path) -> None:
    root = Authority("Root", datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC))
    (tmp_path / "root.pem").write_bytes(root.pem)
    (tmp_path / "keys.toml").write_text("[signatories]", encoding="utf-8")
    own = Settings(
        data=str(tmp_path),
        signing_roots=str(tmp_path / "root.pem"),
        signing_pkcs12=str(tmp_path / "seal.p12"),
        tsa_url="https://tsa.example",
    )
    with pytest.raises(SettingError, match=r"The list of signatories' keys keys\.toml: it names nobody"):
        build(replace(own, signing_signatories_keys=str(tmp_path / "keys.toml")))
    with pytest.raises(SettingError, match=r"The directory of signatories' keys .*nowhere is not there"):
        build(replace(own, signing_signatories=str(tmp_path / "nowhere")))


def test_key_that_cannot_be_opened_stops_the_service_at_its_start(tmp_path: Path) -> None:
    root = Authority("Root", datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC))
    (tmp_path / "root.pem").write_bytes(root.pem)
    (tmp_path / "nothing.pem").write_text("no root", encoding="utf-8")
    own = Settings(
        data=str(tmp_path),
        signing_roots=str(tmp_path / "root.pem"),
        signing_pkcs12=str(tmp_path / "missing.p12"),
        tsa_url="https://tsa.example",
    )
    house = build(own)
    with pytest.raises(SettingError, match=r"The signing key in missing\.p12 cannot be opened"):
        _try_the_seal(house)
    house.database.engine.dispose()
    with pytest.raises(SettingError, match=r"The trusted roots in nothing\.pem cannot be read"):
        build(replace(own, signing_roots=str(tmp_path / "nothing.pem")))
