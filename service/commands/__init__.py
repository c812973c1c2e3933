"""The commands, each with its arguments, an example and what it does."""

from service.commands import documents, papers, people, records, renewing, running
from service.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    running.SERVE,
    running.WORKER,
    running.MIGRATE,
    running.DEMO,
    people.TOKEN,
    people.ERASE,
    people.SIGN_IN_LINK,
    running.SWEEP,
    people.IMPORT,
    papers.PUBLISH,
    papers.VERIFY,
    papers.REPRODUCE,
    renewing.RENEW,
    papers.EXPORT,
    records.AUDIT,
    documents.OPENAPI,
    documents.PERMISSIONS,
    documents.STATES,
    documents.ERRORS,
    documents.SETTINGS,
    documents.SENTENCES,
)
