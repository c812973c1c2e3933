"""Checking the files of strangers in a process of its own, with limits of memory and time."""

import base64
import json
from collections.abc import Sequence

from service.adapters import apart
from service.adapters.heads import is_pdf
from service.adapters.roots import TOGETHER, ClockRoots
from service.domain import canonical
from service.domain.verification import Finding, Sentence, Verdict, Verification

SECONDS = 10.0
MEBIBYTES = 512


def verify_apart(
    pdf: bytes,
    roots: Sequence[bytes],
    *,
    demo_roots: Sequence[bytes] = (),
    record_keys: Sequence[bytes] = (),
    signers: Sequence[str] = (),
    clocks: ClockRoots = TOGETHER,
    seconds: float = SECONDS,
    mebibytes: int = MEBIBYTES,
) -> Verification:
    """Return the verdict on a file; a file that cannot be checked within the limits is `unknown`.

    `roots` and `demo_roots` are PEM; `record_keys` (32 bytes each) are those under which its proofs are checked;
    `signers` are those whose seals are expected, `clocks` the roots of timestamps where they are kept apart.
    """
    if not is_pdf(pdf):
        # A process of its own would load libraries for a second to say the same.
        return Verification(Verdict.UNKNOWN, (Sentence(Finding.NOT_PDF),))
    texts = [
        None if some is None else [root.decode("latin-1") for root in some]
        for some in (roots, demo_roots, clocks.own, clocks.demo)
    ]
    keys = [key.hex() for key in record_keys]
    given = json.dumps([*texts, keys, list(signers), base64.b64encode(pdf).decode()]).encode()
    try:
        told = apart.run(__name__, given, seconds=seconds, mebibytes=mebibytes)
    except apart.ApartError:
        return Verification(Verdict.UNKNOWN, (Sentence(Finding.TOO_LONG),))
    return canonical.from_json(Verification, told.decode())


def load() -> None:
    """Load what it takes to check a file."""
    from service.adapters import verifying  # noqa: F401, PLC0415  its libraries are loaded where they are limited


def answer(given: bytes) -> bytes:
    """Return what can be said of the file that is asked about."""
    from service.adapters.verifying import verify  # noqa: PLC0415  as above

    *roots, keys, signers, encoded = json.loads(given)
    own, demo, *clocks = [
        None if some is None else tuple(root.encode("latin-1") for root in some) for some in roots
    ]
    record_keys = [bytes.fromhex(key) for key in keys]
    found = verify(
        base64.b64decode(encoded),
        own or (),
        demo_roots=demo or (),
        record_keys=record_keys,
        signers=signers,
        clocks=ClockRoots(*clocks),
    )
    return canonical.to_json(found).encode()
