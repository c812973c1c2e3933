"""The few things outside that have more than one real implementation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from service.domain.publication import Approval, Snapshot
from service.domain.verification import Verification
from service.domain.webhooks import Answer


class Renderer(Protocol):
    """Prints the final document."""

    def render(self, snapshot: Snapshot, approval: Approval) -> bytes:
        """Return the paper as a PDF, the same bytes for the same input."""
        ...


class Sealer(Protocol):
    """Seals a paper and checks seals."""

    def is_ready(self) -> bool:
        """Tell whether the keys are at hand."""
        ...

    def sign(self, pdf: bytes) -> bytes:
        """Return the PDF with the facility's seal."""
        ...

    def timestamp(self, pdf: bytes) -> bytes:
        """Return the sealed PDF with an archive timestamp."""
        ...

    def verify(self, pdf: bytes, *, patiently: bool = False) -> Verification:
        """Return what can be said of a PDF, whoever made it; never raises for a broken file.

        `patiently` gives it the time that one of our own papers may need on a busy machine.
        """
        ...


class Courier(Protocol):
    """Calls other people's programs, and keeps what it proves to them that it is us."""

    local: bool
    """Whether it also calls programs on this machine, without https: for tests and the demonstration."""

    def secret(self, webhook_id: str, generation: int) -> bytes:
        """Return the secret of a webhook: 32 bytes, always the same for the same webhook and generation."""
        ...

    def carry(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post a body to an address of the open internet; never raises for what is wrong over there."""
        ...


class Clock(Protocol):
    """Tells the time where no transaction does."""

    def __call__(self) -> datetime:
        """Return the present moment, in UTC."""
        ...
