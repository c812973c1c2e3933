"""What can be said of a file that claims to be an edition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """The answer in one word."""

    VALID = "valid"
    BROKEN = "broken"
    UNSIGNED = "unsigned"
    UNKNOWN = "unknown"

    @property
    def exit_code(self) -> int:
        """What a script sees: 0 valid, 1 broken, 2 not signed, 3 cannot tell."""
        return {Verdict.VALID: 0, Verdict.BROKEN: 1, Verdict.UNSIGNED: 2, Verdict.UNKNOWN: 3}[self]


class Finding(StrEnum):
    """Every sentence a verification can say, as a template in English with named values."""

    SEALED_BY = "The seal is that of %(signer)s."
    ENTIRE_FILE = "It covers the entire file, and no byte has changed since it was sealed."
    SEALED_AT = "It was sealed on %(signed_at)s, as attested by %(authority)s."
    ARCHIVED_AT = "An archive timestamp of %(timestamped_at)s keeps the seal checkable for years to come."
    NO_ARCHIVE = (
        "The seal has no archive timestamp over it yet, so the file cannot be checked to its last byte."
    )
    SIGNED_BY = "%(name)s signed it for %(organisation)s on %(signed_at)s, with a key of their own."
    SIGNED_BY_ACCOUNT = (
        "The seal attests that %(name)s signed it for %(organisation)s by their account on %(signed_at)s; the file "
        "carries no key of theirs."
    )
    DATA_MATCH = "The data inside the file have the digest %(digest)s, the one that the file names."
    WITHDRAWN = "The facility has withdrawn this edition: it no longer stands, although its seal is intact."
    DEMO = (
        "The seal is that of the demonstration. It shows how checking works "
        "and proves nothing outside the demo."
    )
    NOT_PDF = "This is not a PDF file that can be read, so nothing can be said about it."
    TOO_LONG = "The file could not be checked within the time and memory that a check may take."
    NOT_SIGNED = "This PDF carries no seal. Anyone could have made or changed it."
    NOT_OURS = "The file is signed, but holds no agenda: it is not an edition of an advocacy agenda."
    CHANGED = "The sealed part of the file has been changed since it was sealed."
    ADDED = "Something was added to the file after it was sealed."
    TRAILING = "The seal does not cover the entire file: bytes were added behind it."
    PAGES_CHANGED = "Pages were changed, added, hidden or moved after the file was sealed."
    LAID_ON = "Notes, fields or actions were laid on the pages after the file was sealed."
    SEAL_REMOVED = "The file was sealed once, and the seal was taken off."
    SIGNATURE_REMOVED = "A signatory’s signature was taken off the file after it was sealed."
    SIGNATURE_MISSING = (
        "The signature of %(name)s is missing, although the sealed paper says that it is there."
    )
    SIGNATURE_UNNAMED = "Somebody signed the file whom the sealed paper does not name as a signatory."
    SIGNATURE_MISPLACED = (
        "The signature of %(name)s does not stand between the seal and the archive timestamp, as it has to."
    )
    SIGNATURE_OTHER_KEY = (
        "What stands for the signature of %(name)s was made with another key than the sealed paper names."
    )
    SIGNATURE_FOREIGN = (
        "The signature of %(name)s is intact, but its certificate leads to none of the trusted roots."
    )
    SIGNATURE_INVALID = "The signature of %(name)s does not hold, or its key was not valid when it was made."
    FOREIGN_ROOT = (
        "The seal is intact, but it was made by “%(signer)s”, "
        "whose certificate leads to none of the trusted roots."
    )
    REVOKED = "The certificate behind the seal was not valid when the seal was made."
    STAMP_BROKEN = "The timestamp that says when the file was sealed does not hold."
    DATA_DIFFER = "The data inside the file are not those whose digest the file names."
    UNREADABLE = "The file is damaged, or was made to mislead: its seal cannot be read."
    ENTRY = "Entry %(number)s of the record, of %(at)s, says “%(event)s”."
    POSITION = (
        "The organisation %(organisation_id)s said “%(stance)s” of the text with the digest %(digest)s."
    )
    WORDS = "The words are exactly these: “%(words)s”, as the entry commits to them under “%(field)s”."
    INCLUDED = (
        "The entry stands in the record as it was when %(size)s entries were signed: "
        "it was not changed, moved or left out."
    )
    CONSISTENT = (
        "The record of %(second)s entries begins with exactly the %(first)s that were there before: "
        "none was changed, moved or left out."
    )
    ENTRIES = "The file holds %(count)s entries, each in its place."
    COVERED = (
        "%(count)s checkpoints agree with them, up to entry %(size)s: none was changed, moved or left out."
    )
    UNCOVERED = "The last %(count)s entries lie under no checkpoint yet, so nothing is proven of them."
    SIGNED_NOTE = "The checkpoint of %(at)s is signed by %(signer)s, with a key that is trusted here."
    KEY_UNKNOWN = (
        "The checkpoint of %(at)s is signed in the name of %(signer)s, with a key that is not among those trusted "
        "here. Compare %(key)s with the one that %(signer)s publishes."
    )
    UNSIGNED_NOTE = "The checkpoint is not signed, so anyone could have made this file."
    NO_CHECKPOINT = "There is no checkpoint, so anyone could have made this file."
    NO_RECORD_FILE = "This is no file of a record that can be read, so nothing can be said about it."
    RECORD_DAMAGED = "The file is damaged, or was made to mislead: it is not as files of a record are."
    NOT_INCLUDED = "The entry does not stand in that place of the record that was signed."
    WORDS_DIFFER = "The words in the file are not those that the entry commits to."
    NOT_CONSISTENT = "The newer record does not begin with the older one: something was changed or left out."
    OUT_OF_PLACE = "Entry %(number)s is missing, or stands in another place."
    OTHER_RECORD = (
        "The record is not the one that was signed with %(size)s entries on %(at)s: "
        "something before that was changed, moved or left out."
    )
    SIGNATURE_BROKEN = "The signature under the checkpoint does not belong to it: one of both was changed."


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
class SignedBy:
    """One who signed a paper, and when (UTC); with a key of their own, or by their account as the seal attests."""

    name: str
    organisation: str
    signed_at: datetime
    own_key: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on a file, and the sentences that give its reasons.

    What is not known is None: the signer's name, the times (UTC) of seal and archive timestamp, the digest of
    the data inside, and the edition's title and number. `signatories` signed it beside the seal. Of these, rely only on
    a valid file's.
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
    signatories: tuple[SignedBy, ...] = ()

    @property
    def exit_code(self) -> int:
        """What a script sees: 0 valid, 1 broken, 2 not signed, 3 cannot tell."""
        return self.verdict.exit_code
