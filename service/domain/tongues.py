"""Language tags: in which language people write, and how a tag is spelled."""

import re

from service.domain.errors import Invalid

LANGUAGE_LENGTH = 20

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_SCRIPT, _REGION = 4, 2


def spelled(written: str) -> str:
    """Return a language tag as it is usually spelled (RFC 5646, 2.1.1: `pt-BR`, `zh-Hant`), however it was typed.

    Raises:
        Invalid: names the field: it is no tag.
    """
    if len(written) > LANGUAGE_LENGTH or not _TAG.fullmatch(written):
        raise Invalid.field("language", "Give the language as a tag, such as fr or pt-BR.")
    first, *others = written.split("-")
    return "-".join((first.lower(), *map(_part, others)))


def written_in(said: str, agenda: str) -> str:
    """Return in which language something is written: as its author said, else that of the agenda.

    Raises:
        Invalid: names the field: what they said is no tag.
    """
    return spelled(said) if said else agenda


def _part(part: str) -> str:
    if len(part) == _SCRIPT and part.isalpha():
        return part.title()
    return part.upper() if len(part) == _REGION else part.lower()
