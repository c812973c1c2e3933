"""What is refused where papers are to be sealed: the key that is missing, not meant for it, or not in force."""

from collections.abc import Mapping

from service.domain.refusal import Kind, Refusal
from service.domain.signatory_keys import KeyFault


class NoKey(Refusal):
    """There is no key to seal papers with."""

    code = "no_key"
    kind = Kind.CONFLICT
    template = (
        "There is no key to seal with, so no paper can be made. Whoever runs the service has to name one "
        "in the settings."
    )


class DemoKey(Refusal):
    """The only key is the demonstration's, which may not seal papers here."""

    code = "demo_key"
    kind = Kind.CONFLICT
    template = (
        "The only key here is that of the demonstration, which no one trusts, so nothing is published with it. "
        "Whoever runs the service has to put a key of the facility in its place."
    )


class SealNotInForce(Refusal):
    """The certificate of the seal has ended, or has not begun."""

    code = "seal_not_in_force"
    kind = Kind.CONFLICT
    template = (
        "The certificate of the seal is valid from %(begins)s to %(ends)s (UTC), so nothing can be sealed with it "
        "now. Whoever runs the service has to put a new one in its place."
    )


class StampsExpired(Refusal):
    """The certificate of the timestamp authority has ended."""

    code = "timestamps_expired"
    kind = Kind.CONFLICT
    template = (
        "The certificate of the timestamp authority ended on %(ended)s (UTC), so nothing can be time stamped. "
        "Whoever runs the service has to name another authority."
    )


class SignatoryKeyNotInForce(Refusal):
    """The certificate of a signatory's key has ended, or has not begun."""

    code = "signatory_key_not_in_force"
    kind = Kind.CONFLICT
    template = (
        "The certificate of the key that signs for %(name)s is valid from %(begins)s to %(ends)s (UTC), so the paper "
        "could not be signed with it now. Whoever runs the service has to put a new one in its place."
    )


class SignatoryKeyShut(Refusal):
    """The key of a signatory cannot be opened."""

    code = "signatory_key_shut"
    kind = Kind.CONFLICT
    template = (
        "The key that signs for %(name)s cannot be opened, so the paper could not be signed with it. Whoever runs the "
        "service has to look after it."
    )


class SealAway(Refusal):
    """The key that seals papers cannot be reached: its device is out, or its service does not answer."""

    code = "seal_unavailable"
    kind = Kind.UNAVAILABLE
    template = (
        "The key that seals papers cannot be reached just now, so nothing was sealed and nothing was changed. All else "
        "goes on; try again in a few minutes. If it stays away, whoever runs the service has to look after the device "
        "or the signing service."
    )


class SealPinRefused(Refusal):
    """What holds the key that seals papers refuses its PIN."""

    code = "seal_pin_refused"
    kind = Kind.UNAVAILABLE
    template = (
        "What holds the key that seals papers refuses its PIN, so nothing was sealed and nothing was changed. It is "
        "not asked again with the same PIN, so that it does not lock. Whoever runs the service has to set the right "
        "one."
    )


class StampsAway(Refusal):
    """The timestamp authority cannot be reached, or refuses to attest the time."""

    code = "stamps_unavailable"
    kind = Kind.UNAVAILABLE
    template = (
        "The timestamp authority cannot be reached just now, so the paper was not sealed and nothing was changed. All "
        "else goes on; try again in a few minutes."
    )


class SignatoryKeyAway(Refusal):
    """The key of a signatory cannot be reached: its device is out, or its service does not answer."""

    code = "signatory_key_unavailable"
    kind = Kind.UNAVAILABLE
    template = (
        "The key that signs for %(name)s cannot be reached just now, so nothing was signed and nothing was changed. "
        "Try again in a few minutes. If it stays away, whoever runs the service has to look after the device or the "
        "signing service."
    )


class SignatoryPinRefused(Refusal):
    """What holds the key of a signatory refuses its PIN."""

    code = "signatory_pin_refused"
    kind = Kind.UNAVAILABLE
    template = (
        "What holds the key that signs for %(name)s refuses its PIN, so nothing was signed and nothing was changed. It "
        "is not asked again with the same PIN, so that it does not lock. Whoever runs the service has to set the right "
        "one."
    )


class SignatoryKeyOfAnother(Refusal):
    """The certificate of the key that is named for a signatory is somebody else's."""

    code = "signatory_key_of_another"
    kind = Kind.CONFLICT
    template = (
        "The certificate of the key that is to sign for %(name)s is somebody else’s, so nothing was signed. Whoever "
        "runs the service has to name the right key."
    )


THEIRS: Mapping[KeyFault, type[Refusal]] = {
    KeyFault.AWAY: SignatoryKeyAway,
    KeyFault.PIN_REFUSED: SignatoryPinRefused,
    KeyFault.SHUT: SignatoryKeyShut,
    KeyFault.OF_ANOTHER: SignatoryKeyOfAnother,
}
"""What is refused for each fault of a signatory's key; each names its owner as `name`."""
