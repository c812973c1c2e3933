"""Commands about the record, and what `sympolity verify` does with its files."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from service.app import build
from service.commands.command import Command
from service.domain.checkpoints import NotANoteError, read_key, read_note
from service.domain.record_checks import Trust, check_file
from service.domain.verification import Verification
from service.settings import Settings, read_settings
from service.store.identity import Identity
from service.workflows import record

UNREADABLE = 3


def checked(data: bytes, asked: Namespace, settings: Settings) -> Verification:
    """Return what a file proves under the keys that are asked for, or else this instance's own.

    Raises:
        OSError: a file of keys or a checkpoint cannot be read.
    """
    from service.adapters.notary import is_signed, public_keys  # noqa: PLC0415 - a PDF is checked without them

    keys = (
        _keys(Path(asked.trust).read_text(encoding="utf-8"))
        if asked.trust
        else frozenset(public_keys(settings.data_directory, settings.signing_record_key))
    )
    kept = tuple(Path(name).read_text(encoding="utf-8") for name in asked.checkpoint)
    return check_file(data, Trust(keys, is_signed, kept))


def _keys(text: str) -> frozenset[bytes]:
    """Return the public keys that stand in a text, each in a line of its own."""
    found = set()
    for line in text.splitlines():
        try:
            found.add(read_key(line).public)
        except NotANoteError:
            continue
    return frozenset(found)


def _audit(asked: Namespace) -> int:
    try:
        kept = [read_note(Path(name).read_text(encoding="utf-8")) for name in asked.checkpoint]
    except (OSError, NotANoteError) as fault:
        sys.stderr.write(f"A checkpoint cannot be read: {fault}\n")
        return UNREADABLE
    found = record.audit(build(read_settings()).context(Identity(operator=True)), kept)
    for one in found:
        state = "intact" if one.fault is None else f"BROKEN at entry {one.fault}"
        sys.stdout.write(f"{one.scope:26}  {one.entries:8,} entries  {state}\n")
    return int(any(one.fault is not None for one in found))


def _kept(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--checkpoint",
        metavar="FILE",
        action="append",
        default=[],
        help="a checkpoint that was kept outside the database; repeat it for more",
    )


AUDIT = Command(
    "audit",
    "Read every record in the database against itself and its checkpoints. Exit code: 0 intact, 1 broken.",
    "sympolity audit --checkpoint kept.txt",
    _audit,
    _kept,
)
