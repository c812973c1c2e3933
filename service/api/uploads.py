"""A file that a request brings: as its body, or in the field `file` of a form."""

from collections.abc import Callable, Coroutine
from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile

from service.api.refusals import BadRequest, InvalidRequest, WrongMediaType
from service.domain.errors import FieldError

FORM = "multipart/form-data"
# What a form adds around its one file.
WRAPPING = 64 * 1024


def uploaded(media_type: str) -> Callable[[Request[Any, Any, Any]], Coroutine[Any, Any, bytes]]:
    """Return what reads the file of a request, where the file is of one media type."""

    async def provide_file(request: Request[Any, Any, Any]) -> bytes:
        """Return the file that a request brings.

        Raises:
            WrongMediaType: it comes neither way.
            InvalidRequest: the form has no such field.
            BadRequest: the form has a field that is not UTF-8.
        """
        kind, _ = request.content_type
        if kind == media_type:
            return await request.body()
        if kind != FORM:
            raise WrongMediaType(expected=f"{media_type}, or {FORM} with a field named “file”")
        try:
            sent = await request.form()
        except UnicodeDecodeError:
            raise BadRequest from None
        upload = sent.get("file")
        if not isinstance(upload, UploadFile):
            raise InvalidRequest(errors=[FieldError("file", "Send the file in a form field of this name.")])
        return await upload.read()

    return provide_file
