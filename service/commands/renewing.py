"""The command that renews the archive timestamps of papers."""

import sys
from argparse import ArgumentParser, Namespace

from service.app import build
from service.commands.command import Command
from service.commands.papers import agenda_named
from service.settings import read_settings
from service.store.identity import Identity
from service.workflows import jobs, library, publishing, renewing


def _renew(asked: Namespace) -> int:
    ctx = build(read_settings()).context(Identity(operator=True))
    agenda_id = agenda_named(ctx, asked.agenda).id if asked.agenda else None
    if asked.all:
        # Where it is not known until when a timestamp holds, a renewal would first find out, and might end there.
        renewing.note_ends(ctx, agenda_id)
    wanted = renewing.ask(ctx, agenda_id, everything=asked.all)
    before = {edition_id: library.edition(ctx, edition_id).file_digest for edition_id in wanted}
    for edition_id in wanted:
        publishing.revive(ctx, edition_id, renewing.RENEW)
    while jobs.work_once(ctx):
        """Do what is due."""
    failed = 0
    for edition_id in wanted:
        edition = library.edition(ctx, edition_id)
        fault = publishing.fault(ctx, edition_id, renewing.RENEW)
        failed += bool(fault)
        state = (
            "renewed"
            if edition.file_digest != before[edition_id]
            else "as it was, because another timestamp is not needed yet, or would prove no longer"
        )
        sys.stdout.write(f"Edition {edition.number} of {edition.agenda}: {fault or state}\n")
    if not wanted:
        sys.stdout.write("No paper needs it.\n")
    return int(failed > 0)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("agenda", nargs="?", help="the agenda's id or title (default: every agenda)")
    parser.add_argument(
        "--all", action="store_true", help="also papers whose timestamp proves for longer than a year"
    )


RENEW = Command(
    "renew",
    "Give released papers a fresh archive timestamp before the proof of the last one ends; workers do it every night.",
    'sympolity renew "Brussels 2023"',
    _renew,
    _arguments,
)
