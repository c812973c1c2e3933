import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.__main__ import FAILED, MISUSED, main
from service.adapters.demo_pki import DemoPki, Identity
from service.adapters.sealing import DEMO_BEGINS, KEYS
from service.app import build
from service.commands import COMMANDS
from service.domain.checkpoints import Checkpoint
from service.domain.errors import REFUSALS
from service.domain.events import EVENTS
from service.domain.importing import template
from service.domain.permissions import Permission
from service.settings import Settings, read_settings
from service.store.engine import default_url
from service.store.migrate import upgrade
from service.workflows import access, links
from tests.adapters.authorities import Authority
from tests.builders import a_world, an_edition, approve, endorsed
from tests.houses import BEGINNING, House

Told = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data directory that the commands of this test work in."""
    monkeypatch.setenv("SYMPOLITY_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def lived_in(data: Path) -> House:
    """A house in that directory."""
    upgrade(default_url(data))
    return House.at(default_url(data))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_tells_how_it_is_used(command: object, capsys: Told) -> None:
    name, example = command.name, command.example  # type: ignore[attr-defined] # a Command
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"usage: sympolity {name}" in told
    assert f"example: {example}" in told
    assert f"sympolity {name}" in example


def test_no_two_commands_share_a_name() -> None:
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


def test_the_operator_gets_a_link_for_a_person_at_once(lived_in: House, capsys: Told) -> None:
    world = a_world(lived_in)
    assert main(["sign-in-link", world.cities[0].email]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("http://127.0.0.1:8000/sign-in/link?key=")
    secret = told.out.strip().partition("key=")[2]
    assert links.show(lived_in.stranger, secret).person_id == world.cities[0].person
    assert secret not in told.err
    assert main(["sign-in-link", "nobody@example.org"]) == FAILED


def test_what_is_over_is_swept(lived_in: House, capsys: Told) -> None:
    world = a_world(lived_in)
    access.sign_in_as(lived_in.stranger, world.cities[0].person)
    # The house's story is told in another time; by this machine's clock its session is long over.
    assert main(["sweep"]) == 0
    assert "over: 1 sessions" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["nothing-of-the-kind"], ["export", "x", "--format", "odt"]])
def test_a_command_that_is_not_understood_says_how_it_is_used(arguments: list[str], capsys: Told) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: sympolity" in capsys.readouterr().err


def test_a_setting_that_is_wrong_is_told_in_a_sentence(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told
) -> None:
    monkeypatch.setenv("SYMPOLITY_WORKERS", "many")
    assert main(["migrate"]) == MISUSED
    assert capsys.readouterr().err == "sympolity: SYMPOLITY_WORKERS is “many”; give a number, such as 1.\n"
    assert list(data.iterdir()) == []


def test_a_database_is_brought_to_this_release(data: Path, capsys: Told) -> None:
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out == "The database has the schema of this release.\n"
    assert (data / "sympolity.sqlite3").exists()


def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told
) -> None:
    monkeypatch.setenv("SYMPOLITY_DATABASE_URL", f"sqlite:///{data}/not/there.db")
    assert main(["migrate"]) == FAILED
    assert capsys.readouterr().err.startswith("sympolity: The service could not reach its database")


def test_a_token_is_printed_once_and_works(lived_in: House, capsys: Told) -> None:
    world = a_world(lived_in)
    assert main(["token", world.cities[0].email, "--scope", "amend", "--days", "2"]) == 0
    told = capsys.readouterr()
    assert len(told.out.strip()) == 43
    assert "shown once" in told.err
    last = lived_in.record()[-1]
    assert (last.name, last.data["person_id"], last.data["scopes"]) == (
        "token.issued",
        world.cities[0].person,
        ["amend"],
    )
    identity = access.identify_token(lived_in.stranger, told.out.strip())
    assert identity.person_id == world.cities[0].person


def test_a_token_for_nobody_is_refused_by_field(lived_in: House, capsys: Told) -> None:
    a_world(lived_in)
    assert main(["token", "nobody@example.org"]) == FAILED
    assert capsys.readouterr().err == (
        "sympolity: Some answers need another look.\n  email: Nobody has an account with this address.\n"
    )


@pytest.mark.parametrize("days", ["0", "366", "99999999999999", "soon"])
def test_a_token_lasts_from_a_day_to_a_year(data: Path, days: str, capsys: Told) -> None:
    with pytest.raises(SystemExit):
        main(["token", "ada@example.org", "--days", days])
    assert capsys.readouterr().err.endswith("give a number from 1 to 365\n")
    assert list(data.iterdir()) == []


def test_an_edition_is_published_exported_and_verified(
    lived_in: House, data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    world = endorsed(a_world(lived_in))
    edition = an_edition(world)
    assert main(["publish", "Port Alta 2026"]) == FAILED
    assert b"waits for its approval" in capfdbinary.readouterr().err
    approve(world, edition)
    assert main(["publish", world.agenda]) == 0
    assert capfdbinary.readouterr().out == b"Edition 1 of Port Alta 2026 is released.\n"
    assert main(["export", "Port Alta 2026", "--format", "pdf"]) == 0
    paper = data / "paper.pdf"
    paper.write_bytes(capfdbinary.readouterr().out)
    assert main(["verify", str(paper)]) == 0
    assert capfdbinary.readouterr().out.startswith(b"VALID\n")
    assert main(["reproduce", str(paper)]) == 0
    assert capfdbinary.readouterr().out.startswith(b"SAME\n")
    assert main(["reproduce", str(paper), "--json"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["likeness"] == "same"
    assert main(["reproduce", str(data / "nothing.pdf")]) == 3
    assert b"cannot be read" in capfdbinary.readouterr().err
    assert main(["verify", str(paper), "--json"]) == 0
    found = json.loads(capfdbinary.readouterr().out)
    assert (found["verdict"], found["digest"]) == ("valid", world.edition(edition).digest)
    codes = [one["code"] for one in found["findings"]]
    assert codes[-3:] == ["file_offline", "standing_offline", "ask_at_named"]
    root = data / "root.pem"
    root.write_bytes(DemoPki.load_or_create(data / KEYS, now=DEMO_BEGINS).root_certificate_pem)
    assert main(["verify", str(paper), "--trust", str(root), "--json"]) == 0
    given = {one["code"] for one in json.loads(capfdbinary.readouterr().out)["findings"]}
    assert given & {"root_set", "root_given", "root_demo", "demo"} == {"root_given"}
    assert main(["verify", str(paper), "--trust", str(data / KEYS / "root.der"), "--json"]) == 0
    assert {one["code"] for one in json.loads(capfdbinary.readouterr().out)["findings"]} == given
    assert main(["verify", str(paper), "--trust", str(root), "--signer", "Another, AB:CD"]) == 3
    assert b"not of the facility whose papers are checked here" in capfdbinary.readouterr().out
    changed = bytearray(paper.read_bytes())
    changed[len(changed) // 2] ^= 1
    paper.write_bytes(changed)
    assert main(["verify", str(paper)]) == 1
    assert capfdbinary.readouterr().out.startswith(b"BROKEN\n")
    assert main(["export", "Port Alta 2026", "--format", "json"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["title"] == "Cities as partners"
    assert main(["export", "Port Alta 2026", "--format", "html"]) == 0
    assert capfdbinary.readouterr().out.startswith(b'<!doctype html>\n<html lang="en"')
    assert main(["export", "Port Alta 2026", "--format", "markdown"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"# Cities as partners\n")
    assert main(["export", "Port Alta 2026", "--format", "markdown", "--language", "fr"]) == FAILED
    assert b"There is no such translation here" in capfdbinary.readouterr().err


def test_an_edition_that_is_not_published_is_exported_only_where_its_number_is_named(
    lived_in: House, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    an_edition(endorsed(a_world(lived_in)))
    assert main(["export", "Port Alta 2026", "--format", "json"]) == FAILED
    assert b"This edition is assembled" in capfdbinary.readouterr().err
    assert main(["export", "Port Alta 2026", "--format", "json", "--edition", "1"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["edition"] == 1
    assert main(["export", "Port Alta 2026", "--format", "json", "--edition", "2"]) == FAILED
    assert b"There is no such edition here" in capfdbinary.readouterr().err


def test_an_edition_that_is_only_assembled_does_not_stand_before_the_one_that_is_published(
    lived_in: House, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    world = endorsed(a_world(lived_in))
    approve(world, an_edition(world))
    assert main(["publish", "Port Alta 2026"]) == 0
    second = an_edition(world)
    assert main(["export", "Port Alta 2026", "--format", "json"]) == 0
    assert json.loads(capfdbinary.readouterr().out.partition(b"released.\n")[2])["edition"] == 1
    approve(world, second)
    an_edition(world)
    assert main(["publish", "Port Alta 2026"]) == 0
    assert capfdbinary.readouterr().out == b"Edition 2 of Port Alta 2026 is released.\n"


def test_a_file_that_cannot_be_read_cannot_be_judged(data: Path, capsys: Told) -> None:
    assert main(["verify", str(data / "none.pdf")]) == 3
    assert capsys.readouterr().err == "The file cannot be read: No such file or directory.\n"


@pytest.mark.parametrize("content", [None, b"", b"no certificate\n", b"-----BEGIN CERTIFICATE-----\nno\n"])
def test_roots_that_cannot_be_read_say_nothing_of_a_paper(
    data: Path, content: bytes | None, capsys: Told
) -> None:
    paper, roots = data / "paper.pdf", data / "roots.pem"
    paper.write_bytes(b"%PDF-1.7\n/ByteRange\n")
    if content is not None:
        roots.write_bytes(content)
    assert main(["verify", str(paper), "--trust", str(roots)]) == 3
    assert capsys.readouterr().err == f"The file with the roots cannot be read: {roots}.\n"


def test_papers_are_renewed_by_an_authority_that_lasts_longer(
    lived_in: House, data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    now = datetime.now(UTC)
    root = Authority("DEMO root", now - timedelta(days=1), now + timedelta(days=9_000))
    place_keys(data / "demo-keys", root, root.issue("Stamps", stamps=True, ends=now + timedelta(days=200)))
    world = endorsed(a_world(lived_in))
    approve(world, an_edition(world))
    assert main(["publish", "Port Alta 2026"]) == 0
    assert main(["export", "Port Alta 2026", "--format", "pdf"]) == 0
    paper = data / "paper.pdf"
    before = capfdbinary.readouterr().out.partition(b"released.\n")[2]
    assert main(["renew"]) == 0
    place_keys(data / "demo-keys", root, root.issue("Later stamps", stamps=True))
    assert [main(["renew", "Port Alta 2026"]), main(["renew"])] == [0, 0]
    assert capfdbinary.readouterr().out.decode().splitlines() == [
        "Edition 1 of Port Alta 2026: as it was, because another timestamp is not needed yet, or would prove no longer",
        "Edition 1 of Port Alta 2026: renewed",
        "No paper needs it.",
    ]
    assert main(["export", "Port Alta 2026", "--format", "pdf"]) == 0
    paper.write_bytes(capfdbinary.readouterr().out)
    assert (paper.read_bytes().startswith(before), len(before) > 0) == (True, True)
    assert main(["verify", str(paper)]) == 0
    assert "Archive timestamp 2 was laid over the file" in capfdbinary.readouterr().out.decode()


def place_keys(folder: Path, root: Authority, stamps: Identity) -> None:
    """Put keys where the demonstration's are; the seal's stay as they are."""
    folder.mkdir(exist_ok=True)
    files = {"timestamp.der": stamps.certificate, "timestamp.key.der": stamps.key}
    if not (folder / "root.der").exists():
        seal = root.issue("DEMO seal")
        files |= {"root.der": root.der, "seal.der": seal.certificate, "seal.key.der": seal.key}
        files |= {"revocations.der": root.revocations(root.begins + timedelta(hours=1))}
    for name, content in files.items():
        (folder / name).write_bytes(content)


@pytest.mark.parametrize("command", ["publish", "export"])
def test_an_agenda_that_is_not_there_is_unknown(lived_in: House, command: str, capsys: Told) -> None:
    a_world(lived_in)
    more = ["--format", "json"] if command == "export" else []
    assert main([command, "Atlantis 2026", *more]) == FAILED
    assert "There is no such agenda here" in capsys.readouterr().err
    assert main([command, "Port Alta 2026", *more]) == FAILED
    assert "There is no such edition here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("permissions", [p.value for p in Permission]),
        ("errors", [*REFUSALS, *EVENTS]),
        ("settings", [f"SYMPOLITY_{name.upper()}" for name in Settings.__dataclass_fields__]),
        (
            "states",
            ["agenda phase", "recommendation", "amendment", "comment", "position", "lesson", "edition"],
        ),
    ],
)
def test_the_tables_name_everything(command: str, words: list[str], capsys: Told) -> None:
    assert main([command]) == 0
    told = capsys.readouterr().out.lower()
    assert [word for word in words if word.lower() not in told] == []


def test_a_record_is_exported_and_verified_against_a_checkpoint_that_was_kept(
    lived_in: House, data: Path, capsys: Told
) -> None:
    world = a_world(lived_in)
    assert main(["export", "Port Alta 2026", "--format", "record"]) == 0
    file, kept, keys = data / "record.json", data / "kept.txt", data / "keys"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    told = json.loads(file.read_text(encoding="utf-8"))
    kept.write_text(told["checkpoints"][0], encoding="utf-8")
    keys.write_text(f"Our key:\n{lived_in.notary.key.text}\n", encoding="utf-8")
    assert main(["verify", str(file)]) == 3
    assert "not among those trusted" in capsys.readouterr().out
    trusting = ["verify", str(file), "--trust", str(keys), "--checkpoint", str(kept)]
    assert main(trusting) == 0
    assert capsys.readouterr().out.startswith("VALID\n  The file holds")
    assert main(["verify", str(kept), "--trust", str(keys)]) == 0
    file.write_text(json.dumps({**told, "checkpoints": [], "leaves": told["leaves"][1:]}), encoding="utf-8")
    capsys.readouterr()
    assert main([*trusting, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "broken"
    assert main(["verify", str(file), "--checkpoint", str(data / "none")]) == 3
    keys.write_bytes(b"\xff")
    assert main(trusting) == 3
    assert capsys.readouterr().err.endswith("it is no text.\n")
    file.write_bytes(b"{\xff")
    assert main(["verify", str(file)]) == 3
    assert world.agenda in told["checkpoints"][0]


def test_what_an_instance_signed_itself_it_trusts(data: Path, capsys: Told) -> None:
    house = build(read_settings())
    note = house.notary.sign(Checkpoint("127.0.0.1:8000/g1", 1, "00" * 32, BEGINNING))
    (data / "note.txt").write_text(note.text, encoding="utf-8")
    assert main(["verify", str(data / "note.txt")]) == 0
    assert "with a key that is trusted here" in capsys.readouterr().out
    house.database.engine.dispose()


def test_a_person_is_erased_by_address(lived_in: House, capsys: Told) -> None:
    world = a_world(lived_in)
    assert main(["erase", world.cities[0].email]) == 0
    assert "is erased" in capsys.readouterr().out
    assert main(["erase", world.cities[0].email]) == FAILED
    assert "Nobody has an account with this address." in capsys.readouterr().err


def test_a_list_of_people_is_shown_and_then_imported(lived_in: House, tmp_path: Path, capsys: Told) -> None:
    file = tmp_path / "participants.csv"
    file.write_text(template(), encoding="utf-8")
    agenda = a_world(lived_in).agenda
    assert main(["import-people", str(file), "--agenda", agenda, "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing was written."
    assert main(["import-people", str(file), "--agenda", agenda, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["written"]
    assert main(["import-people", str(file)]) == 0
    assert "person: 0 created, 0 updated, 2 unchanged" in capsys.readouterr().out


def test_what_is_wrong_with_a_list_is_told_by_row(lived_in: House, tmp_path: Path, capsys: Told) -> None:
    file = tmp_path / "participants.csv"
    file.write_text(template().replace("en,Europe/Brussels", "en,Mars/Base"), encoding="utf-8")
    assert main(["import-people", str(file)]) == 1
    assert capsys.readouterr().out.startswith("Row 2, time_zone: There is no such time zone.")
    file.write_text("shoe size\n", encoding="utf-8")
    assert main(["import-people", str(file)]) == FAILED
    assert "There is no column “shoe size”." in capsys.readouterr().err
    assert main(["import-people", str(tmp_path / "missing.csv")]) == 2
    assert lived_in.record() == ()


def test_every_record_is_read_against_itself_and_what_was_kept(
    lived_in: House, data: Path, capsys: Told
) -> None:
    world = a_world(lived_in)
    assert main(["audit"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in told] == [world.agenda, "house"]
    assert [line.endswith(" entries  intact") for line in told] == [True, True]
    kept = data / "kept.txt"
    other = lived_in.notary.sign(Checkpoint(f"sympolity.example/{world.agenda}", 2, "00" * 32, BEGINNING))
    kept.write_text(other.text, encoding="utf-8")
    assert main(["audit", "--checkpoint", str(kept)]) == 1
    assert "BROKEN at entry 2" in capsys.readouterr().out
    kept.write_text("no note", encoding="utf-8")
    assert main(["audit", "--checkpoint", str(kept)]) == 3
