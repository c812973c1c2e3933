"""What a check says, in a form that is compared."""

from service.domain.verification import Finding, Verdict, Verification


def said(found: Verification) -> tuple[Verdict, list[Finding]]:
    """Return the verdict and the sentences."""
    return found.verdict, [sentence.template for sentence in found.sentences]
