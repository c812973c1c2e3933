from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.adapters.countersigning import Countersigner, countersigners, sign_together, with_roots_of
from service.adapters.demo_pki import DemoPki
from service.adapters.demo_signatories import DemoSignatories
from service.adapters.pdf.render import render
from service.adapters.signatory_keys import DemoSigningKeys, fingerprint_of
from service.adapters.signing import Seal, demo_seal
from tests.adapters.editions import SIGNING, VERIFY_URL, an_approval, an_edition, signed_by


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> DemoPki:
    return a_pki(tmp_path_factory.mktemp("pki") / "keys")


def a_pki(directory: Path) -> DemoPki:
    return DemoPki.load_or_create(directory, now=datetime.now(UTC))


@pytest.fixture(scope="session")
def seal(pki: DemoPki) -> Seal:
    return demo_seal(pki)


@pytest.fixture(scope="session")
def small_paper() -> bytes:
    edition = an_edition(asks=1, organisations=2, amendments=0, lessons=0)
    return render(edition, an_approval(), verify_url=VERIFY_URL)


@pytest.fixture(scope="session")
def named(tmp_path_factory: pytest.TempPathFactory) -> DemoSignatories:
    return DemoSignatories.load_or_create(
        tmp_path_factory.mktemp("named") / "signatories", now=datetime.now(UTC)
    )


@pytest.fixture(scope="session")
def signing(named: DemoSignatories) -> tuple[Countersigner, ...]:
    return countersigners(DemoSigningKeys(named), SIGNING)


@pytest.fixture(scope="session")
def joint_seal(seal: Seal, named: DemoSignatories) -> Seal:
    return with_roots_of(seal, named.root_certificate_pem, named.revocations)


@pytest.fixture(scope="session")
def joint_paper(signing: tuple[Countersigner, ...]) -> bytes:
    edition = an_edition(asks=1, organisations=2, amendments=0, lessons=0)
    certificates = [fingerprint_of(one.signer) for one in signing]
    return render(edition, signed_by(certificates), verify_url=VERIFY_URL)


@pytest.fixture(scope="session")
def countersigned(joint_seal: Seal, joint_paper: bytes, signing: tuple[Countersigner, ...]) -> bytes:
    return joint_seal.timestamp(sign_together(joint_seal, joint_paper, signing))


@pytest.fixture(scope="session")
def sealed(seal: Seal, small_paper: bytes) -> bytes:
    return seal.timestamp(seal.sign(small_paper))
