"""What is different between two editions of one agenda, in the words of the paper.

Every field of what is printed is compared, those too that nobody has found words for yet.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from service.domain.corrigenda import Change
from service.domain.dates import day
from service.domain.prefaces import in_one_wording
from service.domain.publication import (
    NO_RECORD,
    Amendment,
    Correction,
    Evidence,
    Lesson,
    Outcome,
    Position,
    Recommendation,
    Snapshot,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_D = TypeVar("_D", bound="DataclassInstance")
_T = TypeVar("_T")

NO_DIFFERENCE: Mapping[type, frozenset[str]] = {
    Snapshot: frozenset({"edition", "assembled_at", "record", "format", "corrigendum", "proofs"}),
    Outcome: frozenset({"counted"}),
    Evidence: frozenset({"language"}),
    Lesson: frozenset({"language"}),
    Position: frozenset({"entry", "language"}),
    Amendment: frozenset({"reason_language"}),
}
"""What is another in every edition, or lies elsewhere in the record, and changes nothing of what is said."""

_AGENDA = "The agenda"
_PARTICULARS: Mapping[str, Mapping[str, Callable[[Snapshot], object]]] = {
    "title": {"title": lambda one: one.title},
    "subtitle": {"subtitle": lambda one: one.subtitle},
    "programme": {"programme": lambda one: one.programme},
    "meeting": {
        "meeting": lambda one: one.meeting.name,
        "place": lambda one: one.meeting.place,
        "first day": lambda one: one.meeting.starts,
        "last day": lambda one: one.meeting.ends,
    },
    "language": {"authentic language": lambda one: one.language},
    "editor": {"editor": lambda one: one.editor},
    "status": {"status": lambda one: one.status},
    "mandate": {"mandate": lambda one: one.mandate},
    "method": {"method": lambda one: " ".join(one.method)},
    "imprint": {"imprint": lambda one: " ".join(one.imprint)},
    "changes": {"note on changes": lambda one: " ".join(one.changes)},
    "demo": {"note on a demonstration": lambda one: "shown" if one.demo else ""},
}


def changes_between(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Return what a reader of the earlier edition does not know of the later one, in the order of the paper."""
    tellers: Mapping[str, Callable[[Snapshot, Snapshot], Iterable[Change]]] = {
        **{name: partial(_particulars, of) for name, of in _PARTICULARS.items()},
        "steps": lambda old, new: _about("How it came about", _steps(old, new)),
        "recommendations": _recommendations,
        "lessons": lambda old, new: _about("Lessons learnt", _lessons(old.lessons, new.lessons)),
        "participants": partial(_particulars, _FIGURES, about="Participants"),
        "organisations": lambda old, new: _about("Participants", _participants(old, new)),
    }
    return tuple(_differences(before, after, tellers, lambda name: Change(_AGENDA, _otherwise(name))))


def _differences(
    old: _D,
    new: _D,
    tellers: Mapping[str, Callable[[_D, _D], Iterable[_T]]],
    otherwise: Callable[[str], _T],
    told: frozenset[str] = frozenset(),
) -> Iterator[_T]:
    """Tell of every field that differs, of those first that have words of their own; `told` were told already."""
    left_out = NO_DIFFERENCE.get(type(old), frozenset()) | told
    for name in dict.fromkeys((*tellers, *(field.name for field in fields(old)))):
        if name not in left_out and _meant(getattr(old, name)) != _meant(getattr(new, name)):
            said = tuple(tellers[name](old, new)) if name in tellers else ()
            yield from said or (otherwise(name),)


def _meant(value: object) -> object:
    """Return a value without what makes no difference anywhere in it."""
    if isinstance(value, tuple):
        return tuple(_meant(one) for one in value)
    if not is_dataclass(value):
        return value
    if isinstance(value, Outcome):
        value = replace(value, sentence=in_one_wording(value.sentence))
    left_out = NO_DIFFERENCE.get(type(value), frozenset())
    return tuple(_meant(getattr(value, field.name)) for field in fields(value) if field.name not in left_out)


def _otherwise(name: str) -> str:
    return f"What is printed as “{name.replace('_', ' ')}” has changed."


def _about(about: str, told: Iterable[str]) -> Iterator[Change]:
    return (Change(about, what) for what in told)


def _now(name: str, was: object, now: object) -> str:
    return f"The {name} is now “{now or '–'}”; it was “{was or '–'}”."


_FIGURES: Mapping[str, Callable[[Snapshot], object]] = {
    "number of partnerships invited": lambda one: str(one.participants.invited),
    "number of partnerships that took part": lambda one: str(one.participants.active),
    "number of comments": lambda one: str(one.participants.comments),
    "note on the participants": lambda one: one.participants.note,
}


def _particulars(
    named: Mapping[str, Callable[[Snapshot], object]], before: Snapshot, after: Snapshot, about: str = _AGENDA
) -> Iterator[Change]:
    for name, of in named.items():
        if of(before) != of(after):
            yield Change(about, _now(name, of(before), of(after)))


def _steps(before: Snapshot, after: Snapshot) -> Iterator[str]:
    was, now = (
        Counter(f"{day(one.at.date())}, {one.what}" for one in snapshot.steps) for snapshot in (before, after)
    )
    for label, listed in (("Steps that are new", now - was), ("Steps that are no longer printed", was - now)):
        if listed:
            yield f"{label}: {' '.join(listed.elements())}"


def _recommendations(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    old = {one.number: one for one in before.recommendations}
    new = {one.number: one for one in after.recommendations}
    names = _Names(before, after)
    for number in sorted({*old, *new}):
        about = f"Recommendation {number}"
        if number not in old:
            yield Change(about, f"It is new: “{new[number].title}”.")
        elif number not in new:
            yield Change(about, f"It is no longer printed: “{old[number].title}”.")
        else:
            yield from _of_one(about, old[number], new[number], names)


class _Names:
    """The printed names of organisations, of those too that are gone."""

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self._names = {one.id: one.name for snapshot in (before, after) for one in snapshot.organisations}

    def __call__(self, organisation: str) -> str:
        return self._names.get(organisation, organisation)


def _of_one(about: str, old: Recommendation, new: Recommendation, names: _Names) -> Iterator[Change]:
    # What follows from another text is told with it.
    told = frozenset({"title", "version", "blocks", "provenance"})
    if old.version.digest != new.version.digest:
        what = f"The text has changed: version {new.version.number} takes the place of version {old.version.number}."
        yield Change(about, what, old.blocks, new.blocks)
    else:
        told = frozenset()
    tellers: Mapping[str, Callable[[Recommendation, Recommendation], Iterable[str]]] = {
        "title": lambda was, now: [_now("title", was.title, now.title)],
        "addressee": lambda was, now: [_now("addressee", was.addressee, now.addressee)],
        "theme": lambda was, now: [_now("theme", was.theme, now.theme)],
        "success": lambda was, now: [_now("measure of success", was.success, now.success)],
        "due": lambda was, now: [_now("date", was.due, now.due)],
        "provenance": lambda *_: ["Where its words come from is told differently."],
        "outcome": lambda was, now: _outcome(was.outcome, now.outcome),
        "positions": lambda was, now: _positions(was.positions, now.positions, names),
        "amendments": lambda was, now: _amendments(was.amendments, now.amendments),
        "evidence": lambda was, now: _evidence(was.evidence, now.evidence),
    }
    yield from _about(about, _differences(old, new, tellers, _otherwise, told))


def _outcome(old: Outcome, new: Outcome) -> Iterator[str]:
    if old.passed != new.passed:
        yield "It is now adopted." if new.passed else "It is no longer adopted."
    if in_one_wording(old.sentence) != in_one_wording(new.sentence):
        yield f"The outcome is now “{new.sentence}”; it was “{old.sentence}”."


def _positions(old: Sequence[Position], new: Sequence[Position], names: _Names) -> Iterator[str]:
    was = {one.organisation: _said(one) for one in old}
    now = {one.organisation: _said(one) for one in new}
    moved = [
        f"{names(one)} ({_stance(was, one)} → {_stance(now, one)})"
        for one in sorted({*was, *now}, key=lambda each: (names(each), each))
        if _stance(was, one) != _stance(now, one)
    ]
    if moved:
        yield f"Positions that have changed: {', '.join(moved)}."
    reworded = [
        names(one)
        for one in sorted({*was} & {*now}, key=lambda each: (names(each), each))
        if was[one] != now[one] and _stance(was, one) == _stance(now, one)
    ]
    if reworded:
        yield f"The same positions with other words: {', '.join(reworded)}."


def _said(one: Position) -> tuple[str, str, str, str]:
    return (one.stance, one.reservation, one.statement, one.resolved_by)


def _stance(said: Mapping[str, tuple[str, str, str, str]], organisation: str) -> str:
    stance = said[organisation][0] if organisation in said else NO_RECORD
    return stance.replace("_", " ")


def _amendments(old: Sequence[Amendment], new: Sequence[Amendment]) -> Iterator[str]:
    was, now = ({one.number: one for one in listed} for listed in (old, new))
    groups = (
        ("Amendments that are new", [n for n in now if n not in was]),
        ("Amendments that are no longer printed", [n for n in was if n not in now]),
        ("Amendments that have changed", [n for n in now if n in was and _meant(now[n]) != _meant(was[n])]),
    )
    for label, numbers in groups:
        if numbers:
            yield f"{label}: {', '.join(map(str, sorted(numbers)))}."


def _evidence(old: Sequence[Evidence], new: Sequence[Evidence]) -> Iterator[str]:
    was, now = ({_cited(one.words): one for one in listed} for listed in (old, new))
    before = {cited: _before(cited, one.corrections, was, _cited) for cited, one in now.items()}
    moved = [one for one, past in before.items() if past and was[past].blocks != now[one].blocks]
    for label, listed in (
        ("Evidence that is new", [one for one in now if before[one] is None]),
        ("Evidence that is no longer printed", [one for one in was if one not in before.values()]),
        ("Evidence that is now named for other paragraphs", moved),
    ):
        if listed:
            yield f"{label}: {'; '.join(listed)}."
    for cited, past in before.items():
        if past is not None and (since := _since(now[cited].corrections, was[past].corrections)):
            said = f" It was: {past}." if past != cited else ""
            yield f"Evidence that was corrected: {cited}.{said}{_why(since)}"


def _before(
    words: str,
    corrections: Sequence[Correction],
    was: Container[str],
    said: Callable[[tuple[str, ...]], str],
) -> str | None:
    """Return under which words something stood in the earlier edition; what was corrected since stood under others."""
    if words in was:
        return words
    return next((past for one in reversed(corrections) if (past := said(one.was)) in was), None)


def _since(corrections: Sequence[Correction], known: Sequence[Correction]) -> tuple[Correction, ...]:
    """Return what was corrected since the earlier edition."""
    return tuple(one for one in corrections if one not in known)


def _why(corrections: Sequence[Correction]) -> str:
    """Return why something was corrected, as far as the reasons were not erased since."""
    reasons = " ".join(one.reason for one in corrections if one.reason)
    return f" Why: {reasons}" if reasons else ""


def _cited(words: tuple[str, ...]) -> str:
    title, source, page, quotation, url = words
    parts = (title, source, page and f"p. {page}", quotation and f"“{quotation}”", url)
    return ", ".join(part for part in parts if part)


def _lessons(old: Sequence[Lesson], new: Sequence[Lesson]) -> Iterator[str]:
    was, now = ({one.text: one for one in listed} for listed in (old, new))
    before = {text: _before(text, one.corrections, was, "".join) for text, one in now.items()}
    for text, one in now.items():
        past = before[text]
        if past is None:
            yield f"Lesson {one.number} is new: “{text}”"
            continue
        if since := _since(one.corrections, was[past].corrections):
            said = f" It says: “{text}” It said: “{past}”" if past != text else ""
            yield f"Lesson {one.number} was corrected.{said}{_why(since)}"
        if was[past].number != one.number:
            yield f"Lesson {one.number} was number {was[past].number}."
        yield from (f"Lesson {one.number}: {what}" for what in _evidence(was[past].evidence, one.evidence))
    for text, one in was.items():
        if text not in before.values():
            yield f"Lesson {one.number} of the earlier edition is no longer printed: “{text}”"


def _participants(before: Snapshot, after: Snapshot) -> Iterator[str]:
    was, now = ({one.id: one for one in snapshot.organisations} for snapshot in (before, after))
    for label, listed in (
        ("Added", [now[i].name for i in now if i not in was]),
        ("No longer listed", [was[i].name for i in was if i not in now]),
    ):
        if listed:
            yield f"{label}: {', '.join(listed)}."
    for i, one in now.items():
        if i in was and was[i] != one:
            named = f"“{one.name}” was listed as “{was[i].name}”" if was[i].name != one.name else one.name
            yield f"The particulars of a participant have changed: {named}."
