"""What is refused to those who want to come in, or to show that it is they who act."""

from service.domain.refusal import Kind, Refusal


class ConfirmationNeeded(Refusal):
    """An act that binds an organisation needs a fresh word of the person who sits before the browser."""

    code = "confirmation_needed"
    kind = Kind.DENIED
    template = "Please confirm first that it is you who does this: %(action)s. A confirmation is good for five minutes."


class ProviderRefused(Refusal):
    """What came back from a provider of accounts is no answer to what was asked, or not to be believed."""

    code = "provider_refused"
    kind = Kind.DENIED
    template = "The answer from there could not be accepted, so nobody was signed in. Begin again from here."


class ProviderSilent(Refusal):
    """The provider of accounts does not answer as it should."""

    code = "provider_silent"
    kind = Kind.UNAVAILABLE
    template = "%(name)s does not answer just now. Try again later, or sign in by a link in your mail."


class AccountUnknown(Refusal):
    """Nobody here has linked this account."""

    code = "account_unknown"
    kind = Kind.DENIED
    template = (
        "Your account at %(name)s is not linked to anybody here yet. "
        "Sign in by a link in your mail, then link it on your page."
    )


class PersonGone(Refusal):
    """Nobody is known any more behind this account."""

    code = "person_gone"
    kind = Kind.CONFLICT
    template = (
        "This person was erased, so nobody can be reached here any more. Enter them anew if they come back."
    )


class AccountTaken(Refusal):
    """Somebody else has linked this account."""

    code = "account_taken"
    kind = Kind.CONFLICT
    template = "This account is linked to somebody else here already."


class PasskeyRefused(Refusal):
    """What a browser says of a passkey is not to be believed, or nobody has added that passkey here."""

    code = "passkey_refused"
    kind = Kind.DENIED
    template = "This passkey could not be accepted. Try again, or take another way."


class LinkOver(Refusal):
    """A mailed link that was used already, has expired, or never was one."""

    code = "link_over"
    kind = Kind.GONE
    template = "This link was used already, or its time is over. Ask for a new one."


class TooManyRequests(Refusal):
    """Somebody asks more often than anyone needs to."""

    code = "too_many_requests"
    kind = Kind.TOO_MANY
    template = "That was a little too often. Nothing was done; please try again at %(at)s (UTC)."


class SignInNeeded(Refusal):
    """Nobody is signed in."""

    code = "sign_in_needed"
    kind = Kind.SIGN_IN
    template = "Please sign in first. What you typed is kept."
