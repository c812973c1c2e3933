"""A device that holds keys, made by software (SoftHSM) in a directory of the test."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pkcs11
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from pkcs11 import Attribute, CertificateType, ObjectClass

from service.adapters.demo_pki import DemoPki, Identity
from service.adapters.key_sources import Token
from tests.machine import cannot_run, find_softhsm

PIN, LABEL, TOKEN = "471147", "seal", "facility"


@dataclass(frozen=True)
class Device:
    """A token with the demonstration's seal in it."""

    module: Path

    def token(self, *, token: str = TOKEN, label: str = LABEL, pin: str = PIN) -> Token:
        """Return how it is named in the settings."""
        return Token(str(self.module), token, label, pin)


def a_device(folder: Path, pki: DemoPki) -> Device:
    """Make a token with the key and certificate of the demonstration's seal, and with the certificate of its root."""
    module = find_softhsm()
    if module is None:
        cannot_run("keys in a device (PKCS#11)", "install SoftHSM: apt-get install softhsm2")
    (folder / "tokens").mkdir(parents=True)
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n", encoding="utf-8")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    _tool("--init-token", "--free", "--label", TOKEN, "--so-pin", "12345678")
    # Another device may have been opened by this process before.
    pkcs11.lib(str(module)).reinitialize()
    device = Device(module)
    put(device, folder, {LABEL: pki.seal})
    _put_certificates(device, {"root": pki.root})
    return device


def put(device: Device, folder: Path, identities: dict[str, Identity]) -> None:
    """Put keys with their certificates into a device's token, each under a label."""
    for label, one in identities.items():
        pem = folder / "key.pem"
        key = load_der_private_key(one.key, password=None)
        pem.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        _tool("--import", str(pem), "--token", TOKEN, "--label", label, "--id", label.encode().hex())
    _put_certificates(device, {label: one.certificate for label, one in identities.items()})


def _tool(*asked: str) -> None:
    subprocess.run(["softhsm2-util", *asked, "--pin", PIN], check=True, capture_output=True)


def _put_certificates(device: Device, certificates: dict[str, bytes]) -> None:
    token = pkcs11.lib(str(device.module)).get_token(token_label=TOKEN)
    with token.open(user_pin=PIN, rw=True) as session:
        for label, der in certificates.items():
            certificate = x509.Certificate.load(der)
            session.create_object(
                {
                    Attribute.CLASS: ObjectClass.CERTIFICATE,
                    Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                    Attribute.TOKEN: True,
                    Attribute.LABEL: label,
                    Attribute.VALUE: der,
                    Attribute.SUBJECT: certificate.subject.dump(),
                }
            )
