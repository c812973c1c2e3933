"""Rendering in a process of its own, with limits of memory and time."""

import json

from service.adapters import apart
from service.domain.publication import Approval, Snapshot, approval_from_json, from_json, to_json

SECONDS = 120.0
MEBIBYTES = 1024


def render_apart(
    snapshot: Snapshot,
    approval: Approval,
    *,
    verify_url: str,
    seconds: float = SECONDS,
    mebibytes: int = MEBIBYTES,
) -> bytes:
    """Return the paper, rendered in a process of its own; the same bytes as `render` gives.

    Raises:
        ApartError: The paper could not be rendered within its limits; the message says why.
    """
    given = json.dumps([to_json(snapshot), to_json(approval), verify_url]).encode()
    return apart.run("service.adapters.pdf", given, seconds=seconds, mebibytes=mebibytes)


def draft_apart(snapshot: Snapshot, *, seconds: float = SECONDS, mebibytes: int = MEBIBYTES) -> bytes:
    """Return a draft of the paper, rendered in a process of its own; the same bytes as `render_draft` gives.

    Raises:
        ApartError: It could not be rendered within its limits; the message says why.
    """
    given = json.dumps([to_json(snapshot), to_json(Approval()), ""]).encode()
    return apart.run("service.adapters.pdf", given, seconds=seconds, mebibytes=mebibytes)


def read_request(given: bytes) -> tuple[Snapshot, Approval, str]:
    """Return what the process apart is asked to render; a draft has no address where it is checked."""
    snapshot, approval, verify_url = json.loads(given)
    return from_json(snapshot), approval_from_json(approval), str(verify_url)
