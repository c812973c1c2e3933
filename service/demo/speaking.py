"""The other languages of the demonstration: who translates a recommendation, and who approves it."""

from collections.abc import Iterator
from functools import partial

from service.demo.content import model
from service.demo.rounds import Round
from service.demo.stage import Act
from service.workflows import translations


def translating(told: Round, wave: model.Wave) -> Iterator[Act]:
    """Cities translate the text that a wave is written on; the rapporteur approves what is complete."""
    for translation in told.meeting.translations:
        if translation.wave == wave:
            yield partial(_translate, told, translation)


def _translate(told: Round, translation: model.Translation) -> None:
    text = told.texts[translation.recommendation]
    made = translations.begin(
        told.stage.acting(translation.author),
        translations.BeginTranslation(
            told.recommendations[translation.recommendation],
            told.stage.voice(translation.author),
            translation.language,
            text.version_id,
            {text.ids[key]: words for key, words in translation.texts},
        ),
    )
    if translation.approved:
        translations.approve(told.stage.acting("rapporteur"), made)
