"""What is refused where papers are to be sealed: the key that is missing, not meant for it, or not in force."""

from service.domain.refusal import Kind, Refusal


class NoKey(Refusal):
    """There is no key to seal papers with."""

    code = "no_key"
    kind = Kind.CONFLICT
    template = (
        "There is no key to seal with, so no paper can be made. Whoever runs the service has to name one "
        "in the settings."
    )


class DemoKey(Refusal):
    """The only key is the demonstration's, and the address is open to the world."""

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
