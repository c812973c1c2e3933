"""How `sympolity verify` tells what it found: for people by question, for programs as JSON."""

import json
import sys
import textwrap
from shutil import get_terminal_size

from service.domain import canonical
from service.domain.reports import BEARINGS, TITLES, Section, sections, told
from service.domain.verification import Verification

_NARROWEST, _WIDEST = 40, 100
_MARGIN = "  "
_COLUMN = max(map(len, BEARINGS.values())) + 2


def tell(found: Verification, *, as_json: bool) -> int:
    """Print what was found of a file; return the exit code."""
    width = max(_NARROWEST, min(get_terminal_size().columns, _WIDEST)) if sys.stdout.isatty() else None
    sys.stdout.write(to_json(found) if as_json else to_text(found, width))
    return found.exit_code


def to_json(found: Verification) -> str:
    """Return a report for programs: all that is known, and `findings`, each with the code that names its sentence."""
    findings = [
        {
            "topic": one.topic.value,
            "bearing": one.bearing.value,
            "code": one.code,
            "text": one.sentence.text,
        }
        for one in told(found)
    ]
    values = {**json.loads(canonical.to_json(found)), "findings": findings}
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def to_text(found: Verification, width: int | None = None) -> str:
    """Return a report for people; without a width each sentence stands in one line."""
    parts = sections(found)
    lines = [found.verdict.value.upper()]
    if len(parts) == 1:
        return (
            "\n".join([*lines, *(_set(one.text, _MARGIN, _MARGIN, width) for one in found.sentences)]) + "\n"
        )
    if found.title is not None:
        lines.append(_set(f"{found.title}, edition {found.edition}", _MARGIN, _MARGIN, width))
    return "\n".join([*lines, *(_section(part, width) for part in parts)]) + "\n"


def _section(part: Section, width: int | None) -> str:
    sentences = [
        _set(
            one.sentence.text,
            _MARGIN + BEARINGS[one.bearing].ljust(_COLUMN),
            _MARGIN + " " * _COLUMN,
            width,
        )
        for one in part.told
    ]
    return "\n".join(["", TITLES[part.topic], *sentences])


def _set(text: str, first: str, following: str, width: int | None) -> str:
    if width is None:
        return first + text
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )
