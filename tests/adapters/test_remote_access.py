"""Short-lived tokens of a signing service: each is asked for by the client before the last one runs out."""

import asyncio
import traceback
from collections.abc import Iterator

import aiohttp
import pytest

from service.adapters.key_sources import KeyAwayError
from service.adapters.remote_access import EARLY, Access
from service.adapters.remote_keys import RemoteSigner
from service.adapters.signing import own_seal
from service.adapters.verifying import verify
from service.domain.verification import Verdict
from tests.adapters.signing_service import ACCESS, SECRET, SigningService, a_signing_service

INFO, LEAVE, SIGN = "/csc/v1/credentials/info", "/csc/v1/credentials/authorize", "/csc/v1/signatures/signHash"


@pytest.fixture
def service() -> Iterator[SigningService]:
    with a_signing_service() as service:
        yield service


def test_client_seals_with_tokens_that_it_asks_for_and_without_a_restart_when_one_runs_out(
    service: SigningService, small_paper: bytes
) -> None:
    seal = own_seal(service.key_of_a_client(), tsa_url=f"{service.address}/stamps", roots=[service.root.pem])
    assert verify(seal.timestamp(seal.sign(small_paper)), seal.roots).verdict is Verdict.VALID
    assert service.given == 1
    # It has run out there sooner than it was said to.
    service.taken, service.asked = {ACCESS}, []
    assert seal.sign(small_paper).startswith(small_paper)
    assert ([path for path, _ in service.asked], service.given) == ([LEAVE, LEAVE, SIGN], 2)


def test_token_that_is_not_taken_although_it_is_fresh_is_asked_for_once_more_and_no_further(
    service: SigningService,
) -> None:
    service.twist = lambda path, answer: (401, b"{}") if path == INFO else answer
    with pytest.raises(KeyAwayError, match="refused \\(HTTP 401\\)"):
        RemoteSigner(service.key_of_a_client())
    assert service.given == 2


def test_client_that_is_refused_is_said_and_no_secret_is(service: SigningService) -> None:
    source = service.key_of_a_client(secret="hush-other")
    with pytest.raises(KeyAwayError) as refused:
        RemoteSigner(source)
    assert str(refused.value) == (
        "The signing service gave no token (HTTP 401); check the client and its secret."
    )
    assert "hush" not in "".join(traceback.format_exception(refused.value))
    assert SECRET not in repr(service.key_of_a_client())


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, b""), "The signing service failed (HTTP 500)."),
        ((200, b"{}"), "answered what cannot be read"),
        ((200, b'{"access_token":"t","expires_in":"soon"}'), "answered what cannot be read"),
        ((307, b""), "gave no token (HTTP 307)"),
    ],
)
def test_broken_answer_to_the_client_is_said(
    service: SigningService, answer: tuple[int, bytes], said: str
) -> None:
    service.twist = lambda path, usual: answer if path == "/oauth2/token" else usual
    with pytest.raises(KeyAwayError) as refused:
        RemoteSigner(service.key_of_a_client())
    assert said in str(refused.value)


def test_token_is_used_until_shortly_before_it_runs_out(service: SigningService) -> None:
    moments = [0.0, service.lasts - EARLY - 1, service.lasts - EARLY, service.lasts - EARLY]
    access = Access(service.key_of_a_client(), clock=lambda: moments.pop(0))

    async def asked() -> list[str]:
        async with aiohttp.ClientSession() as session:
            return [await access.token(session, aiohttp.ClientTimeout(total=5)) for _ in range(3)]

    assert asyncio.run(asked()) == ["hush-short-1", "hush-short-1", "hush-short-2"]


def test_token_that_lasts_is_never_asked_for(service: SigningService) -> None:
    access = Access(service.key())
    access.forget()
    RemoteSigner(service.key())
    assert (access.can_be_renewed, service.given) == (False, 0)
