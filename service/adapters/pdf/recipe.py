"""What a paper was made with besides its data; it is attached, so that anyone can make the paper again."""

import platform
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

import pikepdf

from service.adapters.pdf import ownfiles
from service.adapters.pdf.apart import LIBRARIES
from service.domain.publication import Approval

AGENDA = "agenda.json"
RECIPE = "rendering.json"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Who approved, the address printed on the paper, and the version of everything that has a say in the bytes."""

    approval: Approval
    verify_url: str
    versions: Mapping[str, str]


@cache
def versions() -> Mapping[str, str]:
    """Return the versions at hand; that of the renderer is the digest of its files."""
    return {
        "renderer": ownfiles.files(),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "qpdf": pikepdf.__libqpdf_version__,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: version(name) for name in LIBRARIES},
    }
