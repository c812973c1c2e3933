"""Signing by a clock: what a signature says of when it was made has to agree with the timestamp inside it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pyhanko.sign import signers
from pyhanko.sign.signers.pdf_signer import PdfSigningSession


class Signer(signers.PdfSigner):
    """A signer who says when they sign by a clock of the house, where it has one, as it stamps by it."""

    clock: Callable[[], datetime] | None = None

    def init_signing_session(self, *arguments: Any, **named: Any) -> PdfSigningSession:  # noqa: ANN401 - as the library's
        """Begin to sign, at the time of the clock."""
        session = super().init_signing_session(*arguments, **named)
        if self.clock is not None:
            session.system_time = self.clock().astimezone(UTC)
        return session
