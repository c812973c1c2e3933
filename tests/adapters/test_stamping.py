"""An authority inside the service stamps as the library's does, with a key that it reads once."""

import asyncio
from datetime import UTC, datetime

import pytest
from asn1crypto import cms, keys, x509
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from service.adapters.demo_pki import DemoPki
from service.adapters.stamping import HouseStamper, StampingKey

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def token(stamper: TimeStamper) -> cms.SignedData:
    return asyncio.run(stamper.async_timestamp(bytes(32), "sha256"))["content"]


def vouching(pki: DemoPki) -> SimpleCertificateStore:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's own
    store.register(x509.Certificate.load(pki.root))
    return store


def test_a_stamp_is_as_that_of_the_library_but_for_its_number(pki: DemoPki) -> None:
    key = StampingKey(pki.authority.key, pki.authority.certificate)
    own = HouseStamper(key, vouching=vouching(pki), at=AT)
    certificate = x509.Certificate.load(pki.authority.certificate)
    private = keys.PrivateKeyInfo.load(pki.authority.key)
    other = DummyTimeStamper(certificate, private, certs_to_embed=vouching(pki), fixed_dt=AT)

    stamps = [token(stamper).native for stamper in (own, other)]

    for stamp in stamps:
        # What is drawn by lot, and what follows from it.
        for drawn in ("serial_number", "nonce"):
            del stamp["encap_content_info"]["content"][drawn]
        (signer,) = stamp["signer_infos"]
        # The library tells attributes in the order of their bytes, and one of them is a digest of all that.
        told = {one["type"]: one["values"] for one in signer.pop("signed_attrs")}
        assert [len(digest) for digest in told.pop("message_digest")] == [32]
        signer["told"] = told
        assert len(signer.pop("signature")) == 384
        stamp["certificates"].sort(key=lambda one: one["tbs_certificate"]["serial_number"])
    assert stamps[0] == stamps[1]


def test_an_authority_whose_key_is_of_another_kind_stamps_nothing(pki: DemoPki) -> None:
    key = StampingKey(pki.seal.key, pki.seal.certificate)

    with pytest.raises(TypeError, match="RSA"):
        key.sign(b"a stamp")
