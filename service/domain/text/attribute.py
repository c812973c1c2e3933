"""Who brought the words of a version that somebody wrote by hand on top of another."""

from collections.abc import Sequence

from service.domain.text.blocks import Block
from service.domain.text.diff import diff
from service.domain.text.provenance import Credit, Provenance
from service.domain.text.weave import weave


def attribute(
    base: Sequence[Block], base_provenance: Provenance | None, new_blocks: Sequence[Block], origin: str
) -> Provenance:
    """Return the provenance of an editorial version.

    Words that stay keep their origins, new ones have the one given.

    Args:
        base: the version it was written on.
        base_provenance: who brought the base's words, when that is known.
        new_blocks: the new version's text.
        origin: the id that the new words are credited to.
    """
    credit = Credit((origin,))
    changes = [(operation, credit) for operation in diff(base, new_blocks)]
    return weave(base, changes, base_provenance).provenance
