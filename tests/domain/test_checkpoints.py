import base64
import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.checkpoints import Checkpoint, Key, NotANoteError, Note, Signature, read_key, read_note
from tests.domain.actors import NOW

ROOT = hashlib.sha256(b"root").hexdigest()
CHECKPOINT = Checkpoint("sympolity.example/g1", 12, ROOT, NOW)
KEY = Key("sympolity.example", bytes(range(32)))
NOTE = Note(CHECKPOINT, (Signature(KEY.name, KEY.id, b"s" * 64),))


def test_a_checkpoint_is_written_as_transparency_logs_write_it() -> None:
    root = base64.b64encode(bytes.fromhex(ROOT)).decode()
    signed = base64.b64encode(KEY.id + b"s" * 64).decode()
    text = f"sympolity.example/g1\n12\n{root}\ntime 2026-01-05T09:00:00Z\n"
    assert CHECKPOINT.text == text
    assert NOTE.text == f"{text}\n— sympolity.example {signed}\n"
    assert CHECKPOINT.scope == "g1"


@pytest.mark.parametrize(
    "note",
    [
        NOTE,
        Note(CHECKPOINT),
        Note(replace(CHECKPOINT, size=0, at=NOW + timedelta(microseconds=1))),
        Note(CHECKPOINT, (*NOTE.signatures, Signature("witness.example", b"abcd", b"t" * 64))),
    ],
)
def test_a_note_is_read_as_it_was_written(note: Note) -> None:
    assert read_note(note.text) == note


def test_a_key_is_one_line_that_names_itself() -> None:
    key_id = hashlib.sha256(b"sympolity.example\n\x01" + KEY.public).digest()[:4]
    line = f"sympolity.example+{key_id.hex()}+{base64.b64encode(bytes([1]) + KEY.public).decode()}"
    assert (KEY.id, KEY.text) == (key_id, line)
    assert read_key(f"{line}\n") == KEY


def test_a_signature_is_found_by_name_and_key() -> None:
    assert NOTE.by(KEY) == NOTE.signatures[0]
    assert NOTE.by(replace(KEY, name="other.example")) is None
    assert NOTE.by(replace(KEY, public=b"\0" * 32)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not a note",
        NOTE.text.replace("\n\n", "\n"),
        NOTE.text.replace("\n12\n", "\n012\n"),
        NOTE.text.replace("\n12\n", "\n-1\n"),
        NOTE.text.replace("time 2026", "2026"),
        NOTE.text.replace("T09:00:00Z", "T10:00:00+01:00"),
        NOTE.text.replace("T09:00:00Z", "T09:00:00"),
        NOTE.text.replace("time 2026-01-05", "time 2026-13-05"),
        NOTE.text.replace("— ", "- "),
        NOTE.text.replace("— sympolity.example", "— a+b"),
        NOTE.text + "\n",
        NOTE.text[:-1],
        NOTE.text[:-6] + "\n",
        f"{CHECKPOINT.text}\n— sympolity.example {base64.b64encode(b'short').decode()}\n",
        NOTE.text.replace("=", "", 1),
    ],
)
def test_what_is_no_note_or_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(NotANoteError):
        read_note(text)


@pytest.mark.parametrize(
    "line",
    ["", "sympolity.example", KEY.text.replace("example", "example2"), KEY.text[:-4], f"a b{KEY.text}"],
)
def test_what_is_no_key_is_refused(line: str) -> None:
    with pytest.raises(NotANoteError):
        read_key(line)
