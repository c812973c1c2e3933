"""Views of translations."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.text import Block
from service.domain.translations import Since, Translated, TranslationState
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import VersionRef


@dataclass(frozen=True, slots=True)
class OriginalView:
    """The words that count: the current version of a recommendation, or a lesson; `id` and `number` are its own."""

    of: Translated
    id: str
    agenda_id: str
    number: int
    language: str
    version: VersionRef
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class TranslationRef:
    """A translation by its language; `stale` tells that the text says something else by now."""

    id: str
    recommendation_id: str | None
    language: str
    state: TranslationState
    stale: bool
    lesson_id: str | None = None


@dataclass(frozen=True, slots=True)
class LessonInOtherWords:
    """A lesson's translation as its readers see it beside the lesson."""

    ref: TranslationRef
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class TranslationView:
    """A translation beside the version that it was made from, and the one that the text is at now.

    `missing` are the ids of the blocks of that version which are not translated; `since` tells what became of the text.
    """

    id: str
    agenda_id: str
    recommendation_id: str | None
    lesson_id: str | None
    language: str
    state: TranslationState
    version: VersionRef
    current: VersionRef
    source: tuple[Block, ...]
    now: tuple[Block, ...]
    blocks: tuple[Block, ...]
    missing: tuple[str, ...]
    since: Since
    organisation: OrganisationRef
    writer_id: str
    written_at: datetime
    approved_for: OrganisationRef | None
    approved_at: datetime | None
    revision: int

    @property
    def of(self) -> Translated:
        """What it is a translation of."""
        return Translated.RECOMMENDATION if self.lesson_id is None else Translated.LESSON

    @property
    def subject_id(self) -> str:
        """The id of what it is a translation of."""
        return self.recommendation_id or self.lesson_id or ""

    @property
    def stale(self) -> bool:
        """Whether the text says something else than what was translated."""
        return self.version.digest != self.current.digest
