"""/checklist, /draft and /keys: what stands before a paper, what it would print, and the keys that seal it."""

from datetime import datetime
from typing import Annotated

from litestar import MediaType, Response, get
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.lists import Id
from service.api.schemas import Digest, refuses, shown
from service.domain import publication
from service.domain.checklist import Check, Weight
from service.domain.errors import Denied
from service.domain.seals import KeyPlace, SealFault
from service.workflows import checklists

TAGS = ["Editions"]


class ChecklistItem(Struct, frozen=True):
    """One thing that was looked at: how many were found, and whether that blocks, warns, or is in order."""

    check: Check
    count: int
    weight: Weight


class Checklist(Struct, frozen=True):
    """What stands between an agenda and its paper; it is `ready` when nothing blocks."""

    ready: bool
    items: tuple[ChecklistItem, ...]


class SealKey(Struct, frozen=True):
    """The certificate of the key that seals papers. `timestamps` is empty for the demonstration's own authority.

    `place` is where the key is; `allowed` whether papers may be sealed with it here; `stamps_until` when the
    timestamp authority's certificate ends, as far as that is known.
    """

    subject: str
    issuer: str
    serial: str
    fingerprint: Annotated[Digest, Meta(description="SHA-256 of the certificate.")]
    valid_from: datetime
    valid_until: datetime
    algorithm: str
    demo: bool
    timestamps: str
    level: str
    place: KeyPlace
    allowed: bool
    stamps_until: datetime | None


class Keys(Struct, frozen=True):
    """The keys in use; nothing of them is secret. `record_key` is the line that who checks checkpoints needs.

    `fault` is what keeps papers from being sealed; `days_left` counts the last 60 days until a certificate ends;
    `not_renewed` counts the papers that could not be given a fresh archive timestamp, `ending` those of which the last
    one's proof ends within 60 days.
    """

    seal: SealKey | None
    record_name: str
    record_key: str
    fault: SealFault | None
    days_left: int | None
    not_renewed: int
    ending: int


_checklist, _keys = shown(Checklist), shown(Keys)


@get("/agendas/{agenda_id:str}/checklist", tags=TAGS, sync_to_thread=True)
def read_checklist(agenda_id: Id, ctx: Asking) -> Checklist:
    """Say what keeps an agenda from being published, and what should be looked at before."""
    return _checklist(checklists.look(ctx, agenda_id))


@get(
    "/agendas/{agenda_id:str}/draft",
    tags=TAGS,
    opt={"answers": MediaType.JSON.value} | refuses(Denied),
    sync_to_thread=True,
)
def read_draft(agenda_id: Id, ctx: Asking) -> Response[bytes]:
    """Read what an edition would print if it were assembled now, as canonical JSON. Nothing is kept."""
    draft = publication.to_json(checklists.draft_of(ctx, agenda_id))
    return Response(draft.encode(), media_type=MediaType.JSON)


@get("/keys", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def read_keys(ctx: Asking) -> Keys:
    """Read which keys seal the papers and sign the record, and until when; `/approvers` tells of those who sign."""
    return _keys(checklists.keys(ctx))


ROUTES = [read_checklist, read_draft, read_keys]
