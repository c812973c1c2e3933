"""What keeps an edition from being published: it was overtaken, its paper waits for a key, a clock or a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.domain.corrigenda import Corrigendum


class Halt(StrEnum):
    """Why an edition does not get on by itself, or not now."""

    OVERTAKEN = "overtaken"
    PREDECESSOR_WITHDRAWN = "predecessor_withdrawn"
    KEY_AWAY = "seal_unavailable"
    PIN_REFUSED = "seal_pin_refused"
    STAMPS_AWAY = "stamps_unavailable"
    THEIR_KEY_AWAY = "signatory_key_unavailable"
    THEIR_PIN_REFUSED = "signatory_pin_refused"
    GIVEN_UP = "given_up"


OVERTAKEN: Mapping[Halt, str] = {
    Halt.OVERTAKEN: "another edition was published since; assemble it anew",
    Halt.PREDECESSOR_WITHDRAWN: "the edition before it was withdrawn since; assemble it anew",
}
"""What an edition never recovers from, in the words of who is refused for it."""
WAITS = frozenset(
    {Halt.KEY_AWAY, Halt.PIN_REFUSED, Halt.STAMPS_AWAY, Halt.THEIR_KEY_AWAY, Halt.THEIR_PIN_REFUSED}
)
"""After these it goes on by itself, when what is away is back."""


@dataclass(frozen=True, slots=True)
class Published:
    """The newest edition that was ever published, and whether it was withdrawn since."""

    digest: str
    withdrawn: bool


def overtaken(newest: Published | None, replaces: Corrigendum | None) -> Halt | None:
    """Return why an edition does not say rightly any more which one it replaces, if any; None where it does."""
    if newest is None and replaces is None:
        return None
    if newest is None or replaces is None or newest.digest != replaces.digest:
        return Halt.OVERTAKEN
    if newest.withdrawn and not replaces.withdrawn:
        return Halt.PREDECESSOR_WITHDRAWN
    return None
