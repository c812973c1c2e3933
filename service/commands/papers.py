"""Commands about editions and their papers."""

import hashlib
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from service.app import build
from service.commands import records
from service.commands.command import Command
from service.commands.told import tell
from service.domain import canonical
from service.domain.editions import EditionState
from service.domain.errors import NotReleased, Unknown
from service.domain.record_checks import is_record_file
from service.domain.reports import offline
from service.domain.seals import signers_named
from service.domain.views.agendas import AgendaView, EditionView
from service.settings import read_settings
from service.store.identity import Identity
from service.workflows import editions, jobs, library, publishing, reading, record, renditions
from service.workflows.context import Context
from service.workflows.pages import every
from service.workflows.renditions import Format

UNREADABLE = 3
_UNDER_WAY = frozenset(EditionState) - {
    EditionState.ASSEMBLED,
    EditionState.RELEASED,
    EditionState.WITHDRAWN,
}


def agenda_named(ctx: Context, wanted: str) -> AgendaView:
    """Return the agenda with this id or title."""
    listed = every(lambda cursor: reading.agendas(ctx, 100, cursor))
    for agenda in listed:
        if wanted in (agenda.id, agenda.title):
            return agenda
    raise Unknown(thing="agenda")


def _newest(ctx: Context, agenda_id: str, fits: Callable[[EditionView], bool]) -> EditionView:
    """Return the newest edition that fits; where none does, the newest of all."""
    listed = every(lambda cursor: library.editions(ctx, agenda_id, 100, cursor))
    if not listed:
        raise Unknown(thing="edition")
    return next(filter(fits, reversed(listed)), listed[-1])


def _wanted(ctx: Context, agenda_id: str, number: int | None) -> EditionView:
    """Return the edition of this number, whatever its state; without a number, the newest that is published."""
    if number is not None:
        found = _newest(ctx, agenda_id, lambda one: one.number == number)
        if found.number != number:
            raise Unknown(thing="edition")
        return found
    found = _newest(ctx, agenda_id, lambda one: one.state is EditionState.RELEASED)
    if found.released_at is None:
        raise NotReleased(state=found.state.value)
    return found


def _publish(asked: Namespace) -> int:
    ctx = build(read_settings()).context(Identity(operator=True))
    agenda = agenda_named(ctx, asked.agenda)
    edition = _newest(ctx, agenda.id, lambda one: one.state in _UNDER_WAY)
    jobs.take_over(ctx)
    publishing.revive(ctx, edition.id)
    while jobs.work_once(ctx):
        edition = library.edition(ctx, edition.id)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{edition.state.value:<12}")
    edition = library.edition(ctx, edition.id)
    sys.stdout.write(f"Edition {edition.number} of {agenda.title} is {edition.state}.\n")
    if edition.released_at is None:
        why = publishing.fault(ctx, edition.id) or "it waits for its approval."
        sys.stderr.write(f"It is not released: {why}\n")
        return 1
    return 0


def _verify(asked: Namespace) -> int:
    from service.adapters.notary import public_keys  # noqa: PLC0415 - checking a file needs no database
    from service.adapters.roots import RootsUnreadableError  # noqa: PLC0415 - as above
    from service.adapters.sealing import make_verifier  # noqa: PLC0415 - as above

    settings = read_settings()
    try:
        data = Path(asked.file).read_bytes()
    except OSError as fault:
        sys.stderr.write(f"The file cannot be read: {fault.strerror}.\n")
        return UNREADABLE
    if is_record_file(data):
        try:
            return tell(records.checked(data, asked, settings), as_json=asked.json)
        except OSError as fault:
            sys.stderr.write(f"{fault.filename} cannot be read: {fault.strerror}.\n")
            return UNREADABLE
        except UnicodeDecodeError:
            sys.stderr.write("The file with the keys, or a checkpoint, cannot be read: it is no text.\n")
            return UNREADABLE
    trusted = asked.trust or settings.signing_roots
    try:
        check = make_verifier(
            settings.data_directory,
            trusted=trusted,
            signers=signers_named(asked.signer or settings.signing_signer),
            record_keys=public_keys(settings.data_directory, settings.signing_record_key),
        )
    except RootsUnreadableError:
        # What is wrong with the roots says nothing of the paper.
        sys.stderr.write(f"The file with the roots cannot be read: {trusted}.\n")
        return UNREADABLE
    found = offline(check(data), hashlib.sha256(data).hexdigest(), given=bool(asked.trust))
    return tell(found, as_json=asked.json)


def _reproduce(asked: Namespace) -> int:
    from service.adapters.reproducing import reproduce  # noqa: PLC0415 - as above

    try:
        data = Path(asked.file).read_bytes()
    except OSError as fault:
        sys.stderr.write(f"The file cannot be read: {fault.strerror}.\n")
        return UNREADABLE
    found = reproduce(data)
    if asked.json:
        said = {**json.loads(canonical.to_json(found)), "sentence": found.text}
        sys.stdout.write(json.dumps(said, indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{found.likeness.value.upper()}\n  {found.text}\n")
    return found.likeness.exit_code


def _export(asked: Namespace) -> int:
    ctx = build(read_settings()).context(Identity(operator=True))
    agenda = agenda_named(ctx, asked.agenda)
    if asked.format == "record":
        sys.stdout.write(canonical.to_json(record.whole(ctx, agenda.id)) + "\n")
        return 0
    edition = _wanted(ctx, agenda.id, asked.edition)
    if asked.format == "json":
        sys.stdout.write(editions.snapshot(ctx, edition.id) + "\n")
    elif asked.format in ("html", "markdown"):
        found = renditions.rendition(ctx, edition.id, Format(asked.format), asked.language)
        sys.stdout.buffer.write(found.content)
    else:
        sys.stdout.buffer.write(editions.pdf(ctx, edition.id))
    return 0


def _agenda_argument(parser: ArgumentParser) -> None:
    parser.add_argument("agenda", help="the agenda's id or title")


def _export_arguments(parser: ArgumentParser) -> None:
    _agenda_argument(parser)
    parser.add_argument(
        "--format",
        choices=["html", "json", "markdown", "pdf", "record"],
        required=True,
        help="the edition as one HTML file, its snapshot, as Markdown, its sealed paper; or the agenda's whole record",
    )
    parser.add_argument(
        "--edition",
        metavar="N",
        type=int,
        help="the edition of this number; else the newest that is published",
    )
    parser.add_argument(
        "--language",
        metavar="TAG",
        default="",
        help="for html and markdown: with the courtesy translations into this language",
    )


def _verify_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="the PDF, or the file of a record, to check")
    parser.add_argument(
        "--trust",
        metavar="FILE",
        help="the roots to trust, in PEM or DER, or the record's public keys, in place of the settings'",
    )
    parser.add_argument(
        "--signer",
        metavar="NAMES",
        default="",
        help="for a PDF: whose seal is expected, by name (CN) or SHA-256 fingerprint of the certificate; "
        "several are separated by commas",
    )
    parser.add_argument(
        "--checkpoint",
        metavar="FILE",
        action="append",
        default=[],
        help="for a whole record: a checkpoint that was kept, to hold it against; repeat it for more",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def _reproduce_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="the PDF to make again from the data inside")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


PUBLISH = Command(
    "publish",
    "Finish the publication of an agenda's newest approved edition, also when its job was given up.",
    'sympolity publish "Brussels 2023"',
    _publish,
    _agenda_argument,
)
VERIFY = Command(
    "verify",
    "Check a paper's seal, or a file of a record, offline. Exit code: 0 valid, 1 broken, 2 not signed, 3 cannot tell.",
    "sympolity verify agenda.pdf",
    _verify,
    _verify_arguments,
)
REPRODUCE = Command(
    "reproduce",
    "Make a paper again from the data inside, offline, and compare byte by byte. "
    "Exit code: 0 the same, 1 another, 2 not such a paper, 3 cannot tell.",
    "sympolity reproduce agenda.pdf",
    _reproduce,
    _reproduce_arguments,
)
EXPORT = Command(
    "export",
    "Write an agenda's newest published edition, or its record, to the standard output.",
    'sympolity export "Brussels 2023" --format pdf > brussels.pdf',
    _export,
    _export_arguments,
)
