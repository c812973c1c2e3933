"""The sealer: the demonstration's keys or the operator's, and checks in a process of their own."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from service.adapters.demo_pki import DemoPki
from service.adapters.demo_signatories import DemoSignatories
from service.adapters.verifying_apart import MEBIBYTES, SECONDS, verify_apart
from service.domain.seals import SealDescription, SigningPerson
from service.domain.verification import Verification

if TYPE_CHECKING:
    from service.adapters.signatory_keys import DemoSigningKeys, SigningKeys
    from service.adapters.signing import Seal

KEYS = "demo-keys"
SIGNATORIES = "demo-signatories"
PATIENT_SECONDS = 120.0
PATIENT_MEBIBYTES = 1024
# The demonstration tells of a meeting in 2023, so its certificates begin before it.
DEMO_BEGINS = datetime(2023, 1, 1, tzinfo=UTC)


class ApartSealer:
    """Seals with a key at hand; checks whatever it is given under limits of time and memory."""

    def __init__(
        self,
        roots: Sequence[bytes],
        demo_roots: Sequence[bytes],
        open_seal: "Callable[[], Seal]",
        *,
        timestamps: str = "",
        open_keys: "Callable[[], SigningKeys] | None" = None,
    ) -> None:
        """Trust the roots (PEM); the seal is opened when it is first needed, because its libraries are large.

        `open_keys` opens the keys of signatories, where there are any.
        """
        self._open_keys = open_keys
        self._roots, self._demo_roots, self._seal = tuple(roots), tuple(demo_roots), cache(open_seal)
        self._timestamps = timestamps

    def is_ready(self) -> bool:
        """Tell whether the keys are at hand."""
        return bool(self._roots or self._demo_roots)

    def describe(self) -> SealDescription:
        """Return whose key it is, and until when."""
        from service.adapters.certificates import describe  # noqa: PLC0415 - see above

        return describe(self._seal().certificate, demo=bool(self._demo_roots), timestamps=self._timestamps)

    def certificate_of(self, person: SigningPerson) -> str:
        """Return the SHA-256, in hex, of the certificate with which a person signs papers; empty without a key."""
        from service.adapters.signatory_keys import fingerprint_of  # noqa: PLC0415 - see above

        return fingerprint_of(self._open_keys().signer_of(person)) if self._open_keys is not None else ""

    def sign(self, pdf: bytes, people: Sequence[SigningPerson] = ()) -> bytes:
        """Return the PDF with the facility's seal, and the signatures of those of the people who have a key."""
        from service.adapters.countersigning import countersigners, sign_together  # noqa: PLC0415 - see above

        signing = countersigners(self._open_keys(), people) if self._open_keys is not None else ()
        return sign_together(self._seal(), pdf, signing)

    def timestamp(self, pdf: bytes) -> bytes:
        """Return the sealed PDF with an archive timestamp."""
        return self._seal().timestamp(pdf)

    def verify(self, pdf: bytes, *, patiently: bool = False) -> Verification:
        """Return what can be said of a PDF, whoever made it; `patiently` is for one of our own."""
        seconds = PATIENT_SECONDS if patiently else SECONDS
        mebibytes = PATIENT_MEBIBYTES if patiently else MEBIBYTES
        return verify_apart(
            pdf, self._roots, demo_roots=self._demo_roots, seconds=seconds, mebibytes=mebibytes
        )


def make_sealer(
    data: Path,
    *,
    pkcs12: str = "",
    passphrase: str = "",
    roots: str = "",
    tsa_url: str = "",
    signatories: str = "",
    signatories_passphrase: str = "",
    clock: Callable[[], datetime] | None = None,
) -> ApartSealer:
    """Return the sealer that the settings ask for: the operator's key, or else the demonstration's.

    Args:
        data: the data directory, where the demonstration's keys are kept.
        pkcs12: file with the operator's key and certificates; empty for the demonstration's.
        passphrase: what opens it.
        roots: file with the trusted roots in PEM.
        tsa_url: address of the timestamp authority.
        signatories: directory with the keys of signatories, used beside the operator's key; empty for none.
        signatories_passphrase: what opens each of them.
        clock: the time that the demonstration's timestamps attest, where a story is told in another time.

    Raises:
        CannotSealError: the operator's key cannot be opened.
    """
    if pkcs12:
        from service.adapters.signing import file_seal  # noqa: PLC0415 - see ApartSealer

        trusted = [Path(roots).read_bytes()] if roots else []
        # Opened at once: a key that does not open has to be known before anything waits to be sealed.
        seal = file_seal(Path(pkcs12), passphrase, tsa_url=tsa_url, roots=trusted)

        def open_files() -> "SigningKeys":
            from service.adapters.signatory_keys import FileSigningKeys  # noqa: PLC0415 - see ApartSealer

            return FileSigningKeys(Path(signatories), signatories_passphrase)

        return ApartSealer(
            trusted, (), lambda: seal, timestamps=tsa_url, open_keys=open_files if signatories else None
        )
    keys = DemoPki.load_or_create(data / KEYS, now=DEMO_BEGINS)
    named = DemoSignatories.load_or_create(data / SIGNATORIES, now=DEMO_BEGINS)

    def open_demo_keys() -> "DemoSigningKeys":
        from service.adapters.signatory_keys import DemoSigningKeys  # noqa: PLC0415 - see ApartSealer

        return DemoSigningKeys(named)

    def open_demo_seal() -> "Seal":
        from service.adapters.countersigning import with_roots_of  # noqa: PLC0415 - see ApartSealer
        from service.adapters.signing import demo_seal  # noqa: PLC0415 - see ApartSealer

        return with_roots_of(demo_seal(keys, at=clock), named.root_certificate_pem, named.revocations)

    roots_of_demo = (keys.root_certificate_pem, named.root_certificate_pem)
    return ApartSealer((), roots_of_demo, open_demo_seal, open_keys=open_demo_keys)


def make_verifier(data: Path, *, trusted: str = "") -> Callable[[bytes], Verification]:
    """Return what checks a file under the trusted roots, and under the demonstration's where there is one.

    Args:
        data: the data directory.
        trusted: file with the roots to trust, in PEM; empty for none but the demonstration's.
    """
    roots = [Path(trusted).read_bytes()] if trusted else []
    keys = data / KEYS
    demo = [DemoPki.load_or_create(keys, now=DEMO_BEGINS).root_certificate_pem] if keys.exists() else []
    if (data / SIGNATORIES).exists():
        demo.append(DemoSignatories.load_or_create(data / SIGNATORIES, now=DEMO_BEGINS).root_certificate_pem)
    # Whoever checks a file of their own can wait for it, or stop.
    return lambda pdf: verify_apart(pdf, roots, demo_roots=demo, seconds=PATIENT_SECONDS)


class NoSealer:
    """Stands where nothing is sealed: an application that is only described."""

    def is_ready(self) -> bool:
        """Tell that there are no keys."""
        return False

    def describe(self) -> SealDescription:
        """Refuse.

        Raises:
            LookupError: always.
        """
        raise LookupError("There are no keys to describe.")

    def certificate_of(self, person: SigningPerson) -> str:  # noqa: ARG002 - as every sealer
        """Tell that nobody has a key."""
        return ""

    def sign(self, pdf: bytes, people: Sequence[SigningPerson] = ()) -> bytes:  # noqa: ARG002 - as every sealer
        """Refuse.

        Raises:
            LookupError: always.
        """
        raise LookupError(f"There are no keys to seal {len(pdf)} bytes with.")

    def timestamp(self, pdf: bytes) -> bytes:
        """Refuse.

        Raises:
            LookupError: always.
        """
        return self.sign(pdf)

    def verify(self, pdf: bytes, *, patiently: bool = False) -> Verification:  # noqa: ARG002 - as every sealer
        """Return what can be said under no roots at all."""
        return verify_apart(pdf, ())
