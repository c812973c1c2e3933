"""Views of corrections."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One correction of a lesson or of a piece of evidence: what it said before, field by field, and why."""

    number: int
    before: tuple[str, ...]
    reason: str
    corrected_at: datetime
