"""Views of an agenda seen from above: what pictures of it, and their tables, are made from."""

from dataclasses import dataclass

from service.domain.actors import Region
from service.domain.overviews import heat
from service.domain.views.people import OrganisationRef


@dataclass(frozen=True, slots=True)
class PartnershipOverview:
    """A partnership with those members that take part in an agenda; `heard`: the ids of who said something in it."""

    id: str
    name: str
    region: Region
    members: tuple[OrganisationRef, ...]
    heard: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlockContest:
    """What is asked of one block of a current text.

    Amendments that stand, how many of them stand in each other's way, and comments that ask for something.
    `block_id` is None for the place before the first block.
    """

    recommendation_id: str
    block_id: str | None
    amendments: int
    colliding: int
    comments: int

    @property
    def heat(self) -> int:
        """How contested the block is, from 0 to 4."""
        return heat(self.amendments, min(self.colliding, 1), self.comments)
