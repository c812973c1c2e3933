"""What is different between two editions of one agenda, in the words of the paper."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from service.domain.corrigenda import Change
from service.domain.publication import (
    NO_RECORD,
    Amendment,
    Evidence,
    Lesson,
    Position,
    Recommendation,
    Snapshot,
)

_PARTICULARS: Mapping[str, Callable[[Snapshot], str]] = {
    "title": lambda one: one.title,
    "subtitle": lambda one: one.subtitle,
    "programme": lambda one: one.programme,
    "meeting": lambda one: one.meeting.name,
    "place": lambda one: one.meeting.place,
    "first day": lambda one: one.meeting.starts.isoformat(),
    "last day": lambda one: one.meeting.ends.isoformat(),
    "authentic language": lambda one: one.language,
    "editor": lambda one: one.editor,
}


def changes_between(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Return what a reader of the earlier edition does not know of the later one, in the order of the paper."""
    return (
        *(Change("The agenda", what) for what in _particulars(before, after)),
        *_recommendations(before, after),
        *(Change("Lessons learnt", what) for what in _lessons(before.lessons, after.lessons)),
        *(Change("Participants", what) for what in _participants(before, after)),
    )


def _particulars(before: Snapshot, after: Snapshot) -> Iterator[str]:
    for name, of in _PARTICULARS.items():
        if of(before) != of(after):
            yield f"The {name} is now “{of(after)}”; it was “{of(before)}”."


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
    if old.version.digest != new.version.digest:
        what = f"The text has changed: version {new.version.number} takes the place of version {old.version.number}."
        yield Change(about, what, old.blocks, new.blocks)
    told = (
        *_fields(old, new),
        *_outcome(old, new),
        *_positions(old.positions, new.positions, names),
        *_amendments(old.amendments, new.amendments),
        *_evidence(old.evidence, new.evidence),
    )
    for what in told:
        yield Change(about, what)


def _fields(old: Recommendation, new: Recommendation) -> Iterator[str]:
    pairs = (
        ("addressee", old.addressee, new.addressee),
        ("theme", old.theme, new.theme),
        ("measure of success", old.success, new.success),
        ("date", old.due, new.due),
    )
    for name, was, now in pairs:
        if was != now:
            yield f"The {name} is now “{now or '–'}”; it was “{was or '–'}”."


def _outcome(old: Recommendation, new: Recommendation) -> Iterator[str]:
    if old.outcome.passed != new.outcome.passed:
        yield "It is now adopted." if new.outcome.passed else "It is no longer adopted."
    if old.outcome.sentence != new.outcome.sentence:
        yield f"The outcome is now “{new.outcome.sentence}”; it was “{old.outcome.sentence}”."


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
        ("Amendments that have changed", [n for n in now if n in was and now[n] != was[n]]),
    )
    for label, numbers in groups:
        if numbers:
            yield f"{label}: {', '.join(map(str, sorted(numbers)))}."


def _evidence(old: Sequence[Evidence], new: Sequence[Evidence]) -> Iterator[str]:
    was, now = ([_cited(one) for one in listed] for listed in (old, new))
    for label, listed in (
        ("Evidence that is new", [one for one in now if one not in was]),
        ("Evidence that is no longer printed", [one for one in was if one not in now]),
    ):
        if listed:
            yield f"{label}: {'; '.join(listed)}."


def _cited(one: Evidence) -> str:
    parts = (
        one.title,
        one.source,
        f"p. {one.page}" if one.page else "",
        one.quotation and f"“{one.quotation}”",
        one.url,
    )
    return ", ".join(part for part in parts if part)


def _lessons(old: Sequence[Lesson], new: Sequence[Lesson]) -> Iterator[str]:
    was, now = ({one.text: one for one in listed} for listed in (old, new))
    for text, one in now.items():
        if text not in was:
            yield f"Lesson {one.number} is new: “{text}”"
            continue
        if was[text].number != one.number:
            yield f"Lesson {one.number} was number {was[text].number}."
        yield from (f"Lesson {one.number}: {what}" for what in _evidence(was[text].evidence, one.evidence))
    for text, one in was.items():
        if text not in now:
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
