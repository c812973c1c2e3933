"""Whether a transaction changed something that the record has to speak of."""

from sqlalchemy.orm import Session

_CHANGED = "changed"


def note_change(session: Session) -> None:
    """Note that something was changed; what is written beside the mapping has to say so itself."""
    session.info[_CHANGED] = True


def has_changed(session: Session) -> bool:
    """Tell whether anything was changed."""
    return bool(session.info.get(_CHANGED))
