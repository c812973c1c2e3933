"""What is refused around those who sign an edition."""

from service.domain.refusal import Kind, Refusal


class NotNamedToSign(Refusal):
    """Others were named to sign the edition."""

    code = "not_named_to_sign"
    kind = Kind.DENIED
    template = "You were not named to sign this edition. The coordination facility names its signatories."


class EditionRefused(Refusal):
    """A signatory declined to sign the edition."""

    code = "edition_declined"
    kind = Kind.CONFLICT
    template = "A signatory declined to sign this edition, so it cannot be published. Withdraw it and assemble it anew."


class OnlySignatory(Refusal):
    """Nobody would be left to sign the edition."""

    code = "only_signatory"
    kind = Kind.CONFLICT
    template = "Nobody else is to sign this edition. Withdraw it instead, and assemble it anew with other signatories."
