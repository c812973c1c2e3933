"""Shapes of which the library knows all before anybody asks.

It finds out what a structure is made of when it is first converted to, and lets other threads use what it has found so
far. Two that began at once with the same one ended the process: a null pointer, without a word in the log.
"""

from typing import TypeVar

import msgspec

S = TypeVar("S")

SETTLED = list[type]()
"""All of them, in the order in which they were settled."""


def settled(kind: type[S]) -> type[S]:
    """Return a structure, with all that it is made of found out now: while modules are loaded there is one thread."""
    msgspec.json.Decoder(kind)
    SETTLED.append(kind)
    return kind
