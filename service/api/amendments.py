"""/amendments: proposed changes, tabling them, signing them."""

from datetime import datetime
from typing import Annotated, ClassVar

from litestar import MediaType, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from msgspec import UNSET, Meta, Struct, UnsetType

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import ID, Cursor, Id, Limit, Listing, listing
from service.api.schemas import (
    Covers,
    Identifier,
    LanguageTag,
    NumberedRef,
    OnBehalfOf,
    OrganisationRef,
    Request,
    VersionRef,
    refuses,
    shown,
)
from service.api.schemas_text import (
    Block,
    BlocksIn,
    Difference,
    Format,
    Markdown,
    difference,
    either,
    readable,
    written,
)
from service.api.voices import voice
from service.domain.actors import Scope
from service.domain.amendments import AmendmentState, Opinion
from service.domain.errors import (
    AlreadySigned,
    DeadlinePassed,
    EmptyChange,
    ForeignOrganisation,
    IllegalMove,
    Invalid,
    NotCounted,
    PhaseClosed,
    StaleBase,
)
from service.domain.views.amendments import AmendmentFilter, AmendmentView
from service.workflows import amendments, reading
from service.workflows.context import Context

TAGS = ["Amendments"]
Justification = Annotated[
    str, Meta(description="Why: those who decide read this first. Up to 4,000 characters.")
]
States = Annotated[
    list[AmendmentState] | None,
    QueryParameter(name="state", description="Only in this state; may be repeated."),
]
Of = Annotated[
    str | None,
    QueryParameter(pattern=ID, description="Only those that this organisation (id) made or signed."),
]
To = Annotated[str | None, QueryParameter(pattern=ID, description="Only those to this recommendation (id).")]


class Amendment(Struct, frozen=True):
    """A proposed change to a base version. `organisations` begins with the author; co-signatories follow.

    `stale` tells that a newer version has come since; `rebased`, how often it was carried over to one. One that
    `covers` others is a compromise: when it is accepted, they fall. `covered_by` are the compromises on it. What it
    `replaces` is an earlier one of its authors, which gave way to it; `replaced_by` is the one that it gave way to.
    """

    id: str
    number: int | None
    state: AmendmentState
    base_version: VersionRef
    organisations: tuple[OrganisationRef, ...]
    justification: str
    language: str
    agenda_id: str
    recommendation_id: str
    recommendation_number: int
    recommendation_title: str
    block_ids: tuple[str, ...]
    blocks: tuple[Block, ...]
    created_at: datetime
    tabled_at: datetime | None
    opinion: Opinion | None
    opinion_reason: str
    decision_reason: str
    decision_language: Annotated[
        str | None, Meta(description="In which language the reason is, as a tag; null where nobody said it.")
    ]
    decided_at: datetime | None
    decided_blocks: tuple[Block, ...] | None
    incorporated_in: VersionRef | None
    rebased: int
    stale: bool
    covers: tuple[NumberedRef, ...]
    covered_by: tuple[NumberedRef, ...]
    replaces: NumberedRef | None
    replaced_by: NumberedRef | None


class AmendmentDifference(Struct, frozen=True):
    """What an amendment proposes, and what was decided in its place where the decision modified it."""

    base_version: VersionRef
    proposed: Difference
    decided: Difference | None


class NewAmendment(Request, frozen=True):
    """An amendment to table, or to keep as a draft: the whole amended text.

    It is sent either in `blocks`, ids kept, or in `markdown`.
    """

    exactly_one: ClassVar[tuple[str, ...]] = ("blocks", "markdown")
    base_version: Identifier
    justification: Justification
    blocks: BlocksIn | UnsetType = UNSET
    markdown: Markdown | UnsetType = UNSET
    on_behalf_of: OnBehalfOf = None
    language: LanguageTag = "en"
    draft: Annotated[bool, Meta(description="Keep it to your organisation until you table it.")] = False
    covers: Covers = ()
    replaces: Annotated[
        Identifier | None,
        Meta(description="An earlier amendment of yours, not yet decided, that gives way to it."),
    ] = None


class DraftChanges(Request, frozen=True):
    """What to change of a draft; what is left out stays."""

    blocks: BlocksIn | UnsetType = UNSET
    justification: Justification | UnsetType = UNSET
    language: LanguageTag | UnsetType = UNSET
    covers: Covers | UnsetType = UNSET


class NewSignature(Request, frozen=True):
    """The organisation that puts its name under the amendment."""

    on_behalf_of: OnBehalfOf = None


rendered = shown(Amendment)


def current(ctx: Context, amendment_id: str) -> Amendment:
    """Return an amendment as it is now."""
    return rendered(reading.amendment(ctx, amendment_id))


@get("/agendas/{agenda_id:str}/amendments", tags=TAGS, sync_to_thread=True)
def list_amendments(
    agenda_id: Id,
    *,
    ctx: Asking,
    states: States = None,
    organisation: Of = None,
    recommendation: To = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Listing[Amendment]:
    """List an agenda's amendments, all or filtered."""
    wanted = AmendmentFilter(
        agenda_id=agenda_id,
        recommendation_id=recommendation,
        states=tuple(states or ()),
        organisation_id=organisation,
    )
    return listing(reading.amendments(ctx, wanted, limit=limit, cursor=cursor), rendered)


@get("/recommendations/{recommendation_id:str}/amendments", tags=TAGS, sync_to_thread=True)
def list_amendments_to_recommendation(
    recommendation_id: Id,
    ctx: Asking,
    states: States = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Listing[Amendment]:
    """List the amendments to a recommendation."""
    wanted = AmendmentFilter(recommendation_id=recommendation_id, states=tuple(states or ()))
    return listing(reading.amendments(ctx, wanted, limit=limit, cursor=cursor), rendered)


@post(
    "/recommendations/{recommendation_id:str}/amendments",
    tags=TAGS,
    opt=refuses(
        PhaseClosed,
        DeadlinePassed,
        ForeignOrganisation,
        NotCounted,
        StaleBase,
        EmptyChange,
        IllegalMove,
        Invalid,
    ),
    sync_to_thread=True,
)
def table_amendment(
    recommendation_id: Id,
    data: JSONBody[NewAmendment],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Amendment]:
    """Table an amendment, or keep it as a draft.

    Send the whole text as it should read, in `blocks` or as `markdown`; what changes is computed.
    """
    sent = either(data.blocks, data.markdown)
    made: list[AmendmentView] = []

    def run() -> str:
        text = reading.rewording(ctx, data.base_version, sent) if isinstance(sent, str) else sent
        scopes = (Scope.AMEND, Scope.CONSOLIDATE) if data.covers else (Scope.AMEND,)
        speaker = voice(ctx, data.on_behalf_of, *scopes)
        command = amendments.TableAmendment(
            recommendation_id,
            data.base_version,
            speaker,
            text,
            data.justification,
            data.language,
            data.draft,
            data.covers,
            data.replaces,
        )
        made.append(amendments.tabled(ctx, command))
        return made[0].id

    # What an earlier request made is read again; what this one made is answered as it was written.
    return attempt.create(
        run, lambda known: rendered(*made) if made else current(ctx, known), "/amendments/{id}"
    )


@get("/amendments/{amendment_id:str}", tags=TAGS, sync_to_thread=True)
def read_amendment(amendment_id: Id, ctx: Asking) -> Amendment:
    """Read an amendment. Drafts are seen by their organisation alone."""
    return current(ctx, amendment_id)


@patch(
    "/amendments/{amendment_id:str}",
    tags=TAGS,
    opt=refuses(PhaseClosed, ForeignOrganisation, EmptyChange, IllegalMove, Invalid),
    sync_to_thread=True,
)
def edit_draft(
    amendment_id: Id,
    data: JSONBody[DraftChanges],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Amendment:
    """Change a draft that is not yet tabled."""
    view = reading.amendment(ctx, amendment_id)
    condition.required(rendered(view))
    command = amendments.EditDraft(
        amendment_id,
        view.blocks if data.blocks is UNSET else written(data.blocks),
        view.justification if data.justification is UNSET else data.justification,
        view.language if data.language is UNSET else data.language,
        view.revision,
        None if data.covers is UNSET else data.covers,
    )
    amendments.edit_draft(ctx, command)
    return current(ctx, amendment_id)


@post(
    "/amendments/{amendment_id:str}/tabling",
    tags=TAGS,
    opt=refuses(PhaseClosed, DeadlinePassed, ForeignOrganisation, StaleBase, IllegalMove, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def table_draft(amendment_id: Id, ctx: Asking, condition: NamedDependency[Condition]) -> Amendment:
    """Table a draft."""
    condition.honoured(lambda: current(ctx, amendment_id))
    amendments.table_draft(ctx, amendment_id)
    return current(ctx, amendment_id)


@get("/amendments/{amendment_id:str}/diff", tags=TAGS, sync_to_thread=True)
def read_difference(
    amendment_id: Id, ctx: Asking, form: Format = "json"
) -> Response[AmendmentDifference] | Response[str]:
    """Read what an amendment changes: exact operations, word by word, and in sentences; or all of it as text."""
    view = reading.amendment(ctx, amendment_id)
    if form == "text":
        return Response(readable(view.base_blocks, view.blocks), media_type=MediaType.TEXT)
    decided = view.decided_blocks
    shown = AmendmentDifference(
        current(ctx, amendment_id).base_version,
        difference(view.base_blocks, view.blocks),
        difference(view.base_blocks, decided) if decided is not None else None,
    )
    return Response(shown)


@post(
    "/amendments/{amendment_id:str}/signatures",
    tags=TAGS,
    opt=refuses(PhaseClosed, DeadlinePassed, ForeignOrganisation, NotCounted, AlreadySigned, IllegalMove),
    sync_to_thread=True,
)
def sign_amendment(
    amendment_id: Id,
    data: JSONBody[NewSignature],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Amendment]:
    """Put an organisation's name under another's amendment. Answers with the amendment."""
    command = amendments.SignAmendment(amendment_id, voice(ctx, data.on_behalf_of, Scope.AMEND))

    def run() -> str:
        amendments.sign(ctx, command)
        return amendment_id

    return attempt.create(run, lambda made: current(ctx, made), "/amendments/{id}")


@post(
    "/amendments/{amendment_id:str}/withdrawal",
    tags=TAGS,
    opt=refuses(PhaseClosed, ForeignOrganisation, IllegalMove),
    status_code=200,
    sync_to_thread=True,
)
def withdraw_amendment(amendment_id: Id, ctx: Asking, condition: NamedDependency[Condition]) -> Amendment:
    """Withdraw an amendment that is not yet decided."""
    condition.honoured(lambda: current(ctx, amendment_id))
    amendments.withdraw(ctx, amendment_id)
    return current(ctx, amendment_id)


ROUTES = [
    list_amendments,
    list_amendments_to_recommendation,
    table_amendment,
    read_amendment,
    edit_draft,
    table_draft,
    read_difference,
    sign_amendment,
    withdraw_amendment,
]
