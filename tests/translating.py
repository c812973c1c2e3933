"""Translations that are approved, for those who read them."""

from service.workflows import translations
from service.workflows.translations import BeginTranslation
from tests.worlds import World

FRENCH = {"title": "Nommer les villes", "ask": "Nommez un contact.", "why": "Cela marche."}


def a_translation(world: World, language: str = "fr", *, approved: bool = True) -> str:
    """Translate the world's recommendation as it stands; returns the translation's id."""
    texts = {world.blocks[name].id: text for name, text in FRENCH.items()}
    begun = BeginTranslation(
        world.recommendation, world.cities[0].organisation, language, world.text.id, texts
    )
    made = translations.begin(world.acting(world.cities[0]), begun)
    if approved:
        translations.approve(world.acting(world.rapporteur), made)
    return made
