"""The sealer: the demonstration's keys or the operator's, and checks in a process of their own."""

import hashlib
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from service.adapters.demo_pki import DemoPki
from service.adapters.demo_signatories import DemoSignatories
from service.adapters.key_list import KeyListError, read_keys
from service.adapters.key_sources import (
    CannotSealError,
    CannotSignError,
    KeyAwayError,
    KeySource,
    PinRefusedError,
    StampsAwayError,
)
from service.adapters.reaching import Reached
from service.adapters.refused_pins import RefusedPins
from service.adapters.roots import TOGETHER, ClockRoots, clock_roots, read_roots, told
from service.adapters.verifying_apart import MEBIBYTES, SECONDS, verify_apart
from service.domain.errors import SealAway, SealPinRefused, StampsAway
from service.domain.seal_errors import THEIRS
from service.domain.seals import KeyPlace, SealDescription, SealFault, SigningPerson
from service.domain.signatory_keys import SignatoryKey
from service.domain.verification import Verification

if TYPE_CHECKING:
    from service.adapters.signatory_keys import DemoSigningKeys, SigningKeys
    from service.adapters.signing import Seal

KEYS = "demo-keys"
SIGNATORIES = "demo-signatories"
PATIENT_SECONDS = 120.0
PATIENT_MEBIBYTES = 1024
# The demonstration tells of a meeting in 2023, so its certificates begin before it.
DEMO_BEGINS = datetime(2023, 1, 1, tzinfo=UTC)


class ApartSealer:
    """Seals with a key at hand; checks whatever it is given under limits of time and memory."""

    def __init__(
        self,
        roots: Sequence[bytes],
        demo_roots: Sequence[bytes],
        reached: "Reached[Seal]",
        described: Callable[[bool], SealDescription],
        *,
        stamping: "Callable[[], Seal] | None" = None,
        open_keys: "Callable[[], SigningKeys] | None" = None,
        signers: Sequence[str] = (),
        clocks: ClockRoots = TOGETHER,
        own: bool = False,
    ) -> None:
        """Trust the roots (PEM); the seal is opened when it is first needed, because its libraries are large.

        `described` tells whose key it is; it is told whether to ask the key itself.
        `stamping` is what time stamps without a key, where that can be away. `open_keys` opens the keys of signatories,
        where there are any. `signers` are those whose seals are expected, by name or fingerprint; where there are none
        and the key is the operator's `own`, its certificate tells, and those of what was published. `clocks` are the
        roots of timestamps, where they are kept apart.
        """
        self._clocks = clocks
        self._open_keys, self._signers, self._own = open_keys, tuple(signers), own
        self._roots, self._demo_roots = tuple(roots), tuple(demo_roots)
        self._reached, self._described = reached, described
        self._stamping = stamping or self._seal

    def is_ready(self) -> bool:
        """Tell whether the keys are at hand."""
        return bool(self._roots or self._demo_roots)

    def roots(self) -> bytes:
        """Return the roots under which papers are checked here, as one file in PEM."""
        return told(self._roots, self._clocks, self._demo_roots)

    def describe(self, *, patiently: bool = False) -> SealDescription:
        """Return whose key it is, and until when, as it was found last; `patiently` asks the key itself.

        Raises:
            SealAway: the key cannot be reached, and was not since the start; or now, where it is asked itself.
            SealPinRefused: what holds it refuses its PIN; likewise.
            CannotSealError: the operator's key cannot be opened, because what names it is wrong.
        """
        with _told():
            found = self._described(patiently)
        fault = self._reached.fault
        away = SealFault.PIN_REFUSED if isinstance(fault, PinRefusedError) else SealFault.AWAY
        return found if fault is None else replace(found, away=away)

    def key_of(self, person: SigningPerson, *, patiently: bool = False) -> SignatoryKey | None:
        """Return what is known of the key with which a person signs papers, at once; None where they have none.

        `patiently` asks the key itself, however long that takes.
        """
        return self._open_keys().key_of(person, patiently=patiently) if self._open_keys is not None else None

    def look_beside(self, tell: Callable[[str], None]) -> None:
        """Look for the keys of signatories beside; `tell` is told what is wrong with any."""
        if self._open_keys is not None:
            self._open_keys().look_beside(tell)

    def sign(self, pdf: bytes, people: Sequence[SigningPerson] = ()) -> bytes:
        """Return the PDF with the facility's seal, and the signatures of those of the people who have a key."""
        from service.adapters.countersigning import countersigners, sign_together  # noqa: PLC0415 - see above

        with _told():
            signing = countersigners(self._open_keys(), people) if self._open_keys is not None else ()
            try:
                return sign_together(self._seal(), pdf, signing)
            except KeyAwayError as fault:
                self._reached.lost(fault)
                raise

    def timestamp(self, pdf: bytes) -> bytes:
        """Return the sealed PDF with an archive timestamp."""
        with _told():
            return self._stamping().timestamp(pdf)

    def renew(self, pdf: bytes) -> bytes:
        """Return a stamped PDF with another archive timestamp."""
        with _told():
            return self._stamping().renew(pdf)

    def _seal(self) -> "Seal":
        """Return the seal as it was found last: whether its key is still there is found out by using it."""
        return self._reached.last or self._reached.look()

    def certificate_in(self, pdf: bytes) -> str | None:
        """Return the SHA-256, in hex, of the certificate that sealed a paper of our own, if it can be read."""
        from service.adapters.whose import certificate_in  # noqa: PLC0415 - see above

        return certificate_in(pdf)

    def verify(
        self,
        pdf: bytes,
        *,
        patiently: bool = False,
        record_keys: tuple[bytes, ...] = (),
        sealed_with: Callable[[], Collection[str]] = frozenset,
    ) -> Verification:
        """Return what can be said of a PDF, whoever made it; `patiently` is for one of our own.

        `sealed_with` reads the fingerprints of the certificates under which papers were published here, if need be.
        """
        seconds = PATIENT_SECONDS if patiently else SECONDS
        mebibytes = PATIENT_MEBIBYTES if patiently else MEBIBYTES
        expected = self._signers if self._signers or patiently else self._ours(sealed_with)
        return verify_apart(
            pdf,
            self._roots,
            demo_roots=self._demo_roots,
            record_keys=record_keys,
            signers=expected,
            clocks=self._clocks,
            seconds=seconds,
            mebibytes=mebibytes,
        )

    def _ours(self, sealed_with: Callable[[], Collection[str]]) -> Sequence[str]:
        """Return the certificates of the facility: those under which it published, and that of its key."""
        if not self._own:
            return ()
        try:
            now = (self._reached.last or self._reached.known()).certificate
        except CannotSealError:
            # A key that is away keeps nobody from checking; where nothing was published, it is left open whose it is.
            return tuple(sealed_with())
        return (*sealed_with(), hashlib.sha256(now).hexdigest())


@contextmanager
def _told() -> Iterator[None]:
    """Refuse, in the words of the rules, where the key or the timestamp authority is away.

    Raises:
        SealPinRefused: what holds it refuses its PIN.
        SealAway: it cannot be reached.
        StampsAway: the authority does not do its part.
        Refusal: what is wrong with the key of a signatory.
    """
    try:
        yield
    except CannotSignError as fault:
        raise THEIRS[fault.fault](name=fault.name) from fault
    except PinRefusedError as fault:
        raise SealPinRefused from fault
    except KeyAwayError as fault:
        raise SealAway from fault
    except StampsAwayError as fault:
        raise StampsAway from fault


def make_sealer(
    data: Path,
    *,
    source: KeySource | None = None,
    roots: str = "",
    signers: Sequence[str] = (),
    tsa_url: str = "",
    tsa_roots: str = "",
    signatories: str = "",
    signatories_passphrase: str = "",
    signatories_keys: str = "",
    demo_allowed: bool = True,
    now: datetime = DEMO_BEGINS,
    clock: Callable[[], datetime] | None = None,
) -> ApartSealer:
    """Return the sealer that the settings ask for: with the operator's key, or else with the demonstration's.

    Args:
        data: the data directory, where the demonstration's keys are kept.
        source: where the operator's key is; None for the demonstration's.
        roots: file with the trusted roots in PEM (or one in DER), those of keys that were used before among them.
        signers: whose seals are expected, by name or fingerprint; none for the certificates of the key and
            of what was published.
        tsa_url: address of the timestamp authority.
        tsa_roots: file with the roots that answer for timestamps alone, and `roots` then for none.
        signatories: directory with the keys of signatories, used beside the operator's key; empty for none.
        signatories_passphrase: what opens each of them.
        signatories_keys: file that says who signs with which key, instead of that directory; empty for none.
        demo_allowed: whether papers may be sealed with the demonstration's keys here.
        now: from when the demonstration's keys last for 25 years, if they are made now.
        clock: the time that the demonstration's timestamps attest, where a story is told in another time.

    Raises:
        CannotSealError: the roots cannot be read, or the keys of signatories are named wrongly.
    """
    trusted = read_roots(roots)
    if source is not None:
        pins = RefusedPins(data)
        open_keys = _listed(signatories_keys, pins) or _files(signatories, signatories_passphrase)
        clocks = ClockRoots(clock_roots(tsa_roots))
        return _own(source, trusted, clocks, tsa_url, signers, open_keys=open_keys, pins=pins)
    keys = DemoPki.load_or_create(data / KEYS, begins=DEMO_BEGINS, now=now)
    named = DemoSignatories.load_or_create(data / SIGNATORIES, begins=DEMO_BEGINS, now=now)

    def open_demo_keys() -> "DemoSigningKeys":
        from service.adapters.signatory_keys import DemoSigningKeys  # noqa: PLC0415 - see ApartSealer

        return DemoSigningKeys(named)

    def open_seal() -> "Seal":
        from service.adapters.countersigning import with_roots_of  # noqa: PLC0415 - see ApartSealer
        from service.adapters.signing import demo_seal  # noqa: PLC0415 - see ApartSealer

        return with_roots_of(demo_seal(keys, at=clock), named.root_certificate_pem, named.revocations)

    @cache
    def described() -> SealDescription:
        from service.adapters.certificates import describe, ends  # noqa: PLC0415 - see ApartSealer

        return describe(
            keys.seal.certificate,
            demo=True,
            timestamps="",
            allowed=demo_allowed,
            stamps_until=ends(keys.authority.certificate),
        )

    roots_of_demo = (keys.root_certificate_pem, named.root_certificate_pem)
    return ApartSealer(
        trusted,
        roots_of_demo,
        Reached(cache(open_seal), holds=math.inf),
        lambda _: described(),
        open_keys=open_demo_keys,
        signers=signers,
        # Whom the demonstration lets sign, it does not let tell the time.
        clocks=ClockRoots(demo=(keys.root_certificate_pem,)),
    )


def _files(directory: str, passphrase: str) -> "Callable[[], SigningKeys] | None":
    """Return what opens the keys of signatories in a directory; None where there is none."""
    if not directory:
        return None
    if not Path(directory).is_dir():
        raise KeyListError(
            f"The directory of signatories' keys {directory} is not there; make it, or name another."
        )

    @cache
    def open_files() -> "SigningKeys":
        from service.adapters.signatory_keys import FileSigningKeys  # noqa: PLC0415 - see ApartSealer

        return FileSigningKeys(Path(directory), passphrase)

    return open_files


def _listed(path: str, pins: RefusedPins) -> "Callable[[], SigningKeys] | None":
    """Return what opens the keys of signatories in a list; None where there is none."""
    if not path:
        return None
    named = read_keys(Path(path))

    @cache
    def open_named() -> "SigningKeys":
        from service.adapters.named_keys import NamedSigningKeys  # noqa: PLC0415 - see ApartSealer

        return NamedSigningKeys(named, pins)

    return open_named


def _own(
    source: KeySource,
    trusted: Sequence[bytes],
    clocks: ClockRoots,
    tsa_url: str,
    signers: Sequence[str],
    *,
    open_keys: "Callable[[], SigningKeys] | None",
    pins: RefusedPins,
) -> ApartSealer:
    # What is needed to check a paper is gathered for all of it at once.
    every = (*trusted, *(clocks.own or ()))

    def open_seal() -> "Seal":
        from service.adapters.signing import own_seal  # noqa: PLC0415 - see ApartSealer

        return own_seal(source, tsa_url=tsa_url, roots=every, pins=pins)

    @cache
    def read(certificate: bytes) -> SealDescription:
        from service.adapters.certificates import describe  # noqa: PLC0415 - see ApartSealer

        return describe(certificate, demo=False, timestamps=tsa_url, place=source.place)

    @cache
    def open_stamps() -> "Seal":
        from service.adapters.signing import own_stamps  # noqa: PLC0415 - see ApartSealer

        return own_stamps(tsa_url=tsa_url, roots=every)

    # A file that was read stays in memory; a device and a service are looked for again.
    in_file = source.place is KeyPlace.FILE
    reached = Reached(cache(open_seal), holds=math.inf) if in_file else Reached(open_seal)

    def described(patiently: bool) -> SealDescription:  # noqa: FBT001 - as it is asked
        return read((reached.look() if patiently else reached.known()).certificate)

    return ApartSealer(
        trusted,
        (),
        reached,
        described,
        stamping=open_stamps,
        open_keys=open_keys,
        signers=signers,
        clocks=clocks,
        own=True,
    )


def make_verifier(
    data: Path,
    *,
    trusted: str = "",
    trusted_time: str = "",
    signers: Sequence[str] = (),
    record_keys: Sequence[bytes] = (),
) -> Callable[[bytes], Verification]:
    """Return what checks a file under the trusted roots, and under the demonstration's where there is one.

    Args:
        data: the data directory.
        trusted: file with the roots to trust, in PEM or DER; empty for none but the demonstration's.
        trusted_time: file with those that answer for timestamps alone, and the others then for none.
        signers: whose seals are expected, by name or fingerprint; none where that is not known.
        record_keys: the public keys under which proofs from the record that it holds are checked.

    Raises:
        RootsUnreadableError: the roots cannot be read.
    """
    roots, own_clock = read_roots(trusted), clock_roots(trusted_time)
    keys = data / KEYS
    demo = [DemoPki.load(keys).root_certificate_pem] if keys.exists() else []
    clocks = ClockRoots(own_clock, tuple(demo))
    if (data / SIGNATORIES).exists():
        demo.append(DemoSignatories.load(data / SIGNATORIES).root_certificate_pem)
    # Whoever checks a file of their own can wait for it, or stop.
    return lambda pdf: verify_apart(
        pdf,
        roots,
        demo_roots=demo,
        record_keys=record_keys,
        signers=signers,
        clocks=clocks,
        seconds=PATIENT_SECONDS,
    )
