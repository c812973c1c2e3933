"""Check a file of a Sympolity record, without Sympolity: `python verify_record.py FILE KEY`.

FILE is one receipt or several, a proof that a record grew from an older one, or a whole record. KEY is the line of
the public key that signs; without it, the key that stands in FILE is taken on trust, and named.
Exit code: 0 valid, 1 broken, 2 not signed, 3 cannot tell. It needs Python 3.11 and the library `cryptography`.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

VALID, BROKEN, UNSIGNED, UNKNOWN = range(4)


class Failure(Exception):
    """The check ends here, with a code and the reason."""


def sha(*parts: bytes) -> bytes:
    """Hash: a leaf after the byte 0, a node of two others after the byte 1 (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaves: list[bytes]) -> bytes:
    """Return the root over leaves: halve at the largest power of two below their number."""
    level = leaves or [sha()]
    while len(level) > 1:
        pairs = [sha(b"\x01", *level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def climb(place: int, last: int, tops: list[bytes], proof: list[bytes]) -> list[bytes]:
    """Walk from a leaf to the root (RFC 9162, 2.1.3.2 and 2.1.4.2); only the last of the tops takes every hash."""
    for step in proof:
        if place & 1 or place == last:
            tops = [sha(b"\x01", step, top) for top in tops]
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            tops = [*tops[:-1], sha(b"\x01", tops[-1], step)]
        place, last = place >> 1, last >> 1
    return [] if last else tops


def read_key(line: str) -> tuple[str, bytes]:
    """Return the name and the 32 bytes of a public key: NAME+ID+BASE64, a 1 before the bytes."""
    return line.split("+", 2)[0], base64.b64decode(line.strip().split("+", 2)[2], validate=True)[1:]


def read_note(text: str) -> tuple[str, int, bytes, str]:
    """Return a checkpoint's origin, size, root and time (c2sp.org/tlog-checkpoint)."""
    origin, size, root, time = text.partition("\n\n")[0].split("\n")
    return origin, int(size), base64.b64decode(root, validate=True), time


def demand_signature(text: str, key: tuple[str, bytes]) -> None:
    """Refuse a note that does not bear this key's signature (c2sp.org/signed-note)."""
    (name, public), (body, _, below) = key, text.partition("\n\n")
    key_id = sha(name.encode(), b"\n\x01", public)[:4]
    for line in below.splitlines():
        signer, signature = line.removeprefix("— ").split(" ")
        raw = base64.b64decode(signature, validate=True)
        if (signer, raw[:4]) == (name, key_id):
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], (body + "\n").encode())
            except InvalidSignature:
                raise Failure(BROKEN, "the signature does not belong to the checkpoint") from None
            return
    raise Failure(UNKNOWN if below else UNSIGNED, f"the checkpoint bears no signature of {name}")


def check_receipt(file: dict, key: tuple[str, bytes]) -> str:
    """Check that an entry stands in a record, or each of several."""
    if several := file.get("receipts"):
        return "\n  ".join(check_receipt({**one, "checkpoint": file["checkpoint"]}, key) for one in several)
    origin, size, root, time = read_note(file["checkpoint"])
    leaf, index = json.loads(file["leaf"]), file["index"]
    proof, place = [bytes.fromhex(step) for step in file["proof"]], (origin.rpartition("/")[2], index + 1)
    tops = climb(index, size - 1, [sha(b"\x00", file["leaf"].encode())], proof)
    if not 0 <= index < size or tops != [root] or (leaf["scope"], leaf["sequence"]) != place:
        raise Failure(BROKEN, "the entry does not stand there")
    for field, said in file.get("words", {}).items():
        if leaf["data"][field]["commitment"] != sha(bytes.fromhex(said["salt"]), said["text"].encode()).hex():
            raise Failure(BROKEN, "the words are others")
        leaf["data"][field] = {"the words are exactly these": said["text"]}
    demand_signature(file["checkpoint"], key)
    return f"entry {index + 1} of {size} ({time}): {leaf['name']} {json.dumps(leaf['data'])}"


def check_consistency(file: dict, key: tuple[str, bytes]) -> str:
    """Check that a record begins with an older one."""
    (origin, first, older, _), (other, second, newer, _) = read_note(file["first"]), read_note(file["second"])
    proof, place, last = [bytes.fromhex(step) for step in file["proof"]], first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    begin, *rest = proof if place and proof else [older, *proof]
    grown = climb(place, last, [begin, begin], rest) if first < second else [newer, newer][len(proof) :]
    if origin != other or first < 1 or grown != [older, newer]:
        raise Failure(BROKEN, "the newer record does not begin with the older one")
    for note in (file["first"], file["second"]):
        demand_signature(note, key)
    return f"the record of {second} entries begins with the {first} from before"


def check_record(file: dict, key: tuple[str, bytes]) -> str:
    """Check a whole record against its checkpoints."""
    leaves = [json.loads(text) for text in file["leaves"]]
    if [(e["scope"], e["sequence"]) for e in leaves] != [(file["scope"], n + 1) for n in range(len(leaves))]:
        raise Failure(BROKEN, "an entry is missing or out of place")
    hashes, covered = [sha(b"\x00", text.encode()) for text in file["leaves"]], 0
    for note in file["checkpoints"]:
        origin, size, root, _ = read_note(note)
        if size > len(hashes) or root_of(hashes[:size]) != root or origin.rpartition("/")[2] != file["scope"]:
            raise Failure(BROKEN, f"the record is not the one that was signed with {size} entries")
        demand_signature(note, key)
        covered = max(covered, size)
    if not file["checkpoints"]:
        raise Failure(UNSIGNED, "there is no checkpoint")
    return f"{covered} of {len(leaves)} entries are as they were signed"


CHECKS = {"receipt": check_receipt, "consistency": check_consistency, "record": check_record}


def main(arguments: list[str]) -> int:
    """Check a file, say what was found, and return the exit code."""
    text, check = Path(arguments[0]).read_text(encoding="utf-8"), None
    try:
        file = json.loads(text)
        check, given = CHECKS.get(file["format"][10:-2].removeprefix("open-").rstrip("s")), file["public_key"]
        found = check(file, read_key((arguments[1:] or [given])[0])) if check else ""
    except Failure as failure:
        code, reason = failure.args
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        code, reason = (BROKEN, "the file is damaged") if check else (UNKNOWN, "this is no file of a record")
    else:
        code = VALID if check else UNKNOWN
        reason = found + ("" if arguments[1:] else f"\n  by a key taken on trust: {given}")
    print(("VALID", "BROKEN", "UNSIGNED", "UNKNOWN")[code], reason)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
