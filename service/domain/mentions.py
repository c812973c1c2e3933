"""Who is mentioned in what somebody wrote: organisations by their names after an @."""

from collections.abc import Mapping
from itertools import pairwise


def mentioned(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the organisations that a text mentions as “@Name”, in the order in which they appear.

    Of two names that begin alike the longer one is meant; upper and lower case do not matter.

    Args:
        text: what somebody wrote.
        names: the organisations' names by their ids.
    """
    folded = {organisation_id: name.casefold() for organisation_id, name in names.items()}
    longest_first = sorted(folded.items(), key=lambda item: (-len(item[1]), item[0]))
    found: dict[str, None] = {}
    for before, after in pairwise(text.casefold().split("@")):
        if before[-1:].isalnum():
            # The middle of somebody's address.
            continue
        for organisation_id, name in longest_first:
            if after.startswith(name) and not after[len(name) : len(name) + 1].isalnum():
                found[organisation_id] = None
                break
    return tuple(found)
