"""A key in a device: a paper is sealed with it, and what is wrong with the device is said."""

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import load_der_x509_certificate

from service.adapters import token_keys
from service.adapters.demo_pki import DemoPki
from service.adapters.key_sources import CannotSealError, KeyAwayError, PinRefusedError
from service.adapters.refused_pins import RefusedPins
from service.adapters.signing import Seal, demo_seal, open_signer
from service.adapters.token_keys import TokenSigner
from service.adapters.verifying import verify
from service.domain.verification import Verdict
from tests.adapters.authorities import Authority
from tests.adapters.devices import LABEL, PIN, Device, a_device, put


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory, pki: DemoPki) -> Iterator[Device]:
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("SOFTHSM2_CONF", "")
        yield a_device(tmp_path_factory.mktemp("device") / "softhsm", pki)


def a_seal(pki: DemoPki, device: Device) -> Seal:
    return replace(demo_seal(pki), signer=open_signer(device.token()))


def test_paper_is_sealed_with_a_key_that_never_leaves_its_device(
    pki: DemoPki, device: Device, small_paper: bytes
) -> None:
    seal = a_seal(pki, device)
    sealed = seal.timestamp(seal.sign(small_paper))
    assert (seal.certificate, verify(sealed, (), demo_roots=seal.demo_roots).verdict) == (
        pki.seal.certificate,
        Verdict.VALID,
    )


def test_key_of_either_kind_signs_what_its_certificate_confirms(
    pki: DemoPki, device: Device, tmp_path: Path
) -> None:
    words, now = b"what is to be signed", datetime.now(UTC)
    service = Authority("Trust service", now - timedelta(days=1), now + timedelta(days=1))
    other = service.issue("Seal of another kind", key=rsa.generate_private_key(65537, 2048))
    put(device, tmp_path, {"rsa": other})
    for label, certificate in ((LABEL, pki.seal.certificate), ("rsa", other.certificate)):
        signature = asyncio.run(open_signer(device.token(label=label)).async_sign_raw(words, "sha256"))
        key = load_der_x509_certificate(certificate).public_key()
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, words, padding.PKCS1v15(), hashes.SHA256())
        else:
            assert isinstance(key, ec.EllipticCurvePublicKey)
            key.verify(signature, words, ec.ECDSA(hashes.SHA256()))


def test_two_papers_are_sealed_at_once(pki: DemoPki, device: Device, small_paper: bytes) -> None:
    seal = a_seal(pki, device)
    with ThreadPoolExecutor(2) as pool:
        sealed = list(pool.map(seal.sign, (small_paper, small_paper)))
    assert [one.startswith(small_paper) for one in sealed] == [True, True]


def test_what_is_not_in_the_device_is_said(device: Device, tmp_path: Path) -> None:
    wrong = {
        "holds 0 certificates with the label “other”": device.token(label="other"),
        "The token “other” cannot be used": device.token(token="other"),
        "cannot be used": replace(device.token(), module=str(tmp_path / "nothing.so")),
    }
    for said, source in wrong.items():
        with pytest.raises(CannotSealError) as refused:
            open_signer(source)
        assert said in str(refused.value)


def test_wrong_pin_is_said_and_never_repeated(device: Device) -> None:
    with pytest.raises(PinRefusedError, match="The token “facility” refuses its PIN") as refused:
        open_signer(device.token(pin="999999"))
    assert "999999" not in f"{refused.value} {device.token(pin='999999')!r}"


def test_wrong_pin_is_not_repeated_by_whoever_starts_again(device: Device, tmp_path: Path) -> None:
    said = []
    for pin in ("999999", "999999", PIN):
        # Each round is a start of the service with what the data directory holds.
        try:
            open_signer(device.token(pin=pin), RefusedPins(tmp_path))
        except PinRefusedError as refused:
            said.append(str(refused))
    assert said == [
        "The token “facility” refuses its PIN.",
        "The token “facility” refused its PIN; set the right one, and start again.",
    ]


def test_token_that_is_out_or_locked_is_away_and_what_is_named_wrongly_is_not(
    device: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = {}
    for source in (
        device.token(token="other"),
        device.token(label="other"),
        replace(device.token(), module=str(tmp_path / "nothing.so")),
    ):
        with pytest.raises(CannotSealError) as refused:
            open_signer(source)
        away[str(refused.value)] = isinstance(refused.value, KeyAwayError)
    assert list(away.values()) == [True, False, False]

    def locked(*_: object, **__: object) -> None:
        raise pkcs11.PinLocked

    monkeypatch.setattr(token_keys, "open_pkcs11_session", locked)
    with pytest.raises(PinRefusedError, match="The token “facility” is locked"):
        open_signer(device.token(), RefusedPins(tmp_path))
    monkeypatch.undo()
    # Somebody has unlocked it, and the PIN was right.
    open_signer(device.token(), RefusedPins(tmp_path))


def test_token_that_was_out_at_the_start_is_found_when_it_is_put_in_again(device: Device) -> None:
    tokens = Path(os.environ["SOFTHSM2_CONF"]).parent / "tokens"
    tokens.rename(tokens.with_name("out"))
    tokens.mkdir()
    pkcs11.lib(str(device.module)).reinitialize()
    with pytest.raises(KeyAwayError, match="The token “facility” cannot be used"):
        open_signer(device.token())
    tokens.rmdir()
    tokens.with_name("out").rename(tokens)
    open_signer(device.token())


def test_device_that_refuses_its_pin_later_is_not_asked_until_it_locks(
    pki: DemoPki, device: Device, small_paper: bytes
) -> None:
    signer = TokenSigner(device.token())
    seal = replace(demo_seal(pki), signer=signer)
    signer._source = device.token(pin="999999")
    said = []
    for _ in range(2):
        with pytest.raises(CannotSealError) as refused:
            seal.sign(small_paper)
        said.append(str(refused.value))
    assert said == [
        "The token “facility” refuses its PIN.",
        "The token “facility” refused its PIN; set the right one, and start again.",
    ]
    assert a_seal(pki, device).sign(small_paper).startswith(small_paper)
