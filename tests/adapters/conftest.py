from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.adapters.demo_pki import DemoPki
from service.adapters.pdf.render import render
from service.adapters.signing import Seal, demo_seal
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition


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
def sealed(seal: Seal, small_paper: bytes) -> bytes:
    return seal.timestamp(seal.sign(small_paper))
