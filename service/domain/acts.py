"""What can be done here: every permission by its name, and one act that a person confirms."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing that someone may or may not do."""

    SESSION_OPEN_IN_DEMO = "session.open_in_demo"
    SESSION_REVOKE = "session.revoke"
    LINK_ASK = "link.ask"
    LINK_MAKE = "link.make"
    LINK_USE = "link.use"
    ACCOUNT_USE = "account.use"
    ACCOUNT_LINK = "account.link"
    CODES_CHANGE = "codes.change"
    PASSKEY_USE = "passkey.use"
    CONFIRMATION_ASK = "confirmation.ask"
    CONFIRMATION_GIVE = "confirmation.give"
    CONFIRMATION_GIVE_IN_DEMO = "confirmation.give_in_demo"
    BOOKS_SWEEP = "books.sweep"
    TOKEN_ISSUE = "token.issue"  # noqa: S105 - a permission, not a password
    TOKEN_ISSUE_OWN = "token.issue_own"  # noqa: S105 - a permission, not a password
    TOKEN_ISSUE_BINDING = "token.issue_binding"  # noqa: S105 - a permission, not a password
    TOKEN_REVOKE = "token.revoke"  # noqa: S105 - a permission, not a password
    AGENDA_CREATE = "agenda.create"
    AGENDA_EDIT = "agenda.edit"
    AGENDA_MOVE_PHASE = "agenda.move_phase"
    AGENDA_KEEP_TIME = "agenda.keep_time"
    PARTICIPANT_ADMIT = "participant.admit"
    PARTICIPANT_IMPORT = "participant.import"
    PARTICIPANT_INVITE = "participant.invite"
    PARTICIPANT_REMIND = "participant.remind"
    MANDATE_GRANT = "mandate.grant"
    PERSON_ERASE = "person.erase"
    MANDATE_NAME_ALTERNATE = "mandate.name_alternate"
    MANDATE_DELEGATE = "mandate.delegate"
    MANDATE_READ = "mandate.read"
    MANDATE_REVOKE = "mandate.revoke"
    MANDATE_ATTACH = "mandate.attach"
    RECORD_AUDIT = "record.audit"
    EVIDENCE_ADD = "evidence.add"
    EVIDENCE_CORRECT = "evidence.correct"
    LESSON_PROPOSE = "lesson.propose"
    LESSON_SHORTLIST = "lesson.shortlist"
    LESSON_CORRECT = "lesson.correct"
    RECOMMENDATION_DRAFT = "recommendation.draft"
    RECOMMENDATION_EDIT = "recommendation.edit"
    RECOMMENDATION_CORRECT = "recommendation.correct"
    RECOMMENDATION_ORDER = "recommendation.order"
    RECOMMENDATION_TABLE = "recommendation.table"
    RECOMMENDATION_WITHDRAW = "recommendation.withdraw"
    RECOMMENDATION_CONSOLIDATE = "recommendation.consolidate"
    TRANSLATION_WRITE = "translation.write"
    TRANSLATION_APPROVE = "translation.approve"
    COMMENT_POST = "comment.post"
    COMMENT_RESOLVE = "comment.resolve"
    COMMENT_DISCUSS = "comment.discuss"
    COMMENT_CONTRIBUTE = "comment.contribute"
    AMENDMENT_TABLE = "amendment.table"
    AMENDMENT_COMPROMISE = "amendment.compromise"
    AMENDMENT_SIGN = "amendment.sign"
    AMENDMENT_SIGN_COMPROMISE = "amendment.sign_compromise"
    AMENDMENT_REBASE = "amendment.rebase"
    AMENDMENT_REBASE_COMPROMISE = "amendment.rebase_compromise"
    AMENDMENT_WITHDRAW = "amendment.withdraw"
    AMENDMENT_WITHDRAW_COMPROMISE = "amendment.withdraw_compromise"
    AMENDMENT_ADVISE = "amendment.advise"
    AMENDMENT_DECIDE = "amendment.decide"
    POSITION_TAKE = "position.take"
    POSITION_TAKE_ON_PAPER = "position.take_on_paper"
    POSITION_WITHDRAW = "position.withdraw"
    ASSESSMENT_GIVE = "assessment.give"
    REVIEW_KEEP = "review.keep"
    EDITION_ASSEMBLE = "edition.assemble"
    EDITION_APPROVE = "edition.approve"
    EDITION_DRAFT = "edition.draft"
    EDITION_DECLINE = "edition.decline"
    EDITION_TAKE_OFF = "edition.take_off"
    EDITION_WITHDRAW = "edition.withdraw"
    KEY_READ = "key.read"
    JOB_READ = "job.read"
    JOB_RETRY = "job.retry"
    JOB_RUN = "job.run"
    MAIL_READ = "mail.read"
    MAIL_FOLLOW_LINK = "mail.follow_link"
    NOTIFICATION_CHOOSE = "notification.choose"
    NOTIFICATION_UNSUBSCRIBE = "notification.unsubscribe"
    WEBHOOK_MANAGE = "webhook.manage"
    WEBHOOK_DELIVER = "webhook.deliver"


@dataclass(frozen=True, slots=True)
class Act:
    """One act on one version of one thing: what a confirmation is given for, and for nothing else.

    `content` is a digest of whatever else is said by the act, where its version does not tell it all.
    """

    action: Permission
    object_id: str
    version: str
    content: str = ""
