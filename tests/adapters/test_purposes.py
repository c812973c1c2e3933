"""What a certificate was issued for decides whether papers can be signed with its key."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    load_der_private_key,
    pkcs12,
)
from cryptography.x509 import load_der_x509_certificate

from service.adapters.demo_pki import Identity
from service.adapters.key_sources import CannotSealError, CannotSignError, KeyFile
from service.adapters.purposes import may_sign, why_not
from service.adapters.signatory_keys import FileSigningKeys
from service.adapters.signing import open_signer
from tests.adapters.authorities import Authority, Use
from tests.adapters.editions import SIGNING

NOW = datetime.now(UTC).replace(microsecond=0)
SERVICE = Authority("Trust service", NOW - timedelta(days=365), NOW + timedelta(days=365))
SERVER, CLIENT, CODE, MAIL, STAMPS, DOCUMENTS = (
    f"1.3.6.1.5.5.7.3.{number}" for number in (1, 2, 3, 4, 8, 36)
)
ANY, ADOBE, MICROSOFT = "2.5.29.37.0", "1.2.840.113583.1.1.5", "1.3.6.1.4.1.311.10.3.12"
OF_A_COUNTRY = "1.2.3.4.5.6.7"


def issued(use: Use) -> x509.Certificate:
    return x509.Certificate.load(SERVICE.issue("The facility", use=use).certificate)


@pytest.mark.parametrize(
    "use",
    [
        Use(),
        *(Use(purposes=(one,), critical=True) for one in (ANY, MAIL, DOCUMENTS, ADOBE, MICROSOFT)),
        Use(purposes=(CLIENT, MAIL), critical=True),
        Use(purposes=(OF_A_COUNTRY,)),
        Use(purposes=(CLIENT, OF_A_COUNTRY)),
    ],
    ids=str,
)
def test_what_was_issued_for_documents_or_says_nothing_of_it_may_sign(use: Use) -> None:
    certificate = issued(use)

    assert (may_sign(certificate), why_not(certificate)) == (True, "")


@pytest.mark.parametrize("critical", [True, False])
@pytest.mark.parametrize("purpose", [SERVER, CLIENT, CODE, STAMPS])
def test_what_was_issued_for_something_else_may_not(
    purpose: str,
    critical: bool,  # noqa: FBT001  a parameter
) -> None:
    assert not may_sign(issued(Use(purposes=(purpose,), critical=critical)))


def test_what_is_for_encryption_or_insists_on_a_purpose_that_nobody_knows_may_not() -> None:
    uses = (
        Use(signing=False),
        Use(signing=False, purposes=(MAIL,)),
        Use(purposes=(OF_A_COUNTRY,), critical=True),
    )

    assert [may_sign(issued(use)) for use in uses] == [False] * 3


def test_a_root_or_a_certificate_without_a_word_of_its_use() -> None:
    issuing = x509.Certificate.load(SERVICE.der)
    silent = x509.Certificate.load(SERVICE.der)
    extensions = silent["tbs_certificate"]["extensions"]
    kept = [one for one in extensions if one["extn_id"].native != "key_usage"]
    silent["tbs_certificate"]["extensions"] = x509.Extensions(kept)

    assert (may_sign(issuing), may_sign(x509.Certificate.load(silent.dump(force=True)))) == (False, True)


def test_a_key_that_was_issued_for_something_else_is_not_opened_to_seal_or_sign_with(tmp_path: Path) -> None:
    server = SERVICE.issue("www.facility.example", use=Use(purposes=(SERVER,)))
    file = tmp_path / f"{SIGNING[0].email}.p12"
    file.write_bytes(in_a_file(server))

    with pytest.raises(CannotSealError) as sealing:
        open_signer(KeyFile(str(file), "secret"))
    with pytest.raises(CannotSignError) as signing:
        FileSigningKeys(tmp_path, "secret").signer_of(SIGNING[0])

    why = (
        "the certificate of “www.facility.example” was not issued for signatures or seals (digital_signature, "
        "non_repudiation; server_auth). Have one issued for them; checks refuse what was signed under this one."
    )
    assert str(sealing.value) == f"The key cannot seal or sign papers: {why}"
    assert str(signing.value) == f"The key of {SIGNING[0].email} cannot sign papers: {why}"


def in_a_file(identity: Identity) -> bytes:
    """Return a key and its certificate as PKCS#12."""
    key = load_der_private_key(identity.key, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    certificate = load_der_x509_certificate(identity.certificate)
    return pkcs12.serialize_key_and_certificates(
        b"key", key, certificate, None, BestAvailableEncryption(b"secret")
    )
