"""Ids for what other programs keep: feeds, their entries, dates in a calendar."""

from uuid import UUID, uuid5

# Names are made of what never changes, which an address is not: a service may move.
_NAMES = UUID("6f1d7c0e-3a55-5d0b-9a53-6a2f2c1f4b60")


def stable_id(name: str) -> UUID:
    """Return the id of whatever bears this name: the same for ever."""
    return uuid5(_NAMES, name)
