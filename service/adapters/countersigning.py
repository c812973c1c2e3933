"""The signatures of signatories beside the seal: fields placed before it, each filled after it in its own increment.

The seal certifies the file and leaves nothing open but these fields; what it covers names, by its certificate, who is
to fill each. The fields take no place on any page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.validation.dss import DocumentSecurityStore, collect_validation_info

from service.adapters import countersignatures
from service.adapters.key_sources import CannotSignError, KeyAwayError, fault_of
from service.adapters.punctual import Signer
from service.adapters.signatory_keys import SigningKeys
from service.adapters.signing import DIGEST, Increment, Seal, appended
from service.domain.publication import field_of
from service.domain.seals import SigningPerson


@dataclass(frozen=True, slots=True)
class Countersigner:
    """One who signs: their name as it is printed, the field that is theirs, and their key."""

    name: str
    field: str
    signer: signers.Signer


def countersigners(keys: SigningKeys, people: Sequence[SigningPerson]) -> tuple[Countersigner, ...]:
    """Return those of the people who have a key, each with the field of their place in the list.

    Raises:
        CannotSignError: the key of one of them cannot be used.
    """
    found = [(number, one, keys.signer_of(one)) for number, one in enumerate(people, 1)]
    return tuple(
        Countersigner(one.name, field_of(number), signer)
        for number, one, signer in found
        if signer is not None
    )


def sign_together(seal: Seal, pdf: bytes, signing: Sequence[Countersigner]) -> bytes:
    """Return the file with the facility's seal, then the signature of each signatory, and the data to check them.

    Raises:
        CannotSignError: the key of a signatory did not do its part.
        CannotSealError: that of the facility, or the timestamp authority, did not do its part.
    """
    if not signing:
        return seal.sign(pdf)
    # Whatever somebody is called by now, the paper that they sign calls them as it is printed.
    called = {field_of(number): one.name for number, one in enumerate(countersignatures.printed(pdf), 1)}
    signing = [replace(one, name=called.get(one.field, one.name)) for one in signing]
    signed = seal.sign(_prepared(pdf, signing))
    for one in signing:
        signed = _signed(seal, signed, one)

    async def vouch(increment: Increment, output: BytesIO) -> None:
        async with seal.context() as context:
            for signature in PdfFileReader(increment.prev.stream).embedded_regular_signatures:
                paths = await collect_validation_info(signature, context)
                DocumentSecurityStore.supply_dss_in_writer(
                    increment, None, paths=paths, validation_context=context
                )
        increment.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own

    return appended(signed, vouch)


def with_roots_of(seal: Seal, root: bytes, revocations: bytes) -> Seal:
    """Return the demonstration's seal as one that also vouches for what this root (PEM) has issued."""
    return replace(seal, demo_roots=(*seal.demo_roots, root), revocations=(*seal.revocations, revocations))


def _prepared(pdf: bytes, signing: Sequence[Countersigner]) -> bytes:
    async def place(increment: Increment, output: BytesIO) -> None:
        for one in signing:
            spec = SigFieldSpec(
                one.field,
                invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
                readable_field_name=f"Signature of {one.name}",
            )
            append_signature_field(increment, spec)
        increment.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own

    return appended(pdf, place)


def _signed(seal: Seal, pdf: bytes, one: Countersigner) -> bytes:
    metadata = signers.PdfSignatureMetadata(
        field_name=one.field, md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES, name=one.name
    )
    signer = Signer(metadata, signer=one.signer, timestamper=seal.timestamper())
    signer.clock = seal.clock
    try:
        return appended(pdf, lambda increment, output: signer.async_sign_pdf(increment, output=output))
    except KeyAwayError as error:
        raise CannotSignError(
            f"The key of {one.name} did not sign: {error}", one.name, fault_of(error)
        ) from error
