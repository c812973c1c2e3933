"""The advocacy agenda of one meeting: its timetable and its rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from service.domain.adoption import AdoptionRule, check_rule
from service.domain.errors import FieldError, Invalid, LanguageSettled, RuleSettled
from service.domain.permissions import Subject
from service.domain.phases import MOVES, Phase, action_to, back_to, leads_back

TITLE_LENGTH = 200
REASON_LENGTH = 2_000


@dataclass(eq=False)
class Agenda:
    """One meeting's agenda; `timetable` gives each phase's closing time (UTC), `time_zone` the deadline's own zone.

    `deadline_set_at` is when the closing time of the open phase was set: by its opening, or by moving it.
    """

    id: str
    title: str
    headline: str
    programme: str
    meeting: str
    place: str
    starts_on: date
    ends_on: date
    language: str
    time_zone: str
    rule: AdoptionRule
    timetable: Mapping[Phase, datetime]
    phase: Phase = MOVES.initial
    phase_closes_at: datetime | None = None
    invented: bool = False
    amendments_numbered: int = 0
    deadline_set_at: datetime | None = None
    revision: int = 1

    def subject(
        self, now: datetime, organisation_id: str | None = None, assembled_by: str | None = None
    ) -> Subject:
        """Return what permissions need to know of this agenda at the moment `now`."""
        return Subject(self.phase, self.phase_closes_at, now, organisation_id, assembled_by)

    def next_amendment_number(self) -> int:
        """Return a number that no other amendment of the agenda bears; numbers are never reused."""
        self.amendments_numbered += 1
        return self.amendments_numbered


def move(agenda: Agenda, target: Phase, reason: str, closes_at: datetime | None, now: datetime) -> None:
    """Open the phase `target`; it closes at `closes_at`, or else at the timetable's time if that lies ahead.

    Raises:
        IllegalMove: the phases do not follow each other.
        Invalid: the closing time lies in the past, or a phase that was over is opened again without a reason.
    """
    action_to(agenda.phase, target)
    _check_reason(reason)
    if leads_back(agenda.phase, target) and not reason:
        raise Invalid.field("reason", "Say why this is opened again: everyone who takes part reads it.")
    if closes_at is not None and closes_at <= now:
        raise Invalid.field(
            "closes_at", "The closing time lies in the past. Give a time that is still to come."
        )
    agenda.phase = target
    planned = agenda.timetable.get(target)
    agenda.phase_closes_at = closes_at or (planned if planned is not None and planned > now else None)
    agenda.deadline_set_at = now


def take_back(
    agenda: Agenda,
    source: Phase,
    planned: datetime | None,
    closes_at: datetime | None,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Open the phase `source` again, from which the present one was opened, as if it had not been closed.

    Args:
        agenda: the agenda.
        source: the phase before.
        planned: when that phase was to close.
        closes_at: when it closes now; it has to be said where `planned` has passed.
        reason: why; it may be empty.
        now: the moment of the transaction.

    Raises:
        IllegalMove: the present phase does not follow `source`.
        Invalid: the closing time lies in the past, or is missing.
    """
    target = back_to(agenda.phase, source)
    _check_reason(reason)
    if closes_at is None and planned is not None and planned <= now:
        raise Invalid.field("closes_at", "Its deadline has passed. Say when it closes now.")
    if closes_at is not None and closes_at <= now:
        raise Invalid.field(
            "closes_at", "The closing time lies in the past. Give a time that is still to come."
        )
    agenda.phase = target
    agenda.phase_closes_at = closes_at or planned
    agenda.deadline_set_at = now


def plan(agenda: Agenda, timetable: Mapping[Phase, datetime], now: datetime) -> None:
    """Set the closing times of the phases; a time that is new has to lie ahead, and after those of earlier phases.

    Raises:
        Invalid: names the phases whose times cannot be, as `timetable.amending`.
    """
    errors = []
    latest: datetime | None = None
    for phase in (phase for phase in Phase if phase in timetable):
        closes_at = timetable[phase]
        if closes_at != agenda.timetable.get(phase):
            if closes_at <= now:
                errors.append(
                    FieldError(
                        f"timetable.{phase}",
                        "The closing time lies in the past. Give a time that is still to come.",
                    )
                )
            elif latest is not None and closes_at <= latest:
                errors.append(FieldError(f"timetable.{phase}", "A phase closes later than those before it."))
        latest = closes_at
    if errors:
        raise Invalid(errors=errors)
    agenda.timetable = dict(timetable)


def rule_is_settled(phase: Phase, positions: int) -> bool:
    """Tell whether something rests on the rule for adoption: positions are taken under it, or may be now."""
    return positions > 0 or phase in {Phase.ENDORSEMENT, Phase.PUBLICATION, Phase.FOLLOW_UP}


def language_is_settled(texts: int) -> bool:
    """Tell whether texts stand in the agenda's language."""
    return texts > 0


def change_rule(agenda: Agenda, rule: AdoptionRule, positions: int) -> None:
    """Change what it takes to pass, while nobody has taken a position under the rule.

    Raises:
        Invalid: nothing could pass by the rule, or it counts nobody.
        RuleSettled: positions are taken under the present one.
    """
    check_rule(rule)
    if rule != agenda.rule and rule_is_settled(agenda.phase, positions):
        raise RuleSettled
    agenda.rule = rule


def change_language(agenda: Agenda, language: str, texts: int) -> None:
    """Change the language of the texts, while there is none.

    Raises:
        LanguageSettled: recommendations are drafted in the present one.
    """
    if language != agenda.language and language_is_settled(texts):
        raise LanguageSettled
    agenda.language = language


def check_days(starts_on: date, ends_on: date) -> None:
    """Refuse a meeting that ends before it starts.

    Raises:
        Invalid: it does.
    """
    if ends_on < starts_on:
        raise Invalid.field("ends_on", "The meeting cannot end before it starts.")


def reschedule(agenda: Agenda, closes_at: datetime, now: datetime, reason: str = "") -> None:
    """Set another closing time for the phase that is open.

    Raises:
        Invalid: the time lies in the past, or the reason is too long.
    """
    _check_reason(reason)
    if closes_at <= now:
        raise Invalid.field(
            "phase_closes_at", "The closing time lies in the past. Give a time that is still to come."
        )
    agenda.phase_closes_at = closes_at
    agenda.deadline_set_at = now
    agenda.timetable = {**agenda.timetable, agenda.phase: closes_at}


def _check_reason(reason: str) -> None:
    if len(reason) > REASON_LENGTH:
        raise Invalid.field(
            "reason", "Please keep the reason under %(limit)s characters.", limit=REASON_LENGTH
        )
