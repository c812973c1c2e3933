"""The renderer: prints editions in a process of its own."""

from dataclasses import dataclass

from service.adapters.apart import ApartError
from service.adapters.pdf.apart import draft_apart, render_apart
from service.domain.drafts import NotPrintableError
from service.domain.publication import Approval, Snapshot


@dataclass(frozen=True, slots=True)
class ChildRenderer:
    """Renders with limits of time and memory; `base_url` leads readers of the paper to where it can be checked."""

    base_url: str

    def render(self, snapshot: Snapshot, approval: Approval) -> bytes:
        """Return the paper as a PDF, the same bytes for the same input."""
        return render_apart(snapshot, approval, verify_url=f"{self.base_url.rstrip('/')}/verify")

    def draft(self, snapshot: Snapshot) -> bytes:
        """Return a draft of the paper as a PDF, the same bytes for the same input.

        Raises:
            NotPrintableError: it cannot be printed; the message says why.
        """
        try:
            return draft_apart(snapshot)
        except ApartError as fault:
            raise NotPrintableError(str(fault)) from fault
