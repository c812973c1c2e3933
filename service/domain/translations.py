"""Translations of recommendations and lessons: a courtesy to readers, beside the words that count.

A translation has the blocks of exactly one version, each with its id, and knows that version's digest; so it can be
told at any time which of its blocks speak of words that have changed since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from service.domain import tongues
from service.domain.errors import FieldError, Invalid, StaleState
from service.domain.machine import Machine
from service.domain.text import Block, normalise_blocks
from service.domain.text import digest as digest_of
from service.domain.text.inline import read_inline, write_inline

TEXT = "text."
MOST_LANGUAGES = 40
"""Into so many languages a text is translated at most: twice as many as any round needs."""


class Translated(StrEnum):
    """What is translated."""

    RECOMMENDATION = "recommendation"
    LESSON = "lesson"


@dataclass(frozen=True, slots=True)
class Original:
    """The words that count, as they stand: a version of a recommendation, or a lesson.

    A lesson keeps no versions: its words are known by their digest, which is also their `version_id`, and counted by
    `number` as they are corrected.
    """

    of: Translated
    subject_id: str
    language: str
    version_id: str
    number: int
    digest: str
    blocks: tuple[Block, ...]


class TranslationState(StrEnum):
    """Who answers for the words of a translation."""

    MACHINE = "machine"
    HUMAN = "human"
    APPROVED = "approved"


class TranslationAction(StrEnum):
    """What happens to a translation."""

    # Words from a machine, which nobody has read yet.
    DRAFT = "draft"
    WRITE = "write"
    # Written anew on a later version of the text.
    CARRY_OVER = "carry_over"
    APPROVE = "approve"
    REOPEN = "reopen"


_S, _A = TranslationState, TranslationAction

LIFECYCLE = Machine(
    name="translation",
    initial=_S.MACHINE,
    moves={
        (_S.MACHINE, _A.DRAFT): _S.MACHINE,
        (_S.MACHINE, _A.WRITE): _S.HUMAN,
        (_S.MACHINE, _A.CARRY_OVER): _S.HUMAN,
        (_S.HUMAN, _A.WRITE): _S.HUMAN,
        (_S.HUMAN, _A.CARRY_OVER): _S.HUMAN,
        (_S.HUMAN, _A.APPROVE): _S.APPROVED,
        # Approved words stay as they are, until the text moves on or whoever approves opens them again.
        (_S.APPROVED, _A.CARRY_OVER): _S.HUMAN,
        (_S.APPROVED, _A.REOPEN): _S.HUMAN,
    },
)


@dataclass(eq=False)
class Translation:
    """A recommendation or a lesson in another language; a block that is not translated yet is missing from `blocks`.

    Versions are kept where they are made; the words of a lesson that were translated are kept here, as `source`.
    """

    id: str
    agenda_id: str
    recommendation_id: str | None
    language: str
    version_id: str | None
    version_number: int
    digest: str
    blocks: tuple[Block, ...]
    organisation_id: str
    person_id: str
    written_at: datetime
    state: TranslationState = LIFECYCLE.initial
    approved_by: str | None = None
    approved_for: str | None = None
    approved_at: datetime | None = None
    lesson_id: str | None = None
    source: tuple[Block, ...] | None = None
    revision: int = 1

    @property
    def of(self) -> Translated:
        """What it is a translation of."""
        return Translated.RECOMMENDATION if self.lesson_id is None else Translated.LESSON

    @property
    def subject_id(self) -> str:
        """The id of what it is a translation of."""
        return self.recommendation_id or self.lesson_id or ""

    def follow(self, original: Original) -> None:
        """Be a translation of these words from now on."""
        if original.of is Translated.RECOMMENDATION:
            self.version_id = original.version_id
        else:
            self.source = original.blocks
        self.version_number, self.digest = original.number, original.digest

    @property
    def own_digest(self) -> str:
        """The digest of the translated words."""
        return digest_of(self.blocks)

    def act(self, action: TranslationAction) -> None:
        """Move to the state that `action` leads to; what is not approved any more has no approval."""
        self.state = LIFECYCLE.next(self.state, action)
        if self.state is not TranslationState.APPROVED:
            self.approved_by = self.approved_for = self.approved_at = None


def language_tag(written: str, source: str) -> str:
    """Return the tag of a language to translate into, as it is usually spelled.

    Raises:
        Invalid: names the field: it is no tag, or that of the text itself.
    """
    tag = tongues.spelled(written)
    if tag == source:
        raise Invalid.field("language", "The text itself is in this language. Choose another one.")
    return tag


def check_room(translations: int) -> None:
    """Refuse one more translation of a text that has as many as a text can have.

    Raises:
        Invalid: names the field of the language.
    """
    if translations >= MOST_LANGUAGES:
        raise Invalid.field(
            "language",
            "This text is translated into %(most)s languages already, and more there cannot be.",
            most=MOST_LANGUAGES,
        )


def check_text(source: Sequence[Block], texts: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the translated blocks, in the order of the text; each is of the kind and level of its source.

    Args:
        source: the version's blocks.
        texts: translated words by the id of their block, with the signs of emphasis and links in Markdown; an empty
            one is not translated yet.

    Raises:
        Invalid: names the field `text.` and the block's id: what cannot be read, or is no block of this version;
            `text` when nothing is translated at all.
    """
    ids = {block.id for block in source}
    if foreign := [name for name in texts if name not in ids]:
        raise Invalid(
            errors=[FieldError(f"{TEXT}{name}", "This version has no such block.") for name in foreign]
        )
    written = [_translated(block, texts[block.id]) for block in source if texts.get(block.id, "").strip()]
    if not written:
        raise Invalid.field("text", "Translate at least one block before you save.")
    try:
        return normalise_blocks(written)
    except Invalid as refusal:
        raise Invalid(errors=[_placed(error, written) for error in refusal.errors]) from None


def _translated(block: Block, written: str) -> Block:
    text, marks = read_inline(written)
    return replace(block, text=text, marks=marks)


def _placed(error: FieldError, blocks: Sequence[Block]) -> FieldError:
    """Return what is wrong with the third block as what is wrong with the field of that block."""
    _, number, *_ = (*error.field.split("."), "")
    at = int(number) if number.isdecimal() else 0
    return FieldError(f"{TEXT}{blocks[at].id}", error.template, error.values)


def typed(blocks: Sequence[Block]) -> Mapping[str, str]:
    """Return the words of each block by its id, as they are typed: with the signs of emphasis and links."""
    return {block.id: write_inline(block) for block in blocks}


def check_revision(translation: Translation, known: int | None) -> None:
    """Refuse to write over what somebody else wrote meanwhile; `known` is what the writer has read, if they say so.

    Raises:
        StaleState: it has changed since.
    """
    if known is not None and known != translation.revision:
        raise StaleState


def check_complete(source: Sequence[Block], translation: Translation) -> None:
    """Refuse to approve a translation that leaves blocks out.

    Raises:
        Invalid: names the field of each block that is missing.
    """
    if left := missing(source, translation.blocks):
        raise Invalid(
            errors=[FieldError(f"{TEXT}{block_id}", "This block is not translated yet.") for block_id in left]
        )


def missing(source: Sequence[Block], translated: Sequence[Block]) -> tuple[str, ...]:
    """Return the ids of the blocks of a text that a translation leaves out."""
    there = {block.id for block in translated}
    return tuple(block.id for block in source if block.id not in there)


@dataclass(frozen=True, slots=True)
class Since:
    """What has become of a text since it was translated: ids of blocks."""

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether the text says something else than what was translated."""
        return bool(self.changed or self.added or self.removed)


def since(source: Sequence[Block], current: Sequence[Block]) -> Since:
    """Return which blocks of the current text are not those that were translated."""
    before = {block.id: block for block in source}
    now = {block.id for block in current}
    return Since(
        changed=tuple(b.id for b in current if b.id in before and b != before[b.id]),
        added=tuple(b.id for b in current if b.id not in before),
        removed=tuple(b.id for b in source if b.id not in now),
    )
