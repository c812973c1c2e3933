"""Static files: each has an address that changes with its content, so that a browser may keep it for good."""

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from litestar import MediaType, Response, get
from litestar.params import FromPath

from service.domain.errors import Unknown

FOLDER = Path(__file__).parent / "static"
YEAR = 31_536_000
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file with the beginning of its SHA-256."""

    content: bytes
    media_type: str
    digest: str


@cache
def _names() -> frozenset[str]:
    return frozenset(file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*") if file.is_file())


@cache
def asset(name: str) -> Asset:
    """Return a static file by its path below the folder.

    Raises:
        Unknown: there is no such file; nothing outside the folder can be named.
    """
    if name not in _names():
        raise Unknown(thing="file")
    content = (FOLDER / name).read_bytes()
    kind = mimetypes.guess_type(name)[0] or MediaType.TEXT
    return Asset(content, kind, hashlib.sha256(content).hexdigest()[:_SHOWN])


def address(name: str) -> str:
    """Return the address of a static file, which names its content."""
    return f"/static/{asset(name).digest}/{name}"


@get("/static/{digest:str}/{name:path}", sync_to_thread=False, include_in_schema=False)
def static_file(digest: FromPath[str], name: FromPath[Path]) -> Response[bytes]:
    """Answer with a static file; one whose content has changed since is not kept by the browser."""
    found = asset(name.as_posix().lstrip("/"))
    kept = f"public, max-age={YEAR}, immutable" if digest == found.digest else "no-cache"
    return Response(found.content, media_type=found.media_type, headers={"Cache-Control": kept})
