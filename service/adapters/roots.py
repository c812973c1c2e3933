"""The roots that are trusted, as authorities hand them out: certificates in PEM, one or several, or one in DER."""

from pathlib import Path

from service.adapters.key_sources import CannotSealError

_PEM = b"-----BEGIN"


class RootsUnreadableError(CannotSealError):
    """The file that should hold the roots is not there, or holds no certificate; the message says which file."""


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
