"""The words for what editions, and those who sign them, count in codes."""

from collections.abc import Mapping
from enum import StrEnum

from service.domain.editions import EditionState
from service.domain.signatories import SignatoryState

EDITION_WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    EditionState: {
        "assembled": "waiting for approval",
        "approved": "approved",
        "rendered": "printed",
        "signed": "sealed",
        "timestamped": "time stamped",
        "verified": "checked",
        "released": "published",
        "withdrawn": "withdrawn",
    },
    SignatoryState: {
        "awaited": "awaited",
        "signed": "signed",
        "declined": "declined",
        "taken_off": "taken off",
    },
}
