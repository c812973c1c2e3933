"""Facts about translations of a recommendation."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import Event


@dataclass(frozen=True, slots=True)
class TranslationWritten(Event):
    """A translation was written, of exactly one version; the digest is that of the translated words."""

    name: ClassVar[str] = "translation.written"
    translation_id: str
    recommendation_id: str
    language: str
    version_id: str
    digest: str
    state: str


@dataclass(frozen=True, slots=True)
class TranslationApproved(Event):
    """A second person approved exactly these translated words."""

    name: ClassVar[str] = "translation.approved"
    translation_id: str
    recommendation_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class TranslationReopened(Event):
    """An approved translation was opened to other words again."""

    name: ClassVar[str] = "translation.reopened"
    translation_id: str
    recommendation_id: str
