"""The record of an agenda: everything that happened, in a tree that cannot be changed unnoticed."""

from litestar import MediaType, Response, get
from litestar.params import FromPath

from service.domain import canonical
from service.domain.receipts import OpenReceipt, Receipt
from service.web.pages import Asked, Asking, page
from service.web.remembering import remembered
from service.workflows import reading
from service.workflows import record as records

PLACES = {
    "amendment": "/amendments/",
    "comment": "/comments/",
    "edition": "/editions/",
    "position": "/positions/",
    "recommendation": "/recommendations/",
}


@get("/agendas/{agenda_id:str}/record", sync_to_thread=True, include_in_schema=False)
@remembered
def record(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an agenda's record from its first entry on."""
    with ctx.reading():
        cursor = request.query_params.get("cursor")
        return page(
            request,
            ctx,
            "record.html",
            agenda=reading.agenda(ctx, agenda_id),
            entries=records.entries(ctx, agenda_id, 50, cursor),
            head=records.head(ctx, agenda_id),
            checkpoints=records.announced_checkpoints(ctx, agenda_id),
            public_key=ctx.notary.key.text,
            places=PLACES,
        )


@get("/agendas/{agenda_id:str}/record/{number:int}/proof", sync_to_thread=True, include_in_schema=False)
def proof(agenda_id: FromPath[str], number: FromPath[int], ctx: Asking) -> Response[str]:
    """Hand out the proof that an entry stands in the record, as a file."""
    return _file(records.receipt(ctx, agenda_id, number), f"record-{number}.json")


@get("/positions/{position_id:str}/receipt", sync_to_thread=True, include_in_schema=False)
def receipt(position_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Hand out the proof that a position was taken, as a file."""
    return _file(records.position_receipt(ctx, position_id), "receipt.json")


def _file(proven: Receipt | OpenReceipt, name: str) -> Response[str]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(canonical.to_json(proven) + "\n", media_type=MediaType.JSON, headers=headers)
