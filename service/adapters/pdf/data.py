"""The data behind a paper as they are attached to it, and the digest that names them on many of its pages."""

import hashlib
from dataclasses import dataclass

from service.domain.publication import Snapshot, to_json


@dataclass(frozen=True, slots=True)
class Data:
    """The canonical text of an edition, and its SHA-256: what `publication.digest` gives, made once for a paper."""

    text: str
    digest: str

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Data":
        """Return the data of an edition.

        Raises:
            NotCanonicalError: The snapshot holds something that has no canonical form.
        """
        text = to_json(snapshot)
        return cls(text, hashlib.sha256(text.encode()).hexdigest())
