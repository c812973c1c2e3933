"""What stands where nothing is sealed: an application that is only described."""

from collections.abc import Callable, Collection, Sequence

from service.adapters.verifying_apart import verify_apart
from service.domain.seals import SealDescription, SigningPerson
from service.domain.signatory_keys import SignatoryKey
from service.domain.verification import Verification


class NoSealer:
    """Stands where nothing is sealed: an application that is only described."""

    def is_ready(self) -> bool:
        """Tell that there are no keys."""
        return False

    def roots(self) -> bytes:
        """Tell that nothing is trusted."""
        return b""

    def describe(self, *, patiently: bool = False) -> SealDescription:  # noqa: ARG002 - as every sealer
        """Refuse.

        Raises:
            LookupError: always.
        """
        raise LookupError("There are no keys to describe.")

    def key_of(self, person: SigningPerson, *, patiently: bool = False) -> SignatoryKey | None:  # noqa: ARG002 - as every sealer
        """Tell that nobody has a key."""
        return None

    def look_beside(self, tell: Callable[[str], None]) -> None:
        """Look for nothing."""

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

    def renew(self, pdf: bytes) -> bytes:
        """Refuse.

        Raises:
            LookupError: always.
        """
        return self.sign(pdf)

    def certificate_in(self, pdf: bytes) -> str | None:  # noqa: ARG002 - as every sealer
        """Tell that nothing was sealed here."""
        return None

    def verify(
        self,
        pdf: bytes,
        *,
        patiently: bool = False,  # noqa: ARG002 - as every sealer
        record_keys: tuple[bytes, ...] = (),
        sealed_with: Callable[[], Collection[str]] = frozenset,  # noqa: ARG002 - as every sealer
    ) -> Verification:
        """Return what can be said under no roots at all."""
        return verify_apart(pdf, (), record_keys=record_keys)
