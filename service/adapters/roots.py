"""The roots that are trusted, as authorities hand them out: certificates in PEM, one or several, or one in DER."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from service.adapters.key_sources import CannotSealError

_PEM = b"-----BEGIN"


@dataclass(frozen=True, slots=True)
class ClockRoots:
    """The roots (PEM) that answer for timestamps alone; None where those of the signers answer for them, too.

    `demo` are those of the demonstration.
    """

    own: tuple[bytes, ...] | None = None
    demo: tuple[bytes, ...] | None = None


TOGETHER = ClockRoots()
"""Nobody keeps the roots of timestamps apart."""


class RootsUnreadableError(CannotSealError):
    """The file that should hold the roots is not there, or holds no certificate; the message says which file."""


def told(own: Sequence[bytes], clocks: ClockRoots, demo: Sequence[bytes]) -> bytes:
    """Return roots as one file in PEM, each below its name, the SHA-256 of its certificate, and what it answers for."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - see below
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - as above
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415 - as above

    every = [one for pem in (*own, *(clocks.own or ()), *demo) for one in load_pem_x509_certificates(pem)]
    listed = {one.fingerprint(SHA256()).hex(): one for one in every}
    signing = {
        one.fingerprint(SHA256()).hex() for pem in (*own, *demo) for one in load_pem_x509_certificates(pem)
    }
    return b"\n".join(
        f"# {one.subject.rfc4514_string()}\n# SHA-256 {fingerprint}\n".encode()
        + (b"" if fingerprint in signing else b"# for timestamps only (--trust-time)\n")
        + one.public_bytes(Encoding.PEM)
        for fingerprint, one in listed.items()
    )


def clock_roots(file: str) -> tuple[bytes, ...] | None:
    """Return the roots that a file trusts for timestamps alone; None where no file is named.

    Raises:
        RootsUnreadableError: as below.
    """
    return tuple(read_roots(file)) if file else None


def read_roots(file: str) -> list[bytes]:
    """Return the roots in a file as PEM; none where no file is named.

    Raises:
        RootsUnreadableError: there is no such file, or no certificate in it.
    """
    if not file:
        return []
    # Their libraries are large, and a service that trusts no roots does without them.
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - see above
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates  # noqa: PLC0415 - see above

    try:
        content = Path(file).read_bytes()
        found = (
            load_pem_x509_certificates(content) if _PEM in content else [load_der_x509_certificate(content)]
        )
        return [b"".join(one.public_bytes(Encoding.PEM) for one in found)]
    except (OSError, ValueError) as error:
        raise RootsUnreadableError(f"The trusted roots in {Path(file).name} cannot be read.") from error
