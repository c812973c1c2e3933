"""An edition is signed with keys that are elsewhere, one in a token, one at a signing service, and checked offline."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import page
import pikepdf
import pytest

from service.__main__ import main
from service.adapters.demo_pki import DemoPki
from service.adapters.sealing import make_sealer
from service.domain.editions import EditionState
from service.domain.halts import Halt
from service.store.engine import default_url
from service.store.migrate import upgrade
from service.workflows import editions, jobs
from service.workflows.context import Context
from tests.adapters.devices import PIN, TOKEN, Device, a_device, put
from tests.adapters.signing_service import ACCESS, SigningService, a_signing_service
from tests.builders import a_world, endorsed
from tests.houses import House
from tests.reliability.presses import Printer


@pytest.fixture
def service() -> Iterator[SigningService]:
    with a_signing_service() as opened:
        yield opened


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("SOFTHSM2_CONF", "")
        pki = DemoPki.load_or_create(tmp_path / "demo", now=datetime.now(UTC))
        yield a_device(tmp_path / "softhsm", pki)


def publish(ctx: Context) -> None:
    """Do what is due."""
    while jobs.work_once(ctx):
        pass


def test_two_sign_with_keys_that_are_elsewhere_and_the_paper_is_checked_offline(
    tmp_path: Path, device: Device, service: SigningService, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    upgrade(default_url(tmp_path))
    house = House.at(default_url(tmp_path))
    world = endorsed(a_world(house))
    first, second = world.approvers
    put(device, tmp_path, {first.email: service.root.issue("One of the token", email=first.email)})
    service.hold("two-1", service.root.issue("Two of the service"), "hush-two")
    listed, roots = tmp_path / "keys.toml", tmp_path / "roots.pem"
    listed.write_text(
        f"""
[tokens.{TOKEN}]
module = "{device.module}"
pin = "{PIN}"
[services.trust]
url = "{service.address}"
version = "2"
access_token = "{ACCESS}"
[signatories."{first.email}"]
token = "{TOKEN}"
[signatories."{second.email}"]
service = "trust"
credential = "two-1"
pin = "hush-two"
""",
        encoding="utf-8",
    )
    listed.chmod(0o600)
    roots.write_bytes(service.root.pem)
    ctx = house.operator
    ctx.renderer = Printer()
    ctx.sealer = make_sealer(
        tmp_path,
        source=service.key(),
        roots=str(roots),
        tsa_url=f"{service.address}/stamps",
        signatories_keys=str(listed),
    )
    edition = editions.assemble(
        world.acting(world.facility), world.agenda, to_sign=[first.person, second.person]
    )
    for one in (first, second):
        editions.approve(world.acting(one), editions.ApproveEdition(edition, world.edition(edition).digest))

    # The service is down for the night, and the paper waits.
    service.twist = lambda path, answer: (503, b"") if "info" in path else answer
    publish(ctx)
    waiting = world.edition(edition)
    service.twist = lambda _, answer: answer
    house.clock.advance(seconds=300)
    publish(ctx)

    assert (waiting.state, waiting.halt) == (EditionState.APPROVED, Halt.THEIR_KEY_AWAY)
    assert world.edition(edition).state is EditionState.RELEASED
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(editions.pdf(house.stranger, edition))
    assert main(["verify", str(paper), "--trust", str(roots), "--json"]) == 0
    report = json.loads(capsysbinary.readouterr().out)
    names = [f"{one.name}’s person" for one in (first, second)]
    signed = [(one["name"], one["own_key"]) for one in report["signatories"]]
    assert (report["verdict"], signed) == ("valid", [(one, True) for one in names])
    assert {"level_lta", "signed_not_later"} <= {one["code"] for one in report["findings"]}
    with pikepdf.open(io.BytesIO(paper.read_bytes())) as pdf:
        fields = {str(one.T): str(one.V.SubFilter) for one in pdf.Root.AcroForm.Fields}
    assert fields == {
        "FacilitySeal": "/ETSI.CAdES.detached",
        "Signatory1": "/ETSI.CAdES.detached",
        "Signatory2": "/ETSI.CAdES.detached",
        "ArchiveTimestamp": "/ETSI.RFC3161",
    }
    assert page.validate_pdf_bytes(paper.read_bytes(), profile=page.ValidationProfile.PDF_UA_1).failures == []
