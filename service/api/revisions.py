"""/amendments/{id}/revisions: every wording of an amendment, the original first, each with the one it was made from."""

from datetime import datetime

from litestar import get
from msgspec import Struct

from service.api.asking import Asking
from service.api.lists import Id, Listing, whole
from service.api.schemas import VersionRef, shown
from service.api.schemas_text import Block, blocks
from service.domain.views.amendments import WordingView
from service.workflows import reading

TAGS = ["Amendments"]


class AmendmentRevision(Struct, frozen=True):
    """A wording of an amendment. The original has no parent and never changes; the last one is the present wording.

    Each other one was made from its `parent_id` when the amendment was carried over to `base_version`. `replaced_at` is
    null for the present wording, whose `id` is that of the amendment.
    """

    id: str
    parent_id: str | None
    number: int
    base_version: VersionRef
    blocks: tuple[Block, ...]
    replaced_at: datetime | None


_version = shown(VersionRef)


def _revision(view: WordingView) -> AmendmentRevision:
    return AmendmentRevision(
        view.id,
        view.parent_id,
        view.number,
        _version(view.base_version),
        blocks(view.blocks),
        view.replaced_at,
    )


@get("/amendments/{amendment_id:str}/revisions", tags=TAGS, sync_to_thread=True)
def list_revisions(amendment_id: Id, ctx: Asking) -> Listing[AmendmentRevision]:
    """List the wordings that an amendment has had, from the original to the present one."""
    return whole(reading.wordings(ctx, amendment_id), _revision)


ROUTES = [list_revisions]
