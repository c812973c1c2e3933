"""The words for what the domain counts in codes, and the shape that stands beside a state.

English is the source; every word goes through the catalogue where it is shown.
"""

from collections.abc import Mapping
from enum import StrEnum

from service.domain.access import Door
from service.domain.actors import MandateLevel, MandateNature, OrganisationKind, Region, Role, Scope
from service.domain.amendments import AmendmentAction, AmendmentState, Opinion
from service.domain.checkpoints import Occasion
from service.domain.comments import Audience, CommentAction, CommentKind, CommentState
from service.domain.deciding import SENTENCES, FallReason
from service.domain.editions import EditionState
from service.domain.events import EVENTS
from service.domain.evidence import EvidenceKind
from service.domain.lessons import LessonState
from service.domain.mails import Frequency, MailState, NotificationKind
from service.domain.moving import Hindrance
from service.domain.permissions import Permission
from service.domain.phases import Capability, Phase
from service.domain.positions import PositionState, Reservation, Stance
from service.domain.recommendations import Addressee, RecommendationState
from service.domain.text import BlockKind, CollisionKind, Outcome
from service.domain.translations import TranslationState
from service.domain.verification import Verdict
from service.domain.views.imports import Effect, Noun
from service.domain.views.jobs import JobState
from service.domain.views.participants import Invited, NextStep
from service.domain.webhooks import DeliveryState, WebhookState
from service.web.edition_words import EDITION_WORDS
from service.web.report_words import REPORT_WORDS
from service.web.review_words import REVIEW_WORDS

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    **REPORT_WORDS,
    **REVIEW_WORDS,
    **EDITION_WORDS,
    Addressee: {
        "eu_headquarters": "EU headquarters",
        "eu_delegations": "EU Delegations",
        "cities": "cities",
        "other_actors": "other actors",
    },
    RecommendationState: {
        "draft": "draft",
        "tabled": "open to change",
        "adopted": "adopted",
        "not_adopted": "not adopted",
        "withdrawn": "withdrawn",
        "published": "published",
    },
    AmendmentState: {
        "draft": "draft",
        "tabled": "tabled",
        "admissible": "admissible",
        "inadmissible": "inadmissible",
        "under_examination": "under examination",
        "accepted": "accepted",
        "accepted_modified": "accepted with changes",
        "rejected": "rejected",
        "withdrawn": "withdrawn",
        "fallen": "fallen",
        "superseded": "superseded",
    },
    AmendmentAction: {
        "table": "Send",
        "admit": "Declare admissible",
        "declare_inadmissible": "Declare inadmissible",
        "examine": "Take up for examination",
        "accept": "Accept",
        "accept_modified": "Accept with other words",
        "reject": "Reject",
        "reopen": "Take the decision back",
        "withdraw": "Withdraw",
        "fall": "Let it fall",
        "supersede": "Replace",
        "restore": "Take up again",
    },
    Opinion: {"accept": "accept", "accept_modified": "accept with changes", "reject": "reject"},
    CommentKind: {"general": "general", "technical": "technical", "editorial": "editorial"},
    CommentState: {
        "open": "open",
        "answered": "answered",
        "resolved": "resolved",
        "declined": "declined",
        "orphaned": "its words are gone",
    },
    CommentAction: {"resolve": "Resolve", "decline": "Decline", "reopen": "Reopen", "attach": "Attach again"},
    EvidenceKind: {"document": "document", "result": "result", "indicator": "indicator"},
    LessonState: {"proposed": "proposed", "shortlisted": "on the shared list"},
    TranslationState: {
        "machine": "by a machine, unread",
        "human": "not approved yet",
        "approved": "approved",
    },
    Occasion: {
        "phase_closed": "A phase closed",
        "published": "An edition was published",
        "position_taken": "A position was taken",
    },
    Stance: {
        "endorsed": "endorsed",
        "endorsed_with_reservation": "endorsed with reservation",
        "no_objection": "no objection",
        "objection": "objection",
        "abstained": "abstained",
        "recused": "recused",
    },
    Reservation: {"scrutiny": "scrutiny", "linguistic": "linguistic", "substantive": "substantive"},
    PositionState: {
        "standing": "stands",
        "reconfirmation_requested": "to be confirmed on the changed text",
        "superseded": "replaced by a later one",
        "withdrawn": "withdrawn",
    },
    Phase: {
        "preparation": "Preparation",
        "commenting": "Comments",
        "amending": "Amendments",
        "consolidation": "Consolidation",
        "endorsement": "Endorsement",
        "publication": "Publication",
        "follow_up": "Follow-up",
    },
    Capability: {
        "draft": "The rapporteur drafts recommendations",
        "document": "Evidence and lessons can be added",
        "comment": "Everyone with a mandate can comment",
        "amend": "Organisations propose and co-sign amendments",
        "withdraw_amendment": "Authors can withdraw their amendments or carry them over",
        "decide": "The rapporteur decides on amendments",
        "consolidate": "The rapporteur works accepted amendments into a new version",
        "position": "Organisations endorse each text, or object to it",
        "publish": "The facility assembles an edition, a second person approves it",
    },
    Hindrance: {
        "no_text": "There is no recommendation to comment on.",
        "undecided": "Amendments wait for a decision.",
        "not_worked_in": "Accepted amendments are not part of a version yet.",
        "colliding": "Amendments collide: not all of them can stand.",
        "unpublished": "No edition is published yet.",
    },
    Role: {
        "facility": "Coordination facility",
        "rapporteur": "Rapporteur",
        "signatory": "Signatories",
        "stakeholder": "EU services",
        "representative": "Representatives of cities",
        "observer": "Observers",
    },
    Scope: {
        "comment": "comment",
        "amend": "propose amendments",
        "position": "take positions",
        "consolidate": "decide and consolidate",
        "facilitate": "run the round",
        "approve": "approve editions",
    },
    MandateLevel: {
        "technical": "technical",
        "political": "political",
        "council_resolution": "council resolution",
    },
    MandateNature: {"own": "own mandate", "alternate": "alternate", "delegated": "delegation"},
    Audience: {
        "everyone": "everyone",
        "organisation": "only your organisation",
    },
    NextStep: {
        "mandate_over": "find out who acts for the organisation now: the mandate is over",
        "invite": "invite them",
        "invite_again": "invite them again",
        "await": "wait; the invitation is on its way",
        "mandate_ends_soon": "ask for a new mandate: this one ends within a month",
        "nothing": "nothing",
    },
    Invited: {
        "not_yet": "not invited yet",
        "sent": "invited",
        "expired": "invitation expired",
        "accepted": "has come",
        "withdrawn": "invitation withdrawn",
    },
    Noun: {
        "organisation": "organisations",
        "partnership": "partnerships",
        "person": "persons",
        "mandate": "mandates",
        "participation": "takes part in this agenda",
    },
    Effect: {"created": "new", "updated": "changed", "unchanged": "as before"},
    OrganisationKind: {
        "local_authority": "local authority",
        "eu_service": "EU service",
        "network": "network",
        "facility": "coordination facility",
    },
    Region: {
        "sub_saharan_africa": "Sub-Saharan Africa",
        "asia_pacific": "Asia-Pacific",
        "latin_america_caribbean": "Latin America and the Caribbean",
        "southern_neighbourhood": "Southern Neighbourhood",
        "eastern_neighbourhood": "Eastern Neighbourhood",
        "european_union": "European Union",
    },
    BlockKind: {
        "heading": "heading",
        "paragraph": "paragraph",
        "list_item": "list item",
        "quotation": "quotation",
    },
    CollisionKind: {
        "overlap": "They change the same words.",
        "same_gap": "They insert something at the same place.",
        "identical": "They say the same.",
        "deletion_contains_edit": "One strikes out what the other changes.",
        "adjacent": "They change neighbouring words; both can stand.",
    },
    FallReason: {reason.value: sentence for reason, sentence in SENTENCES.items()},
    Outcome: {
        "already_contained": "The current text says this already.",
        "clean": "This fits the current text as it is.",
        "touched_context": "This fits, but the sentence around it has changed. Please read it again.",
        "conflict": "The current text changed the same words. Please write it anew.",
        "orphaned": "The place that this was about is gone. Please write it anew.",
    },
    Door: {
        "demo": "as a demo person",
        "link": "by a mailed link",
        "invitation": "by an invitation",
        "passkey": "with a passkey",
        "provider": "with an account elsewhere",
    },
    WebhookState: {"active": "on", "disabled": "off"},
    DeliveryState: {"waiting": "on its way", "delivered": "arrived", "dead": "given up"},
    Verdict: {
        "valid": "This file is genuine and unchanged.",
        "broken": "Do not trust this file: it has been changed.",
        "unsigned": "This file carries no seal.",
        "unknown": "Nothing certain can be said about this file.",
    },
    NotificationKind: {
        "decisions": "Decisions on amendments that your organisation proposed or signed",
        "reconfirmation": "Positions to confirm, because the text changed",
        "deadlines": "Deadlines that come near",
        "phases": "A new phase of an agenda",
        "answers": "Answers to your comments",
        "mentions": "Comments that mention your organisation",
        "publication": "Published editions",
    },
    Frequency: {
        "at_once": "at once",
        "daily": "once a day",
        "off": "not by mail",
    },
    JobState: {
        "ready": "waiting",
        "running": "at work",
        "done": "done",
        "failed": "failed",
    },
    MailState: {
        "waiting": "waiting",
        "sent": "sent",
        "kept": "kept, not sent",
        "failed": "failed",
        "collected": "waits for the daily mail",
        "digested": "told in a daily mail",
        "unwanted": "not mailed, by the reader’s wish",
    },
}

PHASE_NOW: Mapping[Phase, str] = {
    Phase.PREPARATION: "The recommendations are being drafted.",
    Phase.COMMENTING: "Comments are open.",
    Phase.AMENDING: "Amendments are open.",
    Phase.CONSOLIDATION: "Amendments are being worked in.",
    Phase.ENDORSEMENT: "Organisations take their positions.",
    Phase.PUBLICATION: "The agenda is being published.",
    Phase.FOLLOW_UP: "The agenda is published; what becomes of it is being followed.",
}

# What a person is asked to confirm.
ACTS: Mapping[Permission, str] = {
    Permission.POSITION_TAKE: "Take a position on exactly the text that you have read",
    Permission.POSITION_TAKE_ON_PAPER: "Enter a position that came by letter, on exactly the text that you were shown",
    Permission.EDITION_ASSEMBLE: "Assemble an edition of the agenda as it stands",
    Permission.TOKEN_ISSUE_BINDING: "Make an API token that can act for you without asking again",
    Permission.MANDATE_NAME_ALTERNATE: "Name an alternate who may act in your place",
    Permission.MANDATE_DELEGATE: "Lend some of your mandate to exactly this person",
    Permission.CODES_CHANGE: "Change the app, the codes or the passkeys by which you confirm",
    Permission.ACCOUNT_LINK: "Link or unlink an account by which you sign in",
    Permission.POSITION_WITHDRAW: "Withdraw exactly this position of your organisation",
    Permission.EDITION_WITHDRAW: "Withdraw exactly the edition that you were shown",
    Permission.EDITION_APPROVE: "Sign exactly the edition that you were shown",
    Permission.EDITION_TAKE_OFF: "Publish exactly this edition without a signatory who is silent",
}

# What the pages say of a refusal that names codes to programs.
REFUSED: Mapping[str, str] = {
    "phase_closed": "This is not open now. The agenda is in the phase “%(phase)s”: %(now)s",
    "confirmation_needed": "Please confirm first that it is you who does this.",
    "denied": "None of your mandates covers this. If one should, ask the coordination facility.",
    "illegal_move": "This cannot be done any more: things have moved on. Load the page again to see where they stand.",
    "not_released": "This edition has no paper yet: it is “%(state)s”. The PDF comes when it is published.",
}

# The steps of an edition on its way to paper, as a reader follows them.
STEPS: Mapping[EditionState, str] = {
    EditionState.ASSEMBLED: "Assembled",
    EditionState.APPROVED: "Approved",
    EditionState.RENDERED: "Printed",
    EditionState.SIGNED: "Sealed",
    EditionState.TIMESTAMPED: "Time stamped",
    EditionState.VERIFIED: "Checked",
    EditionState.RELEASED: "Published",
}

# A shape tells a state apart where colour cannot: a frame waits, a disc stands, a cross is out, a diamond warns.
SHAPES: Mapping[str, str] = {
    "draft": "quiet",
    "machine": "quiet",
    "human": "wait",
    "proposed": "wait",
    "tabled": "wait",
    "admissible": "wait",
    "under_examination": "wait",
    "open": "wait",
    "answered": "half",
    "not_yet": "quiet",
    "sent": "wait",
    "expired": "warn",
    "assembled": "wait",
    "approved": "half",
    "rendered": "half",
    "signed": "half",
    "timestamped": "half",
    "reconfirmation_requested": "warn",
    "ready": "wait",
    "running": "half",
    "waiting": "wait",
    "collected": "half",
    "kept": "quiet",
    "unwanted": "quiet",
    "failed": "warn",
    "orphaned": "warn",
    "inadmissible": "out",
    "rejected": "out",
    "declined": "out",
    "withdrawn": "out",
    "fallen": "out",
    "superseded": "out",
    "not_adopted": "out",
    "objection": "warn",
    "against": "warn",
    "fits": "done",
    "strong": "done",
    "needs_new": "half",
    "some": "half",
    "conflicts": "warn",
    "weak": "quiet",
    "none": "warn",
    "no_comment": "quiet",
    "dead": "warn",
    "disabled": "out",
    "endorsed_with_reservation": "half",
    "abstained": "quiet",
    "recused": "quiet",
}


def word(code: StrEnum) -> str:
    """Return the English word for a code."""
    return WORDS[type(code)][code.value]


def named(kind: str, code: str) -> str:
    """Return the English word for a code as it was written down, such as `Phase` and `amending`."""
    table: Mapping[str, str] = next((told for known, told in WORDS.items() if known.__name__ == kind), {})
    return table.get(code, code)


def shape(code: StrEnum) -> str:
    """Return the shape that stands beside a state: wait, done, half, out, warn or quiet."""
    return SHAPES.get(code.value, "done")


def event(name: str) -> str:
    """Return what happened, in one English sentence; an event that is not known any more is told by its name."""
    known = EVENTS.get(name)
    return (known.__doc__ or name).splitlines()[0] if known is not None else name
