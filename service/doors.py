"""The doors of the house: which ways in an application has, and that each of them is declared in `ways_in`."""

from collections.abc import Iterator

from litestar import Litestar
from litestar.routes import HTTPRoute

from service.ways_in import ASKS, OWN, PUBLIC, VISIBLE


class Undeclared(RuntimeError):
    """A way in says nothing of who may use it, so the service does not start."""


def ways_in(app: Litestar) -> Iterator[str]:
    """Yield every way in of an application as method and path; what answers for its neighbours is left out."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in sorted(handler.http_methods - {"HEAD", "OPTIONS"}):
                    yield f"{method} {route.path_format}"


def declared() -> frozenset[str]:
    """Return every way in that is declared."""
    return PUBLIC | VISIBLE | OWN | ASKS.keys()


def keep_shut_what_is_undeclared(app: Litestar) -> None:
    """Refuse to start with a way in that nobody has declared.

    Raises:
        Undeclared: names each.
    """
    if unknown := sorted(set(ways_in(app)) - declared()):
        message = f"Say in service/ways_in.py who may use these: {', '.join(unknown)}."
        raise Undeclared(message)


def in_words() -> Iterator[tuple[str, str]]:
    """Yield every way in with what it asks for."""
    for way in sorted(declared(), key=lambda way: way.split()[::-1]):
        if way in ASKS:
            yield way, " or ".join(f"`{permission}`" for permission in ASKS[way])
        elif way in VISIBLE:
            yield way, "nothing; shows what is visible to the reader"
        else:
            yield way, "a session of one's own" if way in OWN else "nothing"
