"""What is said at the head of a page after something was done: its address carries a short name, this the sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, unique

from service.domain.amendments import AmendmentAction
from service.domain.reviewing import Together
from service.web.languages import Language

FIELD = "done"
"""The field of an address that names what was done, and where it matters with how many, after a dot."""
_NAMED = re.compile(r"([a-z_]{1,40})(?:\.([0-9]{1,6}))?")
_MARK = "-"
_SAID_BEFORE = re.compile(rf"(?<=[?&]){FIELD}=[^&]*&?")


@dataclass(frozen=True)
class Told:
    """The sentence for something that was done, and the one for several at once."""

    one: str
    many: str = ""


@unique
class Done(Enum):
    """What can have been done; its address knows each by its name in small letters."""

    ACCOUNT_LINKED = Told("The account is linked.")
    ACCOUNT_UNLINKED = Told("The account is no longer linked.")
    ADVISED = Told("Your recommendation is kept. Everyone can read it.")
    ADVISED_NEXT = Told("Your advice is kept. Here is the next one.")
    ANSWERED = Told("Your answer is sent.")
    APPROVED = Told("It is approved. The paper is being made now.")
    ASSEMBLED = Told("The edition is assembled. It waits for those who approve it.")
    ASSESSED = Told("Your assessment is kept.")
    ASSESSMENT_WITHDRAWN = Told("The assessment is taken back.")
    CARRIED_OVER = Told("It is carried over to the current text.")
    CHOICE_SAVED = Told("Your choice is saved.")
    COMMENTED = Told("Your comment is sent.")
    COMMENTED_NEXT = Told("Your comment is sent. Here is the next one.")
    COMMENT_PLACED = Told("The comment has its new place, and is open again.")
    COMMENT_REOPENED = Told("The comment is open again.")
    COMMENT_SETTLED = Told("It is settled. Whoever wrote the comment learns of it.")
    CO_SIGNED = Told("Your organisation stands behind this amendment")
    CORRECTED = Told("It is corrected. A further edition prints it, with your reason.")
    DEADLINE_SET = Told("The closing time is changed.")
    DECIDED = Told(
        "It is decided. The decision is in the record, and the authors learn of it.",
        "%(count)s amendments are decided. Each decision is in the record, and the authors learn of it.",
    )
    DECIDED_NEXT = Told("It is decided. Here is the next one.")
    DECLINED = Told("You have declined to sign. Your reason is in the record.")
    DISCARDED = Told("What you typed is discarded.")
    DOCUMENT_KEPT = Told("The document is kept with the mandate.")
    DRAFT_BEGUN = Told("The draft is begun. Nobody else sees it before it is tabled.")
    DRAFT_KEPT = Told("The draft is kept. Only your organisation sees it.")
    DRAFT_PAPER_ASKED = Told("The draft is being made.")
    EDITION_WITHDRAWN = Told("The edition is withdrawn.")
    EVIDENCE_ADDED = Told("Your evidence is added.")
    INVITATION_WITHDRAWN = Told("The invitation is taken back.")
    INVITED = Told("%(count)s person is being invited.", "%(count)s persons are being invited.")
    LAST_REVIEWED = Told("That was the last one.")
    LETTER_ENTERED = Told("The position is recorded.")
    LESSON_LISTED = Told("The lesson is on the shared list.")
    LESSON_MOVED = Told("The lesson has its new place.")
    LESSON_PROPOSED = Told("Your lesson is proposed.")
    LESSON_TAKEN_OFF = Told("The lesson is off the shared list.")
    MANDATE_PASSED_ON = Told("The mandate is passed on. Whoever holds it now is told.")
    MANDATE_REVOKED = Told("The mandate is ended.")
    NEWS_SEEN = Told("You are up to date.")
    ORDER_CHANGED = Told("The order is changed.")
    PASSKEY_ADDED = Told("The passkey is added.")
    PASSKEY_REMOVED = Told("The passkey is removed.")
    PERSON_ADDED = Told("The person is added. No invitation is sent yet.")
    PHASE_OPENED = Told("The phase is open.")
    PHASE_TAKEN_BACK = Told("It is taken back. The phase before is open again.")
    POSITION_TAKEN = Told("Your position is recorded.")
    POSITION_WITHDRAWN = Told("The position is withdrawn.")
    READ = Told("The page remembers that you have read this version.")
    RECOMMENDATION_TABLED = Told("The recommendation is tabled. Everyone can read it.")
    RECOMMENDATION_WITHDRAWN = Told("The recommendation is off the agenda.")
    REMINDED = Told("%(count)s person is being reminded.", "%(count)s persons are being reminded.")
    REOPENED = Told("The decision is taken back. The amendment is open again.")
    REVIEWED = Told(
        "It is done with %(count)s amendment.",
        "It is done with %(count)s amendments.",
    )
    ROUND_CHANGED = Told("The round is changed. The record names what.")
    ROUND_OPENED = Told("The round is made. Nobody is told of it yet.")
    SEEN = Told(
        "%(count)s amendment is marked as seen.",
        "%(count)s amendments are marked as seen.",
    )
    SEEN_NEXT = Told("Marked as seen. Here is the next one.")
    SESSION_ENDED = Told("The session is ended.")
    SIGNATORY_TAKEN_OFF = Told("It goes on without this signature.")
    SIGNED = Told("You have signed. The paper is made when everyone who is to sign it has.")
    SIGNED_OUT = Told("You are signed out.")
    STEP_TAKEN = Told("The step is in the record, and the authors learn of it.")
    TIMETABLE_SET = Told("The timetable is changed.")
    TOKEN_REVOKED = Told("The token is revoked.")
    TRANSLATION_APPROVED = Told("The translation is approved.")
    TRANSLATION_REOPENED = Told("The translation is open to others again.")
    TRANSLATION_SAVED = Told("Your translation is saved.")
    TRIED_AGAIN = Told("It is being tried again.")
    VERSION_MADE = Told("The next version is made.")
    VIEW_CHANGED = Told("The view has its new name.")
    VIEW_DELETED = Told("The view is gone.")
    VIEW_KEPT = Told("The view is kept.")
    WEBHOOK_OFF = Told("The webhook is switched off.")
    WEBHOOK_ON = Told("The webhook is switched on.")
    WEBHOOK_TESTED = Told("A test is on its way.")
    WITHDRAWN = Told("The amendment is withdrawn.")

    def told(self, language: Language, count: int | None) -> str:
        """Return the sentence in a reader's language, with how many where it tells that; one, where nobody says."""
        if not self.value.many:
            return language.say(self.value.one)
        number = 1 if count is None else count
        return language.count(self.value.one, self.value.many, number, {"count": number})


STEPS = frozenset({AmendmentAction.ADMIT, AmendmentAction.EXAMINE})
"""What an amendment goes through before it is decided."""
DECIDING: Mapping[str, Done] = {
    **dict.fromkeys(STEPS, Done.STEP_TAKEN),
    AmendmentAction.REOPEN: Done.REOPENED,
}
"""What is said of an act of whoever decides; of all others, that it is decided."""
TOGETHER: Mapping[Together, Done] = {Together.SEEN: Done.SEEN}
"""What is said of what was done with several changes at once; of all others, with how many it was done."""


def decided(action: str) -> Done:
    """Return what is said after an act of whoever decides."""
    return DECIDING.get(action, Done.DECIDED)


def reviewed(action: Together) -> Done:
    """Return what is said after something was done with several changes at once."""
    return TOGETHER.get(action, Done.REVIEWED)


def said(done: Done, count: int | None = None) -> str:
    """Return how an address says what was done."""
    return done.name.lower() + ("" if count is None else f".{count}")


def leading_to(path: str, words: str, mark: str = "") -> str:
    """Return an address that says what was done, in the place of what it said before, with a session's mark on it."""
    page, hash_, fragment = path.partition("#")
    page = untold(page)
    marked = f"{words}{_MARK}{mark}" if mark else words
    return f"{page}{'&' if '?' in page else '?'}{FIELD}={marked}{hash_}{fragment}"


def parted(written: str) -> tuple[str, str]:
    """Return what an address says, and the mark on it."""
    words, _, mark = written.partition(_MARK)
    return words, mark


def untold(page: str) -> str:
    """Return an address, without its fragment, that tells nothing of what was done."""
    return _SAID_BEFORE.sub("", page).rstrip("?&")


def named_in(written: str) -> tuple[Done | None, int | None]:
    """Return what an address says was done, and with how many; nothing where it names nothing that is known."""
    found = _NAMED.fullmatch(written)
    if found is None or found[1].upper() not in Done.__members__:
        return None, None
    return Done[found[1].upper()], int(found[2]) if found[2] else None
