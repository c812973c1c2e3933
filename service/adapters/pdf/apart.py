"""Rendering in a process of its own, with limits of memory and time."""

import json
from datetime import datetime
from importlib.metadata import version

from service.adapters import apart
from service.adapters.pdf import ownfiles
from service.domain import canonical
from service.domain.publication import Approval, Snapshot, approval_from_json, from_json, to_json
from service.domain.renditions import Rendition

SECONDS = 120.0
MEBIBYTES = 1024
COURTESY = "courtesy"
LIBRARIES = ("pikepdf", "pillow", "pyphen", "reportlab")


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


def courtesy_apart(
    tree: Rendition,
    identifier: str,
    made_at: datetime,
    *,
    seconds: float = SECONDS,
    mebibytes: int = MEBIBYTES,
) -> bytes:
    """Return a courtesy translation on paper, made in a process of its own; the same bytes as `render_courtesy` gives.

    Raises:
        ApartError: It could not be rendered within its limits; the message says why.
    """
    given = json.dumps([canonical.to_json(tree), identifier, made_at.isoformat(), COURTESY]).encode()
    return apart.run("service.adapters.pdf", given, seconds=seconds, mebibytes=mebibytes)


def maker() -> str:
    """Return what names the renderer: another one may give other bytes."""
    libraries = " ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{ownfiles.files()} {libraries}"


def is_courtesy(given: bytes) -> bool:
    """Tell whether the process apart is asked for a courtesy translation."""
    return COURTESY in json.loads(given)[3:]


def read_courtesy(given: bytes) -> tuple[Rendition, str, datetime]:
    """Return the tree of a courtesy translation, what it was made from, and the moment that it bears."""
    tree, identifier, made_at, _ = json.loads(given)
    return canonical.from_json(Rendition, tree), str(identifier), datetime.fromisoformat(made_at)


def read_request(given: bytes) -> tuple[Snapshot, Approval, str]:
    """Return what the process apart is asked to render; a draft has no address where it is checked."""
    snapshot, approval, verify_url = json.loads(given)
    return from_json(snapshot), approval_from_json(approval), str(verify_url)
