"""For whom a person speaks when they do not say so."""

from service.domain.actors import Scope
from service.domain.errors import Invalid
from service.workflows import library
from service.workflows.context import Context


def voice(ctx: Context, named: str | None, *scopes: Scope) -> str:
    """Return the organisation acted for: as named, else the only one that a mandate of the reader's allows.

    Of several scopes the first counts that a mandate carries. Whoever has no such mandate acts for nobody, and is told
    so by the use case.

    Raises:
        Invalid: several would fit, so that nobody can know which one is meant.
    """
    if named is not None:
        return named
    fitting = next(filter(None, (library.voices(ctx, scope) for scope in scopes)), ())
    if len(fitting) > 1:
        raise Invalid.field(
            "on_behalf_of",
            "You act for %(count)s organisations. Name one of them by its id.",
            count=len(fitting),
        )
    return next(iter(fitting), "")
