"""Keys of signatories in a device and at a signing service: whose they are, and what is said where they are not."""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from service.adapters.demo_pki import DemoPki, Identity
from service.adapters.key_sources import CannotSignError, KeyFile, NamedKey, RemoteKey, Token
from service.adapters.named_keys import NamedSigningKeys
from service.adapters.refused_pins import RefusedPins
from service.adapters.sealing import make_sealer
from service.domain.errors import SignatoryPinRefused
from service.domain.seals import KeyPlace, SigningPerson, Term
from service.domain.signatory_keys import KeyFault, SignatoryKey
from tests.adapters.authorities import Authority
from tests.adapters.devices import LABEL, PIN, Device, a_device, put
from tests.adapters.signing_service import ACCESS, SigningService, a_signing_service

BEGINS, ENDS = datetime(2025, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
ROOT = Authority("Root of signatories", BEGINS, ENDS)
ADA, BO, CY = (SigningPerson(name, f"{name.lower()}@city.example") for name in ("Ada", "Bo", "Cy"))
KEYS = {
    "ada@city.example": ROOT.issue("Ada", email="Ada@city.example"),
    # A certificate need not name an address.
    "bo": ROOT.issue("Bo"),
    "expired": ROOT.issue("Ada", ends=BEGINS + timedelta(days=1)),
}


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory, pki: DemoPki) -> Iterator[Device]:
    folder = tmp_path_factory.mktemp("device") / "softhsm"
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("SOFTHSM2_CONF", "")
        made = a_device(folder, pki)
        put(made, folder, KEYS)
        yield made


@pytest.fixture(scope="module")
def service() -> Iterator[SigningService]:
    with a_signing_service() as opened:
        opened.hold("cy-1", KEYS["bo"], "hush-cy")
        yield opened


class Waiting:
    """Lines in which everything waits until it is told to go on."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], object]] = []

    def __call__(self, _: str) -> Callable[[Callable[[], object]], None]:
        return self.waiting.append

    def go_on(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


def keys(
    folder: Path, named: dict[str, Token | RemoteKey | KeyFile], lines: Waiting | None = None
) -> NamedSigningKeys:
    """Return keys as a process that starts with this data directory has them."""
    sources = {address: NamedKey(source) for address, source in named.items()}
    return NamedSigningKeys(sources, RefusedPins(folder), make_line=lines or Waiting())


def known(identity: Identity, place: KeyPlace) -> SignatoryKey:
    return SignatoryKey(place, sha256(identity.certificate).hexdigest(), Term(BEGINS, ENDS))


def test_key_of_a_person_is_found_in_a_token_by_its_label(device: Device, tmp_path: Path) -> None:
    named = {ADA.email: device.token(label=ADA.email), BO.email: device.token(label="bo")}
    found = keys(tmp_path, {**named})
    own = [found.key_of(one, patiently=True) for one in (replace(ADA, email="ADA@city.example"), BO, CY)]
    assert own == [known(KEYS[ADA.email], KeyPlace.TOKEN), known(KEYS["bo"], KeyPlace.TOKEN), None]
    assert (found.signer_of(CY), found.signer_of(BO) is found.signer_of(BO)) == (None, True)


def test_signature_carries_what_stands_above_its_own_certificate_and_nobody_elses(
    pki: DemoPki, device: Device, tmp_path: Path
) -> None:
    named = {CY.email: device.token(label=LABEL), ADA.email: device.token(label=ADA.email)}
    signers = [keys(tmp_path, {**named}).signer_of(one) for one in (CY, ADA)]
    carried = [{one.dump() for one in signer.cert_registry} for signer in signers if signer is not None]
    assert carried == [{pki.seal.certificate, pki.root}, {KEYS[ADA.email].certificate}]


def test_nobody_waits_for_a_token_and_it_is_looked_for_beside(device: Device, tmp_path: Path) -> None:
    lines, told = Waiting(), list[str]()
    named = {ADA.email: device.token(label=ADA.email), BO.email: device.token(label="nobody")}
    found = keys(tmp_path, {**named}, lines)
    not_yet = found.key_of(ADA)
    found.look_beside(told.append)
    lines.go_on()
    assert not_yet == SignatoryKey(
        KeyPlace.TOKEN,
        fault=KeyFault.AWAY,
        said="The key of ada@city.example cannot be used now: The key has not been looked for yet.",
    )
    assert found.key_of(ADA) == known(KEYS[ADA.email], KeyPlace.TOKEN)
    assert told == [
        (
            "The key of bo@city.example cannot be used now: The token “facility” holds 0 certificates with the label "
            "“nobody”, where one is needed."
        )
    ]
    wrong = [found.key_of(BO), found.key_of(BO, patiently=True)]
    assert [one and one.fault for one in wrong] == [KeyFault.SHUT, KeyFault.SHUT]


def test_certificate_of_another_person_signs_for_nobody_unless_it_is_told(
    device: Device, tmp_path: Path
) -> None:
    own = sha256(KEYS[ADA.email].certificate).hexdigest()
    source = device.token(label=ADA.email)
    said = []
    for fingerprint in ("", "ab" * 32):
        named = {BO.email: NamedKey(source, fingerprint)}
        found = NamedSigningKeys(named, RefusedPins(tmp_path), make_line=Waiting())
        with pytest.raises(CannotSignError) as refused:
            found.signer_of(BO)
        said.append((refused.value.fault, refused.value.name, str(refused.value)))
    begins = "The key of bo@city.example cannot be used now: its certificate is "
    assert said == [
        (
            KeyFault.OF_ANOTHER,
            "Bo",
            f"{begins}that of ada@city.example. If it is theirs all the same, tell its fingerprint beside it: {own}.",
        ),
        (KeyFault.OF_ANOTHER, "Bo", f"{begins}another one than was told, of the fingerprint {own}."),
    ]
    told = NamedSigningKeys({BO.email: NamedKey(source, own)}, RefusedPins(tmp_path), make_line=Waiting())
    assert told.key_of(BO, patiently=True) == known(KEYS[ADA.email], KeyPlace.TOKEN)


def test_wrong_pin_of_a_token_is_tried_once_for_all_its_keys_and_never_shown(
    device: Device, tmp_path: Path
) -> None:
    wrong = {ADA.email: device.token(label=ADA.email, pin="999999"), BO.email: device.token(pin="999999")}
    said = []
    # The second round is a start of the service with what the data directory holds.
    for _ in range(2):
        found = keys(tmp_path, {**wrong})
        for one in (ADA, BO):
            key = found.key_of(one, patiently=True)
            assert key is not None
            said.append((key.fault, key.said.partition(": ")[2]))
    refused = (
        KeyFault.PIN_REFUSED,
        "The token “facility” refused its PIN; set the right one, and start again.",
    )
    assert said == [
        (KeyFault.PIN_REFUSED, "The token “facility” refuses its PIN."),
        refused,
        refused,
        refused,
    ]
    right = keys(tmp_path, {ADA.email: device.token(label=ADA.email, pin=PIN)})
    assert right.key_of(ADA, patiently=True) == known(KEYS[ADA.email], KeyPlace.TOKEN)


def test_token_that_goes_away_leaves_known_whose_key_it_was(device: Device, tmp_path: Path) -> None:
    found = keys(tmp_path, {ADA.email: device.token(label=ADA.email)})
    there = found.key_of(ADA, patiently=True)
    assert there is not None
    found._named = {ADA.email: NamedKey(device.token(token="out"))}
    found._reached[ADA.email]._find = lambda: found._find(ADA.email, found._named[ADA.email])
    away = found.key_of(ADA, patiently=True)
    assert away is not None
    assert (away, found.key_of(ADA)) == (replace(there, fault=KeyFault.AWAY, said=away.said), away)
    assert "The token “out” cannot be used" in away.said
    with pytest.raises(CannotSignError):
        found.signer_of(ADA)


def test_term_of_a_key_is_known_when_it_is_over(device: Device, tmp_path: Path) -> None:
    found = keys(tmp_path, {ADA.email: device.token(label="expired")}).key_of(ADA, patiently=True)
    assert found is not None
    assert (found.term, found.fault) == (Term(BEGINS, BEGINS + timedelta(days=1)), None)


def test_key_of_a_person_is_found_at_a_service_and_its_refused_pin_is_known_before_anything_is_signed(
    service: SigningService, tmp_path: Path
) -> None:
    source = service.key(credential="cy-1", pin="hush-cy")
    found = keys(tmp_path, {CY.email: source})
    assert found.key_of(CY, patiently=True) == SignatoryKey(
        KeyPlace.SERVICE, sha256(KEYS["bo"].certificate).hexdigest(), Term(BEGINS, ENDS)
    )
    RefusedPins(tmp_path).remember(source.holder, source.pin)
    refused = keys(tmp_path, {CY.email: source}).key_of(CY, patiently=True)
    assert refused is not None
    assert (refused.fault, "hush" in refused.said) == (KeyFault.PIN_REFUSED, False)


def test_key_in_a_file_is_at_hand_and_one_that_does_not_open_is_said(tmp_path: Path) -> None:
    (tmp_path / "ada.p12").write_bytes(b"nothing that opens")
    found = keys(tmp_path, {ADA.email: KeyFile(str(tmp_path / "ada.p12"), "hush")}).key_of(ADA)
    assert found == SignatoryKey(
        KeyPlace.FILE,
        fault=KeyFault.SHUT,
        said="The key of ada@city.example cannot be used now: The signing key in ada.p12 cannot be opened.",
    )


def test_pin_that_a_service_refuses_when_it_is_to_sign_is_the_signatorys_and_not_the_seals(
    service: SigningService, small_paper: bytes, tmp_path: Path
) -> None:
    (tmp_path / "roots.pem").write_bytes(service.root.pem)
    (tmp_path / "keys.toml").write_text(
        f"""
[services.trust]
url = "{service.address}"
access_token = "{ACCESS}"
[signatories."{CY.email}"]
service = "trust"
credential = "cy-1"
pin = "hush-wrong"
""",
        encoding="utf-8",
    )
    (tmp_path / "keys.toml").chmod(0o600)
    sealer = make_sealer(
        tmp_path,
        source=service.key(),
        roots=str(tmp_path / "roots.pem"),
        tsa_url=f"{service.address}/stamps",
        signatories_keys=str(tmp_path / "keys.toml"),
    )
    before = sealer.key_of(CY, patiently=True)
    with pytest.raises(SignatoryPinRefused, match="signs for Cy refuses its PIN") as refused:
        sealer.sign(small_paper, [CY])
    assert str(refused.value.__cause__) == "The key of Cy did not sign: The signing service refuses the PIN."
    assert "hush" not in "".join(traceback.format_exception(refused.value))
    after = sealer.key_of(CY, patiently=True)
    assert (before and before.fault, after and after.fault) == (None, KeyFault.PIN_REFUSED)
    assert sealer.describe().away is None
