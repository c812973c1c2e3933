"""Record files: what is taken away from a record, to be checked later without asking anyone."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from service.domain import canonical

RECEIPT: Literal["sympolity-receipt/1"] = "sympolity-receipt/1"
OPEN_RECEIPT: Literal["sympolity-open-receipt/1"] = "sympolity-open-receipt/1"
RECEIPTS: Literal["sympolity-receipts/1"] = "sympolity-receipts/1"
CONSISTENCY: Literal["sympolity-consistency/1"] = "sympolity-consistency/1"
RECORD: Literal["sympolity-record/1"] = "sympolity-record/1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """That one entry stands in a record.

    `leaf` is the entry as it was hashed, `index` its place from 0, `proof` the hashes (hex) that lead from it to the
    root of `checkpoint`: a signed note, or one without a signature while the entry lies under no signed one.
    `public_key` is the line of the key that signs.
    """

    leaf: str
    index: int
    proof: tuple[str, ...]
    checkpoint: str
    public_key: str
    format: Literal["sympolity-receipt/1"] = RECEIPT


@dataclass(frozen=True, slots=True)
class Opened:
    """The words that an entry commits to, and the salt (hex) that shows it."""

    salt: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenReceipt:
    """A receipt for those whose words the entry commits to: by field, what opens the commitments.

    Whoever is handed it can read and prove the words for good, even once they are erased here.
    """

    leaf: str
    index: int
    proof: tuple[str, ...]
    checkpoint: str
    public_key: str
    words: Mapping[str, Opened]
    format: Literal["sympolity-open-receipt/1"] = OPEN_RECEIPT


@dataclass(frozen=True, slots=True)
class Proven:
    """One entry of several that are proven together: its leaf, its place from 0, the hashes (hex) to the root."""

    leaf: str
    index: int
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipts:
    """That several entries stand in a record, all under one checkpoint, in the order of their places."""

    checkpoint: str
    public_key: str
    receipts: tuple[Proven, ...]
    format: Literal["sympolity-receipts/1"] = RECEIPTS

    def each(self) -> tuple[Receipt, ...]:
        """Return the receipts one by one."""
        return tuple(
            Receipt(one.leaf, one.index, one.proof, self.checkpoint, self.public_key) for one in self.receipts
        )


@dataclass(frozen=True, slots=True)
class Consistency:
    """That a record under the checkpoint `second` begins with what lies under `first`; both are notes."""

    first: str
    second: str
    proof: tuple[str, ...]
    public_key: str
    format: Literal["sympolity-consistency/1"] = CONSISTENCY


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A whole record: its leaves from the first on, and its checkpoints as notes."""

    scope: str
    leaves: tuple[str, ...]
    checkpoints: tuple[str, ...]
    public_key: str
    format: Literal["sympolity-record/1"] = RECORD


AnyFile = Receipt | OpenReceipt | Receipts | Consistency | RecordFile
_KINDS: Mapping[str, Callable[[str], AnyFile]] = MappingProxyType(
    {
        RECEIPT: lambda text: canonical.from_json(Receipt, text),
        OPEN_RECEIPT: lambda text: canonical.from_json(OpenReceipt, text),
        RECEIPTS: lambda text: canonical.from_json(Receipts, text),
        CONSISTENCY: lambda text: canonical.from_json(Consistency, text),
        RECORD: lambda text: canonical.from_json(RecordFile, text),
    }
)

FORMATS = frozenset(_KINDS)
"""What a file of a record says of itself under `format`."""


class NoRecordFileError(ValueError):
    """The text is none of these files."""


class DamagedFileError(ValueError):
    """The text says that it is one of these files, and is not as they are."""


def read(text: str) -> AnyFile:
    """Read a file.

    Raises:
        NoRecordFileError: it is none of these.
        DamagedFileError: it says that it is, and cannot be read as one.
    """
    try:
        told = json.loads(text)
        kind = _KINDS[told["format"]]
    except (ValueError, RecursionError, KeyError, TypeError) as fault:
        raise NoRecordFileError("This is no file of a record.") from fault
    try:
        return kind(text)
    except canonical.NotCanonicalError as fault:
        raise DamagedFileError(str(fault)) from fault
