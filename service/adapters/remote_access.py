"""What lets in at a signing service: a token that lasts, or short-lived ones, asked for as they run out."""

import time
from collections.abc import Callable
from http import HTTPStatus

import aiohttp

from service.adapters.key_sources import KeyAwayError, RemoteKey

LASTS = 300.0
"""For how many seconds a token is used whose service does not say how long it lasts."""
EARLY = 30.0
"""How many seconds before its end a token is not used any more."""


class Access:
    """The token for a service; the same one until it runs out, or the service does not take it any more."""

    def __init__(self, source: RemoteKey, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Ask for nothing yet."""
        self._source, self._clock = source, clock
        self._token, self._until = source.access, 0.0

    @property
    def can_be_renewed(self) -> bool:
        """Whether another token can be had when the service does not take this one."""
        return bool(self._source.oauth_url)

    def forget(self) -> None:
        """Use this token no more."""
        self._token = "" if self.can_be_renewed else self._token

    async def token(self, session: aiohttp.ClientSession, timeout: aiohttp.ClientTimeout) -> str:  # noqa: ASYNC109 - aiohttp's own
        """Return a token that lets in.

        Raises:
            KeyAwayError: none was given.
            aiohttp.ClientError: whoever gives them could not be asked.
        """
        if self.can_be_renewed and (not self._token or self._clock() >= self._until):
            self._token, lasts = await self._given(session, timeout)
            self._until = self._clock() + lasts - EARLY
        return self._token

    async def _given(
        self,
        session: aiohttp.ClientSession,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own
    ) -> tuple[str, float]:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._source.client,
            "client_secret": self._source.secret,
        }
        async with session.post(
            # A secret that is led elsewhere would be told to whoever is there.
            self._source.oauth_url,
            data=form,
            timeout=timeout,
            allow_redirects=False,
        ) as response:
            if HTTPStatus.MULTIPLE_CHOICES <= response.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                raise KeyAwayError(
                    f"The signing service gave no token (HTTP {response.status}); check the client and its secret."
                )
            response.raise_for_status()
            answer = await response.json()
        return str(answer["access_token"]), float(answer.get("expires_in", LASTS))
