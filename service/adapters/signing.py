"""The seal: a PAdES signature with all that is needed to check it, then an archive timestamp as its own step.

Only increments are appended, so the file still begins with the exact bytes that were rendered, and it stays
conformant: the metadata are left alone and the signature fields take no place on any page.
"""

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from asn1crypto import crl, keys, x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjectStream, PositionDict, XRefStream
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko.sign.validation.dss import DocumentSecurityStore, collect_validation_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.registry import SimpleCertificateStore

from service.adapters import purposes
from service.adapters.demo_pki import DemoPki
from service.adapters.key_sources import (
    CannotSealError,
    KeyFile,
    KeySource,
    RemoteKey,
    StampsAwayError,
    Token,
)
from service.adapters.permitted import ARCHIVE_IN_WORDS, archive_field
from service.adapters.punctual import Signer
from service.adapters.refused_pins import RefusedPins
from service.adapters.stamping import HouseStamper, StampingKey

FIELD = "FacilitySeal"
FIELD_IN_WORDS = "Seal of the coordination facility"
DIGEST = "sha256"
_BREAKS = (b"\r", b"\n")
_BEFORE_THE_STAMP = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)


class Increment(IncrementalPdfFileWriter):
    """An increment that leaves metadata and version of a document as they were rendered, and whose streams end clearly.

    A paper that says of itself that it is PDF/A-3 and PDF/UA-1 is a PDF 1.7 by both; the extension of ETSI that allows
    its signatures is for 1.7, too. That a curve is used which ISO 32002 lists is told by the signature itself.
    """

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Leave the version as it is."""

    def register_extension(self, ext: DeveloperExtension) -> None:
        """Register only what extends the version that the file has."""
        if ext.base_version == ESIC_EXTENSION_1.base_version:
            super().register_extension(ext)

    def add_object(
        self, obj: generic.PdfObject, obj_stream: ObjectStream | None = None, idnum: int | None = None
    ) -> generic.IndirectObject:
        """Add an object; one that ends in a line break goes as letters: strict readers count it a byte short."""
        if isinstance(obj, generic.StreamObject) and obj.encoded_data.endswith(_BREAKS):
            obj.apply_filter(generic.pdf_name("/ASCIIHexDecode"))
        return super().add_object(obj, obj_stream, idnum)

    def _write_objects(self, stream: BinaryIO, object_position_dict: PositionDict) -> None:
        """Write the objects, and line breaks behind them until their table, which comes next, ends in none.

        A table tells where it stands itself, so it ends otherwise wherever it begins elsewhere.
        """
        super()._write_objects(stream, object_position_dict)
        while self.stream_xrefs and self._table_of(object_position_dict, stream.tell()).endswith(_BREAKS):
            stream.write(b"\n")

    def _table_of(self, places: PositionDict, at: int) -> bytes:
        """Return the table as it will be written, if it begins at a place."""
        table = XRefStream({**places, (0, self._lastobj_id + 1): at})
        table.compress()  # type: ignore[no-untyped-call]  # pyHanko's own
        table.write_to_stream(io.BytesIO())  # type: ignore[no-untyped-call]  # as above
        return table.encoded_data

    def _update_meta(self) -> None:
        """Change nothing: a rewritten description would no longer say that the file is PDF/UA and PDF/A."""


class _Gathering(ValidationContext):
    """What data to check signatures are gathered in; of the lists given, only those of who is on a path go on."""

    def __init__(self, roots: Sequence[bytes], given: Sequence[bytes], *, fetching: bool) -> None:
        super().__init__(
            trust_roots=_certificates(roots),
            crls=[crl.CertificateList.load(one) for one in given],
            allow_fetching=fetching,
            revocation_mode="hard-fail",
        )
        self._given = frozenset(given)
        self._issuers: set[str] = set()

    def record_validation(self, cert: x509.Certificate, path: ValidationPath) -> None:
        """Remember who is on the path of a certificate that is valid."""
        super().record_validation(cert, path)  # type: ignore[no-untyped-call]  # pyHanko's own
        self._issuers |= {one.subject.hashable for one in path}

    @property
    def crls(self) -> list[crl.CertificateList]:
        """The lists that were fetched, and of those given the ones that belong to a path."""
        return [
            one
            for one in super().crls
            if one.dump() not in self._given or one["tbs_cert_list"]["issuer"].hashable in self._issuers
        ]


class _StampSource(Protocol):
    def __call__(self) -> TimeStamper: ...


@dataclass(frozen=True)
class Seal:
    """A key to seal with, a timestamp authority, and the roots under which both are checked.

    `roots` and `demo_roots` are PEM; a seal of the demonstration has its root only among the latter. `clock` tells when
    it is, where that is not the present.
    """

    signer: signers.Signer
    timestamper: _StampSource
    roots: tuple[bytes, ...]
    demo_roots: tuple[bytes, ...] = ()
    revocations: tuple[bytes, ...] = ()
    fetching: bool = False
    clock: Callable[[], datetime] | None = None

    @property
    def certificate(self) -> bytes:
        """The certificate of the key, DER.

        Raises:
            CannotSealError: there is none.
        """
        if self.signer.signing_cert is None:
            raise CannotSealError("The key to seal with has no certificate.")
        found: bytes = self.signer.signing_cert.dump()
        return found

    def sign(self, pdf: bytes) -> bytes:
        """Return the file with the seal and the data to check it.

        Raises:
            CannotSealError: The key or the timestamp authority did not do its part.
        """
        metadata = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
        )
        field = SigFieldSpec(FIELD, invis_sig_settings=_out_of_bounds(), readable_field_name=FIELD_IN_WORDS)
        sealer = Signer(metadata, signer=self.signer, timestamper=self.timestamper(), new_field_spec=field)
        sealer.clock = self.clock
        signed = appended(pdf, lambda increment, output: sealer.async_sign_pdf(increment, output=output))
        return appended(signed, self._add_validation_data)

    def timestamp(self, pdf: bytes) -> bytes:
        """Return the sealed file with an archive timestamp over all of it, the first or a further one.

        Raises:
            CannotSealError: The timestamp authority did not do its part.
        """
        stamper = signers.PdfTimeStamper(
            self.timestamper(),
            field_name=archive_field(len(_stamps(pdf))),
            invis_settings=_out_of_bounds(),
            readable_field_name=ARCHIVE_IN_WORDS,
        )

        async def append(increment: Increment, output: io.BytesIO) -> None:
            async with self.context() as context:
                await stamper.async_timestamp_pdf(
                    increment,
                    DIGEST,
                    validation_context=context,
                    output=output,
                    dss_settings=_BEFORE_THE_STAMP,
                )

        return appended(pdf, append)

    def renew(self, pdf: bytes) -> bytes:
        """Return a stamped file with what is needed to check its last timestamp, and with another one over all of it.

        It has to be done while the last timestamp can still be checked by itself.

        Raises:
            CannotSealError: It is too late, or the timestamp authority did not do its part.
        """
        if not _stamps(pdf):
            raise CannotSealError("The file has no archive timestamp that could be renewed.")
        return self.timestamp(appended(pdf, self._add_data_made_since))

    async def _add_validation_data(self, increment: Increment, output: io.BytesIO) -> None:
        seal = PdfFileReader(increment.prev.stream).embedded_regular_signatures[-1]
        async with self.context() as context:
            await _add_data_of(seal, increment, context)
        increment.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own

    async def _add_data_made_since(self, increment: Increment, output: io.BytesIO) -> None:
        """Add what is needed to check the last stamp, and what is said by now of who sealed and signed.

        When they did, nobody may have told yet that a key was stolen.
        """
        reader = PdfFileReader(increment.prev.stream)
        async with self.context() as context:
            await _add_data_of(reader.embedded_timestamp_signatures[-1], increment, context)
            for one in reader.embedded_regular_signatures:
                # Of a certificate that has ended nothing more is said; what the file holds of it stays.
                with suppress(PathError, ValidationError, SignatureValidationError):
                    await _add_data_of(one, increment, context)
        increment.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own

    @asynccontextmanager
    async def context(self) -> AsyncIterator[ValidationContext]:
        """Open the roots and lists under which the data to check signatures are gathered."""
        context = _Gathering((*self.roots, *self.demo_roots), self.revocations, fetching=self.fetching)
        try:
            yield context
        finally:
            await context.aclose()  # type: ignore[no-untyped-call]  # pyHanko's own


async def _add_data_of(
    signature: EmbeddedPdfSignature, increment: Increment, context: ValidationContext
) -> None:
    paths = await collect_validation_info(signature, context)
    DocumentSecurityStore.supply_dss_in_writer(increment, None, paths=paths, validation_context=context)


def demo_seal(pki: DemoPki, *, at: Callable[[], datetime] | None = None) -> Seal:
    """Return the demonstration's seal; `at` fixes the time that it is made, and that its timestamps attest."""
    root = x509.Certificate.load(pki.root)
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(pki.seal.certificate),
        signing_key=keys.PrivateKeyInfo.load(pki.seal.key),
        cert_registry=_store(root),
    )

    stamps = StampingKey(pki.authority.key, pki.authority.certificate)

    def timestamper() -> TimeStamper:
        return HouseStamper(stamps, vouching=_store(root), at=at().astimezone(UTC) if at else None)

    return Seal(
        signer,
        timestamper,
        roots=(),
        demo_roots=(pki.root_certificate_pem,),
        revocations=(pki.revocations,),
        clock=at,
    )


def own_seal(
    source: KeySource, *, tsa_url: str, roots: Sequence[bytes], pins: RefusedPins | None = None
) -> Seal:
    """Return a seal with the operator's own key and a timestamp authority on the network.

    Revocation data are fetched from where the certificates say; `roots` (PEM) are trusted, no others.

    Raises:
        CannotSealError: The key is not where it should be, or what should open it does not.
    """
    signer = open_signer(source, pins)
    return Seal(signer, lambda: HTTPTimeStamper(tsa_url, timeout=20), roots=tuple(roots), fetching=True)


def own_stamps(*, tsa_url: str, roots: Sequence[bytes]) -> Seal:
    """Return what takes the same timestamps without the key, which may be away when a paper is renewed."""
    nobody = signers.ExternalSigner(signing_cert=None, cert_registry=None)
    return Seal(nobody, lambda: HTTPTimeStamper(tsa_url, timeout=20), roots=tuple(roots), fetching=True)


def open_signer(source: KeySource, pins: RefusedPins | None = None) -> signers.Signer:
    """Return what signs with a key, wherever that is.

    `pins` remembers the PINs that were refused.

    Raises:
        KeyAwayError: it cannot be reached now.
        CannotSealError: as above, or its certificate was issued for another purpose.
    """
    signer = _opened(source, pins)
    if signer.signing_cert is not None and (why := purposes.why_not(signer.signing_cert)):
        raise CannotSealError(f"The key cannot seal or sign papers: {why}")
    return signer


def _opened(source: KeySource, pins: RefusedPins | None) -> signers.Signer:
    """Return what signs with a key: the one place that tells the sources apart."""
    match source:
        case KeyFile():
            return _from_file(source)
        case Token():
            # Loaded where it is needed: it looks for a library of the machine.
            from service.adapters.token_keys import TokenSigner  # noqa: PLC0415 - see above

            return TokenSigner(source, pins)
        case RemoteKey():
            from service.adapters.remote_keys import RemoteSigner  # noqa: PLC0415 - as above

            return RemoteSigner(source, pins)


def _from_file(source: KeyFile) -> signers.Signer:
    name = Path(source.path).name
    try:
        signer: signers.Signer | None = signers.SimpleSigner.load_pkcs12_data(
            Path(source.path).read_bytes(), other_certs=[], passphrase=source.passphrase.encode()
        )
    except (OSError, ValueError) as error:
        raise CannotSealError(f"The signing key in {name} cannot be opened.") from error
    if signer is None:
        raise CannotSealError(f"The signing key in {name} cannot be opened; check its passphrase.")
    return signer


def _store(certificate: x509.Certificate) -> SimpleCertificateStore:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's own
    store.register(certificate)
    return store


def _stamps(pdf: bytes) -> Sequence[EmbeddedPdfSignature]:
    try:
        return list(PdfFileReader(io.BytesIO(pdf)).embedded_timestamp_signatures)
    except (ValueError, PdfError) as error:
        raise CannotSealError(f"The file could not be sealed: {error}") from error


def _out_of_bounds() -> InvisSigSettings:
    return InvisSigSettings(box_out_of_bounds=True)


def _certificates(pems: Sequence[bytes]) -> list[x509.Certificate]:
    found = [one for pem in pems for one in load_pem_x509_certificates(pem)]
    return [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in found]


def appended(pdf: bytes, append: Callable[[Increment, io.BytesIO], object]) -> bytes:
    """Return the file with what `append` writes behind it, in one increment.

    Raises:
        StampsAwayError: the timestamp authority did not do its part.
        CannotSealError: it could not be written.
    """
    output = io.BytesIO()

    async def run() -> None:
        await append(Increment(io.BytesIO(pdf)), output)  # type: ignore[misc]  # pyHanko has no types

    try:
        asyncio.run(run())
    except CannotSealError:
        raise
    except TimestampRequestError as error:
        raise StampsAwayError(f"The timestamp authority did not do its part: {error}") from error
    except Exception as error:
        raise CannotSealError(f"The file could not be sealed: {error}") from error
    return output.getvalue()
