"""Drafts of the paper: what an edition would look like if it were assembled now, and whether it could be printed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.domain.access import Limit

DRAFTS_OF_PERSON = Limit("draft", 12, timedelta(hours=1))
"""How often a person may have a draft made: each takes a process of its own for seconds."""


class NotPrintableError(RuntimeError):
    """A paper cannot be printed; the message says why."""


class DraftState(StrEnum):
    """What there is of a draft."""

    NONE = "none"
    MAKING = "making"
    READY = "ready"
    OUTDATED = "outdated"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Draft:
    """The last draft that was made of an agenda: of which state of it, when, and what came of it.

    `state_digest` is the digest of what it prints, `file_digest` that of the PDF, or None where it could not be
    printed; then `fault` says why.
    """

    state_digest: str
    made_at: datetime
    file_digest: str | None
    fault: str = ""


def state_of(draft: Draft | None, present: str, *, making: bool, gave_up: bool = False) -> DraftState:
    """Return what there is of a draft of an agenda whose present state has this digest.

    `making` tells whether one is being made, `gave_up` whether the last try came to no end.
    """
    if making:
        return DraftState.MAKING
    if gave_up:
        return DraftState.FAILED
    if draft is None:
        return DraftState.NONE
    if draft.state_digest != present:
        return DraftState.OUTDATED
    return DraftState.FAILED if draft.file_digest is None else DraftState.READY
