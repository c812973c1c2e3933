"""What can be said of a file that claims to be an edition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from service.domain.findings import Finding
from service.domain.verdicts import Level, SignedBy, Verdict

__all__ = ["Finding", "Level", "Sentence", "SignedBy", "Verdict", "Verification"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One finding with its values."""

    template: Finding
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.template.value % self.values


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on a file, and the sentences that give its reasons.

    What is not known is None: the signer's name, the times (UTC) of seal and archive timestamp, the digest of
    the data inside, the edition's title and number, how much the seal brings along, the address that the paper
    names for questions, and the size and root of the record that it names. `signatories` signed it beside the seal. Of
    these, rely only on a valid file's.
    """

    verdict: Verdict
    sentences: tuple[Sentence, ...] = ()
    signer: str | None = None
    signed_at: datetime | None = None
    timestamped_at: datetime | None = None
    digest: str | None = None
    title: str | None = None
    edition: int | None = None
    demo: bool = False
    archived_until: datetime | None = None
    """Until when the last archive timestamp proves what it does."""
    level: Level | None = None
    address: str | None = None
    record_size: int | None = None
    record_root: str | None = None
    signatories: tuple[SignedBy, ...] = ()
    certificate: str | None = None
    """The SHA-256 of the certificate of the seal, in hex."""

    @property
    def exit_code(self) -> int:
        """What a script sees: 0 valid, 1 broken, 2 not signed, 3 cannot tell."""
        return self.verdict.exit_code

    def says(self, finding: Finding) -> bool:
        """Tell whether a finding is among its reasons."""
        return any(one.template is finding for one in self.sentences)
