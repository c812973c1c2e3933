"""What is refused around those who sign an edition, and around its translations on paper."""

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


class AgendaChanged(Refusal):
    """What the edition says is not what the agenda says any more."""

    code = "agenda_changed"
    kind = Kind.CONFLICT
    template = (
        "The agenda has changed since this edition was assembled, so nobody can sign it any more. Withdraw it and "
        "assemble it anew; whoever signed it already is asked again."
    )


class OnlySignatory(Refusal):
    """Nobody would be left to sign the edition."""

    code = "only_signatory"
    kind = Kind.CONFLICT
    template = "Nobody else is to sign this edition. Withdraw it instead, and assemble it anew with other signatories."


class BeingMade(Refusal):
    """A translation on paper is made in the background, and is not done yet."""

    code = "being_made"
    kind = Kind.CONFLICT
    template = "This PDF is being made. It takes a few seconds; please open the same address again."


class FromTheRight(Refusal):
    """A translation whose lines run from right to left cannot be set on paper."""

    code = "from_the_right"
    kind = Kind.CONFLICT
    template = (
        "This language is written from right to left, which our PDF cannot set well enough yet. "
        "Please read the translation as HTML or Markdown."
    )


class NotPrinted(Refusal):
    """A translation could not be printed."""

    code = "not_printed"
    kind = Kind.CONFLICT
    template = "This translation could not be printed. Please read it as HTML or Markdown."
