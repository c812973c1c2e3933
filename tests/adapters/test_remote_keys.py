"""A key at a remote signing service: a paper is sealed with it over HTTP, and what goes wrong there is said."""

import base64
import json
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.adapters.key_sources import (
    CannotSealError,
    KeyAwayError,
    PinRefusedError,
    RemoteKey,
    StampsAwayError,
)
from service.adapters.refused_pins import RefusedPins
from service.adapters.remote_keys import RemoteSigner
from service.adapters.signing import open_signer, own_seal
from service.adapters.verifying import verify
from service.domain.verification import Verdict
from tests.adapters.signing_service import (
    ACCESS,
    CREDENTIAL,
    ECDSA_WITH_SHA256,
    PIN,
    Answer,
    SigningService,
    Twist,
    a_signing_service,
    slowly,
)

INFO, LEAVE, SIGN = "/csc/v1/credentials/info", "/csc/v1/credentials/authorize", "/csc/v1/signatures/signHash"


@pytest.fixture(scope="module")
def opened() -> Iterator[SigningService]:
    with a_signing_service() as service:
        yield service


@pytest.fixture
def service(opened: SigningService) -> SigningService:
    opened.twist, opened.asked = (lambda _, answer: answer), []
    return opened


def test_paper_is_sealed_and_stamped_over_the_network_with_keys_that_are_elsewhere(
    service: SigningService, small_paper: bytes
) -> None:
    seal = own_seal(service.key(), tsa_url=f"{service.address}/stamps", roots=[service.root.pem])
    sealed = seal.timestamp(seal.sign(small_paper))
    found = verify(sealed, seal.roots)
    assert (found.verdict, found.signer, found.demo) == (Verdict.VALID, "Seal at the service", False)
    assert [path for path, _ in service.asked] == [INFO, LEAVE, SIGN]


def test_service_is_sent_digests_and_asked_for_leave_for_exactly_these(
    service: SigningService, small_paper: bytes
) -> None:
    seal = own_seal(service.key(), tsa_url=f"{service.address}/stamps", roots=[service.root.pem])
    seal.sign(small_paper)
    leave, sign = (asked for _, asked in service.asked[1:])
    assert (leave["PIN"], leave["hash"], leave["numSignatures"]) == (PIN, sign["hash"], 1)
    assert [len(base64.b64decode(one)) for one in sign["hash"]] == [32]


def test_service_of_the_second_version_is_asked_in_its_own_words(
    service: SigningService, small_paper: bytes
) -> None:
    key = service.key(version="2")
    seal = own_seal(key, tsa_url=f"{service.address}/stamps", roots=[service.root.pem])
    assert verify(seal.timestamp(seal.sign(small_paper)), seal.roots).verdict is Verdict.VALID
    assert [path for path, _ in service.asked] == [one.replace("v1", "v2") for one in (INFO, LEAVE, SIGN)]
    leave, sign = (asked for _, asked in service.asked[1:])
    assert leave["authData"] == [{"id": "PIN", "value": PIN}]
    assert (leave["hashes"], sign["signAlgo"]) == (sign["hashes"], ECDSA_WITH_SHA256)


@pytest.mark.parametrize("changed", [{"access": "wrong"}, {"credential": "another"}])
def test_service_that_refuses_the_credential_is_said(
    service: SigningService, changed: dict[str, str]
) -> None:
    with pytest.raises(CannotSealError) as refused:
        open_signer(service.key(**changed))
    assert str(refused.value) == (
        "The signing service refused (HTTP 401); check the credential, the token and the PIN."
    )


def test_wrong_pin_is_said_when_it_is_asked_for_and_not_repeated(
    service: SigningService, small_paper: bytes
) -> None:
    seal = own_seal(
        service.key(pin="hush-other"), tsa_url=f"{service.address}/stamps", roots=[service.root.pem]
    )
    with pytest.raises(PinRefusedError, match="The signing service refuses the PIN") as refused:
        seal.sign(small_paper)
    assert "hush" not in "".join(traceback.format_exception(refused.value))
    asked = len(service.asked)
    with pytest.raises(PinRefusedError, match="refused the PIN; set the right one"):
        seal.sign(small_paper)
    assert len(service.asked) == asked


def test_wrong_pin_is_not_repeated_by_whoever_starts_again(
    service: SigningService, small_paper: bytes, tmp_path: Path
) -> None:
    said = []
    for pin in ("hush-other", "hush-other", PIN):
        # Each round is a start of the service with what the data directory holds.
        seal = own_seal(
            service.key(pin=pin),
            tsa_url=f"{service.address}/stamps",
            roots=[service.root.pem],
            pins=RefusedPins(tmp_path),
        )
        try:
            seal.sign(small_paper)
        except PinRefusedError as refused:
            said.append(str(refused))
    asked = [found["PIN"] for path, found in service.asked if path == LEAVE]
    assert (said, asked) == (
        [
            "The signing service refuses the PIN.",
            "The signing service refused the PIN; set the right one, and start again.",
        ],
        ["hush-other", PIN],
    )


def test_secrets_are_not_shown_with_the_key(service: SigningService) -> None:
    assert [secret in repr(service.key()) for secret in (ACCESS, PIN, CREDENTIAL)] == [False, False, True]


def test_service_that_does_not_answer_in_time_is_said(service: SigningService) -> None:
    service.twist = slowly(0.4)
    with pytest.raises(CannotSealError, match="did not answer in time"):
        RemoteSigner(service.key(), patience=0.1)


def test_service_that_is_not_there_is_said() -> None:
    nowhere = RemoteKey("http://127.0.0.1:9", CREDENTIAL, ACCESS)
    with pytest.raises(KeyAwayError, match="The signing service cannot be reached"):
        open_signer(nowhere)


def at(path: str, answer: Answer) -> Twist:
    return lambda here, usual: answer if here == path else usual


def said(value: object) -> Answer:
    return 200, json.dumps(value).encode()


@pytest.mark.parametrize(
    ("path", "answer", "sentence"),
    [
        (INFO, (500, b""), "The signing service failed (HTTP 500)."),
        (INFO, (200, b"<html>"), "answered what cannot be read"),
        (INFO, said([]), "answered what cannot be read"),
        (INFO, said({"cert": {"certificates": []}}), "answered what cannot be read"),
        (
            INFO,
            said({"cert": {"certificates": ["AAAA"]}, "key": {"algo": []}}),
            "answered what cannot be read",
        ),
        (LEAVE, (503, b""), "The signing service failed (HTTP 503)."),
        (LEAVE, said({}), "answered what cannot be read"),
        (LEAVE, (200, b"\xff"), "answered what cannot be read"),
        (SIGN, (403, b"{}"), "The signing service refused (HTTP 403)"),
        (SIGN, said({"signatures": []}), "answered what cannot be read"),
        (SIGN, said({"signatures": [7]}), "answered what cannot be read"),
        (SIGN, said({"signatures": ["AAAA"]}), "answered with a signature of another key"),
    ],
)
def test_broken_answer_is_said_and_seals_nothing(
    service: SigningService, small_paper: bytes, path: str, answer: Answer, sentence: str
) -> None:
    service.twist = at(path, answer)
    with pytest.raises(CannotSealError) as refused:
        own_seal(service.key(), tsa_url=f"{service.address}/stamps", roots=[service.root.pem]).sign(
            small_paper
        )
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("path", "kind", "sentence"),
    [
        ("/stamps", StampsAwayError, "The timestamp authority did not do its part: "),
        ("/revocations", CannotSealError, "The file could not be sealed"),
    ],
)
def test_authority_that_fails_is_said(
    service: SigningService, small_paper: bytes, path: str, kind: type[CannotSealError], sentence: str
) -> None:
    service.twist = at(path, (500, b""))
    with pytest.raises(CannotSealError, match=sentence) as refused:
        own_seal(service.key(), tsa_url=f"{service.address}/stamps", roots=[service.root.pem]).sign(
            small_paper
        )
    assert type(refused.value) is kind
