"""Use cases around how readers are told: what they were told lately, how they wish to be told, and turning it off."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.errors import FieldError, Invalid, SignInNeeded, Unknown
from service.domain.mails import DIGEST, Frequency, NotificationKind, PostedMail, may_turn_off
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.views import Page
from service.store import mails as store
from service.store.queries import mails as queries
from service.workflows.context import Context
from service.workflows.mails import signature
from service.workflows.people import check_zone


@dataclass(frozen=True, slots=True)
class Wish:
    """How a reader is told of one kind; an `obligatory` one cannot be turned off or put off."""

    kind: NotificationKind
    frequency: Frequency
    obligatory: bool


@dataclass(frozen=True, slots=True)
class TurnedOff:
    """What a link in a mail turns off: one kind, or with None whatever comes once a day."""

    kind: NotificationKind | None
    already: bool


def wishes(ctx: Context) -> tuple[Wish, ...]:
    """Return how the reader is told of each kind."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        person_id = reader.actor.person_id
        if person_id is None:
            raise SignInNeeded
        chosen = store.wishes(reader.connection, {person_id})
    return tuple(
        Wish(
            kind,
            chosen.get((person_id, kind), Frequency.AT_ONCE) if may_turn_off(kind) else Frequency.AT_ONCE,
            not may_turn_off(kind),
        )
        for kind in NotificationKind
    )


def choose(ctx: Context, wanted: Mapping[NotificationKind, Frequency]) -> None:
    """The reader chooses how to be told; kinds that are not named stay as they are.

    Raises:
        Invalid: one of them cannot be turned off or put off.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.NOTIFICATION_CHOOSE, Subject())
        errors = [
            FieldError(kind.value, "This cannot be turned off or put off: a position depends on it.")
            for kind, frequency in wanted.items()
            if not may_turn_off(kind) and frequency is not Frequency.AT_ONCE
        ]
        if errors:
            raise Invalid(errors=errors)
        for kind, frequency in wanted.items():
            store.keep_wish(work.connection, work.actor.person_id or "", kind, frequency)


def speak(ctx: Context, language: str, time_zone: str | None = None) -> None:
    """The reader chooses the language, and where they say so the time zone, of their pages and mails.

    Raises:
        Invalid: there is no such time zone.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.NOTIFICATION_CHOOSE, Subject())
        zone = check_zone(time_zone) if time_zone is not None else None
        store.keep_tongue(work.connection, work.actor.person_id or "", language, zone)


def notices(ctx: Context, limit: int, cursor: str | None = None) -> Page[PostedMail]:
    """Return what the reader was told, by mail or on their page alone, the newest first."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        if reader.actor.person_id is None:
            raise SignInNeeded
        return queries.list_notices(reader.connection, reader.actor.person_id, limit, cursor)


def mark_read(ctx: Context) -> None:
    """The reader has seen what they were told so far."""
    with ctx.transaction() as work:
        require(work.actor, Permission.NOTIFICATION_CHOOSE, Subject())
        store.mark_read(work.connection, work.actor.person_id or "", work.now)


def turning_off(ctx: Context, token: str) -> TurnedOff:
    """Return what the link of a mail turns off; whoever holds the link need not sign in.

    Raises:
        Unknown: it was not made here.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        person_id, kind = _checked(token, store.known_key(reader.connection))
        chosen = store.wishes(reader.connection, {person_id})
    if kind is None:
        return TurnedOff(None, Frequency.DAILY not in chosen.values())
    return TurnedOff(kind, chosen.get((person_id, kind)) is Frequency.OFF)


def turn_off(ctx: Context, token: str) -> TurnedOff:
    """Turn off what the link of a mail names, for its reader; doing it again changes nothing.

    Raises:
        Unknown: the link was not made here.
    """
    with ctx.transaction() as work:
        person_id, kind = _checked(token, store.known_key(work.connection))
        require(work.actor, Permission.NOTIFICATION_UNSUBSCRIBE, Subject(linked=True))
        chosen = store.wishes(work.connection, {person_id})
        daily = [k for (_, k), wish in chosen.items() if k is not None and wish is Frequency.DAILY]
        for one in daily if kind is None else [kind]:
            store.keep_wish(work.connection, person_id, one, Frequency.OFF)
        return TurnedOff(kind, already=True)


def _checked(token: str, key: str) -> tuple[str, NotificationKind | None]:
    """Return whose and which kind a token turns off; None for whatever comes once a day."""
    person_id, _, rest = token.partition(".")
    what, _, seal = rest.partition(".")
    proof = signature(key, person_id, what)
    if not key or not hmac.compare_digest(proof.encode(), seal.encode(errors="replace")):
        raise Unknown(thing="link")
    return person_id, None if what == DIGEST else NotificationKind(what)
