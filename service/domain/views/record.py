"""Views of the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from service.domain.checkpoints import Occasion
from service.domain.views.people import OrganisationRef


@dataclass(frozen=True, slots=True)
class RecordView:
    """One entry of the record for reading: persons are told by their ids, words as they were written.

    What has been erased is None. `person` is the pseudonym under which the record has whoever acted.
    """

    scope: str
    sequence: int
    at: datetime
    name: str
    subject_id: str
    person: str | None
    person_id: str | None
    organisation: OrganisationRef | None
    token_id: str | None
    data: Mapping[str, object]
    hash: str

    @property
    def organisation_id(self) -> str | None:
        """The id of the organisation that was acted for."""
        return self.organisation.id if self.organisation is not None else None


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """A signed checkpoint: `note` is the text to keep, `root` the hash over all entries up to `size`, in hex."""

    scope: str
    size: int
    root: str
    at: datetime
    occasion: Occasion
    note: str
