import pytest

from service.adapters import apart
from service.adapters.apart import ApartError
from service.adapters.demo_pki import DemoPki
from service.adapters.pdf.apart import render_apart
from service.adapters.verifying import verify
from service.adapters.verifying_apart import verify_apart
from service.domain.verification import Finding, Verdict
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition


def test_too_little_memory_is_said() -> None:
    with pytest.raises(ApartError) as failed:
        render_apart(an_edition(), an_approval(), verify_url=VERIFY_URL, mebibytes=60)

    assert str(failed.value).startswith("service.adapters.pdf failed: ")


def test_too_little_time_is_said() -> None:
    with pytest.raises(ApartError) as failed:
        render_apart(an_edition(), an_approval(), verify_url=VERIFY_URL, seconds=0.01)

    assert str(failed.value) == "service.adapters.pdf took more than 0.01 seconds."


def test_nonsense_is_refused_with_its_reason() -> None:
    with pytest.raises(ApartError) as failed:
        apart.run("service.adapters.pdf", b'["{}", "{}", ""]', seconds=20, mebibytes=512)

    assert "NotCanonicalError" in str(failed.value)


def test_a_file_checked_apart_gets_the_same_verdict(pki: DemoPki, sealed: bytes) -> None:
    found = verify_apart(sealed, (), demo_roots=(pki.root_certificate_pem,))

    assert found.verdict is Verdict.VALID
    assert found == verify(sealed, (), demo_roots=(pki.root_certificate_pem,))


def test_a_file_that_takes_too_long_is_unknown(sealed: bytes) -> None:
    found = verify_apart(sealed, (), seconds=0.01)

    assert found.verdict is Verdict.UNKNOWN
    assert [sentence.template for sentence in found.sentences] == [Finding.TOO_LONG]
