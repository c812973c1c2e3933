"""Where an operation takes words, as its description says, and what to send around them."""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Operation:
    """An operation, with a body that it takes and every place in it that takes words."""

    name: str
    method: str
    path: str
    body: Json | None
    places: Mapping[Place, Json]
    alternatives: tuple[str, ...] = ()

    def with_words(self, place: Place, words: object) -> Json:
        """Return the body with other words at a place."""
        made: Any = copy.deepcopy(self.body)
        if place[0] in self.alternatives:
            made = {n: v for n, v in made.items() if n == place[0] or n not in self.alternatives}
        inside = made
        for step in place[:-1]:
            inside = inside[step]
        inside[place[-1]] = words
        return made  # type: ignore[no-any-return] # it is a copy of the body


def operations(document: Json, known: Mapping[str, str]) -> list[Operation]:
    """Return every operation of a description.

    Args:
        document: the description.
        known: ids of things that exist, by the ids that the examples of the description use.
    """
    found = []
    for path, item in document["paths"].items():
        for method, op in item.items():
            content = op.get("requestBody", {}).get("content", {}).get("application/json")
            body, places, alternatives = None, dict[Place, Json](), tuple[str, ...]()
            if content is not None:
                text = json.dumps(content["example"])
                for old, new in known.items():
                    text = text.replace(old, new)
                body = json.loads(text)
                places = dict(_places(document, content["schema"], body, ()))
                (shape, *_) = _options(document, content["schema"])
                alternatives = tuple(one["required"][0] for one in shape.get("oneOf", ()))
            found.append(Operation(op["operationId"], method, path, body, places, alternatives))
    return found


def _places(document: Json, schema: Json, value: object, at: Place) -> Iterator[tuple[Place, Json]]:
    """Yield where words stand in a value, and where others could, with the schema of each."""
    for option in _options(document, schema):
        if option.get("type") == "string" and at:
            yield at, option
        if option.get("type") == "object" and isinstance(value, dict):
            for name, inner in option.get("properties", {}).items():
                yield from _places(document, inner, value.get(name), (*at, name))
        if option.get("type") == "array" and isinstance(value, list) and value:
            yield from _places(document, option["items"], value[-1], (*at, len(value) - 1))


def _options(document: Json, schema: Json) -> Iterator[Json]:
    if "$ref" in schema:
        yield from _options(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    elif "anyOf" in schema:
        for option in schema["anyOf"]:
            yield from _options(document, option)
    else:
        yield schema


def written(place: Place) -> str:
    """Return a place as a refusal writes it: `blocks[0].text`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).lstrip(".")
