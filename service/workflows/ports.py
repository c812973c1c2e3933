"""The few things outside that have more than one real implementation."""

from datetime import datetime
from typing import Protocol

from service.domain.publication import Approval, Snapshot
from service.domain.verification import Verification


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


class Sheets(Protocol):
    """Reads tables that people keep in files."""

    def rows(self, content: bytes) -> tuple[tuple[str, ...], ...]:
        """Return the cells of a file's first sheet as text; a formula begins with an equals sign.

        Raises:
            Invalid: it is no such file, damaged, or larger than any list of participants.
        """
        ...


class Clock(Protocol):
    """Tells the time where no transaction does."""

    def __call__(self) -> datetime:
        """Return the present moment, in UTC."""
        ...
