"""Facts about translations: of a recommendation, or of a lesson. The one that it is not, is not named."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import Event


@dataclass(frozen=True, slots=True)
class TranslationWritten(Event):
    """A translation was written, of exactly one version; the digest is that of the translated words."""

    name: ClassVar[str] = "translation.written"
    translation_id: str
    recommendation_id: str | None
    language: str
    version_id: str
    digest: str
    state: str
    lesson_id: str | None = None


@dataclass(frozen=True, slots=True)
class TranslationApproved(Event):
    """A second person approved exactly these translated words."""

    name: ClassVar[str] = "translation.approved"
    translation_id: str
    recommendation_id: str | None
    digest: str
    lesson_id: str | None = None


@dataclass(frozen=True, slots=True)
class TranslationReopened(Event):
    """An approved translation was opened to other words again."""

    name: ClassVar[str] = "translation.reopened"
    translation_id: str
    recommendation_id: str | None
    lesson_id: str | None = None
