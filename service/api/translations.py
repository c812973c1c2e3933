"""/translations: recommendations and lessons in other languages, beside the words that count."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import Id, Listing, whole
from service.api.schemas import (
    Identifier,
    LanguageTag,
    OnBehalfOf,
    OrganisationRef,
    Request,
    VersionRef,
    refuses,
    shown,
)
from service.api.schemas_text import Block
from service.api.voices import voice
from service.domain.actors import Scope
from service.domain.errors import (
    ForeignOrganisation,
    IllegalMove,
    Invalid,
    OwnTranslation,
    StaleBase,
    StaleState,
)
from service.domain.translations import TEXT, Translated, TranslationState
from service.workflows import translations
from service.workflows.context import Context

TAGS = ["Translations"]


class Since(Struct, frozen=True):
    """The ids of the blocks of which the text says something else since it was translated."""

    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


class Translation(Struct, frozen=True):
    """A courtesy translation of exactly one version; its blocks have the ids of the blocks that they translate.

    It is of a recommendation or of a lesson. The words of a lesson are one block with the id `lesson`; their version is
    that of the lesson, whose id is the digest of its words. A translation is stale when the text is at a version that
    says something else; `missing` are blocks not translated yet.
    """

    id: str
    recommendation_id: str | None
    lesson_id: str | None
    language: str
    state: TranslationState
    stale: bool
    version: VersionRef
    current: VersionRef
    since: Since
    missing: tuple[str, ...]
    blocks: tuple[Block, ...]
    organisation: OrganisationRef
    written_at: datetime
    approved_for: OrganisationRef | None
    approved_at: datetime | None
    revision: int


class TranslatedBlock(Request, frozen=True):
    """The words of one block in the other language."""

    id: Identifier
    text: Annotated[
        str,
        Meta(
            description="With `*emphasis*`, `**strong**` and `[links](https://cities.example)`; empty: not yet."
        ),
    ]


Blocks = Annotated[
    tuple[TranslatedBlock, ...],
    Meta(
        max_length=500, description="All translated blocks; those that are left out are not translated yet."
    ),
]
VersionId = Annotated[
    Identifier,
    Meta(
        description="The version that is translated: the current one of the recommendation, or of the lesson."
    ),
]
Machine = Annotated[bool, Meta(description="A machine wrote it, and no person has read it yet.")]


class NewTranslation(Request, frozen=True):
    """A translation to begin."""

    language: LanguageTag
    version_id: VersionId
    blocks: Blocks
    on_behalf_of: OnBehalfOf = None
    machine: Machine = False


class NewTranslationOfLesson(NewTranslation, frozen=True):
    """A translation of a lesson to begin; its one block has the id `lesson`, its version is that of the lesson."""


class RewrittenTranslation(Request, frozen=True):
    """All the words of a translation anew, on the current version."""

    version_id: VersionId
    blocks: Blocks
    on_behalf_of: OnBehalfOf = None
    machine: Machine = False


_translation = shown(Translation)


def current(ctx: Context, translation_id: str) -> Translation:
    """Return a translation as it is now."""
    return _translation(translations.translation(ctx, translation_id))


@contextmanager
def _placed(blocks: tuple[TranslatedBlock, ...]) -> Iterator[None]:
    """Name what is wrong with a block by its place in what was sent."""
    places = {f"{TEXT}{block.id}": f"blocks[{at}].text" for at, block in enumerate(blocks)}
    try:
        yield
    except Invalid as refused:
        named = (replace(error, field=places.get(error.field, error.field)) for error in refused.errors)
        raise Invalid(errors=tuple(named)) from None


def _texts(blocks: tuple[TranslatedBlock, ...]) -> Mapping[str, str]:
    return {block.id: block.text for block in blocks}


@get("/recommendations/{recommendation_id:str}/translations", tags=TAGS, sync_to_thread=True)
def list_translations(recommendation_id: Id, ctx: Asking) -> Listing[Translation]:
    """List the translations of a recommendation by language."""
    return whole(translations.listed(ctx, recommendation_id), _translation)


@get("/lessons/{lesson_id:str}/translations", tags=TAGS, sync_to_thread=True)
def list_translations_of_lesson(lesson_id: Id, ctx: Asking) -> Listing[Translation]:
    """List the translations of a lesson by language."""
    return whole(translations.listed(ctx, lesson_id, Translated.LESSON), _translation)


@post(
    "/recommendations/{recommendation_id:str}/translations",
    tags=TAGS,
    opt=refuses(ForeignOrganisation, Invalid, StaleBase),
    sync_to_thread=True,
)
def begin_translation(
    recommendation_id: Id,
    data: JSONBody[NewTranslation],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Translation]:
    """Begin a translation into a language that has none yet."""
    return _begin(ctx, data, attempt, Translated.RECOMMENDATION, recommendation_id)


@post(
    "/lessons/{lesson_id:str}/translations",
    tags=TAGS,
    opt=refuses(ForeignOrganisation, Invalid, StaleState),
    sync_to_thread=True,
)
def begin_translation_of_lesson(
    lesson_id: Id,
    data: JSONBody[NewTranslationOfLesson],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Translation]:
    """Begin a translation of a lesson into a language that has none yet; its one block has the id `lesson`."""
    return _begin(ctx, data, attempt, Translated.LESSON, lesson_id)


def _begin(
    ctx: Context, data: NewTranslation, attempt: Attempt, of: Translated, subject_id: str
) -> Response[Translation]:
    command = translations.BeginTranslation(
        subject_id,
        voice(ctx, data.on_behalf_of, Scope.COMMENT),
        data.language,
        data.version_id,
        _texts(data.blocks),
        data.machine,
        of,
    )
    with _placed(data.blocks):
        return attempt.create(
            lambda: translations.begin(ctx, command), lambda made: current(ctx, made), "/translations/{id}"
        )


@get("/translations/{translation_id:str}", tags=TAGS, sync_to_thread=True)
def read_translation(translation_id: Id, ctx: Asking) -> Translation:
    """Read a translation."""
    return current(ctx, translation_id)


@patch(
    "/translations/{translation_id:str}",
    tags=TAGS,
    opt=refuses(ForeignOrganisation, IllegalMove, Invalid, StaleBase, StaleState),
    sync_to_thread=True,
)
def write_translation(
    translation_id: Id,
    data: JSONBody[RewrittenTranslation],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Translation:
    """Write a translation anew; on a newer version it is carried over. If-Match takes the ETag of the translation."""
    with ctx.transaction():
        seen = current(ctx, translation_id)
        condition.required(seen)
        command = translations.WriteTranslation(
            translation_id,
            voice(ctx, data.on_behalf_of, Scope.COMMENT),
            data.version_id,
            _texts(data.blocks),
            data.machine,
            # Somebody may write it between this look at it and its lock.
            seen.revision,
        )
        with _placed(data.blocks):
            translations.write(ctx, command)
        return current(ctx, translation_id)


@post(
    "/translations/{translation_id:str}/approval",
    tags=TAGS,
    opt=refuses(IllegalMove, Invalid, OwnTranslation, StaleBase, StaleState),
    status_code=200,
    sync_to_thread=True,
)
def approve_translation(
    translation_id: Id, ctx: Asking, condition: NamedDependency[Condition]
) -> Translation:
    """Approve a complete translation of the current text that somebody else wrote, as the rapporteur."""
    with ctx.transaction():
        seen = current(ctx, translation_id)
        condition.honoured(lambda: seen)
        translations.approve(ctx, translation_id, seen.revision)
        return current(ctx, translation_id)


@delete(
    "/translations/{translation_id:str}/approval",
    tags=TAGS,
    opt=refuses(IllegalMove),
    status_code=200,
    sync_to_thread=True,
)
def reopen_translation(translation_id: Id, ctx: Asking, condition: NamedDependency[Condition]) -> Translation:
    """Open an approved translation to other words again. If-Match takes the ETag of the translation."""
    with ctx.transaction():
        condition.required(current(ctx, translation_id))
        translations.reopen(ctx, translation_id)
        return current(ctx, translation_id)


ROUTES = [
    list_translations,
    list_translations_of_lesson,
    begin_translation,
    begin_translation_of_lesson,
    read_translation,
    write_translation,
    approve_translation,
    reopen_translation,
]
