"""What a paper was made with besides its data; it is attached, so that anyone can make the paper again."""

import hashlib
import platform
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pikepdf

from service.domain.publication import Approval

AGENDA = "agenda.json"
RECIPE = "rendering.json"
_LIBRARIES = ("pikepdf", "pillow", "pyphen", "reportlab")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Recipe:
    """Who approved, the address printed on the paper, and the version of everything that has a say in the bytes."""

    approval: Approval
    verify_url: str
    versions: Mapping[str, str]


@cache
def versions() -> Mapping[str, str]:
    """Return the versions at hand; that of the renderer is the digest of its files."""
    files = hashlib.sha256()
    for path in sorted(_HERE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            files.update(path.relative_to(_HERE).as_posix().encode() + b"\0")
            files.update(hashlib.sha256(path.read_bytes()).digest())
    return {
        "renderer": files.hexdigest(),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "qpdf": pikepdf.__libqpdf_version__,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: version(name) for name in _LIBRARIES},
    }
