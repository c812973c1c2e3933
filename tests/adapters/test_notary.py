from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from service.adapters.notary import KEY_FILE, NoKeyError, NoNotary, is_signed, make_notary, public_keys
from service.domain.checkpoints import Checkpoint, read_key
from tests.domain.actors import NOW

CHECKPOINT = Checkpoint("sympolity.example/g1", 3, "00" * 32, NOW)


def test_a_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = (make_notary(tmp_path / "data", "sympolity.example") for _ in range(2))
    file = tmp_path / "data" / KEY_FILE
    assert first.key == second.key
    assert (file.stat().st_mode & 0o777, [f.name for f in file.parent.iterdir()]) == (0o600, [KEY_FILE])
    assert public_keys(tmp_path / "data") == (first.key.public,)
    assert public_keys(tmp_path) == ()


def test_what_is_signed_is_told_from_what_is_not(tmp_path: Path) -> None:
    notary, other = make_notary(tmp_path / "a", "a.example"), make_notary(tmp_path / "b", "b.example")
    note = notary.sign(CHECKPOINT)
    (signature,) = note.signatures
    assert note.by(read_key(notary.key.text)) == signature
    assert is_signed(note.checkpoint.text, signature.value, notary.key.public)
    assert not is_signed(note.checkpoint.text + "x", signature.value, notary.key.public)
    assert not is_signed(note.checkpoint.text, signature.value, other.key.public)
    assert not is_signed(note.checkpoint.text, signature.value, b"no key")


def test_the_operators_key_is_used_where_there_is_one(tmp_path: Path) -> None:
    own = make_notary(tmp_path / "elsewhere", "sympolity.example")
    file = tmp_path / "elsewhere" / KEY_FILE
    assert make_notary(tmp_path / "data", "sympolity.example", str(file)).key == own.key
    assert public_keys(tmp_path / "data", str(file)) == (own.key.public,)
    assert not (tmp_path / "data").exists()


def test_a_key_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    with pytest.raises(NoKeyError, match="cannot be read"):
        make_notary(tmp_path, "sympolity.example", str(file))
    file.write_text("no key", encoding="utf-8")
    with pytest.raises(NoKeyError, match="cannot be read"):
        make_notary(tmp_path, "sympolity.example", str(file))
    other = generate_private_key(SECP256R1())
    file.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(NoKeyError, match="not an Ed25519 key"):
        make_notary(tmp_path, "sympolity.example", str(file))


def test_where_nothing_is_signed_there_is_no_key() -> None:
    with pytest.raises(NoKeyError, match="no key to sign"):
        NoNotary().sign(CHECKPOINT)
