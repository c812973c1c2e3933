"""Which roots answer for what: those of signers for seals and signatures, those of the clock for timestamps.

An authority of timestamps that could also seal, or a signer who could also say when it was, would each be believed more
than they were asked.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from service.domain.verification import Finding, Sentence


@dataclass(frozen=True)
class TrustedRoots:
    """The roots of signers, and those of the clock: the same ones where nobody keeps them apart."""

    signers: tuple[x509.Certificate, ...]
    clock: tuple[x509.Certificate, ...]

    @property
    def all(self) -> list[x509.Certificate]:
        """Every root, whatever it answers for."""
        return [*self.signers, *self.clock]

    def with_those(self, others: "TrustedRoots") -> "TrustedRoots":
        """Return these and others, each for what it answers."""
        return TrustedRoots((*self.signers, *others.signers), (*self.clock, *others.clock))

    def policy(self) -> PdfSignatureValidationSpec:
        """Return how a file is checked under these: by what it holds itself, asking nobody."""
        return PdfSignatureValidationSpec(
            SignatureValidationSpec(
                cert_validation_policy=_under(self.signers),
                ts_cert_validation_policy=_under(self.clock),
                revinfo_gathering_policy=RevocationInfoGatheringSpec(
                    online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY,
                    certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
                ),
            )
        )

    def told_of_signers(self, needed: Sequence[Sentence]) -> tuple[Sentence, ...]:
        """Return which root a seal or signature would need: one that is trusted for timestamps only is said to be."""
        return _told(needed, _fingerprints(self.clock) - _fingerprints(self.signers), Finding.ROOT_FOR_STAMPS)

    def told_of_clock(self, needed: Sequence[Sentence]) -> tuple[Sentence, ...]:
        """Return which root a timestamp would need: one that is trusted for signers only is said to be."""
        return _told(
            needed, _fingerprints(self.signers) - _fingerprints(self.clock), Finding.ROOT_FOR_SIGNERS
        )


def of(signers: Sequence[bytes], clock: Sequence[bytes] | None) -> TrustedRoots:
    """Return roots (PEM) by what they answer for; where none are named for the clock, those of signers do.

    Raises:
        ValueError: among them is something that is none.
    """
    loaded = _load(signers)
    return TrustedRoots(loaded, loaded if clock is None else _load(clock))


def _load(pems: Sequence[bytes]) -> tuple[x509.Certificate, ...]:
    found = [one for pem in pems for one in load_pem_x509_certificates(pem)]
    return tuple(x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in found)


def _under(roots: Sequence[x509.Certificate]) -> CertValidationPolicySpec:
    return CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=roots),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
    )


def _told(needed: Sequence[Sentence], elsewhere: frozenset[str], instead: Finding) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(instead, one.values) if one.values.get("fingerprint") in elsewhere else one for one in needed
    )


def _fingerprints(roots: Sequence[x509.Certificate]) -> frozenset[str]:
    return frozenset(hashlib.sha256(one.dump()).hexdigest() for one in roots)
