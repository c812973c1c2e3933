import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from service.domain import canonical
from service.domain.phases import Phase
from service.domain.positions import Stance
from service.workflows import checklists, record
from tests.builders import a_position, a_world
from tests.houses import House

SCRIPT = Path(__file__).parents[2] / "docs" / "verify_record.py"
VALID, BROKEN, UNSIGNED, UNKNOWN = range(4)
CHANGES = 60
Files = dict[str, str]
Check = Callable[..., int]


@pytest.fixture
def files(sqlite_house: House) -> Files:
    """Files of a record as the service hands them out."""
    world = a_world(sqlite_house, Phase.ENDORSEMENT)
    for city in world.cities:
        position = a_position(world, by=city)
    anyone, size = sqlite_house.stranger, record.head(sqlite_house.stranger, world.agenda).size
    made = {
        "receipt": record.position_receipt(anyone, position),
        "record": record.whole(anyone, world.agenda),
        **{
            f"from {one.size}": record.consistency(anyone, world.agenda, one.size, size)
            for one in record.checkpoints(anyone, world.agenda).items
        },
    }
    proofs = checklists.draft_of(
        world.in_phase(Phase.PUBLICATION).acting(world.facility), world.agenda
    ).proofs
    assert proofs is not None
    return {name: canonical.to_json(file) for name, file in {**made, "receipts": proofs}.items()}


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """The script's own `main`, on a text as a file; it says one thing or the other, and never stumbles."""
    spec = importlib.util.spec_from_file_location("verify_record", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def run(text: str, *key: str) -> int:
        file = tmp_path / "file.json"
        file.write_text(text, encoding="utf-8")
        code: int = module.main([str(file), *key])
        assert capsys.readouterr().out.startswith(("VALID", "BROKEN", "UNSIGNED", "UNKNOWN")[code])
        return code

    return run


def tampered(text: str) -> Iterator[str]:
    """Yield a file with one letter or figure of what is proven changed, in many places."""
    random = Random(5)  # noqa: S311 - the same places each time, no secret
    last = text.index('"public_key"') if '"proof"' in text else text.index('],"public_key"')
    note = text.index("\\n\\n")
    places = [m.start() for m in re.finditer("[0-9a-z]", text[:last]) if not note < m.start() < note + 200]
    for place in random.sample([p for p in places if '"format"' not in text[p - 40 : p + 10]], CHANGES):
        other = "1" if text[place] != "1" else "2"
        yield text[:place] + other + text[place + 1 :]


def test_the_script_is_short_enough_to_be_read() -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 150


def test_what_the_service_hands_out_is_valid(files: Files, check: Check, sqlite_house: House) -> None:
    key = sqlite_house.notary.key.text
    assert {name: (check(text), check(text, key)) for name, text in files.items()} == dict.fromkeys(
        files, (VALID, VALID)
    )


def test_the_script_opens_the_words_of_an_open_receipt(
    sqlite_house: House, tmp_path: Path, check: Check
) -> None:
    world = a_world(sqlite_house, Phase.ENDORSEMENT)
    position = a_position(world, stance=Stance.OBJECTION)
    text = canonical.to_json(record.position_receipt(world.acting(world.cities[0]), position))
    assert check(text) == VALID
    file = tmp_path / "receipt.json"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(file)], capture_output=True, text=True, check=False
    )
    assert '{"the words are exactly these": "It is too vague."}' in done.stdout
    other = text.replace("It is too vague.", "It is too long.")
    assert (other != text, check(other)) == (True, BROKEN)


def test_the_script_needs_nothing_of_the_service(files: Files, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(files["receipt"], encoding="utf-8")
    command = [sys.executable, "-I", str(SCRIPT), str(file)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (VALID, "")
    assert "position.taken" in done.stdout


def test_whatever_is_changed_is_found(files: Files, check: Check, sqlite_house: House) -> None:
    key = sqlite_house.notary.key.text
    passed = [
        (name, changed)
        for name, text in files.items()
        for changed in tampered(text)
        if not check(changed, key)
    ]
    assert passed == []


def test_a_record_of_which_something_is_missing_is_broken(files: Files, check: Check) -> None:
    told = json.loads(files["record"])
    for leaves in (told["leaves"][1:], told["leaves"][:-1], told["leaves"][::-1]):
        assert check(json.dumps({**told, "leaves": leaves})) == BROKEN


def test_what_is_not_signed_or_not_by_this_key_is_told(files: Files, check: Check) -> None:
    told = json.loads(files["receipt"])
    unsigned = told["checkpoint"].partition("\n\n")[0] + "\n\n"
    assert check(json.dumps({**told, "checkpoint": unsigned})) == UNSIGNED
    assert check(json.dumps({**json.loads(files["record"]), "checkpoints": []})) == UNSIGNED
    other = "other.example" + told["public_key"][told["public_key"].index("+") :]
    assert check(files["receipt"], other) == UNKNOWN


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": "else"}'])
def test_what_is_no_file_of_a_record_is_unknown(check: Check, text: str) -> None:
    assert check(text) == UNKNOWN


def test_a_file_that_is_damaged_is_broken(check: Check) -> None:
    assert check('{"format": "sympolity-receipt/1", "public_key": "a+b+AQ=="}') == BROKEN
