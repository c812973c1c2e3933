"""What the API refuses before a use case is asked: requests that are not what its description says.

Like every refusal, each has a stable code and a sentence that says what to do.
"""

from typing import ClassVar

from service.domain.errors import Kind, Refusal


class RequestRefusal(Refusal):
    """A request that never reached a use case; `status` is the HTTP status that the standard gives it."""

    kind = Kind.INVALID
    status: ClassVar[int] = 400


class MalformedJson(RequestRefusal):
    """The body is not JSON."""

    code = "malformed_json"
    template = "The body is not valid JSON in UTF-8: %(reason)s."


class InvalidRequest(RequestRefusal):
    """The request does not have the documented shape; `errors` names each field."""

    code = "invalid_request"
    template = "The request does not have the shape that the documentation describes."


class WrongMediaType(RequestRefusal):
    """The body came as something else than what is read here."""

    code = "unsupported_media_type"
    status = 415
    template = "Send the body with the header Content-Type: %(expected)s."


class TooLarge(RequestRefusal):
    """The body is larger than what is read here."""

    code = "too_large"
    status = 413
    template = "The body is too large. JSON may have up to 1 MiB, a file to verify up to 30 MiB."


class ForeignSite(RequestRefusal):
    """Another site's page tried to use the reader's session."""

    code = "cross_site"
    kind = Kind.DENIED
    status = 403
    template = "This request came from another site. Send it from this one, or use an API token instead of a session."


class NoSuchPlace(RequestRefusal):
    """Nothing answers at this address."""

    code = "not_found"
    kind = Kind.UNKNOWN
    status = 404
    template = "There is nothing at this address. The documentation at /developers lists what there is."


class MethodNotAllowed(RequestRefusal):
    """The address exists, but not with this method."""

    code = "method_not_allowed"
    status = 405
    template = "This address does not take %(method)s. The header Allow lists what it takes."


class BadRequest(RequestRefusal):
    """The request cannot be read at all."""

    code = "bad_request"
    template = "The request could not be read. Check its address, headers and body against the documentation."


class InternalError(RequestRefusal):
    """The service is at fault."""

    code = "internal_error"
    kind = Kind.UNAVAILABLE
    status = 500
    template = "Something went wrong on our side, and it was written to the log. Nothing was saved."
