"""What `sympolity verify` does with files of a record."""

from argparse import Namespace
from pathlib import Path

from service.domain.checkpoints import NotANoteError, read_key
from service.domain.record_checks import Trust, check
from service.domain.verification import Finding, Sentence, Verdict, Verification
from service.settings import Settings

BEGINS = 4096


def is_record_file(data: bytes) -> bool:
    """Tell whether a file is to be checked as a record's: an object in JSON, or a note, and no PDF."""
    return data.lstrip()[:1] == b"{" or (b"%PDF-" not in data[:BEGINS] and b"\n\n" in data[:BEGINS])


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
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Verification(Verdict.UNKNOWN, (Sentence(Finding.NO_RECORD_FILE),))
    return check(text, Trust(keys, is_signed, kept))


def _keys(text: str) -> frozenset[bytes]:
    """Return the public keys that stand in a text, each in a line of its own."""
    found = set()
    for line in text.splitlines():
        try:
            found.add(read_key(line).public)
        except NotANoteError:
            continue
    return frozenset(found)
