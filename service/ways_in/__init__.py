"""The doors of the house: what each way in asks of whoever knocks; one that is not named here keeps the house shut.

The use cases ask for the permissions themselves; these tables are what a reader, the documentation and the start of
the service know of them, so that no way in comes without somebody having thought about who may use it.
"""

from collections.abc import Iterator

from litestar import Litestar
from litestar.routes import HTTPRoute

from service.ways_in.tables import ASKS, OWN, PUBLIC, VISIBLE

__all__ = [
    "ASKS",
    "OWN",
    "PUBLIC",
    "VISIBLE",
    "Undeclared",
    "declared",
    "in_words",
    "keep_shut_what_is_undeclared",
    "ways_in",
]


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
        message = f"Say in service/ways_in/tables.py who may use these: {', '.join(unknown)}."
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
