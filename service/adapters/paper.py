"""The renderer: prints editions in a process of its own."""

import re
from dataclasses import dataclass
from datetime import datetime

from service.adapters.apart import ApartError
from service.adapters.pdf.apart import courtesy_apart, draft_apart, maker, render_apart
from service.domain.drafts import NotPrintableError
from service.domain.publication import Approval, Snapshot
from service.domain.renditions import Rendition

_OF_THE_TEXT = re.compile(r"\b(?:TooTall|Unreadable|NotCanonicalError): ")


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

    @property
    def maker(self) -> str:
        """What names it: whatever prints other bytes has another name."""
        return maker()

    def courtesy(self, tree: Rendition, identifier: str, made_at: datetime) -> bytes:
        """Return a translated rendition as a PDF, the same bytes for the same input.

        Raises:
            NotPrintableError: it cannot be printed; the message says why.
        """
        try:
            return courtesy_apart(tree, identifier, made_at)
        except ApartError as fault:
            # What lies with the text is so for good; time or memory that ran out may be there the next time.
            if not _OF_THE_TEXT.search(str(fault)):
                raise
            raise NotPrintableError(str(fault)) from fault
