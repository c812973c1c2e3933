"""What reviewers look for: the words that a change is about, and what can be done with several at once."""

from collections.abc import Collection, Iterator
from enum import StrEnum

from service.domain.amendments import AmendmentAction, AmendmentState, steps_to
from service.domain.errors import IllegalMove
from service.domain.text import Operation
from service.domain.text.operations import DeleteBlock, Edit, InsertBlock, JoinBlock, SplitBlock


class ReviewOrder(StrEnum):
    """In which order a queue is gone through."""

    TEXT = "text"
    NEWEST = "newest"


class Together(StrEnum):
    """What can be done with several changes at once."""

    SEEN = "seen"
    NO_COMMENT = "no_comment"
    ADVISE_ACCEPT = "advise_accept"
    ADVISE_MODIFIED = "advise_modified"
    ADVISE_REJECT = "advise_reject"
    ADMIT = "admit"
    DECLARE_INADMISSIBLE = "declare_inadmissible"
    EXAMINE = "examine"


class Fate(StrEnum):
    """What becomes of one of several changes when something is done with all of them."""

    DONE = "done"
    # It can be done, and changes nothing: it is so already.
    ALREADY = "already"
    # It has come further meanwhile, or is decided.
    TOO_LATE = "too_late"


def still_possible(state: AmendmentState, action: AmendmentAction) -> bool:
    """Tell whether a decision can still be taken in a state, with the steps that lead to it."""
    try:
        steps_to(state, action)
    except IllegalMove:
        return False
    return True


def changed_words(operations: Collection[Operation]) -> Iterator[str]:
    """Yield the words that operations take out or put in, and no others."""
    for operation in operations:
        match operation:
            case Edit(deleted=deleted, inserted=inserted):
                yield from (deleted, inserted)
            case InsertBlock(content=content) | DeleteBlock(content=content):
                yield content.text
            case SplitBlock(deleted=deleted, inserted=inserted, content=content):
                yield from (deleted, inserted, content.text)
            case JoinBlock(deleted=deleted, struck=struck, inserted=inserted):
                yield from (deleted, struck, inserted)
            case _:
                pass


def found_in(wanted: str, texts: Collection[str]) -> bool:
    """Tell whether each of the wanted words stands in one of the texts, in whatever case."""
    folded = [text.casefold() for text in texts]
    return all(any(word in text for text in folded) for word in wanted.casefold().split())
