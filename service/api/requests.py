"""How a body is read: strict JSON, exactly as the handler declares it."""

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from litestar import Request

from service.api.refusals import InvalidRequest, MalformedJson, WrongMediaType
from service.api.shapes import shaped
from service.domain.errors import FieldError

JSON = "application/json"
_CHARSET = re.compile(r"""charset\s*=\s*"?([^";\s]+)""", re.IGNORECASE)
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


class StrictRequest(Request[Any, Any, Any]):
    """A request whose JSON is refused unless all of it is understood."""

    async def json(self) -> object:
        """Return the body as the type of the handler's `data`.

        Raises:
            WrongMediaType: it is not sent as JSON in UTF-8.
            MalformedJson: it is not JSON, or not JSON that means one thing only.
            InvalidRequest: it does not have the shape that the handler declares.
        """
        check_media_type(self.headers.get("content-type", ""))
        value = plain(await self.body())
        declared = self.route_handler.parsed_data_field
        return value if declared is None else shaped(value, declared.annotation)


def check_media_type(content_type: str) -> None:
    """Refuse anything that is not sent as JSON in UTF-8, so that no form of another site passes as JSON.

    Raises:
        WrongMediaType: the header says otherwise, or nothing.
    """
    media_type, _, parameters = content_type.partition(";")
    charset = _CHARSET.search(parameters)
    if media_type.strip().lower() != JSON or (charset and charset[1].lower() not in {"utf-8", "utf8"}):
        raise WrongMediaType(expected=JSON)


def plain(body: bytes) -> object:
    """Return the values of a JSON text.

    Raises:
        MalformedJson: it is not UTF-8, not JSON, too deep, holds half a character, NaN or Infinity.
        InvalidRequest: an object has two fields of the same name.
    """
    try:
        text = body.decode()
        value: object = json.loads(
            text, object_pairs_hook=_once_each, parse_constant=_no_constant, parse_float=_number
        )
        if _HALF_CHARACTER.search(text):
            # An escaped pair makes a whole character; an escaped half cannot be written as UTF-8.
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise MalformedJson(reason=f"byte {error.start} is not UTF-8") from None
    except UnicodeEncodeError:
        raise MalformedJson(reason="it holds half a character (a lone surrogate)") from None
    except RecursionError:
        raise MalformedJson(reason="it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise MalformedJson(reason=f"line {error.lineno}, column {error.colno}") from None
    except ValueError:
        raise MalformedJson(reason="it holds a number that is too long, or none at all") from None
    return value


def _once_each(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    result: dict[str, object] = {}
    for name, value in pairs:
        if name in result:
            raise InvalidRequest(errors=[FieldError(name[:80], "Send this field once: it is here twice.")])
        result[name] = value
    return result


def _number(digits: str) -> int | float:
    """Return a number; JSON has one kind, so 2.0 is as whole as 2."""
    number = float(digits)
    return int(number) if number.is_integer() else number


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
