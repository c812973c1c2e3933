"""Making a paper again from the data inside it, and comparing byte by byte; a stranger's file in a process apart."""

import hashlib
import io

from service.adapters import apart
from service.domain import canonical
from service.domain.reproduction import Likeness, Reproduction

SECONDS = 120.0
MEBIBYTES = 1024


def reproduce(pdf: bytes) -> Reproduction:
    """Return how a paper compares with what its own data give; nothing is asked of the network."""
    try:
        told = apart.run(__name__, pdf, seconds=SECONDS, mebibytes=MEBIBYTES)
    except apart.ApartError:
        return Reproduction(Likeness.UNKNOWN)
    return canonical.from_json(Reproduction, told.decode())


def compare(pdf: bytes) -> Reproduction:
    """Do the same in this process."""
    import pikepdf  # noqa: PLC0415  its libraries are loaded where they are limited

    from service.adapters.pdf import recipe, render  # noqa: PLC0415  as above
    from service.domain import publication  # noqa: PLC0415  as above

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            held = {
                name: opened.attachments[name].get_file().read_bytes().decode()
                for name in (recipe.AGENDA, recipe.RECIPE)
            }
        made_with = canonical.from_json(recipe.Recipe, held[recipe.RECIPE])
    except (pikepdf.PdfError, canonical.NotCanonicalError, KeyError, ValueError):
        return Reproduction(Likeness.NO_PAPER)
    here = recipe.versions()
    others = tuple(
        sorted(
            name for name in {*here, *made_with.versions} if here.get(name) != made_with.versions.get(name)
        )
    )
    try:
        snapshot = publication.from_json(held[recipe.AGENDA])
    except canonical.NotCanonicalError:
        # Data of another release may have another form.
        return Reproduction(Likeness.UNKNOWN if others else Likeness.NO_PAPER, others=others)
    again = render.render(
        snapshot, made_with.approval, verify_url=made_with.verify_url, versions=made_with.versions
    )
    size, digest = len(again), hashlib.sha256(again).hexdigest()
    if pdf.startswith(again):
        return Reproduction(Likeness.SAME, size, digest, len(pdf) - size, others)
    return Reproduction(Likeness.UNKNOWN if others else Likeness.DIFFERS, size, digest, others=others)


def load() -> None:
    """Load what it takes to render."""
    from service.adapters.pdf import recipe, render  # noqa: F401, PLC0415  its libraries are loaded where they are limited


def answer(given: bytes) -> bytes:
    """Return how the paper compares."""
    return canonical.to_json(compare(given)).encode()
