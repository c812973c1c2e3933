"""Corrections after publication: of what a lesson says, or of where and what a piece of evidence is.

Nobody's position is bound to them, so nothing is decided anew. A further edition says what was corrected, and why.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False)
class Correction:
    """One correction of a lesson or of a piece of evidence; `before` is what it said, field by field.

    Those of one thing are counted by `number`, from 1.
    """

    id: str
    agenda_id: str
    number: int
    before: tuple[str, ...]
    reason: str
    person_id: str
    corrected_at: datetime
    lesson_id: str | None = None
    evidence_id: str | None = None
