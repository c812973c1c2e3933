"""Further editions: which one is replaced, why, and what is different in the new one."""

from dataclasses import dataclass
from datetime import date

from service.domain.errors import Invalid
from service.domain.text import Block, normalise

REASON_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two editions, in words.

    `about` names what it concerns ("Recommendation 3"); `before` and `after` are the whole text where it changed.
    """

    about: str
    what: str
    before: tuple[Block, ...] = ()
    after: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrigendum:
    """The edition that a further one replaces, named by the digest of its agenda; why; and what has changed since."""

    edition: int
    released_on: date
    digest: str
    reason: str
    changes: tuple[Change, ...] = ()
    withdrawn: bool = False


def check_reason(reason: str, missing: str) -> str:
    """Return the reason why an edition is replaced or withdrawn, as it is kept: line by line, as it was typed.

    Args:
        reason: as somebody gave it.
        missing: what to tell them where they gave none.

    Raises:
        Invalid: there is none, or it is longer than a page is read.
    """
    lines = (normalise(line, field="reason") for line in reason.splitlines())
    why = "\n".join(line for line in lines if line)
    if not why:
        raise Invalid.field("reason", missing)
    if len(why) > REASON_LENGTH:
        raise Invalid.field("reason", "Please keep this under %(limit)s characters.", limit=REASON_LENGTH)
    return why
