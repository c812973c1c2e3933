"""The sealer: the demonstration's keys or the operator's, and checks in a process of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from service.adapters.demo_pki import DemoPki
from service.adapters.signing import CannotSealError, Seal, demo_seal, file_seal
from service.adapters.verifying_apart import verify_apart
from service.domain.verification import Verification

KEYS = "demo-keys"
# The demonstration tells of a meeting in 2023, so its certificates begin before it.
DEMO_BEGINS = datetime(2023, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ApartSealer:
    """Seals with a key at hand; checks whatever it is given under limits of time and memory."""

    seal: Seal

    def is_ready(self) -> bool:
        """Tell whether the keys are at hand."""
        return bool(self.seal.roots or self.seal.demo_roots)

    def sign(self, pdf: bytes) -> bytes:
        """Return the PDF with the facility's seal."""
        return self.seal.sign(pdf)

    def timestamp(self, pdf: bytes) -> bytes:
        """Return the sealed PDF with an archive timestamp."""
        return self.seal.timestamp(pdf)

    def verify(self, pdf: bytes) -> Verification:
        """Return what can be said of a PDF, whoever made it."""
        return verify_apart(pdf, self.seal.roots, demo_roots=self.seal.demo_roots)


def make_sealer(
    data: Path,
    *,
    pkcs12: str = "",
    passphrase: str = "",
    roots: str = "",
    tsa_url: str = "",
    clock: Callable[[], datetime] | None = None,
) -> ApartSealer:
    """Return the sealer that the settings ask for: the operator's key, or else the demonstration's.

    Args:
        data: the data directory, where the demonstration's keys are kept.
        pkcs12: file with the operator's key and certificates; empty for the demonstration's.
        passphrase: what opens it.
        roots: file with the trusted roots in PEM.
        tsa_url: address of the timestamp authority.
        clock: the time that the demonstration's timestamps attest, where a story is told in another time.

    Raises:
        CannotSealError: the operator's key cannot be opened.
    """
    if pkcs12:
        trusted = [Path(roots).read_bytes()] if roots else []
        return ApartSealer(file_seal(Path(pkcs12), passphrase, tsa_url=tsa_url, roots=trusted))
    return ApartSealer(demo_seal(DemoPki.load_or_create(data / KEYS, now=DEMO_BEGINS), at=clock))


def make_verifier(data: Path, *, trusted: str = "") -> Callable[[bytes], Verification]:
    """Return what checks a file under the trusted roots, and under the demonstration's where there is one.

    Args:
        data: the data directory.
        trusted: file with the roots to trust, in PEM; empty for none but the demonstration's.
    """
    roots = [Path(trusted).read_bytes()] if trusted else []
    keys = data / KEYS
    demo = [DemoPki.load_or_create(keys, now=DEMO_BEGINS).root_certificate_pem] if keys.exists() else []
    return lambda pdf: verify_apart(pdf, roots, demo_roots=demo)


class NoSealer:
    """Stands where nothing is sealed: an application that is only described."""

    def is_ready(self) -> bool:
        """Tell that there are no keys."""
        return False

    def sign(self, pdf: bytes) -> bytes:
        """Refuse.

        Raises:
            CannotSealError: always.
        """
        raise CannotSealError(f"There are no keys to seal {len(pdf)} bytes with.")

    def timestamp(self, pdf: bytes) -> bytes:
        """Refuse.

        Raises:
            CannotSealError: always.
        """
        return self.sign(pdf)

    def verify(self, pdf: bytes) -> Verification:
        """Return what can be said under no roots at all."""
        return verify_apart(pdf, ())
