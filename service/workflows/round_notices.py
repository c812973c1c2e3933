"""What participants are told of the round itself: its phases, and their deadlines."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from service.domain.agendas import Agenda
from service.domain.moving import LAST_DAY
from service.domain.permissions import Sight
from service.domain.phases import Phase, by_itself
from service.store.notifications import Happened, Reader
from service.store.queries import answers
from service.workflows import moving
from service.workflows.desk import Desk, Notice, Values


def phase_opened(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Everyone who takes part hears that another phase is open; what the clock opened nobody gave a reason for."""
    reason = entry.data["reason"]
    values: Values = {
        "agenda_id": desk.agenda_id,
        "agenda": desk.agenda,
        "phase": entry.data["target"],
        "before": entry.data["source"],
        "reason": reason if reason != moving.BY_THE_CLOCK else "",
        "closes_at": entry.data["closes_at"],
        "zone": desk.zone,
        "checkpoint": desk.checkpoint(entry),
    }
    yield Notice("phase_opened", values, desk.agenda_id, desk.everyone)


def phase_taken_back(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Everyone who takes part hears that the opening of a phase was taken back."""
    values: Values = {
        **_round(desk),
        "phase": entry.data["target"],
        "before": entry.data["source"],
        "reason": entry.data["reason"],
        "closes_at": entry.data["closes_at"],
    }
    yield Notice("phase_taken_back", values, desk.agenda_id, desk.everyone)


def deadline_moved(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Everyone who takes part hears that the open phase closes at another time."""
    told = ("phase", "before", "closes_at", "reason")
    values: Values = {**_round(desk), **{name: entry.data[name] for name in told}}
    yield Notice("deadline_moved", values, desk.agenda_id, desk.everyone)


def deadline_near(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Those whose turn it is are reminded of what waits for them; on the last day everyone else hears of it, too."""
    agenda = desk.work.agendas.get(desk.agenda_id)
    if agenda.phase.value != entry.data["phase"] or agenda.phase_closes_at is None:
        # It has moved on since, so there is nothing left to remind anyone of.
        return
    values: Values = {
        **_round(desk),
        "phase": agenda.phase.value,
        "closes_at": agenda.phase_closes_at.isoformat(),
    }
    told = set()
    for notice in _to_the_silent(desk, "deadline_reminder", values, agenda):
        told |= {reader.person_id for reader in notice.readers}
        yield notice
    if timedelta(hours=entry.data["hours"]) == LAST_DAY:
        following = by_itself(agenda.phase)
        others = [reader for reader in desk.everyone if reader.person_id not in told]
        named: Values = {"next": following.value if following is not None else None}
        yield Notice("phase_closing", values | named, desk.agenda_id, others)


def reminded(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Those who are silent are reminded because the facility asked for it."""
    agenda = desk.work.agendas.get(desk.agenda_id)
    if agenda.phase.value != entry.data["phase"]:
        # It has moved on since, so nothing of it waits any more.
        return
    closes_at = agenda.phase_closes_at
    values: Values = {
        **_round(desk),
        "phase": agenda.phase.value,
        "closes_at": closes_at.isoformat() if closes_at is not None else None,
    }
    yield from _to_the_silent(desk, "waiting", values, agenda)


def _to_the_silent(desk: Desk, template: str, values: Values, agenda: Agenda) -> Iterator[Notice]:
    """Tell each of those whose turn it is for whom they are asked, and what waits for that organisation."""
    waiting = _waiting(desk, agenda.phase)
    for one in moving.whom_to_remind(desk.work, agenda):
        organisation_id = min(one.organisation_ids, key=lambda each: (each not in waiting, each))
        said: Values = {
            "organisation": desk.name(organisation_id),
            "missing": list(waiting.get(organisation_id, ())),
        }
        reader = Reader(one.person_id, one.email, one.language)
        yield Notice(template, values | said, desk.agenda_id, (reader,))


def _waiting(desk: Desk, phase: Phase) -> Mapping[str, tuple[str, ...]]:
    """Return for each organisation the recommendations on which it is still asked for a position."""
    if phase is not Phase.ENDORSEMENT:
        return {}
    everything = Sight(everything=True, organisation_ids=frozenset())
    titles = {one.number: one.title for one in desk.work.recommendations.all(agenda_id=desk.agenda_id)}
    return {
        one.organisation.id: tuple(f"{number}. {titles[number]}" for number in one.recommendations)
        for one in answers.unanswered(desk.work.connection, everything, desk.agenda_id)
    }


def _round(desk: Desk) -> Values:
    return {"agenda_id": desk.agenda_id, "agenda": desk.agenda, "zone": desk.zone}
