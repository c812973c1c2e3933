"""Refusals in the words of the pages: where the API names a code, a reader is told what it stands for."""

from service.domain.editions import EditionState
from service.domain.errors import NotReleased, PhaseClosed, Refusal
from service.domain.phases import Phase
from service.web.languages import Language
from service.web.words import PHASE_NOW, REFUSED, word


def told(refused: Refusal, language: Language) -> str:
    """Return what a refusal says to somebody who reads pages."""
    template, values = REFUSED.get(refused.code), _values(refused, language)
    return language.refusal(refused) if template is None or values is None else language.say(template, values)


def _values(refused: Refusal, language: Language) -> dict[str, str] | None:
    if isinstance(refused, PhaseClosed):
        known = str(refused.values["phase"]).replace(" ", "_")
        if known not in set(Phase):
            return None
        return {"phase": language.say(word(Phase(known))), "now": language.say(PHASE_NOW[Phase(known)])}
    if isinstance(refused, NotReleased):
        return {"state": language.say(word(EditionState(str(refused.values["state"]))))}
    return {}
