"""What a certificate was issued for: one for a web server, for encryption or for timestamps seals and signs no paper.

Roots issue certificates for many purposes. Where a certificate says for which it was issued, that has to include
signing; one that does not say it, or names only purposes that nobody knows here without insisting on them, may sign.
"""

from asn1crypto import x509

from service.adapters import rooted

_SIGNING = {"digital_signature", "non_repudiation"}
_FOR_DOCUMENTS = {
    "2.5.29.37.0",  # any purpose
    "1.3.6.1.5.5.7.3.4",  # mail
    "1.3.6.1.5.5.7.3.36",  # documents (RFC 9336)
    "1.2.840.113583.1.1.5",  # documents, as Adobe has it
    "1.3.6.1.4.1.311.10.3.12",  # documents, as Microsoft has it
}
_FOR_OTHERS = {
    # Servers, clients, programs, networks, timestamps, answers on revocation: all that had a number before documents.
    *(f"1.3.6.1.5.5.7.3.{number}" for number in range(1, 36)),
    "1.3.6.1.5.2.3.4",  # signing in (Kerberos)
    "1.3.6.1.5.2.3.5",
    "1.3.6.1.4.1.311.20.2.1",  # asking for certificates in the name of others
    "1.3.6.1.4.1.311.20.2.2",  # signing in (smart card)
    "1.3.6.1.4.1.311.10.3.3",  # servers, as Microsoft and Netscape have it
    "2.16.840.1.113730.4.1",
    "1.3.6.1.4.1.311.10.3.2",  # timestamps, as Microsoft has it
    "1.3.6.1.4.1.311.10.3.4",  # encrypting files
    "1.3.6.1.4.1.311.67.1.1",  # encrypting drives
}


def may_sign(certificate: x509.Certificate) -> bool:
    """Tell whether a certificate was issued for signatures or seals, as far as it says what it was issued for."""
    usage = certificate.key_usage_value
    if usage is not None and not _SIGNING & usage.native:
        return False
    extended = certificate.extended_key_usage_value
    if extended is None:
        return True
    purposes = {one.dotted for one in extended}
    if purposes & _FOR_DOCUMENTS:
        return True
    return "extended_key_usage" not in certificate.critical_extensions and bool(purposes - _FOR_OTHERS)


def why_not(certificate: x509.Certificate) -> str:
    """Say, to whoever runs the service, why nothing is to be signed under a certificate; empty where it may be."""
    if may_sign(certificate):
        return ""
    return (
        f"the certificate of “{rooted.called(certificate.subject)}” was not issued for signatures or seals "
        f"({_said(certificate)}). Have one issued for them; checks refuse what was signed under this one."
    )


def _said(certificate: x509.Certificate) -> str:
    usage, extended = certificate.key_usage_value, certificate.extended_key_usage_value
    parts = [", ".join(sorted(usage.native)) or "nothing"] if usage is not None else []
    parts += [", ".join(str(one.native) for one in extended)] if extended is not None else []
    return "; ".join(parts)
