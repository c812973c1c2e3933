"""Everything the service can refuse, each with a stable code and a sentence that says what to do.

`REFUSALS` lists them all; the documentation and the API's description read that table.
"""

from collections.abc import Iterable, Mapping

from service.domain.access_errors import (
    AccountTaken,
    AccountUnknown,
    ConfirmationNeeded,
    LinkOver,
    PasskeyRefused,
    PersonGone,
    ProviderRefused,
    ProviderSilent,
    SignInNeeded,
    TooManyRequests,
)
from service.domain.edition_errors import (
    AgendaChanged,
    BeingMade,
    EditionRefused,
    FromTheRight,
    NotNamedToSign,
    NotPrinted,
    OnlySignatory,
)
from service.domain.leading_errors import (
    LanguageSettled,
    NobodySilent,
    OrderSettled,
    RemindedLately,
    RuleSettled,
)
from service.domain.refusal import FieldError, Invalid, Kind, Refusal
from service.domain.seal_errors import (
    DemoKey,
    NoKey,
    SealAway,
    SealNotInForce,
    SealPinRefused,
    SignatoryKeyAway,
    SignatoryKeyNotInForce,
    SignatoryKeyOfAnother,
    SignatoryKeyShut,
    SignatoryPinRefused,
    StampsAway,
    StampsExpired,
)

# The others are declared here.
__all__ = [
    "AccountTaken",
    "AccountUnknown",
    "AgendaChanged",
    "BeingMade",
    "ConfirmationNeeded",
    "DemoKey",
    "EditionRefused",
    "FieldError",
    "FromTheRight",
    "Invalid",
    "Kind",
    "LanguageSettled",
    "LinkOver",
    "NoKey",
    "NobodySilent",
    "NotNamedToSign",
    "NotPrinted",
    "OnlySignatory",
    "OrderSettled",
    "PasskeyRefused",
    "PersonGone",
    "ProviderRefused",
    "ProviderSilent",
    "Refusal",
    "RemindedLately",
    "RuleSettled",
    "SealAway",
    "SealNotInForce",
    "SealPinRefused",
    "SignInNeeded",
    "SignatoryKeyAway",
    "SignatoryKeyNotInForce",
    "SignatoryKeyOfAnother",
    "SignatoryKeyShut",
    "SignatoryPinRefused",
    "StampsAway",
    "StampsExpired",
    "TooManyRequests",
]


class IllegalMove(Refusal):
    """The state table has no such move."""

    code = "illegal_move"
    kind = Kind.CONFLICT
    template = (
        "This %(thing)s is %(state)s, so it cannot be changed by “%(action)s”. Possible now: %(possible)s."
    )

    def __init__(self, thing: str, state: str, action: str, possible: Iterable[str]) -> None:
        self.state, self.action, self.possible = state, action, tuple(possible)
        named = ", ".join(p.replace("_", " ") for p in self.possible) or "nothing"
        super().__init__(
            thing=thing, state=state.replace("_", " "), action=action.replace("_", " "), possible=named
        )


class Denied(Refusal):
    """The person, as mandated, may not do this."""

    code = "denied"
    kind = Kind.DENIED
    template = (
        "Your mandates do not allow this: %(permission)s. Ask the coordination facility if they should."
    )


class ForeignOrganisation(Refusal):
    """The person holds no mandate for the organisation named."""

    code = "foreign_organisation"
    kind = Kind.DENIED
    template = "You hold no mandate to do this for that organisation. Choose one that you act for."


class FourEyes(Refusal):
    """Who assembled an edition cannot approve it."""

    code = "four_eyes"
    kind = Kind.DENIED
    template = "You assembled this edition, so someone else has to approve it."


class OwnTranslation(Refusal):
    """Who wrote a translation cannot approve it."""

    code = "own_translation"
    kind = Kind.DENIED
    template = "You wrote this translation, so someone else has to approve it."


class PhaseClosed(Refusal):
    """The agenda's phase does not open this, or its deadline has passed."""

    code = "phase_closed"
    kind = Kind.CONFLICT
    template = "This is not open now: the agenda is in its %(phase)s phase, which allows: %(open)s."


class DeadlinePassed(Refusal):
    """The phase would allow it, but its deadline has passed."""

    code = "deadline_passed"
    kind = Kind.CONFLICT
    template = "The deadline passed at %(closed_at)s (UTC). The coordination facility can extend it."


class Unknown(Refusal):
    """There is no such thing, or it is not visible to the reader; both look the same."""

    code = "unknown"
    kind = Kind.UNKNOWN
    template = "There is no such %(thing)s here. Check the address, or go back to the agenda."


class StaleBase(Refusal):
    """The text has moved on since the base version."""

    code = "stale_base"
    kind = Kind.CONFLICT
    template = (
        "The recommendation is at version %(current)s, and your text starts from version %(base)s. "
        "Carry your changes over to version %(current)s; nothing of yours is lost."
    )


class StaleState(Refusal):
    """Somebody else changed the thing in the meantime."""

    code = "stale_state"
    kind = Kind.STALE
    template = "Someone else changed this in the meantime. Load it again and repeat your change."


class ConditionMissing(Refusal):
    """A change to an existing thing came without If-Match."""

    code = "condition_missing"
    kind = Kind.CONDITION_MISSING
    template = (
        "Send the header If-Match with the ETag that you read, so that no one else's change is overwritten."
    )


class EmptyChange(Refusal):
    """The amended text equals the base."""

    code = "empty_change"
    kind = Kind.UNPROCESSABLE
    template = "Your text is the same as the current one. Change at least one word before you send it."


class NotDelegable(Refusal):
    """Only a mandate that the organisation gave itself is lent, or has an alternate."""

    code = "not_delegable"
    kind = Kind.CONFLICT
    template = "This mandate comes from another one or has ended, so it cannot be passed on."


class MandateEnded(Refusal):
    """The mandate is not in force any more."""

    code = "mandate_ended"
    kind = Kind.CONFLICT
    template = "This mandate has ended already."


class ContributionExists(Refusal):
    """The organisation has handed in its official contribution already."""

    code = "contribution_exists"
    kind = Kind.CONFLICT
    template = (
        "%(organisation)s has handed in its official contribution already. Answer below it to add to it."
    )


class AlreadySigned(Refusal):
    """The organisation has signed this amendment already."""

    code = "already_signed"
    kind = Kind.CONFLICT
    template = "%(organisation)s has already signed this amendment."


class PositionExists(Refusal):
    """The organisation's position on this text stands already."""

    code = "position_exists"
    kind = Kind.CONFLICT
    template = (
        "%(organisation)s has already taken a position on this text: %(stance)s. "
        "Withdraw it first if it should change."
    )


class OtherText(Refusal):
    """The digest sent is not that of the version or edition named: someone would answer for a text they did not see."""

    code = "other_text"
    kind = Kind.CONFLICT
    template = "The digest you sent is not that of what stands here now. Read it again, then answer."


class NotCounted(Refusal):
    """The organisation takes no part in this agenda."""

    code = "not_participating"
    kind = Kind.DENIED
    template = "%(organisation)s does not take part in this agenda."


class OpenCollisions(Refusal):
    """Amendments that were both accepted change the same words."""

    code = "open_collisions"
    kind = Kind.CONFLICT
    template = (
        "Accepted amendments still collide: %(pairs)s. "
        "Decide which one stands, or give the words that replace both."
    )


class PreviewOutdated(Refusal):
    """The next version would read otherwise than the one that was shown."""

    code = "preview_outdated"
    kind = Kind.CONFLICT
    template = "The next version would read otherwise than you were shown. Look at it again, then make it."


class NothingToMerge(Refusal):
    """No accepted amendment waits to be incorporated."""

    code = "nothing_to_merge"
    kind = Kind.CONFLICT
    template = "No accepted amendment waits to be worked in. Accept at least one first."


class CannotRebase(Refusal):
    """The amendment conflicts with the current text."""

    code = "cannot_rebase"
    kind = Kind.CONFLICT
    template = "The current version changed the same words. Rewrite the amendment on version %(current)s."


class PreconditionFailed(Refusal):
    """An operation does not fit the text it is applied to."""

    code = "operation_does_not_fit"
    kind = Kind.CONFLICT
    template = "This change was made for another text: %(reason)s."


class UndoOver(Refusal):
    """The opening of a phase cannot be taken back any more."""

    code = "undo_over"
    kind = Kind.CONFLICT
    template = (
        "The opening of a phase can be taken back for %(minutes)s minutes, as long as nothing else has happened. "
        "That is over; open the phase that should follow instead."
    )


class TooManyLessons(Refusal):
    """The shared list holds ten lessons already."""

    code = "too_many_lessons"
    kind = Kind.CONFLICT
    template = "The shared list already holds %(limit)s lessons. Take one off before you add another."


class NotReady(Refusal):
    """The agenda cannot be put into an edition yet."""

    code = "not_ready"
    kind = Kind.CONFLICT
    template = "The edition cannot be assembled yet: %(reason)s."


class NotReleased(Refusal):
    """The edition's paper does not exist yet."""

    code = "not_released"
    kind = Kind.CONFLICT
    template = "This edition is %(state)s; its PDF comes when it is released."


class KeyReused(Refusal):
    """An idempotency key came back with another request."""

    code = "idempotency_key_reused"
    kind = Kind.UNPROCESSABLE
    template = "This Idempotency-Key was already used for another request. Send a new key."


class KeyInFlight(Refusal):
    """The first request with this idempotency key is still running."""

    code = "idempotency_key_in_flight"
    kind = Kind.CONFLICT
    template = "The first request with this Idempotency-Key is still running. Try again in a moment."


class TryAgain(Refusal):
    """The database could not be reached; nothing was written."""

    code = "try_again"
    kind = Kind.UNAVAILABLE
    template = (
        "The service could not reach its database just now. Nothing was saved; please try again in a moment."
    )


class NoRoom(TryAgain):
    """The disk of the database is full; nothing was written."""

    code = "no_room"
    template = (
        "The disk of the service is full. Nothing was saved; whoever runs the service has to make room. Please try "
        "again later."
    )


class BadCursor(Refusal):
    """A page cursor that this service did not issue."""

    code = "bad_cursor"
    kind = Kind.INVALID
    template = "This page cursor was not issued here. Start from the first page."


def _all(parent: type[Refusal]) -> list[type[Refusal]]:
    return [leaf for child in parent.__subclasses__() for leaf in (child, *_all(child))]


REFUSALS: Mapping[str, type[Refusal]] = {refusal.code: refusal for refusal in _all(Refusal)}
