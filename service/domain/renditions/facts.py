"""What a rendition tells of its edition beside the snapshot: its paper, its fate, and where it is."""

from dataclasses import dataclass

from service.domain.publication import Approval


@dataclass(frozen=True, slots=True)
class Facts:
    """The edition's digest and that of its paper's file, who stands behind it, and whether it still stands.

    The addresses are whole, because a rendition is read anywhere: of the edition's page, of its paper, and of the
    page where a copy is checked. `newer` is the number of a later edition that is published, if there is one.
    """

    digest: str
    file_digest: str
    approval: Approval
    page: str
    paper: str
    check: str
    withdrawn: bool = False
    newer: int | None = None
